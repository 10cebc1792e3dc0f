/** ATA over Ethernet ("AoE", revision 11, Brantley Coile Company) as tcpdump prints it. */
import { hex, named, say } from './fields.js'
import type { Printer } from './printer.js'
import { bits, writeVisible } from './tables.js'

const VERSION = 1
const HEADER = 10
const COMMANDS = { 0: 'Issue ATA Command', 1: 'Query Config Information', 2: 'MAC Mask List', 3: 'Reserve/Release' }
const FLAGS = [[0x08, 'Response'], [0x04, 'Error'], [0x02, 'MBZ-1'], [0x01, 'MBZ-0']] as const
const IS_ERROR = 0x04
const ERRORS = {
  1: 'Unrecognized command code', 2: 'Bad argument parameter', 3: 'Device unavailable', 4: 'Config string present', 5: 'Unsupported version',
  6: 'Target is reserved',
}
const ATA_FLAGS = [
  [0x80, 'MBZ-7'], [0x40, 'Ext48'], [0x20, 'MBZ-5'], [0x10, 'Device'], [0x08, 'MBZ-3'], [0x04, 'MBZ-2'], [0x02, 'Async'], [0x01, 'Write'],
] as const
const CONFIG_COMMANDS = ['read config string', 'test config string', 'test config string prefix', 'set config string', 'force set config string']
const MAX_CONFIG = 1024
const MAC_COMMANDS = ['Read Mac Mask List', 'Edit Mac Mask List']
const MAC_ERRORS = { 1: 'Unspecified Error', 2: 'Bad DCmd directive', 3: 'Mask list full' }
const DIRECTIVES = ['No Directive', 'Add mac address to mask list', 'Delete mac address from mask list']
const DIRECTIVE = 8
const RESERVE_COMMANDS = ['Read reserve list', 'Set reserve list', 'Force set reserve list']
const MAC_LENGTH = 6

const unknown = (n: number): string => `Unknown (0x${hex(n, 2)})`

export function printAoe(p: Printer, at: number, length: number): void {
  p.protocol = 'aoe'
  say(p, `AoE length ${length}`)
  if (length < 1) return invalid(p, at, at + length)
  const first = p.u8(at)
  say(p, `, Ver ${first >> 4}`)
  if (first >> 4 !== VERSION) return
  const end = at + length
  if (length < HEADER) return invalid(p, at, end)
  const flags = first & 15
  say(p, `, Flags: [${bits(FLAGS, flags, 'none')}]`)
  if (p.options.verbose === 0) return
  if (flags & IS_ERROR) say(p, `\n\tError: ${named(ERRORS, p.u8(at + 1), 'Invalid (%)')}`)
  say(p, `\n\tMajor: 0x${hex(p.u16(at + 2), 4)}`)
  say(p, `, Minor: 0x${hex(p.u8(at + 4), 2)}`)
  const command = p.u8(at + 5)
  say(p, `, Command: ${(COMMANDS as Readonly<Record<number, string>>)[command] ?? unknown(command)}`)
  say(p, `, Tag: 0x${hex(p.u32(at + 6), 8)}`)
  if (command === 0) printAta(p, at + HEADER, end)
  else if (command === 1) printConfig(p, at + HEADER, end)
  else if (command === 2) printMacMask(p, at + HEADER, end)
  else if (command === 3) printReserve(p, at + HEADER, end)
}

/** ` (invalid)`, behind which all must still be captured. */
function invalid(p: Printer, at: number, end: number): void {
  p.invalid()
  p.need(at, end - at)
}

function printAta(p: Printer, at: number, end: number): void {
  if (end - at < 12) return invalid(p, at, end)
  say(p, `\n\tAFlags: [${bits(ATA_FLAGS, p.u8(at), 'none')}]`)
  let here = at + 1
  const LABELS = [
    ', Err/Feature: ', ', Sector Count: ', ', Cmd/Status: ', '\n\tlba0: ', ', lba1: ', ', lba2: ', ', lba3: ', ', lba4: ', ', lba5: ',
  ]
  for (const label of LABELS) say(p, label + String(p.u8(here++)))
  p.need(here, 2)
  here += 2
  if (here < end) say(p, `\n\tData: ${end - here} bytes`)
}

function printConfig(p: Printer, at: number, end: number): void {
  if (end - at < 8) return invalid(p, at, end)
  say(p, `\n\tBuffer Count: ${p.u16(at)}`)
  say(p, `, Firmware Version: ${p.u16(at + 2)}`)
  say(p, `, Sector Count: ${p.u8(at + 4)}`)
  const version = p.u8(at + 5)
  // as tcpdump 4.99.3 has it
  say(p, `, AoE: ${version >> 4}, CCmd: ${CONFIG_COMMANDS[version & 15] ?? 'Unknown (0x02x)'}`)
  const length = p.u16(at + 6)
  const text = at + 8
  if (length > MAX_CONFIG || length > end - text) return invalid(p, text, end)
  if (length === 0) return
  say(p, `\n\tConfig String (length ${length}): `)
  writeVisible(p.out, p.b, text, Math.min(text + length, p.end))
  p.need(text, length)
}

function printMacMask(p: Printer, at: number, end: number): void {
  if (end - at < 4) return invalid(p, at, end)
  const command = p.u8(at + 1)
  say(p, `\n\tMCmd: ${MAC_COMMANDS[command] ?? unknown(command)}`)
  const error = p.u8(at + 2)
  say(p, `, MError: ${(MAC_ERRORS as Readonly<Record<number, string>>)[error] ?? unknown(error)}`)
  const count = p.u8(at + 3)
  say(p, `, Dir Count: ${count}`)
  let here = at + 4
  if (count * DIRECTIVE > end - here) return invalid(p, here, end)
  for (let i = 0; i < count; i++, here += DIRECTIVE) {
    const directive = p.u8(here + 1)
    say(p, `\n\t DCmd: ${DIRECTIVES[directive] ?? unknown(directive)}`)
    writeMac(p, ', Ethernet Address: ', here + 2)
  }
}

function printReserve(p: Printer, at: number, end: number): void {
  if (end - at < 2 || (end - at - 2) % MAC_LENGTH !== 0) return invalid(p, at, end)
  const command = p.u8(at)
  say(p, `\n\tRCmd: ${RESERVE_COMMANDS[command] ?? unknown(command)}`)
  const count = p.u8(at + 1)
  say(p, `, NMacs: ${count}`)
  const first = at + 2
  if (count * MAC_LENGTH !== end - first) return invalid(p, first, end)
  for (let i = 0; i < count; i++) writeMac(p, `\n\tEthernet Address ${i}: `, first + i * MAC_LENGTH)
}

function writeMac(p: Printer, label: string, at: number): void {
  p.need(at, MAC_LENGTH)
  say(p, label)
  p.mac(at)
}
