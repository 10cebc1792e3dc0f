/** Messages of OpenFlow 1.3 as tcpdump prints them — OpenFlow Switch Specification 1.3.5 §7. */
import { hex, named, type Words } from './fields.js'
import type { MessageKind } from './openflow.js'
import { type Bits, bitNames, bitsText, type OpenFlowFields, unnamed, vendorName } from './openflow-fields.js'
import { ERRORS13, EXPERIMENTER_ERROR } from './openflow13-errors.js'

const PORT_NAME = 16
const PORTS: Words = {
  0xffffff00: 'MAX', 0xfffffff8: 'IN_PORT', 0xfffffff9: 'TABLE', 0xfffffffa: 'NORMAL', 0xfffffffb: 'FLOOD', 0xfffffffc: 'ALL', 0xfffffffd: 'CONTROLLER',
  0xfffffffe: 'LOCAL', 0xffffffff: 'ANY',
}
const TABLES: Words = { 0xfe: 'MAX', 0xff: 'ALL' }
const SEND_LENGTHS: Words = { 0xffe5: 'MAX', 0xffff: 'NO_BUFFER' }
const CONFIGS = ['FRAG_NORMAL', 'FRAG_DROP', 'FRAG_REASM']
const ROLES = ['NOCHANGE', 'EQUAL', 'MASTER', 'SLAVE']
const PORT_CHANGES = ['ADD', 'DELETE', 'MODIFY']
const CAPABILITIES = bitNames(['FLOW_STATS', 'TABLE_STATS', 'PORT_STATS', 'GROUP_STATS', '', 'IP_REASM', 'QUEUE_STATS', '', 'PORT_BLOCKED'])
const PORT_CONFIG = bitNames(['PORT_DOWN', '', 'NO_RECV', '', '', 'NO_FWD', 'NO_PACKET_IN'])
const PORT_STATE = bitNames(['LINK_DOWN', 'BLOCKED', 'LIVE'])
const PORT_FEATURES = bitNames([
  '10MB_HD', '10MB_FD', '100MB_HD', '100MB_FD', '1GB_HD', '1GB_FD', '10GB_FD', '40GB_FD', '100GB_FD', '1TB_FD', 'OTHER', 'COPPER', 'FIBER', 'AUTONEG',
  'PAUSE', 'PAUSE_ASYM',
])
const VERSIONS = bitNames(['1.0', '1.1', '1.2', '1.3', '1.4', '1.5'])
const PACKET_REASONS = bitNames(['NO_MATCH', 'ACTION', 'INVALID_TTL'])
const CHANGES = bitNames(PORT_CHANGES)

const portName = (port: number): string => named(PORTS, port, '%')
const hex16 = (n: number): string => `0x${hex(n, 4)}`
const sayBits = (f: OpenFlowFields, label: string, names: Bits): void => f.bitmap(label, names, unnamed(names))

/** The kinds of messages, by their number; made when the first is seen. */
let kinds: readonly MessageKind[] | undefined
export function messages13(): readonly MessageKind[] {
  return (kinds ??= [
    { name: 'HELLO', print: printHello },
    { name: 'ERROR', min: 4, print: printError },
    { name: 'ECHO_REQUEST', print: (f) => f.data() },
    { name: 'ECHO_REPLY', print: (f) => f.data() },
    { name: 'EXPERIMENTER', min: 8, print: printExperimenter },
    { name: 'FEATURES_REQUEST', exactly: 0 },
    { name: 'FEATURES_REPLY', exactly: 24, print: printFeatures },
    { name: 'GET_CONFIG_REQUEST', exactly: 0 },
    { name: 'GET_CONFIG_REPLY', exactly: 4, print: printConfig },
    { name: 'SET_CONFIG', exactly: 4, print: printConfig },
    { name: 'PACKET_IN' },
    { name: 'FLOW_REMOVED' },
    { name: 'PORT_STATUS', exactly: 72, print: printPortStatus },
    { name: 'PACKET_OUT' },
    { name: 'FLOW_MOD' },
    { name: 'GROUP_MOD' },
    { name: 'PORT_MOD', exactly: 32, print: printPortMod },
    { name: 'TABLE_MOD', exactly: 8, print: printTableMod },
    { name: 'MULTIPART_REQUEST' },
    { name: 'MULTIPART_REPLY' },
    { name: 'BARRIER_REQUEST', exactly: 0 },
    { name: 'BARRIER_REPLY', exactly: 0 },
    { name: 'QUEUE_GET_CONFIG_REQUEST', exactly: 8, print: printQueueRequest },
    { name: 'QUEUE_GET_CONFIG_REPLY' },
    { name: 'ROLE_REQUEST', exactly: 16, print: printRole },
    { name: 'ROLE_REPLY', exactly: 16, print: printRole },
    { name: 'GET_ASYNC_REQUEST', exactly: 0 },
    { name: 'GET_ASYNC_REPLY', exactly: 24, print: printAsync },
    { name: 'SET_ASYNC', exactly: 24, print: printAsync },
    { name: 'METER_MOD' },
  ])
}

