/** Top-level TLVs of ForCES messages and the operations in them — RFC 5810 §6, §7 — as tcpdump prints them. */
import { hex, named, say } from './fields.js'
import { fails, forcesDump, ILV_HEADER, ilvFault, indent, isDetailed, messy, padded, TLV_HEADER, tlvFault } from './forces-fields.js'
import { DataFlag, printPathData, printResponse } from './forces-path.js'
import type { Printer } from './printer.js'

const Tlv = { METADATA: 0x0115, REDIRECT_DATA: 0x0116 } as const
/** The result of an association, or why it ends. `length` is the TLV's, its value at `at`. */
export function printAssociation(p: Printer, at: number, length: number, isEnd: boolean, level: number): boolean {
  const name = isEnd ? 'ASTresult' : 'ASRresult'
  const reasons = isEnd
    ? ['Normal Teardown', 'Loss of Heartbeats', 'Out of bandwidth', 'Out of Memory', 'Application Crash']
    : ['Success ', 'FE ID invalid ', 'permission denied ']
  const size = length - TLV_HEADER
  if (size !== 4) return fails(p, `illegal ${name}-TLV: ${size} bytes!\n`)
  const code = p.u32(at)
  if (code > (isEnd ? 255 : 3)) return fails(p, `illegal ${name} result code: ${code}!\n`)
  if (!isDetailed(p)) return true
  const lead = indent(level)
  say(p, `${isEnd ? 'Teardown reason:' : ''}\n${lead}${reasons[code] ?? (isEnd ? 'Unknown Teardown reason' : 'Unknown ')}(${hex(code)})\n${lead}`)
  return true
}

/** Packets that are passed on, with what is known of them. */
export function printRedirect(p: Printer, at: number, length: number, level: number): boolean {
  const MIN = 8
  let left = length - TLV_HEADER
  if (left <= MIN) return fails(p, `\n\t\ttruncated Redirect TLV: ${MIN - left} bytes missing! `)
  let here = at
  while (left > 0) {
    const type = p.u16(here)
    const size = p.u16(here + 2)
    if (tlvFault(size, left) !== undefined) {
      say(p, 'Bad Redirect data\n')
      break
    }
    const value = here + TLV_HEADER
    if (type === Tlv.METADATA) printMetadata(p, value, size - TLV_HEADER, level + 1)
    else if (type === Tlv.REDIRECT_DATA) {
      say(p, `\n${indent(level + 1)} Redirect Data length ${size - TLV_HEADER}\n`)
      if (isDetailed(p)) {
        say(p, '\t\t[')
        forcesDump(p, '\n\t\t', value, size - TLV_HEADER)
        say(p, '\n\t\t]')
      }
    } else say(p, `Unknown REDIRECT TLV 0x${hex(type)} len ${size}\n`)
    here += padded(size)
    left -= padded(size)
  }
  return left === 0 || messy(p, 'Redirect', here, left)
}

function printMetadata(p: Printer, at: number, length: number, level: number): void {
  say(p, `\n${indent(level)} METADATA length ${length}\n`)
  for (let here = at, left = length; left > 0; ) {
    if (ilvFault(p, here, left) !== undefined) return
    const size = p.u32(here + 4)
    say(p, `${indent(level + 1)}MetaID 0x${hex(p.u32(here))} length ${size}\n`)
    if (isDetailed(p)) {
      forcesDump(p, '\t\t[', here + ILV_HEADER, size - ILV_HEADER)
      say(p, ' ]\n')
    }
    here += padded(size)
    left -= padded(size)
  }
}

/** An operation's name, which data it may carry, and what prints it. */
interface Operation {
  readonly name: string
  readonly data: number
  readonly print?: (p: Printer, at: number, length: number, data: number, level: number) => boolean
}

const operation = (name: string, data: number, print?: Operation['print']): Operation => (print === undefined ? { name, data } : { name, data, print })
const { FULL, SPARSE, RESULT } = DataFlag
/** By number; the first stands for those nobody knows. */
let all: readonly Operation[] | undefined
const operations = (): readonly Operation[] => (all ??= [
  operation('Invalid OPTLV', 0, (p, at, length, _data, level) => printInvalid(p, at, length, level)),
  operation(' Set', FULL | SPARSE, printPathData), operation(' SetProp', FULL | SPARSE, printPathData), operation(' SetResp', RESULT, printPathData),
  operation(' SetPropResp', RESULT, printPathData), operation(' Del', 0, printPathData), operation(' DelResp', RESULT, printPathData),
  operation(' Get', 0, printPathData), operation(' GetProp', 0, printPathData), operation(' GetResp', FULL | SPARSE | RESULT, printPathData),
  operation(' GetPropResp', FULL | RESULT, printPathData), operation(' Report', FULL | SPARSE, printPathData), operation(' Commit', 0),
  operation(' RCommit', RESULT, printResponse), operation(' RTRCOMP', 0),
])
const LAST_OPERATION = 14
const VENDOR = 0x8000
const LFBS = { 0: 'Invalid TLV', 1: 'FEObj LFB', 2: 'FEProtoObj LFB' }

/** A logical function block, and what is to be done with it: operations of `allowed`, or of vendors. */
export function printLfbSelect(p: Printer, at: number, length: number, allowed: number, level: number): boolean {
  const MIN = 12
  const HEADER = 8
  const size = length - TLV_HEADER
  if (size <= MIN) return fails(p, `\n\t\ttruncated lfb selector: ${MIN - size} bytes missing! `)
  if (!p.has(at, HEADER)) {
    p.truncated()
    return false
  }
  if (isDetailed(p)) {
    const klass = p.u32(at)
    say(p, `\n${indent(level)}${named(LFBS, klass, `#${klass | 0}`)}(Classid ${hex(klass)}) instance ${hex(p.u32(at + 4))}\n`)
  }
  let here = at + HEADER
  let left = size - HEADER
  while (left > 0) {
    const type = p.u16(here)
    const operationSize = p.u16(here + 2)
    if (tlvFault(operationSize, left) !== undefined) break
    const isAllowed = type >= VENDOR || (type > 0 && type <= LAST_OPERATION && (allowed & (1 << (type - 1))) !== 0)
    if (isAllowed) printOperation(p, here, type, operationSize, level + 1)
    else {
      if (!isDetailed(p)) say(p, '\n')
      say(p, `\t\tINValid oper-TLV type 0x${hex(type)} length ${operationSize} for this ForCES message\n`)
      printInvalid(p, here, left, level + 1)
    }
    here += padded(operationSize)
    left -= padded(operationSize)
  }
  return left === 0 || messy(p, 'oper', here, left)
}

function printOperation(p: Printer, at: number, type: number, length: number, level: number): void {
  const MIN = 8
  const known = operations()[type] ?? operations()[0]!
  const value = at + TLV_HEADER
  const size = length - TLV_HEADER
  if (isDetailed(p)) say(p, `${indent(level)}Oper TLV ${known.name}(0x${hex(type)}) length ${length}\n`)
  if (size < MIN) {
    say(p, `\t\tOper TLV ${known.name}(0x${hex(type)}) length ${length}\n`)
    say(p, `\t\tTruncated data size ${size} minimum required ${MIN}\n`)
    printInvalid(p, value, size, level)
  } else known.print?.(p, value, size, known.data, level + 1)
}

function printInvalid(p: Printer, at: number, length: number, level: number): false {
  if (!isDetailed(p)) return false
  const lead = indent(level - 1)
  say(p, `${lead}Data[`)
  forcesDump(p, `\n${lead}`, at, length)
  say(p, `\n${lead}]\n`)
  return false
}
