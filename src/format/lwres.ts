/** BIND's lightweight resolver as tcpdump prints it — lwres(3), BIND 9's <lwres/lwres.h>. */
import { className, typeName } from './dns.js'
import { writeDuration } from './duration.js'
import { printText } from './packet-text.js'
import type { Printer } from './printer.js'

const HEADER = 28
const RESPONSE = 1
const Operation = { NONE: 0, ADDRESSES: 0x10001, NAME: 0x10002, DATA: 0x10003 } as const
const OPERATIONS: Readonly<Record<number, string>> = { 0: 'noop', 0x10001: 'getaddrsbyname', 0x10002: 'getnamebyaddr', 0x10003: 'getrdatabyname' }
const INTERNET = 1
const FAMILIES = [undefined, ' IPv4', ' IPv6', ' IPv4/6']

export function printLwres(p: Printer, at: number, length: number): void {
  const { out, options } = p
  p.protocol = 'lwres'
  p.need(at, HEADER)
  const stated = p.u32(at)
  const version = p.u16(at + 4)
  out.text(' lwres')
  if (options.verbose > 0 || version !== 0) out.text(' v').dec(version)
  // Where what is known of the message ends; of an unknown operation nothing is said.
  const end = version === 0 ? printOperation(p, at) : at + stated
  if (end === undefined) return p.invalid()
  if (stated !== length) out.text(` [len: ${stated} != ${length}]`)
  if (end !== UNKNOWN && end - at < stated) out.text('[extra]')
}

const UNKNOWN = -1

/** Returns where it ends, UNKNOWN for an operation that is not known, undefined when it cannot be. */
function printOperation(p: Printer, at: number): number | undefined {
  const { out, options } = p
  const flags = p.u16(at + 6)
  const isResponse = (flags & RESPONSE) !== 0
  const operation = p.u32(at + 12)
  out.byte(32).text(OPERATIONS[operation] ?? `#0x${operation.toString(16)}`).text(isResponse ? '' : '?')
  if (flags & ~RESPONSE) out.text('[0x').hex(flags).byte(93)
  if (options.verbose > 1) {
    out.text(' (serial:0x').hex(p.u32(at + 8)).text(' result:0x').hex(p.u32(at + 16)).text(' recvlen:').dec(p.u32(at + 20))
    if (options.verbose > 2) out.text(' authtype:0x').hex(p.u16(at + 24)).text(' authlen:').dec(p.u16(at + 26))
    out.byte(41)
  }
  const body = at + HEADER
  switch (operation) {
    case Operation.NONE:
      return body
    case Operation.ADDRESSES:
      return isResponse ? printAddresses(p, body) : printAddressQuestion(p, body)
    case Operation.NAME:
      return isResponse ? printNames(p, body) : printNameQuestion(p, body)
    case Operation.DATA:
      return isResponse ? printData(p, body) : printDataQuestion(p, body)
    default:
      return UNKNOWN
  }
}

function writeFlags(p: Printer, at: number): void {
  if (p.options.verbose > 2) p.out.text(' flags:0x').hex(p.u32(at))
}

/** A name of `length` bytes, and the zero that must stand behind it. */
function printName(p: Printer, at: number, length: number): number {
  p.out.byte(32)
  printText(p, at, length)
  if (p.u8(at + length) !== 0) p.out.text(' (not NUL-terminated!)')
  return at + length + 1
}

/** A name behind its length. */
const printCountedName = (p: Printer, at: number): number => printName(p, at + 2, p.u16(at))

/** An address of some family; undefined when it is too short for it. */
function printAddress(p: Printer, at: number): number | undefined {
  const { out } = p
  const length = p.u16(at + 4)
  const address = at + 6
  p.need(address, length)
  const family = p.u32(at)
  if (family === 1 || family === 2) {
    const size = family === 1 ? 4 : 16
    if (length < size) return undefined
    out.byte(32)
    if (family === 1) p.ip4(address)
    else p.ip6(address)
    return address + size
  }
  out.byte(32).dec(family).byte(47).hexBytes(p.b, address, address + length)
  return address + length
}

function printAddressQuestion(p: Printer, at: number): number {
  const { out } = p
  p.need(at, 10)
  writeFlags(p, at)
  const families = p.u32(at + 4)
  out.text(FAMILIES[families & 3] ?? '')
  if (families > 3) out.text('[0x').hex(families).byte(93)
  return printName(p, at + 10, p.u16(at + 8))
}

function printAddresses(p: Printer, at: number): number | undefined {
  p.need(at, 10)
  writeFlags(p, at)
  const aliases = p.u16(at + 4)
  const addresses = p.u16(at + 6)
  p.out.byte(32).dec(aliases).byte(47).dec(addresses)
  let here: number | undefined = printName(p, at + 10, p.u16(at + 8))
  for (let i = 0; i < aliases; i++) here = printCountedName(p, here)
  for (let i = 0; i < addresses && here !== undefined; i++) here = printAddress(p, here)
  return here
}

function printNameQuestion(p: Printer, at: number): number | undefined {
  p.need(at, 4)
  writeFlags(p, at)
  return printAddress(p, at + 4)
}

function printNames(p: Printer, at: number): number {
  p.need(at, 8)
  writeFlags(p, at)
  const aliases = p.u16(at + 4)
  p.out.byte(32).dec(aliases)
  let here = printName(p, at + 8, p.u16(at + 6))
  for (let i = 0; i < aliases; i++) here = printCountedName(p, here)
  return here
}

/** Type of a record, and its class when it is not that of the Internet. */
function writeType(p: Printer, at: number): void {
  const { out } = p
  const type = p.u16(at + 6)
  const inClass = p.u16(at + 4)
  out.byte(32).text(typeName(type) ?? `Type${type}`)
  if (inClass !== INTERNET) out.byte(32).text(className(inClass) ?? `Class${inClass}`)
}

function printDataQuestion(p: Printer, at: number): number {
  p.need(at, 10)
  writeFlags(p, at)
  writeType(p, at)
  return printName(p, at + 10, p.u16(at + 8))
}

function printData(p: Printer, at: number): number {
  const { out } = p
  p.need(at, 16)
  writeFlags(p, at)
  writeType(p, at)
  out.text(' TTL ')
  writeDuration(out, p.u32(at + 8))
  const records = p.u16(at + 12)
  const signatures = p.u16(at + 14)
  out.byte(32).dec(records).byte(47).dec(signatures)
  let here = printCountedName(p, at + 16)
  for (let i = 0; i < records + signatures; i++) {
    const length = p.u16(here)
    here += 2
    for (let k = 0; k < length; k++) out.hex2(p.u8(here + k))
    here += length
  }
  return here
}
