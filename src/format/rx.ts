/** Rx, the remote procedure calls of AFS, as tcpdump prints them — Zayas, AFS-3 Programmer's Reference: Rx. */
import * as ip4 from '../decode/ip4.js'
import type { Printer } from './printer.js'
import { callName, isUbik, SERVICES, UBIK, type Service } from './rx-calls.js'
import { CUT, fileError, Fields } from './rx-fields.js'

const HEADER = 28
const At = { CONNECTION: 4, CALL: 8, SEQUENCE: 12, SERIAL: 16, TYPE: 20, FLAGS: 21, SECURITY: 23, SERVICE: 26 } as const
const Type = { DATA: 1, ACK: 2, ABORT: 4 } as const
const TYPES = [undefined, 'data', 'ack', 'busy', 'abort', 'ackall', 'challenge', 'response', 'debug', 'params', undefined, undefined, undefined, 'version']
const CLIENT_INITIATED = 1
/** The same bit means one thing for acknowledgements and another for data. */
const FLAGS: ReadonlyArray<readonly [bit: number, name: string, type?: number]> = [
  [1, 'client-init'], [2, 'req-ack'], [4, 'last-pckt'], [8, 'more-pckts'], [16, 'free-pckt'], [32, 'slow-start', Type.ACK], [32, 'jumbogram', Type.DATA],
]
const FILE_SERVER = 7000

export function printRx(p: Printer, at: number, length: number, sport: number, dport: number, ip: number): void {
  const { out } = p
  p.protocol = 'rx'
  if (!p.has(at, HEADER)) {
    out.text(` [|rx] (${length})`)
    return
  }
  const type = p.u8(at + At.TYPE)
  const flags = p.u8(at + At.FLAGS)
  out.text(` rx ${TYPES[type] ?? `type ${type}`}`)
  if (p.options.verbose > 0) writeHeader(p, at, type, flags)
  const isFirst = type === Type.DATA && p.u32(at + At.SEQUENCE) === 1
  const fromClient = (flags & CLIENT_INITIATED) !== 0
  if (isFirst && fromClient) {
    rememberCall(p, at, ip, dport)
    printCall(p, at, length, SERVICES[dport])
  } else {
    const number = (isFirst || type === Type.ABORT) && !fromClient ? callFor(p, at, ip, sport) : undefined
    if (number !== undefined) printReply(p, at, length, sport, number, type)
    else if (type === Type.ACK) printAck(p, at, length)
  }
  out.text(` (${length})`)
}

function writeHeader(p: Printer, at: number, type: number, flags: number): void {
  const { out, options } = p
  if (options.verbose > 1) out.text(' cid ').hex(p.u32(at + At.CONNECTION), 8).text(` call# ${p.u32(at + At.CALL)}`)
  out.text(` seq ${p.u32(at + At.SEQUENCE)} ser ${p.u32(at + At.SERIAL)}`)
  if (options.verbose > 2) out.text(` secindex ${p.u8(at + At.SECURITY)} serviceid ${p.u16(at + At.SERVICE)}`)
  if (options.verbose < 2) return
  const names = FLAGS.filter(([bit, , of]) => (flags & bit) !== 0 && (of === undefined || of === type)).map(([, name]) => `<${name}>`)
  if (names.length > 0) out.text(` ${names.join(',')}`)
}

/** A call that was seen: a reply does not say what was asked. */
interface Call {
  readonly key: string
  readonly number: number
}
/** As many calls are kept as tcpdump keeps. */
const KEPT = 64
interface Calls {
  readonly ring: Array<Call | undefined>
  next: number
  found: number
}

function callsOf(p: Printer): Calls {
  let calls = p.memory.get('rx') as Calls | undefined
  if (calls === undefined) {
    calls = { ring: Array.from({ length: KEPT }, () => undefined), next: 0, found: 0 }
    p.memory.set('rx', calls)
  }
  return calls
}

/** Call, client, server, the server's port and the service. Addresses are read where IPv4 has them, as tcpdump does of any packet. */
function keyOf(p: Printer, at: number, client: number, server: number, port: number): string {
  return [p.u32(at + At.CALL), p.u32(client), p.u32(server), port, p.u16(at + At.SERVICE)].join()
}

function rememberCall(p: Printer, at: number, ip: number, port: number): void {
  if (!p.has(at + HEADER, 4)) return
  const calls = callsOf(p)
  calls.ring[calls.next] = { key: keyOf(p, at, ip + ip4.SOURCE_AT, ip + ip4.DESTINATION_AT, port), number: p.u32(at + HEADER) }
  calls.next = (calls.next + 1) % KEPT
}

