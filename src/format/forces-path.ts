/** PATH-DATA of ForCES messages — RFC 5810 §7.1.7 — as tcpdump prints it. */
import { hex, named, say } from './fields.js'
import { fails, forcesDump, ILV_HEADER, ilvFault, indent, isDetailed, messy, padded, TLV_HEADER, tlvFault, tlvName, topTlvName } from './forces-fields.js'
import { MAX_DEPTH, type Printer } from './printer.js'

/** Which data an operation may carry, and what the flags of a path ask for. */
export const DataFlag = { FULL: 0x01, SPARSE: 0x02, RESULT: 0x04, KEY: 0x08, APPEND: 0x10, RANGE: 0x20 } as const
const PathFlag = { KEY: 1, RANGE: 2, APPEND: 4 } as const
const Tlv = { PATH: 0x0110, KEY: 0x0111, FULL: 0x0112, SPARSE: 0x0113, RESULT: 0x0114 } as const
const NAMES: Readonly<Record<number, string>> = {
  0x0110: 'Inner PATH-DATA TLV', 0x0111: 'KEYINFO TLV', 0x0112: 'FULLDATA TLV', 0x0113: 'SPARSEDATA TLV', 0x0114: 'RESULT TLV',
}
/** A range or key with the header of what follows it. */
const DESCRIPTION = 12

/** A number of the data that is left, 0 for none; undefined where it fails. */
type Rest = number | undefined

/** The answer to a commit: one TLV with a path. */
export function printResponse(p: Printer, at: number, length: number, data: number, level: number): boolean {
  const type = p.u16(at)
  const size = p.u16(at + 2)
  say(p, `genoptlvprint - ${tlvName(type)} TLV type 0x${hex(type)} len ${size}\n`)
  if (tlvFault(size, length) !== undefined) return fails(p, `\t\t\tInvalid ForCES TLV type=${hex(type)}`)
  const name = topTlvName(type)
  // as tcpdump 4.99.3 says of a fault that it has no number for
  if (name === undefined) return fails(p, `#0 TLV type 0x${hex(type)} len ${size}\n`)
  if (isDetailed(p)) say(p, `${indent(level)}${name}, length ${size} (data length ${size - TLV_HEADER} Bytes)`)
  return printPath(p, at + TLV_HEADER, size - TLV_HEADER, data, level + 1)
}

/** TLVs with a path each, up to the end. */
export function printPathData(p: Printer, at: number, length: number, data: number, level: number): boolean {
  if (p.depth >= MAX_DEPTH) return fails(p, '[nested too deeply]')
  p.depth++
  const isRight = printPaths(p, at, length, data, level)
  p.depth--
  return isRight
}

function printPaths(p: Printer, at: number, length: number, data: number, level: number): boolean {
  let here = at
  let left = length
  while (left > 0) {
    const size = p.u16(here + 2)
    if (tlvFault(size, left) !== undefined) return messy(p, 'PATHDATA', here, left)
    if (isDetailed(p)) {
      say(p, `${indent(level)}${tlvName(p.u16(here))}, length ${size} (data encapsulated ${size - TLV_HEADER} Bytes)`)
    }
    if (!printPath(p, here + TLV_HEADER, size - TLV_HEADER, data, level + 1)) return false
    here += padded(size)
    left -= padded(size)
  }
  return true
}

/** Flags, identifiers, and what stands at the end of them. */
function printPath(p: Printer, at: number, length: number, data: number, level: number): boolean {
  const HEADER = 4
  if (!p.has(at, HEADER) || length < HEADER) {
    p.truncated()
    return false
  }
  const flags = p.u16(at)
  const count = p.u16(at + 2)
  if (isDetailed(p)) say(p, `\n${indent(level)}Pathdata: Flags 0x${hex(flags)} ID count ${count}\n`)
  const wanted = data | (flags & PathFlag.KEY ? DataFlag.KEY : 0) | (flags & PathFlag.RANGE ? DataFlag.RANGE : 0) | (flags & PathFlag.APPEND ? DataFlag.APPEND : 0)
  const first = at + HEADER
  const size = length - HEADER
  if (size < count * 4) {
    say(p, `\t\t\ttruncated IDs expected ${count * 4}B got ${size}B\n`)
    forcesDump(p, '\t\t\tID Data[', first, size)
    return fails(p, ']\n')
  }
  if (wanted & DataFlag.RANGE && wanted & DataFlag.KEY) return fails(p, '\t\t\tIllegal to have both Table ranges and keys\n')
  const rest = printSelection(p, first, size, count, wanted, level)
  // tcpdump 4.99.3 goes on behind a path that fails
  return rest === undefined || rest === 0 || printPathData(p, first + size - rest, rest, wanted, level + 1)
}