/** Elements, of which the map of versions is known. */
function printHello(f: OpenFlowFields): void {
  const HEADER = 4
  const BITMAP = 1
  while (f.left > 0) {
    if (f.left < HEADER) return f.invalid()
    const type = f.u16()
    f.say(`\n\t type ${type === BITMAP ? 'VERSIONBITMAP' : `unknown (${hex16(type)})`}`)
    const length = f.u16()
    f.say(`, length ${length}`)
    if (length < HEADER || length > HEADER + f.left) return f.invalid()
    const element = f.part(length - HEADER)
    if (type === BITMAP && length === HEADER + 4) {
      const bitmap = element.u32()
      f.say(`, bitmap 0x${hex(bitmap, 8)}`)
      f.say(bitsText(VERSIONS, bitmap, unnamed(VERSIONS)))
      continue
    }
    if (type === BITMAP) f.say(' (bogus)')
    element.check()
  }
}

function printError(f: OpenFlowFields): void {
  const type = f.u16()
  const known = ERRORS13[type]
  f.say(`\n\t type ${type === EXPERIMENTER_ERROR ? 'EXPERIMENTER' : (known?.[0] ?? `invalid (${hex16(type)})`)}`)
  const code = f.u16()
  f.say(`, code ${known?.[1][code] ?? `invalid (${hex16(code)})`}`)
  f.data()
}

function printExperimenter(f: OpenFlowFields): void {
  const experimenter = f.u32()
  f.say(`\n\t experimenter 0x${hex(experimenter, 8)} (${vendorName(experimenter)})`)
  f.say(`, exp_type 0x${hex(f.u32(), 8)}`)
  f.data()
}

function printFeatures(f: OpenFlowFields): void {
  f.say(`\n\t dpid ${f.hex64()}`)
  f.say(`, n_buffers ${f.u32()}`)
  f.say(`, n_tables ${f.u8()}`)
  f.say(`, auxiliary_id ${f.u8()}`)
  f.skip(2)
  sayBits(f, '\n\t capabilities ', CAPABILITIES)
  f.pass(4)
}

function printConfig(f: OpenFlowFields): void {
  const flags = f.u16()
  f.say(`\n\t flags ${CONFIGS[flags] ?? `invalid (${hex16(flags)})`}`)
  f.say(`, miss_send_len ${named(SEND_LENGTHS, f.u16(), '%')}`)
}

function printPortStatus(f: OpenFlowFields): void {
  const reason = f.u8()
  // as tcpdump 4.99.3 has it
  f.say(`\n\t reason ${PORT_CHANGES[reason] ?? 'invalid (0x02x)'}`)
  f.skip(7)
  f.say(`\n\t  port_no ${portName(f.u32())}`)
  f.skip(4)
  f.mac(', hw_addr ')
  f.skip(2)
  f.text(', name ', PORT_NAME)
  if (f.verbose < 2) return f.pass(32)
  sayBits(f, '\n\t   config ', PORT_CONFIG)
  sayBits(f, '\n\t   state ', PORT_STATE)
  for (const name of ['curr', 'advertised', 'supported', 'peer']) sayBits(f, `\n\t   ${name} `, PORT_FEATURES)
  f.say(`\n\t   curr_speed ${f.u32()}kbps`)
  f.say(`\n\t   max_speed ${f.u32()}kbps`)
}

function printPortMod(f: OpenFlowFields): void {
  f.say(`\n\t port_no ${portName(f.u32())}`)
  f.skip(4)
  f.mac(', hw_addr ')
  f.skip(2)
  sayBits(f, '\n\t  config ', PORT_CONFIG)
  sayBits(f, '\n\t  mask ', PORT_CONFIG)
  sayBits(f, '\n\t  advertise ', PORT_FEATURES)
  f.pass(4)
}

function printTableMod(f: OpenFlowFields): void {
  f.say(`\n\t table_id ${named(TABLES, f.u8(), '%')}`)
  f.skip(3)
  f.say(`, config 0x${hex(f.u32(), 8)}`)
}

function printQueueRequest(f: OpenFlowFields): void {
  f.say(`\n\t port ${portName(f.u32())}`)
  f.pass(4)
}

function printRole(f: OpenFlowFields): void {
  const role = f.u32()
  f.say(`\n\t role ${ROLES[role] ?? `invalid (0x${hex(role, 8)})`}`)
  f.skip(4)
  f.say(`, generation_id ${f.hex64()}`)
}

/** Masks for a master or equal (EM), and for a slave (S). */
function printAsync(f: OpenFlowFields): void {
  for (const [name, names] of [['packet_in', PACKET_REASONS], ['port_status', CHANGES], ['flow_removed', CHANGES]] as const) {
    sayBits(f, `\n\t ${name}_mask[EM] `, names)
    sayBits(f, `\n\t ${name}_mask[S] `, names)
  }
}
