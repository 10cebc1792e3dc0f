/** Messages of OpenFlow 1.0 as tcpdump prints them — OpenFlow Switch Specification 1.0.0 §5. */
import { hex, named, type Words } from './fields.js'
import { printEthernet } from './link/ethernet.js'
import type { MessageKind } from './openflow.js'
import { type Bits, bitNames, bitsText, type OpenFlowFields, unnamed } from './openflow-fields.js'
import { portName, printActions, printMatch } from './openflow10-flow.js'
import { printStatsReply, printStatsRequest } from './openflow10-stats.js'
import { printVendorMessage } from './openflow10-vendor.js'

const PORT = 48
const PORT_NAME = 16
const MATCH = 40
const BUFFERS: Words = { 0xffffffff: 'NONE' }

const PORT_CONFIG = bitNames(['PORT_DOWN', 'NO_STP', 'NO_RECV', 'NO_RECV_STP', 'NO_FLOOD', 'NO_FWD', 'NO_PACKET_IN'])
const PORT_CONFIG_UNASSIGNED = unnamed(PORT_CONFIG)
const STP_STATES = ['STP_LISTEN', 'STP_LEARN', 'STP_FORWARD', 'STP_BLOCK']
const LINK_DOWN = 1
/** All but the link's bit and the spanning tree's state. */
const PORT_STATE_UNASSIGNED = ~0x301
const PORT_FEATURES = bitNames([
  '10MB_HD', '10MB_FD', '100MB_HD', '100MB_FD', '1GB_HD', '1GB_FD', '10GB_FD', 'COPPER', 'FIBER', 'AUTONEG', 'PAUSE', 'PAUSE_ASYM',
])
const PORT_FEATURES_UNASSIGNED = unnamed(PORT_FEATURES)
const CAPABILITIES = bitNames(['FLOW_STATS', 'TABLE_STATS', 'PORT_STATS', 'STP', 'RESERVED', 'IP_REASM', 'QUEUE_STATS', 'ARP_MATCH_IP'])
/** The reserved one, though it has a name, too. */
const CAPABILITIES_UNASSIGNED = ~0xef
const ACTIONS = bitNames([
  'OUTPUT', 'SET_VLAN_VID', 'SET_VLAN_PCP', 'STRIP_VLAN', 'SET_DL_SRC', 'SET_DL_DST', 'SET_NW_SRC', 'SET_NW_DST', 'SET_NW_TOS', 'SET_TP_SRC',
  'SET_TP_DST', 'ENQUEUE',
])
const ACTIONS_UNASSIGNED = unnamed(ACTIONS)
const CONFIGS = ['FRAG_NORMAL', 'FRAG_DROP', 'FRAG_REASM']
const COMMANDS = ['ADD', 'MODIFY', 'MODIFY_STRICT', 'DELETE', 'DELETE_STRICT']
const FLOW_FLAGS: Bits = bitNames(['SEND_FLOW_REM', 'CHECK_OVERLAP', 'EMERG'])
const FLOW_FLAGS_UNASSIGNED = unnamed(FLOW_FLAGS)
const REMOVALS = ['IDLE_TIMEOUT', 'HARD_TIMEOUT', 'DELETE']
const PORT_CHANGES = ['ADD', 'DELETE', 'MODIFY']
/** Types of errors, and the codes of each. */
const ERRORS: ReadonlyArray<readonly [name: string, codes: readonly string[]]> = [
  ['HELLO_FAILED', ['INCOMPATIBLE', 'EPERM']],
  ['BAD_REQUEST', ['BAD_VERSION', 'BAD_TYPE', 'BAD_STAT', 'BAD_VENDOR', 'BAD_SUBTYPE', 'EPERM', 'BAD_LEN', 'BUFFER_EMPTY', 'BUFFER_UNKNOWN']],
  ['BAD_ACTION', ['BAD_TYPE', 'BAD_LEN', 'BAD_VENDOR', 'BAD_VENDOR_TYPE', 'BAD_OUT_PORT', 'BAD_ARGUMENT', 'EPERM', 'TOO_MANY', 'BAD_QUEUE']],
  ['FLOW_MOD_FAILED', ['ALL_TABLES_FULL', 'OVERLAP', 'EPERM', 'BAD_EMERG_TIMEOUT', 'BAD_COMMAND', 'UNSUPPORTED']],
  ['PORT_MOD_FAILED', ['BAD_PORT', 'BAD_HW_ADDR']],
  ['QUEUE_OP_FAILED', ['BAD_PORT', 'BAD_QUEUE', 'EPERM']],
]

const hex16 = (n: number): string => `0x${hex(n, 4)}`

