/** How the process ends: its status is kept, and a run that took a while waits for none of Node's threads. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { leave } from '../src/leave.js'
import { PROGRAM, ROOT, hasTool, run } from './run.js'

const order: string[] = []
vi.mock('../src/socket/libc.js', () => ({ loadLibc: () => Promise.resolve({ call: (name: string) => order.push(name) }) }))

it('what Node has put off is done before, though no other turn comes', async () => {
  vi.spyOn(process, 'uptime').mockReturnValue(1)
  vi.spyOn(process, 'execArgv', 'get').mockReturnValue([])
  vi.stubEnv('NODE_OPTIONS', undefined).stubEnv('NODE_V8_COVERAGE', undefined)
  process.nextTick(() => order.push('put off'))
  await Promise.resolve().then(leave)
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  expect(order).toEqual(['put off', '_exit'])
})

const dir = mkdtempSync(join(tmpdir(), 'sockscope-leave-'))
afterAll(() => rmSync(dir, { recursive: true }))

const whole = join(ROOT, 'test/fixtures/pcap/http.pcap')
const cut = join(dir, 'cut.pcap')
writeFileSync(cut, readFileSync(whole).subarray(0, -1))

/** The status of a run whose input lasts for `seconds`, and whether Node's threads ended (each by exit(2), which strace shows) before the process did. */
function ending(path: string, seconds: number, env: Readonly<Record<string, string>> = {}): { status: number | null; threadsEnded: boolean } {
  const trace = join(dir, 'trace')
  const { status } = run('sh', ['-c', '(cat "$1"; sleep "$2") | strace -f -qq -e trace=exit -o "$3" "$4" "$5" flows -', 'sh', path, String(seconds), trace, process.execPath, PROGRAM], { env })
  return { status, threadsEnded: readFileSync(trace, 'latin1').includes('exit(0)') }
}

describe.skipIf(!hasTool('strace'))('the end (apt-get install strace)', { timeout: 30_000 }, () => {
  it.each([
    { title: 'after a while, by _exit', path: whole, status: 0 },
    { title: 'after a while, by _exit, with the status of damage', path: cut, status: 1 },
  ])('$title', ({ path, status }) => expect(ending(path, 0.6)).toEqual({ status, threadsEnded: false }))

  it('as Node has it where a profiler has yet to write', () =>
    expect(ending(whole, 0.6, { NODE_V8_COVERAGE: join(dir, 'coverage') })).toEqual({ status: 0, threadsEnded: true }))
})
