/** SCTP as tcpdump prints it — RFC 9260 §3. */
import { u16, u32, u8 } from '../bytes.js'
import * as sctp from '../decode/sctp.js'
import { Chunk } from '../decode/sctp.js'
import { forcesChannel, isForcesPayload, printForces } from './forces.js'
import { printM3ua } from './m3ua.js'
import { writeUnknown } from './packet.js'
import { writeNumberedPorts } from './port-numbers.js'
import type { Printer } from './printer.js'
import { tableOf } from './tables.js'

const CHUNKS = tableOf({
  0: 'DATA', 1: 'INIT', 2: 'INIT ACK', 3: 'SACK', 4: 'HB REQ', 5: 'HB ACK', 6: 'ABORT', 7: 'SHUTDOWN', 8: 'SHUTDOWN ACK', 9: 'OP ERR',
  10: 'COOKIE ECHO', 11: 'COOKIE ACK', 12: 'ECN ECHO', 13: 'ECN CWR', 14: 'SHUTDOWN COMPLETE', 0xc0: 'FOR CUM TSN', 0xc1: 'REL CTRL', 0xc2: 'REL CTRL ACK',
})
/** Payload protocol identifiers — IANA. */
const PAYLOADS = tableOf({
  1: 'ISDN Q.921', 2: 'M2UA', 3: 'M3UA', 4: 'SUA', 5: 'M2PA', 6: 'V5.2', 7: 'H.248', 8: 'BICC', 9: 'TALI', 10: 'DUA', 11: 'ASAP', 12: 'ENRP',
  13: 'H.323', 14: 'Q.IPC', 15: 'SIMCO', 16: 'DDPSC', 17: 'DDPSSC', 18: 'S1AP', 19: 'RUA', 20: 'HNBAP', 21: 'ForCES HP', 22: 'ForCES MP',
  23: 'ForCES LP', 24: 'SBc-AP', 25: 'NBAP', 27: 'X2AP',
})
const M3UA = 3

/** `a.1 > b.2: sctp (1) [DATA] …`; `length` bytes at `at`, in the packet at `ip`. */
export function printSctp(p: Printer, at: number, length: number, ip: number): void {
  const { out, b } = p
  p.protocol = 'sctp'
  if (length < sctp.HEADER) {
    out.text('truncated-sctp - ').dec(sctp.HEADER - length).text(' bytes missing!')
    return
  }
  if (!p.has(at, sctp.HEADER)) return p.truncated()
  const ports = [u16(b, at), u16(b, at + 2)] as const
  writeNumberedPorts(p, ip, ...ports)
  out.text('sctp')
  const state = { isForces: false }
  for (const port of ports) {
    const channel = forcesChannel(port)
    if (channel === undefined) continue
    out.byte(91).text(channel).byte(93)
    state.isForces = true
  }
  for (let here = at + sctp.HEADER, left = length - sctp.HEADER, n = 1; left > 0; n++) {
    if (left < sctp.CHUNK_HEADER) {
      writeNumber(p, n)
      out.text('[chunk descriptor cut off at end of packet]')
      return
    }
    if (!p.has(here, sctp.CHUNK_HEADER)) return p.truncated()
    const size = sctp.chunkLength(b, here)
    const padded = (size + 3) & ~3
    if (!p.has(here, size)) return p.truncated()
    writeNumber(p, n)
    if (size < sctp.CHUNK_HEADER) {
      out.text('[Bad chunk length ').dec(size).text(', < size of chunk descriptor]')
      return
    }
    if (size > left) {
      out.text('[Bad chunk length ').dec(size).text(', > remaining data in packet]')
      return
    }
    if (!printChunk(p, here, size, state)) return
    if (!p.has(here, padded)) return p.truncated()
    here += padded
    left -= padded
  }
}

/** What holds for the rest of a packet: its data is ForCES, as a port or a chunk said. */
interface State {
  isForces: boolean
}

/** ` (1) `, at -vv on a line of its own. */
function writeNumber(p: Printer, n: number): void {
  if (p.options.verbose > 1) p.out.text('\n\t').dec(n).text(') ')
  else p.out.text(n > 1 ? ', (' : ' (').dec(n).text(') ')
}