/** The kinds of messages, by their number; made when the first is seen. */
let kinds: readonly MessageKind[] | undefined
export function messages10(): readonly MessageKind[] {
  return (kinds ??= [
    { name: 'HELLO', print: (f) => f.data() },
    { name: 'ERROR', min: 4, print: printError },
    { name: 'ECHO_REQUEST', print: (f) => f.data() },
    { name: 'ECHO_REPLY', print: (f) => f.data() },
    { name: 'VENDOR', min: 4, print: printVendorMessage },
    { name: 'FEATURES_REQUEST', exactly: 0 },
    { name: 'FEATURES_REPLY', min: 24, print: printFeatures },
    { name: 'GET_CONFIG_REQUEST', exactly: 0 },
    { name: 'GET_CONFIG_REPLY', exactly: 4, print: printConfig },
    { name: 'SET_CONFIG', exactly: 4, print: printConfig },
    { name: 'PACKET_IN', min: 10, print: printPacketIn },
    { name: 'FLOW_REMOVED', exactly: 80, print: printFlowRemoved },
    { name: 'PORT_STATUS', exactly: 56, print: printPortStatus },
    { name: 'PACKET_OUT', min: 8, print: printPacketOut },
    { name: 'FLOW_MOD', min: 64, print: printFlowMod },
    { name: 'PORT_MOD', exactly: 24, print: printPortMod },
    { name: 'STATS_REQUEST', min: 4, print: printStatsRequest },
    { name: 'STATS_REPLY', min: 4, print: printStatsReply },
    { name: 'BARRIER_REQUEST', exactly: 0 },
    { name: 'BARRIER_REPLY', exactly: 0 },
    { name: 'QUEUE_GET_CONFIG_REQUEST', exactly: 4, print: printQueueRequest },
    { name: 'QUEUE_GET_CONFIG_REPLY', min: 8, print: printQueueReply },
  ])
}

function printError(f: OpenFlowFields): void {
  const type = f.u16()
  const known = ERRORS[type]
  f.say(`\n\t type ${known?.[0] ?? `invalid (${hex16(type)})`}`)
  const code = f.u16()
  f.say(`, code ${known?.[1][code] ?? `invalid (${hex16(code)})`}`)
  f.data()
}

function printFeatures(f: OpenFlowFields): void {
  f.say(`\n\t dpid ${f.hex64()}`)
  f.say(`, n_buffers ${f.u32()}`)
  f.say(`, n_tables ${f.u8()}`)
  f.skip(3)
  f.bitmap('\n\t capabilities ', CAPABILITIES, CAPABILITIES_UNASSIGNED)
  f.bitmap('\n\t actions ', ACTIONS, ACTIONS_UNASSIGNED)
  while (f.left > 0) {
    if (f.left < PORT) return f.invalid()
    printPort(f)
  }
}

function printPort(f: OpenFlowFields): void {
  f.say(`\n\t  port_no ${portName(f.u16())}`)
  f.mac(', hw_addr ')
  f.text(', name ', PORT_NAME)
  if (f.verbose < 2) return f.pass(24)
  f.bitmap('\n\t   config ', PORT_CONFIG, PORT_CONFIG_UNASSIGNED)
  const state = f.u32()
  const flags = `${state & LINK_DOWN ? ', LINK_DOWN' : ''})${state & PORT_STATE_UNASSIGNED ? ' (bogus)' : ''}`
  f.say(`\n\t   state 0x${hex(state, 8)} (${STP_STATES[(state >>> 8) & 3]!}${flags}`)
  for (const name of ['curr', 'advertised', 'supported', 'peer']) f.bitmap(`\n\t   ${name} `, PORT_FEATURES, PORT_FEATURES_UNASSIGNED)
}

function printConfig(f: OpenFlowFields): void {
  const flags = f.u16()
  f.say(`\n\t flags ${CONFIGS[flags] ?? `invalid (${hex16(flags)})`}`)
  f.say(`, miss_send_len ${f.u16()}`)
}

/** `, label N` unless it is nothing. */
function sayNonZero(f: OpenFlowFields, label: string): void {
  const n = f.u16()
  if (n !== 0) f.say(`, ${label} ${n}`)
}

function printFlowMod(f: OpenFlowFields): void {
  printMatch(f.part(MATCH), '\n\t ')
  f.say(`\n\t cookie ${f.hex64()}`)
  const command = f.u16()
  f.say(`, command ${COMMANDS[command] ?? `invalid (${hex16(command)})`}`)
  for (const label of ['idle_timeout', 'hard_timeout', 'priority']) sayNonZero(f, label)
  // what is added or changed has a packet, what is deleted a port
  const buffer = f.part(4)
  if (command <= 2) f.say(`, buffer_id ${bufferName(buffer.u32())}`)
  const port = f.part(2)
  if (command === 3 || command === 4) f.say(`, out_port ${portName(port.u16())}`)
  const flags = f.u16()
  f.say(`, flags ${hex16(flags)}${bitsText(FLOW_FLAGS, flags, FLOW_FLAGS_UNASSIGNED)}`)
  printActions(f, '\n\t ')
}