function callFor(p: Printer, at: number, ip: number, port: number): number | undefined {
  const calls = callsOf(p)
  const key = keyOf(p, at, ip + ip4.DESTINATION_AT, ip + ip4.SOURCE_AT, port)
  for (let i = 0; i < KEPT; i++) {
    const place = (calls.found + i) % KEPT
    const call = calls.ring[place]
    if (call?.key !== key) continue
    calls.found = place
    return call.number
  }
  return undefined
}

function printCall(p: Printer, at: number, length: number, service: Service | undefined): void {
  if (service === undefined || length <= HEADER) return
  const number = p.u32(at + HEADER)
  const asked = chooseService(p, service, number)
  p.out.text(` call ${callName(asked.names, number)}`)
  printFields(p, asked, at + HEADER + 4, asked.calls[number])
}

/** Writes of which service it is; Ubik's calls are those of the database's. */
function chooseService(p: Printer, service: Service, number: number): Service {
  const ofUbik = service.withUbik && isUbik(number)
  p.out.text(service.title).text(ofUbik ? UBIK.title : '')
  return ofUbik ? UBIK : service
}

function printFields(p: Printer, service: Service, at: number, layout: string | undefined): void {
  if (layout === undefined) return
  try {
    new Fields(p, at).print(layout)
  } catch (thrown) {
    if (thrown !== CUT) throw thrown
    p.out.text(` [|${service.short}]`)
  }
}

function printReply(p: Printer, at: number, length: number, port: number, number: number, type: number): void {
  const { out } = p
  const service = SERVICES[port]
  // tcpdump wants a byte of the reply, but not of two databases
  if (service === undefined || length < HEADER || (length === HEADER && service.short !== 'pt' && service.short !== 'vldb')) return
  const asked = chooseService(p, service, number)
  out.text(` reply ${callName(asked.names, number)}`)
  const body = at + HEADER
  if (type === Type.DATA) printFields(p, asked, body, asked.replies[number])
  else if (port === FILE_SERVER) out.text(` error ${fileError(p.u32(body) | 0)}`)
  else printFields(p, asked, body, asked === UBIK && number === UBIK_BEACON ? 'vote_yes_until:date' : 'errcode:i')
}

const UBIK_BEACON = 10000

const REASONS = [
  undefined, 'ack requested', 'duplicate packet', 'out of sequence', 'exceeds window', 'no buffer space', 'ping', 'ping response', 'delay', 'idle',
]
const ACK_HEADER = 18
/** Behind the acknowledgements. */
const PADDING = 3

function printAck(p: Printer, at: number, length: number): void {
  const { out, options } = p
  if (length < HEADER) return
  const body = at + HEADER
  if (!p.has(body, ACK_HEADER)) {
    out.text(' [|ack]')
    return
  }
  if (options.verbose > 2) out.text(` bufspace ${p.u16(body)} maxskew ${p.u16(body + 2)}`)
  const first = p.u32(body + 4)
  const reason = p.u8(body + 16)
  out.text(` first ${first} serial ${p.u32(body + 12)} reason ${REASONS[reason] ?? `#${reason}`}`)
  const count = p.u8(body + 17)
  const acks = body + ACK_HEADER
  if (!p.has(acks, count)) {
    out.text(' [|ack]')
    return
  }
  const states = Array.from(p.b.subarray(acks, acks + count))
  writeRanges(p, ' acked ', states, 1, first)
  writeRanges(p, ' nacked ', states, 0, first)
  if (options.verbose < 2) return
  let here = acks + count + PADDING
  for (const title of ['ifmtu', 'maxmtu', 'rwind', 'maxpackets']) {
    if (p.end - here < 4) return
    out.text(` ${title} ${p.u32(here)}`)
    here += 4
  }
}

/** ` acked 5-7,9`: the numbers, from `first` on, of what is `wanted`. */
function writeRanges(p: Printer, title: string, states: readonly number[], wanted: number, first: number): void {
  const ranges: string[] = []
  for (let i = 0; i < states.length; i++) {
    if (states[i] !== wanted) continue
    const start = i
    while (states[i + 1] === wanted) i++
    ranges.push(i === start ? `${(first + i) >>> 0}` : `${(first + start) >>> 0}-${(first + i) >>> 0}`)
  }
  if (ranges.length > 0) p.out.text(title + ranges.join(','))
}
