/** Statistics of OpenFlow 1.0 as tcpdump prints them — OpenFlow Switch Specification 1.0.0 §5.3.5. */
import { hex, named, type Words } from './fields.js'
import { bitsText, type OpenFlowFields } from './openflow-fields.js'
import { portName, printActions, printMatch, queueName, WILDCARDS, WILDCARDS_UNASSIGNED } from './openflow10-flow.js'
import { printVendorData } from './openflow10-vendor.js'

const Type = { DESCRIPTION: 0, FLOW: 1, AGGREGATE: 2, TABLE: 3, PORT: 4, QUEUE: 5, VENDOR: 0xffff } as const
const TYPES: Words = { 0: 'DESC', 1: 'FLOW', 2: 'AGGREGATE', 3: 'TABLE', 4: 'PORT', 5: 'QUEUE', 0xffff: 'VENDOR' }
const TABLES: Words = { 0xfe: 'EMERG', 0xff: 'ALL' }
const MORE = [[1, 'MORE']] as const
const MATCH = 40

const typeName = (type: number): string => named(TYPES, type, `invalid (0x${hex(type, 4)})`)
const tableName = (table: number): string => named(TABLES, table, '%')

export function printStatsRequest(f: OpenFlowFields): void {
  const type = f.u16()
  f.say(`\n\t type ${typeName(type)}`)
  const flags = f.u16()
  f.say(`, flags 0x${hex(flags, 4)}${flags === 0 ? '' : ' (bogus)'}`)
  switch (type) {
    case Type.DESCRIPTION:
    case Type.TABLE:
      if (f.left > 0) f.invalid()
      return
    case Type.FLOW:
    case Type.AGGREGATE:
      if (f.left !== MATCH + 4) return f.invalid()
      printMatch(f.part(MATCH), '\n\t ')
      f.say(`\n\t table_id ${tableName(f.u8())}`)
      f.skip(1)
      f.say(`, out_port ${portName(f.u16())}`)
      return
    case Type.PORT:
      if (f.left !== 8) return f.invalid()
      f.say(`\n\t port_no ${portName(f.u16())}`)
      return f.pass(6)
    case Type.QUEUE:
      if (f.left !== 8) return f.invalid()
      f.say(`\n\t port_no ${portName(f.u16())}`)
      f.skip(2)
      f.say(`, queue_id ${queueName(f.u32())}`)
      return
    case Type.VENDOR:
      printVendorData(f)
  }
}

export function printStatsReply(f: OpenFlowFields): void {
  const type = f.u16()
  f.say(`\n\t type ${typeName(type)}`)
  const flags = f.u16()
  f.say(`, flags 0x${hex(flags, 4)}${bitsText(MORE, flags, ~1)}`)
  switch (type) {
    case Type.DESCRIPTION:
      return printDescription(f)
    case Type.FLOW:
      return printFlows(f)
    case Type.AGGREGATE:
      return printAggregate(f)
    case Type.TABLE:
      return eachEntry(f, 64, printTable)
    case Type.PORT:
      return eachEntry(f, 104, printPort)
    case Type.QUEUE:
      return eachEntry(f, 32, printQueue)
    case Type.VENDOR:
      return printVendorData(f)
    default:
      f.check()
  }
}

function printDescription(f: OpenFlowFields): void {
  if (f.left !== 1056) return f.invalid()
  for (const [name, size] of [['mfr_desc', 256], ['hw_desc', 256], ['sw_desc', 256], ['serial_num', 32], ['dp_desc', 256]] as const) {
    f.text(`\n\t  ${name} `, size)
  }
}

function printFlows(f: OpenFlowFields): void {
  const MIN = 88
  while (f.left > 0) {
    if (f.left < MIN) return f.invalid()
    const length = f.p.u16(f.at)
    f.say(`\n\t length ${length}`)
    if (length < MIN || length > f.left) return f.invalid()
    f.skip(2)
    f.say(`, table_id ${tableName(f.u8())}`)
    f.skip(1)
    printMatch(f.part(MATCH), '\n\t  ')
    f.say(`\n\t  duration_sec ${f.u32()}`)
    f.say(`, duration_nsec ${f.u32()}`)
    f.say(`, priority ${f.u16()}`)
    f.say(`, idle_timeout ${f.u16()}`)
    f.say(`, hard_timeout ${f.u16()}`)
    f.skip(6)
    f.say(`, cookie ${f.hex64()}`)
    f.say(`, packet_count ${f.u64()}`)
    f.say(`, byte_count ${f.u64()}`)
    printActions(f.part(length - MIN), '\n\t  ')
  }
}

function printAggregate(f: OpenFlowFields): void {
  if (f.left !== 24) return f.invalid()
  f.say(`\n\t packet_count ${f.u64()}`)
  f.say(`, byte_count ${f.u64()}`)
  f.say(`, flow_count ${f.u32()}`)
  f.pass(4)
}

function eachEntry(f: OpenFlowFields, size: number, print: (entry: OpenFlowFields) => void): void {
  while (f.left > 0) {
    if (f.left < size) return f.invalid()
    print(f.part(size))
  }
}

function printTable(f: OpenFlowFields): void {
  f.say(`\n\t table_id ${tableName(f.u8())}`)
  f.skip(3)
  f.text(', name ', 32)
  f.bitmap('\n\t  wildcards ', WILDCARDS, WILDCARDS_UNASSIGNED)
  f.say(`\n\t  max_entries ${f.u32()}`)
  f.say(`, active_count ${f.u32()}`)
  f.say(`, lookup_count ${f.u64()}`)
  f.say(`, matched_count ${f.u64()}`)
}

const PORT_COUNTERS = [
  'rx_packets', 'tx_packets', 'rx_bytes', 'tx_bytes', 'rx_dropped', 'tx_dropped', 'rx_errors', 'tx_errors', 'rx_frame_err', 'rx_over_err', 'rx_crc_err',
  'collisions',
]

function printPort(f: OpenFlowFields): void {
  f.say(`\n\t  port_no ${portName(f.u16())}`)
  if (f.verbose < 2) return f.check()
  f.skip(6)
  for (const name of PORT_COUNTERS) f.say(`, ${name} ${f.u64()}`)
}

function printQueue(f: OpenFlowFields): void {
  f.say(`\n\t  port_no ${portName(f.u16())}`)
  f.skip(2)
  f.say(`, queue_id ${f.u32()}`)
  for (const name of ['tx_bytes', 'tx_packets', 'tx_errors']) f.say(`, ${name} ${f.u64()}`)
}
