/** What strace saw of an experiment: its calls, step by step, for a test to judge claims without the experiment's own word. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ClaimEvent } from '../../src/format/probe-events.js'
import { PROGRAM } from '../run.js'

export interface Call {
  /** The whole line, time and duration left out: `recvfrom(21, "ab", 65536, MSG_DONTWAIT, NULL, NULL) = 2`. */
  readonly line: string
  readonly result: number
  /** `EAGAIN`; '' where the call did not fail. */
  readonly errno: string
  /** Since 1970, when it began, s. */
  readonly at: number
  /** ms */
  readonly took: number
}

export class Transcript {
  readonly claims: ReadonlyMap<string, ClaimEvent>
  /** Text of every process's trace: signals that came stand there too. */
  readonly everything: string
  readonly #steps = new Map<string, Call[]>()

  constructor(claims: ReadonlyMap<string, ClaimEvent>, worker: string, everything: string) {
    this.claims = claims
    this.everything = everything
    let step = ''
    for (const line of worker.split('\n')) {
      const title = /write\(1, "\{\\"event\\":\\"step\\",\\"title\\":\\"(.*?)\\"\}\\n"/.exec(line)?.[1]
      if (title !== undefined) step = title.replaceAll(/\\\\?"/g, '"')
      const [, at = '', text = '', result = '', errno = '', took = ''] = /^([\d.]+) (.*?\)?\s+= (0x[0-9a-f]+|-?\d+)(?: (E[A-Z]+)\b)?.*?) <([\d.]+)>$/.exec(line) ?? []
      if (text === '' || text.startsWith('write(1, "{') || /NLMSG|NETLINK/.test(text)) continue
      const calls = this.#steps.get(step) ?? []
      calls.push({ line: text, result: Number(result), errno, at: Number(at), took: Number(took) * 1000 })
      this.#steps.set(step, calls)
    }
  }

  /** Calls of a step that look like this. */
  calls(step: string, what: RegExp): Call[] {
    const calls = this.#steps.get(step)
    if (calls === undefined) throw new Error(`there is no step "${step}": ${[...this.#steps.keys()].join('; ')}`)
    return calls.filter(({ line }) => what.test(line))
  }

  /** What they returned: a number, or the errno's name. */
  results(step: string, what: RegExp): (number | string)[] {
    return this.calls(step, what).map(({ result, errno }) => (errno === '' ? result : errno))
  }

  /** What recv() calls gave, in the words of the experiments. */
  reads(step: string, what: RegExp = /./): string[] {
    return this.calls(step, /^recvfrom\(/).filter(({ line }) => what.test(line)).map(({ line, result, errno }) =>
      errno !== '' ? errno : result === 0 ? 'end of file' : (/^recvfrom\(\d+, "((?:[^"\\]|\\.)*)"/.exec(line)?.[1] ?? '?'))
  }

  observed(claim: string): unknown {
    const found = this.claims.get(claim)
    if (found === undefined) throw new Error(`there is no claim ${claim}`)
    return found.observed
  }
}

/** Runs one experiment under strace. */
export function straced(name: string): Transcript {
  const directory = mkdtempSync(join(tmpdir(), 'sockscope-strace-'))
  try {
    const { stdout, stderr } = spawnSync('strace', [
      '-ff', '-qq', '-T', '-ttt', '-s', '96', '-e', 'trace=network,ioctl,fcntl,poll,read,write,readlink,statx', '-e', 'signal=SIGURG,SIGIO', '-o', join(directory, 'trace'),
      process.execPath, PROGRAM, 'probe', name, '--json',
    ], { encoding: 'utf8', timeout: 60_000, env: { ...process.env, NODE_EXTRA_CA_CERTS: '' } })
    const claims = stdout.trim().split('\n').map((line) => JSON.parse(line) as ClaimEvent)
    const traces = readdirSync(directory).map((file) => readFileSync(join(directory, file), 'latin1'))
    const worker = traces.find((text) => text.includes('write(1, "{\\"event\\":\\"begin\\"'))
    if (worker === undefined) throw new Error(`strace saw no worker: ${stderr}`)
    return new Transcript(new Map(claims.map((claim) => [claim.claim, claim])), worker, traces.join('\n'))
  } finally {
    rmSync(directory, { recursive: true })
  }
}
