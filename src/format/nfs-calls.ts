/** Which calls wait for an answer: an answer does not say what was asked. As many are kept as tcpdump keeps. */
import * as ip4 from '../decode/ip4.js'
import * as ip6 from '../decode/ip6.js'
import type { Printer } from './printer.js'

const KEPT = 64

interface Call {
  readonly key: string
  readonly procedure: number
  readonly version: number
}

interface Calls {
  readonly ring: Array<Call | undefined>
  /** The next to be replaced. */
  next: number
  /** The last found: where the search begins. */
  found: number
}

function callsOf(p: Printer): Calls {
  let calls = p.memory.get('nfs') as Calls | undefined
  if (calls === undefined) {
    calls = { ring: Array.from({ length: KEPT }, () => undefined), next: 0, found: 0 }
    p.memory.set('nfs', calls)
  }
  return calls
}

/** Transaction, client and server of the RPC message at `at`, as bytes in a string; undefined without an IP header. */
function keyOf(p: Printer, at: number, ip: number, ofReply: boolean): string | undefined {
  const version = ip4.version(p.b, ip)
  if (version !== 4 && version !== 6) return undefined
  const size = version === 4 ? 4 : 16
  const source = latin1(p, ip + (version === 4 ? ip4.SOURCE_AT : ip6.SOURCE_AT), size)
  const destination = latin1(p, ip + (version === 4 ? ip4.DESTINATION_AT : ip6.DESTINATION_AT), size)
  return latin1(p, at, 4) + (ofReply ? destination + source : source + destination)
}

const latin1 = (p: Printer, at: number, length: number): string => Buffer.from(p.b.buffer, p.b.byteOffset + at, length).toString('latin1')

export function rememberCall(p: Printer, at: number, ip: number, procedure: number, version: number): void {
  const calls = callsOf(p)
  const key = keyOf(p, at, ip, false)
  if (key === undefined) return
  calls.ring[calls.next] = { key, procedure, version }
  calls.next = (calls.next + 1) % KEPT
}

/** The call that the reply at `at` answers, or undefined. */
export function callFor(p: Printer, at: number, ip: number): Call | undefined {
  const calls = callsOf(p)
  const key = keyOf(p, at, ip, true)
  for (let i = 0; i < KEPT; i++) {
    const place = (calls.found + i) % KEPT
    const call = calls.ring[place]
    if (call === undefined || call.key !== key) continue
    calls.found = place
    return call
  }
  return undefined
}
