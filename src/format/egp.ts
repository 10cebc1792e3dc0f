/** Exterior Gateway Protocol — RFC 904 — as tcpdump prints it. */
import { u16, u8 } from '../bytes.js'
import type { Printer } from './printer.js'

const HEADER = 16
const VERSION = 2
const Type = { UPDATE: 1, POLL: 2, ACQUIRE: 3, REACH: 5, ERROR: 8 } as const
const UNSOLICITED = 0x80
const ACQUIRE_CODES = ['request', 'confirm', 'refuse', 'cease', 'cease_ack']
const ACQUIRE_STATES = [
  'unspecified', 'active_mode', 'passive_mode', 'insufficient_resources', 'administratively_prohibited', 'going_down', 'parameter_violation',
  'protocol_violation',
]
const STATES = ['indeterminate', 'up', 'down']
const REASONS = [
  'unspecified', 'bad_EGP_header_format', 'bad_EGP_data_field_format', 'reachability_info_unavailable', 'excessive_polling_rate', 'no_response',
  'unsupported_version',
]

export function printEgp(p: Printer, at: number, length: number): void {
  const { b, out, options } = p
  p.protocol = 'egp'
  if (length < HEADER || !p.has(at, HEADER)) return p.truncated()
  const version = u8(b, at)
  out.text('EGPv').dec(version)
  if (options.verbose === 0) {
    out.text(', AS ').dec(u16(b, at + 6)).text(', seq ').dec(u16(b, at + 8)).text(', length ').dec(length)
    return
  }
  out.text(', length ').dec(length)
  if (version !== VERSION) {
    out.text('[version ').dec(version).byte(93)
    return
  }
  const type = u8(b, at + 1)
  const code = u8(b, at + 2)
  const status = u8(b, at + 3)
  switch (type) {
    case Type.ACQUIRE:
      return printAcquire(p, at, code, status)
    case Type.REACH:
      if (code > 1) {
        out.text('[reach code ').dec(code).byte(93)
        return
      }
      out.text(code === 0 ? ' hello' : ' i-h-u')
      return writeState(p, status)
    case Type.POLL:
      out.text(' poll')
      writeState(p, status)
      out.text(' net:')
      return p.ip4(at + 12)
    case Type.UPDATE:
      out.text(status & UNSOLICITED ? ' update unsolicited' : ' update')
      writeState(p, status & ~UNSOLICITED)
      out.byte(32)
      p.ip4(at + 12)
      out.text(' int ').dec(u8(b, at + 10)).text(' ext ').dec(u8(b, at + 11))
      if (!printReachability(p, at, length)) p.truncated()
      return
    case Type.ERROR: {
      out.text(' error')
      writeState(p, status)
      const reason = u16(b, at + 10)
      writeNamed(p, REASONS[reason], ' ', ' [reason ', reason)
      return
    }
    default:
      out.text('[type ').dec(type).byte(93)
  }
}

function writeNamed(p: Printer, name: string | undefined, lead: string, unknown: string, n: number): void {
  if (name === undefined) p.out.text(unknown).dec(n).byte(93)
  else p.out.text(lead).text(name)
}

const writeState = (p: Printer, status: number): void => writeNamed(p, STATES[status], ' state:', ' [status ', status)

function printAcquire(p: Printer, at: number, code: number, status: number): void {
  const { b, out } = p
  out.text(' acquire')
  const name = ACQUIRE_CODES[code]
  writeNamed(p, name, ' ', '[code ', code)
  if (name === undefined) return
  const known = ACQUIRE_STATES[status]
  if (code > 1) {
    // active and passive mode go with an offer only
    writeNamed(p, status === 1 || status === 2 ? undefined : known, ' ', '[status ', status)
    return
  }
  writeNamed(p, status > 2 ? undefined : known, ' ', ' [status ', status)
  out.text(' hello:').dec(u16(b, at + 10)).text(' poll:').dec(u16(b, at + 12))
}

/**
 * Gateways, each with its distances and the networks at them — appendix A.5. tcpdump 4.99.3 takes addresses for numbers of the machine and
 * their bytes for those on the wire: they print turned round, and the class of the source is that of its last byte.
 * False where the message is too short.
 */
function printReachability(p: Printer, at: number, length: number): boolean {
  const { b, out } = p
  const last = u8(b, at + 15)
  const netLength = last < 0x80 ? 1 : last < 0xc0 ? 2 : last < 0xe0 ? 3 : 0
  const inside = u8(b, at + 10)
  const count = inside + u8(b, at + 11)
  const end = at + length
  let here = at + HEADER
  // A source of no class: its four bytes are counted, not read.
  let uncounted = 0
  for (let n = 0; n < count; n++) {
    const hostLength = 4 - netLength
    if (here + uncounted + hostLength > end || !p.has(here, hostLength)) return false
    const address = new Uint8Array(4)
    if (netLength > 0) {
      // of the source the network's bytes, as the machine has them: the last ones
      for (let i = 0; i < netLength; i++) address[3 - i] = u8(b, at + 15 - i)
      for (let i = 0; i < hostLength; i++) address[i] = address[i]! | u8(b, here + hostLength - 1 - i)
      here += hostLength
    } else uncounted += hostLength
    if (here + uncounted >= end) return false
    const distances = p.u8(here++)
    out.text(n < inside ? ' int ' : ' ext ').text(p.names?.ip4(address, 0) ?? address.join('.')).text(' (')
    const next = printDistances(p, here, end - uncounted, distances)
    if (next < 0) return false
    here = next
    out.byte(41)
  }
  return true
}

/** Returns the offset behind them, -1 where the message is too short. */
function printDistances(p: Printer, at: number, end: number, count: number): number {
  const { out } = p
  let here = at
  for (let n = 0; n < count; n++) {
    if (here + 2 > end) return -1
    const distance = p.u8(here)
    out.text(n === 0 ? 'd' : ', d').dec(distance).byte(58)
    const networks = p.u8(here + 1)
    here += 2
    for (let i = 0; i < networks; i++) {
      if (here >= end) return -1
      const first = p.u8(here)
      const size = first < 0x80 ? 1 : first < 0xc0 ? 2 : 3
      if (here + size > end) return -1
      p.need(here, size)
      const address = new Uint8Array(4)
      for (let j = 0; j < size; j++) address[3 - j] = u8(p.b, here + j)
      out.byte(32).text(p.names?.ip4(address, 0) ?? address.join('.'))
      here += size
    }
  }
  return here
}
