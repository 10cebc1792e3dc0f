// Reading and printing a generated capture, against the installed tcpdump; and memory, which must not grow with the file.
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateCapture } from './generate-capture.mjs'
import { PROGRAM, ms, peakMemory, race, ratio } from './measure.mjs'

const PACKETS = Number(process.env.BENCH_PACKETS ?? 1_000_000)

export async function bench() {
  const dir = mkdtempSync(join(tmpdir(), 'sockscope-bench-'))
  try {
    const small = join(dir, 'small.pcap')
    const large = join(dir, 'large.pcap')
    generateCapture(small, PACKETS, 1000)
    const node = process.execPath
    const sets = [['-nn'], ['-nn', '-v'], ['-nn', '-X'], ['-nn', '-e', '-tttt'], ['--count'], ['-nn', '-S'], ['-nn', 'tcp port 443']].map((set) => ({ set, more: {} }))
    for (const { set, more } of [...sets, { set: ['-nn'], more: { TZ: 'UTC' } }]) {
      const flags = set.filter((word) => word.startsWith('-')), filter = set.filter((word) => !word.startsWith('-'))
      const words = [...flags, '-r', small, ...filter]
      const times = race({ theirs: ['tcpdump', ...words], ours: [node, PROGRAM, 'tcpdump', ...words] }, 5, more)
      const name = [...Object.entries(more).map((one) => one.join('=')), ...set].join(' ')
      console.log(`${name.padEnd(16)} tcpdump ${ms(times.theirs).padStart(8)}  sockscope ${ms(times.ours).padStart(8)}  ${ratio(times.theirs, times.ours)} as fast  (${PACKETS} segments)`)
    }
    generateCapture(large, PACKETS * 10, 1000)
    for (const [name, file] of Object.entries({ small, large })) {
      if (!existsSync(file)) continue
      const start = performance.now()
      const peak = await peakMemory([node, PROGRAM, 'tcpdump', '-nn', '-r', file])
      console.log(`-nn, ${name} file: ${ms((performance.now() - start) / 1000)}, peak memory ${peak.toFixed(0)} MB`)
    }
  } finally {
    rmSync(dir, { recursive: true })
  }
}