/** False where the chunk ends the packet. */
function printChunk(p: Printer, at: number, size: number, state: State): boolean {
  const { out, b } = p
  const type = u8(b, at)
  const name = CHUNKS.get(type)
  if (name === undefined) out.text('[Unknown chunk type: 0x').hex(type).text('] ')
  else out.byte(91).text(name).text('] ')
  switch (type) {
    case Chunk.DATA:
      return printData(p, at, size, state)
    case Chunk.INIT:
    case Chunk.INIT_ACK:
      if (size < 20) return bogus(p, size)
      out.text('[init tag: ').dec(u32(b, at + 4)).text('] [rwnd: ').dec(u32(b, at + 8)).text('] [OS: ').dec(u16(b, at + 12))
      out.text('] [MIS: ').dec(u16(b, at + 14)).text('] [init TSN: ').dec(u32(b, at + 16)).text('] ')
      return true
    case Chunk.SACK:
      return printSack(p, at, size)
    default:
      return true
  }
}

function bogus(p: Printer, size: number): false {
  p.out.text('bogus chunk length ').dec(size).byte(93)
  return false
}

const DATA = 16

function printData(p: Printer, at: number, size: number, state: State): boolean {
  const { out, b } = p
  const flags = u8(b, at + 1)
  if (flags & sctp.Flag.UNORDERED) out.text('(U)')
  if (flags & sctp.Flag.BEGIN) out.text('(B)')
  if (flags & sctp.Flag.END) out.text('(E)')
  if (flags & (sctp.Flag.UNORDERED | sctp.Flag.BEGIN | sctp.Flag.END)) out.byte(32)
  if (size < DATA) return bogus(p, size)
  const payload = u32(b, at + 12)
  out.text('[TSN: ').dec(u32(b, at + 4)).text('] [SID: ').dec(u16(b, at + 8)).text('] [SSEQ ').dec(u16(b, at + 10)).text('] [PPID ')
  const name = PAYLOADS.get(payload)
  if (name === undefined) out.text('0x').hex(payload)
  else out.text(name)
  out.text('] ')
  if (size === DATA) return bogus(p, size)
  if (isForcesPayload(payload)) state.isForces = true
  if (state.isForces) {
    printForces(p, at + DATA, size - DATA)
    p.protocol = 'sctp'
    return true
  }
  if (p.options.verbose < 2) return true
  if (payload === M3UA) {
    printM3ua(p, at + DATA, size - DATA)
    p.protocol = 'sctp'
    return true
  }
  // -x and -X dump it themselves
  const isDumped = p.options.dump[0] === 'x' || p.options.dump[0] === 'X'
  out.text(isDumped ? '[Payload' : '[Payload:')
  if (!isDumped) writeUnknown(p, at + DATA, at + size)
  out.byte(93)
  return true
}

function printSack(p: Printer, at: number, size: number): boolean {
  const { out, b } = p
  if (size < 16) return bogus(p, size)
  const acknowledged = u32(b, at + 4)
  const gaps = u16(b, at + 12)
  const duplicates = u16(b, at + 14)
  out.text('[cum ack ').dec(acknowledged).text('] [a_rwnd ').dec(u32(b, at + 8)).text('] [#gap acks ').dec(gaps).text('] [#dup tsns ').dec(duplicates).text('] ')
  let here = at + 16
  const end = at + size
  for (let n = 1; n <= gaps && here < end; n++, here += 4) {
    if (here + 4 > end) return bogus(p, size)
    out.text('\n\t\t[gap ack block #').dec(n).text(': start = ').dec((acknowledged + u16(b, here)) >>> 0).text(', end = ').dec((acknowledged + u16(b, here + 2)) >>> 0).text('] ')
  }
  for (let n = 1; n <= duplicates && here < end; n++, here += 4) {
    if (here + 4 > end) return bogus(p, size)
    out.text('\n\t\t[dup TSN #').dec(n).text(': ').dec(u32(b, here)).text('] ')
  }
  return true
}
