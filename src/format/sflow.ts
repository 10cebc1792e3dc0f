/** sFlow version 5 (sflow.org, "sFlow Version 5", 2004) as tcpdump prints it. */
import { ip4, ip6, named, say, writeUnknownData } from './fields.js'
import { counterRecord, flowRecord, type SflowRecord } from './sflow-records.js'
import type { Printer } from './printer.js'

const VERSION = 5
const HEADER4 = 28
const HEADER6 = 40
const SAMPLE_HEADER = 8
const RECORD_HEADER = 8
const Sample = { FLOW: 1, COUNTERS: 2, EXPANDED_FLOW: 3, EXPANDED_COUNTERS: 4 } as const
const SAMPLES = { 1: 'flow sample', 2: 'counter sample', 3: 'expanded flow sample', 4: 'expanded counter sample' }
/** Bytes before the records. */
const SIZES: Readonly<Record<number, number>> = { 1: 32, 2: 12, 3: 44, 4: 16 }

export function printSflow(p: Printer, at: number, length: number): void {
  p.protocol = 'sflow'
  const family = p.u32(at + 4)
  const version = p.u32(at)
  if ((family === 1 && length < HEADER4) || (family === 2 && length < HEADER6)) {
    say(p, `sFlowv${version} [length ${length} < ${HEADER4}]`)
    return p.invalid()
  }
  p.need(at, HEADER4)
  if (version !== VERSION) {
    say(p, `sFlow version ${version} packet not supported`)
    return
  }
  const isIp4 = family === 1
  const behind = at + (isIp4 ? 12 : 24)
  const agent = `sFlowv${version}, ${isIp4 ? 'IPv4' : 'IPv6'} agent ${isIp4 ? ip4(p, at + 8) : ip6(p, at + 8)}, agent-id ${p.u32(behind)}`
  if (p.options.verbose === 0) {
    say(p, `${agent}, length ${length}`)
    return
  }
  const samples = p.u32(behind + 12)
  say(p, `${agent}, seqnum ${p.u32(behind + 4)}, uptime ${p.u32(behind + 8)}, samples ${samples}, length ${length}`)
  const header = isIp4 ? HEADER4 : HEADER6
  if (length < header) {
    say(p, ` [tlen ${length} < ${header}]`)
    return invalid(p, at, at + length)
  }
  printSamples(p, at + header, at + length, samples)
}

/** ` (invalid)`, behind which all must still be captured. */
function invalid(p: Printer, at: number, end: number): void {
  p.invalid()
  p.need(at, end - at)
}

function printSamples(p: Printer, at: number, end: number, count: number): void {
  let here = at
  for (let n = 0; n < count && here < end; n++) {
    const type = p.u32(here) & 0xfff
    const size = p.u32(here + 4)
    if (end - here < SAMPLE_HEADER) return invalid(p, here, end)
    here += SAMPLE_HEADER
    say(p, `\n\t${named(SAMPLES, type, 'Unknown')} (${type}), length ${size},`)
    if (type === 0 || size === 0) return
    if (size > end - here) return invalid(p, here, end)
    p.need(here, size)
    if (SIZES[type] === undefined) {
      if (p.options.verbose === 1) writeUnknownData(p, here, '\n\t    ', size)
    } else if (!printSample(p, here, end, type)) return invalid(p, here, end)
    here += size
  }
}

/** `end` is that of the datagram, which tcpdump 4.99.3 lets a sample's records fill. False where they do not fit. */
function printSample(p: Printer, at: number, end: number, type: number): boolean {
  const size = SIZES[type]!
  if (end - at < size) return false
  const isExpanded = type === Sample.EXPANDED_FLOW || type === Sample.EXPANDED_COUNTERS
  const isFlow = type === Sample.FLOW || type === Sample.EXPANDED_FLOW
  const records = p.u32(at + size - 4)
  const source = isExpanded ? `type ${p.u32(at + 4)}, idx ${p.u32(at + 8)}` : `type ${p.u8(at + 4)}, idx ${p.u24(at + 5)}`
  let text = ` seqnum ${p.u32(at)}, ${source}, `
  if (isFlow) {
    const rate = at + (isExpanded ? 12 : 8)
    text += `rate ${p.u32(rate)}, pool ${p.u32(rate + 4)}, drops ${p.u32(rate + 8)}, `
  }
  if (type === Sample.FLOW) text += `input ${p.u32(at + 20)} output ${p.u32(at + 24)} `
  say(p, `${text}records ${records}`)
  return printRecords(p, at + size, end, records, isFlow)
}

function printRecords(p: Printer, at: number, end: number, count: number, isFlow: boolean): boolean {
  let here = at
  for (let n = 0; n < count; n++) {
    if (end - here < RECORD_HEADER) return false
    const format = p.u32(here)
    const size = p.u32(here + 4)
    // twelve bits of format; tcpdump 4.99.3 passes over eight more in a counter's
    const enterprise = isFlow ? format >>> 12 : format >>> 20
    const type = format & 0xfff
    const record: SflowRecord | undefined = enterprise !== 0 ? undefined : isFlow ? flowRecord(type) : counterRecord(type)
    say(p, `\n\t    enterprise ${enterprise}${isFlow ? '' : ','} ${record?.name ?? 'Unknown'} (${type}) length ${size}`)
    here += RECORD_HEADER
    if (size > end - here) return false
    if (record !== undefined) {
      if (end - here < record.size) return false
      for (const line of record.lines) say(p, line(p, here))
    } else if (enterprise === 0 && p.options.verbose === 1) writeUnknownData(p, here, '\n\t\t', size)
    here += size
  }
  return true
}
