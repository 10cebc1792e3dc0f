// What became of a million segments on a thousand connections, against tcptrace and tshark in the same run; memory, also with 100 000 connections.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateCapture } from './generate-capture.mjs'
import { PROGRAM, ms, once, peakMemory, race, ratio } from './measure.mjs'

const SEGMENTS = Number(process.env.BENCH_PACKETS ?? 1_000_000)
const has = (tool, version) => spawnSync(tool, [version]).error === undefined

export async function bench() {
  const dir = mkdtempSync(join(tmpdir(), 'sockscope-bench-'))
  const node = process.execPath
  try {
    const usual = join(dir, 'usual.pcap'), wide = join(dir, 'wide.pcap')
    generateCapture(usual, SEGMENTS, 1000)
    generateCapture(wide, SEGMENTS, SEGMENTS / 10)
    const commands = { ours: [node, PROGRAM, 'flows', usual], single: [node, PROGRAM, 'flows', '--threads', '1', usual] }
    if (has('tcptrace', '-version')) commands.tcptrace = ['tcptrace', '-n', usual]
    const times = race(commands, 5)
    console.log(`sockscope flows               ${ms(times.ours).padStart(8)}  (one thread ${ms(times.single)})  (${SEGMENTS} segments, 1000 connections)`)
    if (times.tcptrace !== undefined) console.log(`tcptrace -n                   ${ms(times.tcptrace).padStart(8)}  ${ratio(times.tcptrace, times.ours)} as fast`)
    if (has('tshark', '--version')) {
      const theirs = once(['tshark', '-q', '-z', 'conv,tcp', '-r', usual])
      console.log(`tshark -q -z conv,tcp         ${ms(theirs).padStart(8)}  ${ratio(theirs, times.ours)} as fast`)
    }
    for (const [name, file] of Object.entries({ '1000 connections': usual, [`${SEGMENTS / 10} connections`]: wide })) {
      console.log(`peak memory, ${name}: ${(await peakMemory([node, PROGRAM, 'flows', file])).toFixed(0)} MB`)
    }
  } finally {
    rmSync(dir, { recursive: true })
  }
}
