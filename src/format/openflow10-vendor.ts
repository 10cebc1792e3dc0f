/** What vendors added to OpenFlow 1.0, as tcpdump prints it; of Big Switch Networks the messages and actions are known. */
import { hex } from './fields.js'
import { type OpenFlowFields, vendorName } from './openflow-fields.js'

const BIG_SWITCH = 0x5c16c7
const Message = {
  SET_IP_MASK: 0, GET_IP_MASK: 1, IP_MASK: 2, SET_MIRRORING: 3, GET_MIRRORING: 4, MIRRORING: 5, SHELL_COMMAND: 6, SHELL_OUTPUT: 7, SHELL_STATUS: 8,
  GET_INTERFACES: 9, GET_L2_TABLE: 13, REMOVE_PORT: 17, GET_BANDWIDTH: 19, CLEAR_BANDWIDTH: 21, GET_HYBRID: 27,
} as const
const MESSAGES = [
  'SET_IP_MASK', 'GET_IP_MASK_REQUEST', 'GET_IP_MASK_REPLY', 'SET_MIRRORING', 'GET_MIRRORING_REQUEST', 'GET_MIRRORING_REPLY', 'SHELL_COMMAND',
  'SHELL_OUTPUT', 'SHELL_STATUS', 'GET_INTERFACES_REQUEST', 'GET_INTERFACES_REPLY', 'SET_PKTIN_SUPPRESSION_REQUEST', 'SET_L2_TABLE_REQUEST',
  'GET_L2_TABLE_REQUEST', 'GET_L2_TABLE_REPLY', 'VIRTUAL_PORT_CREATE_REQUEST', 'VIRTUAL_PORT_CREATE_REPLY', 'VIRTUAL_PORT_REMOVE_REQUEST',
  'BW_ENABLE_SET_REQUEST', 'BW_ENABLE_GET_REQUEST', 'BW_ENABLE_GET_REPLY', 'BW_CLEAR_DATA_REQUEST', 'BW_CLEAR_DATA_REPLY', 'BW_ENABLE_SET_REPLY',
  'SET_L2_TABLE_REPLY', 'SET_PKTIN_SUPPRESSION_REPLY', 'VIRTUAL_PORT_REMOVE_REPLY', 'HYBRID_GET_REQUEST', 'HYBRID_GET_REPLY', undefined, undefined,
  'PDU_TX_REQUEST', 'PDU_TX_REPLY', 'PDU_RX_REQUEST', 'PDU_RX_REPLY', 'PDU_RX_TIMEOUT',
] as const
const ACTIONS = [undefined, 'MIRROR', 'SET_TUNNEL_DST', undefined, 'CHECKSUM'] as const
const MIRROR = 1
const VLAN = 0x8100

const hex32 = (n: number): string => `0x${hex(n, 8)}`

function sayVendor(f: OpenFlowFields): number {
  const vendor = f.u32()
  f.say(`, vendor ${hex32(vendor)} (${vendorName(vendor)})`)
  return vendor
}

export function printVendorMessage(f: OpenFlowFields): void {
  if (sayVendor(f) === BIG_SWITCH) printMessage(f)
  else f.data()
}

export function printVendorAction(f: OpenFlowFields): void {
  if (sayVendor(f) === BIG_SWITCH) printAction(f)
  else f.data()
}

/** A vendor's statistics. */
export function printVendorData(f: OpenFlowFields): void {
  if (f.left < 4) return f.invalid()
  sayVendor(f)
  f.data()
}

function printMessage(f: OpenFlowFields): void {
  if (f.left < 4) return f.invalid()
  const type = f.u32()
  f.say(`\n\t subtype ${MESSAGES[type] ?? `unknown (${hex32(type)})`}`)
  switch (type) {
    case Message.GET_IP_MASK:
      if (f.left !== 8) return f.invalid()
      f.say(`, index ${f.u8()}`)
      return f.pass(7)
    case Message.SET_IP_MASK:
    case Message.IP_MASK:
      if (f.left !== 8) return f.invalid()
      f.say(`, index ${f.u8()}`)
      f.skip(3)
      return f.ip4(', mask ')
    case Message.SET_MIRRORING:
    case Message.GET_MIRRORING:
    case Message.MIRRORING: {
      if (f.left !== 4) return f.invalid()
      const ports = f.u8()
      f.say(`, report_mirror_ports ${ports === 0 ? 'OFF' : ports === 1 ? 'ON' : `bogus (${ports})`}`)
      return f.pass(3)
    }
    case Message.GET_INTERFACES:
    case Message.GET_L2_TABLE:
    case Message.GET_BANDWIDTH:
    case Message.CLEAR_BANDWIDTH:
    case Message.GET_HYBRID:
      if (f.left > 0) f.invalid()
      return
    case Message.REMOVE_PORT:
      if (f.left !== 4) return f.invalid()
      f.say(`, vport_no ${f.u32()}`)
      return
    case Message.SHELL_COMMAND:
      if (f.left < 4) return f.invalid()
      f.say(`, service ${f.u32()}`)
      return f.rest(', data ')
    case Message.SHELL_OUTPUT:
      return f.rest(', data ')
    case Message.SHELL_STATUS:
      if (f.left !== 4) return f.invalid()
      f.say(`, status ${hex32(f.u32())}`)
      return
    default:
      f.check()
  }
}

function printAction(f: OpenFlowFields): void {
  if (f.left < 4) return f.invalid()
  const type = f.u32()
  f.say(`\n\t  subtype ${ACTIONS[type] ?? `unknown (${hex32(type)})`}`)
  if (type !== MIRROR) return f.check()
  if (f.left !== 12) return f.invalid()
  f.say(`, dest_port ${f.u32()}`)
  const tag = f.u32()
  f.say(`, vlan_tag ${tagText(tag >>> 16, tag & 0xffff)}`)
  const stage = f.u8()
  f.say(`, copy_stage ${stage === 0 ? 'INGRESS' : stage === 1 ? 'EGRESS' : `unknown (${stage})`}`)
  f.pass(3)
}

function tagText(protocol: number, control: number): string {
  if (protocol === 0) return 'none'
  if (protocol !== VLAN) return `unknown (0x${hex(protocol, 4)})`
  return `802.1Q (vlan ${control & 0xfff}, p ${control >> 13}${control & 0x1000 ? ', DEI' : ''})`
}
