/** Operation and maintenance cells of ATM as tcpdump prints them — ITU-T I.610. */
import type { Printer } from './printer.js'
import { type NumberTable, tableOf, word } from './tables.js'

const CELL_HEADER = 4
const PAYLOAD = 48
/** In front of the checksum: the types and 45 bytes of data. */
const CHECKSUM_AT = 46
const FLOWS = tableOf({ 3: 'OAM F4 (segment)', 4: 'OAM F4 (end)' })
const PAYLOADS = [
  'user data, uncongested, SDU 0', 'user data, uncongested, SDU 1', 'user data, congested, SDU 0', 'user data, congested, SDU 1',
  'VCC OAM F5 flow segment', 'VCC OAM F5 flow end-to-end', 'Traffic Control and resource Mgmt', 'Unknown',
] as const
const CELLS = tableOf({ 1: 'Fault Management', 2: 'Performance Management', 8: 'activate/deactivate', 15: 'System Management' })
const FUNCTIONS: ReadonlyMap<number, NumberTable> = new Map([
  [1, tableOf({ 0: 'AIS', 1: 'RDI', 4: 'Continuity Check', 8: 'Loopback' })],
  [2, tableOf({ 0: 'Forward Monitoring', 1: 'Backward Reporting', 2: 'Monitoring and Reporting' })],
  [8, tableOf({ 0: 'Performance Monitoring', 1: 'Continuity Check' })],
])
/** Both types in one byte. */
const ALARM = 0x10
const REMOTE_DEFECT = 0x11
const LOOPBACK = 0x18

/** @param check bytes of header error control, 0 or 1, which stand elsewhere than one thinks: before the header */
export function printAtmOam(p: Printer, at: number, length: number, check: number): void {
  const { out, options } = p
  p.protocol = 'oam'
  const header = p.u32(at + check)
  const body = at + check + CELL_HEADER
  const types = p.u8(body)
  const circuit = (header >> 4) & 0xffff
  out.text(word(FLOWS, circuit, 'OAM F5')).text(', vpi ').dec((header >> 20) & 0xff).text(', vci ').dec(circuit)
  out.text(', payload [ ').text(PAYLOADS[(header >> 1) & 7]!).text(' ], clp ').dec(header & 1).text(', length ').dec(length)
  if (options.verbose === 0) return
  const cell = types >> 4
  const functions = FUNCTIONS.get(cell)
  out.text('\n\tcell-type ').text(word(CELLS, cell, 'unknown')).text(' (').dec(cell).text('), func-type ')
  out.text(functions === undefined ? 'unknown' : word(functions, types & 15, 'none')).text(' (').dec(types & 15).byte(41)
  if (types === LOOPBACK) printLoopback(p, body + 1)
  else if (types === ALARM || types === REMOTE_DEFECT) printAlarm(p, body + 1)
  const checksum = p.u16(body + CHECKSUM_AT) & 0x3ff
  p.need(body, PAYLOAD)
  out.text('\n\tcksum 0x').hex(checksum, 3).text(crc10(p.b, body, PAYLOAD) === 0 ? ' (correct)' : ' (incorrect)')
}

function printLoopback(p: Printer, at: number): void {
  const { b, out } = p
  p.need(at, 45)
  out.text('\n\tLoopback-Indicator ').text(b[at]! & 1 ? 'Request' : 'Reply').text(', Correlation-Tag 0x').hex(p.u32(at + 1), 8)
  out.text('\n\tLocation-ID ')
  writeWords(p, at + 5, 12)
  out.text('\n\tSource-ID   ')
  writeWords(p, at + 17, 12)
}

function printAlarm(p: Printer, at: number): void {
  p.need(at, 45)
  p.out.text('\n\tFailure-type 0x').hex2(p.b[at]!).text('\n\tLocation-ID ')
  writeWords(p, at + 1, 16)
}

/** tcpdump takes the words from the second byte on, so the last one reaches a byte beyond. */
function writeWords(p: Printer, at: number, size: number): void {
  for (let i = 1; i < size; i += 2) p.out.hex(p.u16(at + i), 4).byte(32)
}

/** CRC-10 of ITU-T I.610 §10.1: x^10 + x^9 + x^5 + x^4 + x + 1; over a cell with its own checksum it is 0. */
function crc10(b: Uint8Array, at: number, length: number): number {
  let crc = 0
  for (let i = 0; i < length; i++) {
    crc ^= b[at + i]! << 2
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x200 ? (crc << 1) ^ 0x633 : crc << 1
    crc &= 0x3ff
  }
  return crc
}