/** Identifiers, a range or a key, and one TLV. */
function printSelection(p: Printer, at: number, length: number, count: number, wanted: number, level: number): Rest {
  const lead = indent(level)
  if (wanted & DataFlag.APPEND && isDetailed(p)) say(p, `${lead}TABLE APPEND\n`)
  let here = at
  const end = at + length
  for (let n = 1; n <= count; n++, here += 4) {
    if (!p.has(here, 4)) {
      p.truncated()
      return undefined
    }
    if (isDetailed(p)) say(p, `${lead}ID#${String(n).padStart(2, '0')}: ${p.u32(here)}\n`)
  }
  const tooShort = (): undefined => {
    say(p, `pathlength ${end - here} with key/range too short ${DESCRIPTION}\n`)
  }
  if (wanted & DataFlag.RANGE) {
    if (end - here < DESCRIPTION) return tooShort()
    const from = p.u32(here + 4)
    const to = p.u32(here + 8)
    if (isDetailed(p)) say(p, `${lead}Table range: [${from},${to}]\n`)
    here += DESCRIPTION
  }
  if (wanted & DataFlag.KEY) {
    if (end - here < DESCRIPTION) return tooShort()
    const key = keyEnd(p, here, end)
    if (key === undefined) return undefined
    here = key
  }
  return here === end ? 0 : printContent(p, here, end - here, wanted, level)
}

/** The offset behind a key's number and its content; undefined where they do not fit. */
function keyEnd(p: Printer, at: number, end: number): number | undefined {
  const size = p.u16(at + 6)
  const content = at + 8
  if (size < TLV_HEADER) say(p, `key content length ${size} < ${TLV_HEADER}\n`)
  else if (end - content < size - TLV_HEADER) say(p, 'key content too short\n')
  else return content + size - TLV_HEADER
  return undefined
}

function printContent(p: Printer, at: number, length: number, wanted: number, level: number): Rest {
  const type = p.u16(at)
  const size = p.u16(at + 2)
  const fault = tlvFault(size, length)
  const name = NAMES[type]
  if (fault !== undefined) say(p, `${fault} Outstanding bytes ${length} for TLV type 0x${hex(type)} TLV len ${size}\n`)
  else if (name === undefined) say(p, `Invalid path data content type 0x${hex(type)} len ${size}\n`)
  else {
    const whole = padded(size)
    if (isDetailed(p) && type !== Tlv.PATH) {
      const padding = whole > size ? ` pad ${whole - size}` : ''
      say(p, `${indent(level)}  ${name} (Length ${size} DataLen ${size - TLV_HEADER}${padding} Bytes)\n`)
    }
    writeMismatch(p, type, wanted)
    return printTlv(p, at, whole, type, wanted, level + 2) ? length - whole : undefined
  }
  // a length of nothing is left to those who read on
  if (size === 0) return length
  forcesDump(p, 'Bad Data val\n\t  [', at, length)
  say(p, ']\n')
  return undefined
}

/** What the operation and the path's flags do not go with. */
function writeMismatch(p: Printer, type: number, wanted: number): void {
  if (type === Tlv.PATH) return
  const allowed = type === Tlv.FULL ? DataFlag.FULL : type === Tlv.SPARSE ? DataFlag.SPARSE : type === Tlv.RESULT ? DataFlag.RESULT : 0
  if (wanted & DataFlag.KEY) {
    if (type !== Tlv.KEY) say(p, 'Based on flags expected KEYINFO TLV!\n')
  } else if ((wanted & allowed) === 0) say(p, `Illegal DATA encoding for type 0x${hex(type)} programmed ${hex(allowed)} got ${hex(wanted)}\n`)
}