const bufferName = (id: number): string => named(BUFFERS, id, `0x${hex(id, 8)}`)

function printPortMod(f: OpenFlowFields): void {
  f.say(`\n\t port_no ${portName(f.u16())}`)
  f.mac(', hw_addr ')
  f.bitmap('\n\t config ', PORT_CONFIG, PORT_CONFIG_UNASSIGNED)
  f.bitmap('\n\t mask ', PORT_CONFIG, PORT_CONFIG_UNASSIGNED)
  f.bitmap('\n\t advertise ', PORT_FEATURES, PORT_FEATURES_UNASSIGNED)
  f.pass(4)
}

function printQueueRequest(f: OpenFlowFields): void {
  f.say(`\n\t port ${portName(f.u16())}`)
  f.pass(2)
}

function printQueueReply(f: OpenFlowFields): void {
  const MIN = 8
  f.say(`\n\t port ${portName(f.u16())}`)
  f.pass(6)
  while (f.left > 0) {
    if (f.left < MIN) return f.invalid()
    f.say(`\n\t  queue_id ${f.u32()}`)
    const length = f.u16()
    f.say(`, len ${length}`)
    if (length < MIN || length > f.left + 6) return f.invalid()
    f.pass(2)
    const properties = f.part(length - MIN)
    if (f.verbose > 1) printQueueProperties(properties)
    else properties.check()
  }
}

function printQueueProperties(f: OpenFlowFields): void {
  const MIN = 8
  const WITH_RATE = 16
  const NAMES = ['NONE', 'MIN_RATE']
  while (f.left > 0) {
    if (f.left < MIN) return f.invalid()
    const property = f.u16()
    f.say(`\n\t   property ${NAMES[property] ?? `invalid (${hex16(property)})`}`)
    const length = f.u16()
    f.say(`, len ${length}`)
    if (length < MIN || length > f.left + 4) return f.invalid()
    f.pass(4)
    const isWrong = (property === 0 && length !== MIN) || (property === 1 && length !== WITH_RATE)
    if (isWrong) f.say(' (bogus)')
    if (isWrong || property !== 1) {
      f.pass(length - MIN)
      continue
    }
    const rate = f.u16()
    f.say(rate > 1000 ? ', rate disabled' : `, rate ${Math.floor(rate / 10)}.${rate % 10}%`)
    f.pass(6)
  }
}

function printPacketOut(f: OpenFlowFields): void {
  f.say(`\n\t buffer_id 0x${hex(f.u32(), 8)}`)
  f.say(`, in_port ${portName(f.u16())}`)
  const length = f.u16()
  if (length > f.left) return f.invalid()
  printActions(f.part(length), '\n\t ')
  printPacket(f)
}

function printPacketIn(f: OpenFlowFields): void {
  const REASONS = ['NO_MATCH', 'ACTION']
  f.say(`\n\t buffer_id ${bufferName(f.u32())}`)
  f.say(`, total_len ${f.u16()}`)
  f.say(`, in_port ${portName(f.u16())}`)
  const reason = f.u8()
  f.say(`, reason ${REASONS[reason] ?? `invalid (0x${hex(reason, 2)})`}`)
  f.pass(1)
  printPacket(f)
}

/** The frame that a switch or its controller sends; its details with -vvv, those of -v in it with -vvvv. */
function printPacket(f: OpenFlowFields): void {
  const LESS = 3
  const { p } = f
  if (f.left === 0) return
  f.say(`\n\t data (${f.left} octets)`)
  if (f.verbose < LESS) return f.check()
  f.say(', frame decoding below\n')
  const options = p.options as { verbose: number }
  const former = p.narrow(f.at + f.left)
  options.verbose -= LESS
  try {
    printEthernet(p, f.at, f.left)
  } finally {
    options.verbose += LESS
    p.end = former
  }
}

function printFlowRemoved(f: OpenFlowFields): void {
  printMatch(f.part(MATCH), '\n\t ')
  f.say(`\n\t cookie ${f.hex64()}`)
  sayNonZero(f, 'priority')
  const reason = f.u8()
  f.say(`, reason ${REMOVALS[reason] ?? `unknown (0x${hex(reason, 2)})`}`)
  f.skip(1)
  f.say(`, duration_sec ${f.u32()}`)
  f.say(`, duration_nsec ${f.u32()}`)
  sayNonZero(f, 'idle_timeout')
  f.skip(2)
  f.say(`, packet_count ${f.u64()}`)
  f.say(`, byte_count ${f.u64()}`)
}

function printPortStatus(f: OpenFlowFields): void {
  const reason = f.u8()
  f.say(`\n\t reason ${PORT_CHANGES[reason] ?? `invalid (0x${hex(reason, 2)})`}`)
  f.skip(7)
  printPort(f)
}