/** `length` counts header and padding. */
function printTlv(p: Printer, at: number, length: number, type: number, wanted: number, level: number): boolean {
  const size = length - TLV_HEADER
  switch (type) {
    case Tlv.KEY:
      return printKey(p, at, length, level)
    case Tlv.FULL:
      return printFull(p, at, size, level)
    case Tlv.SPARSE:
      return printSparse(p, at + TLV_HEADER, size, level)
    case Tlv.RESULT:
      return printResult(p, at + TLV_HEADER, size, level)
    default:
      return printPathData(p, at, length, wanted, level)
  }
}

/** The TLV at `at` with `size` bytes of data. */
function printFull(p: Printer, at: number, size: number, level: number): boolean {
  if (!p.has(at, TLV_HEADER)) {
    p.truncated()
    return false
  }
  if (p.u16(at) !== Tlv.FULL) return fails(p, 'Error: expecting FULLDATA!\n')
  if (!isDetailed(p)) return true
  const lead = indent(level + 1)
  say(p, `${lead}[`)
  forcesDump(p, `\n${lead}`, at + TLV_HEADER, size)
  say(p, `\n${lead}]`)
  return true
}

/** A key's number, and its content in a TLV of its own, inside which tcpdump 4.99.3 looks for another. */
function printKey(p: Printer, at: number, length: number, level: number): boolean {
  say(p, `${indent(level)}Keyinfo: Key 0x${hex(p.u32(at + 4))}\n`)
  const content = at + 8
  const type = p.u16(content)
  const size = p.u16(content + 2)
  const fault = tlvFault(size, length)
  if (fault !== undefined) return fails(p, `${fault} TLV type 0x${hex(type)} len ${size}\n`)
  return printFull(p, content + TLV_HEADER, size - TLV_HEADER, level)
}

function printSparse(p: Printer, at: number, length: number, level: number): boolean {
  if (length < ILV_HEADER) return fails(p, 'Error: BAD SPARSEDATA-TLV!\n')
  for (let here = at, left = length; left > 0; ) {
    const fault = ilvFault(p, here, left)
    if (fault !== undefined) return fails(p, `Error: ${fault}, rlen ${left}\n`)
    const size = p.u32(here + 4)
    if (isDetailed(p)) {
      say(p, `\n${indent(level)} ILV: type ${hex(p.u32(here))} length ${size}\n`)
      forcesDump(p, '\t\t[', here + ILV_HEADER, size - ILV_HEADER)
    }
    here += padded(size)
    left -= padded(size)
  }
  return true
}

const RESULTS: Readonly<Record<number, string>> = {
  0x00: 'SUCCESS', 0x01: 'INVALID HEADER', 0x02: 'LENGTH MISMATCH', 0x03: 'VERSION MISMATCH', 0x04: 'INVALID DESTINATION PID', 0x05: 'LFB UNKNOWN',
  0x06: 'LFB NOT FOUND', 0x07: 'LFB INSTANCE ID NOT FOUND', 0x08: 'INVALID PATH', 0x09: 'COMPONENT DOES NOT EXIST', 0x0a: 'EXISTS ALREADY',
  0x0b: 'NOT FOUND', 0x0c: 'READ ONLY', 0x0d: 'INVALID ARRAY CREATION', 0x0e: 'VALUE OUT OF RANGE', 0x0f: 'CONTENTS TOO LONG',
  0x10: 'INVALID PARAMETERS', 0x11: 'INVALID MESSAGE TYPE', 0x12: 'INVALID FLAGS', 0x13: 'INVALID TLV', 0x14: 'EVENT ERROR', 0x15: 'NOT SUPPORTED',
  0x16: 'MEMORY ERROR', 0x17: 'INTERNAL ERROR', 0xff: 'UNSPECIFIED ERROR',
}

function printResult(p: Printer, at: number, size: number, level: number): boolean {
  if (size !== 4) return fails(p, `illegal RESULT-TLV: ${size} bytes!\n`)
  if (!p.has(at, 4)) {
    p.truncated()
    return false
  }
  const result = p.u8(at)
  const name = named(RESULTS, result, '')
  if (name === '') return fails(p, `illegal reserved result code: 0x${hex(result)}!\n`)
  if (isDetailed(p)) say(p, `${indent(level)}  Result: ${name} (code 0x${hex(result)})\n`)
  return true
}
