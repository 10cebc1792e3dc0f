/** Matches and actions of OpenFlow 1.0 as tcpdump prints them — OpenFlow Switch Specification 1.0.0 §5.2.3, §5.2.4. */
import { hex, named, type Words } from './fields.js'
import { bitNames, type OpenFlowFields } from './openflow-fields.js'
import { printVendorAction } from './openflow10-vendor.js'

const PORTS: Words = {
  0xff00: 'MAX', 0xfff8: 'IN_PORT', 0xfff9: 'TABLE', 0xfffa: 'NORMAL', 0xfffb: 'FLOOD', 0xfffc: 'ALL', 0xfffd: 'CONTROLLER', 0xfffe: 'LOCAL', 0xffff: 'NONE',
}
const CONTROLLER = 0xfffd
export const portName = (port: number): string => named(PORTS, port, '%')

const QUEUES: Words = { 0xffffffff: 'ALL' }
export const queueName = (queue: number): string => named(QUEUES, queue, '%')

/** Fields that a match leaves open; addresses have counts of bits in between. */
export const WILDCARDS = [
  ...bitNames(['IN_PORT', 'DL_VLAN', 'DL_SRC', 'DL_DST', 'DL_TYPE', 'NW_PROTO', 'TP_SRC', 'TP_DST']), [1 << 20, 'DL_VLAN_PCP'], [1 << 21, 'NW_TOS'],
] as const
export const WILDCARDS_UNASSIGNED = ~((1 << 22) - 1)
const Wild = {
  IN_PORT: 1, VLAN: 2, SOURCE: 4, DESTINATION: 8, TYPE: 0x10, PROTOCOL: 0x20, SOURCE_PORT: 0x40, DESTINATION_PORT: 0x80, PRIORITY: 1 << 20, TOS: 1 << 21,
} as const
const IP = 0x0800
const ARP = 0x0806
const ICMP = 1

const vlanText = (vlan: number): string => (vlan === 0xffff ? 'NONE' : `${vlan}${vlan > 0 && vlan < 0xfff ? '' : ' (bogus)'}`)
const priorityText = (priority: number): string => `${priority}${priority <= 7 ? '' : ' (bogus)'}`

/** Each field that is not left open, behind `lead`. */
export function printMatch(f: OpenFlowFields, lead: string): void {
  const wildcards = f.u32()
  const isSet = (bit: number): boolean => (wildcards & bit) === 0
  if (wildcards & WILDCARDS_UNASSIGNED) f.say(`${lead}wildcards 0x${hex(wildcards, 8)} (bogus)`)
  const match = `${lead}match `
  const field = (bit: number, size: number, print: (part: OpenFlowFields) => void): void => {
    const part = f.part(size)
    if (isSet(bit)) print(part)
  }
  field(Wild.IN_PORT, 2, (part) => part.say(`${match}in_port ${portName(part.u16())}`))
  field(Wild.SOURCE, 6, (part) => part.mac(`${match}dl_src `))
  field(Wild.DESTINATION, 6, (part) => part.mac(`${match}dl_dst `))
  field(Wild.VLAN, 2, (part) => part.say(`${match}dl_vlan ${vlanText(part.u16())}`))
  field(Wild.PRIORITY, 1, (part) => part.say(`${match}dl_vlan_pcp ${priorityText(part.u8())}`))
  f.skip(1)
  const type = f.u16()
  if (isSet(Wild.TYPE)) f.say(`${match}dl_type 0x${hex(type, 4)}`)
  field(Wild.TOS, 1, (part) => part.say(`${match}nw_tos 0x${hex(part.u8(), 2)}`))
  const protocol = f.u8()
  if (isSet(Wild.PROTOCOL)) f.say(`${match}${isSet(Wild.TYPE) && type === ARP ? 'arp_opcode' : 'nw_proto'} ${protocol}`)
  f.skip(2)
  printNetwork(f.part(4), `${match}nw_src `, (wildcards >>> 8) & 0x3f)
  printNetwork(f.part(4), `${match}nw_dst `, (wildcards >>> 14) & 0x3f)
  const isIcmp = isSet(Wild.TYPE) && type === IP && isSet(Wild.PROTOCOL) && protocol === ICMP
  field(Wild.SOURCE_PORT, 2, (part) => part.say(`${match}${isIcmp ? 'icmp_type' : 'tp_src'} ${part.u16()}`))
  if (isSet(Wild.DESTINATION_PORT)) f.say(`${match}${isIcmp ? 'icmp_code' : 'tp_dst'} ${f.u16()}`)
  else f.pass(2)
}

/** `open` bits of the address are left open; 32 and more are all. */
function printNetwork(f: OpenFlowFields, label: string, open: number): void {
  if (open >= 32) return
  f.ip4(label)
  f.say(`/${32 - open}`)
}

const Action = {
  OUTPUT: 0, VLAN: 1, PRIORITY: 2, STRIP: 3, MAC_SOURCE: 4, MAC_DESTINATION: 5, IP_SOURCE: 6, IP_DESTINATION: 7, TOS: 8, SOURCE_PORT: 9,
  DESTINATION_PORT: 10, ENQUEUE: 11, VENDOR: 0xffff,
} as const
const ACTIONS: Words = {
  0: 'OUTPUT', 1: 'SET_VLAN_VID', 2: 'SET_VLAN_PCP', 3: 'STRIP_VLAN', 4: 'SET_DL_SRC', 5: 'SET_DL_DST', 6: 'SET_NW_SRC', 7: 'SET_NW_DST', 8: 'SET_NW_TOS',
  9: 'SET_TP_SRC', 10: 'SET_TP_DST', 11: 'ENQUEUE', 0xffff: 'VENDOR',
}
const MIN = 8
const LONG = 16

/** Whether an action of this type may have this length, which is 8 at least. */
function fits(type: number, length: number): boolean {
  if (type === Action.VENDOR) return length % 8 === 0
  return length === (type === Action.MAC_SOURCE || type === Action.MAC_DESTINATION || type === Action.ENQUEUE ? LONG : MIN)
}

/** Actions up to the end, each behind `lead`. */
export function printActions(f: OpenFlowFields, lead: string): void {
  while (f.left > 0) {
    if (f.left < MIN) return f.invalid()
    const type = f.u16()
    const name = ACTIONS[type]
    f.say(`${lead}action type ${name ?? `invalid (0x${hex(type, 4)})`}`)
    const length = f.u16()
    f.say(`, len ${length}`)
    if (length < MIN || length > f.left + 4) return f.invalid()
    if (name !== undefined && fits(type, length)) printAction(f, type, length)
    else {
      if (name !== undefined) f.say(' (bogus)')
      f.pass(length - 4)
    }
  }
}

/** Behind type and length. */
function printAction(f: OpenFlowFields, type: number, length: number): void {
  switch (type) {
    case Action.OUTPUT: {
      const port = f.u16()
      f.say(`, port ${portName(port)}`)
      if (port === CONTROLLER) f.say(`, max_len ${f.u16()}`)
      else f.pass(2)
      return
    }
    case Action.VLAN:
      f.say(`, vlan_vid ${vlanText(f.u16())}`)
      return f.pass(2)
    case Action.PRIORITY:
      f.say(`, vlan_pcp ${priorityText(f.u8())}`)
      return f.pass(3)
    case Action.STRIP:
      return f.pass(4)
    case Action.MAC_SOURCE:
    case Action.MAC_DESTINATION:
      f.mac(', dl_addr ')
      return f.pass(6)
    case Action.IP_SOURCE:
    case Action.IP_DESTINATION:
      return f.ip4(', nw_addr ')
    case Action.TOS:
      f.say(`, nw_tos 0x${hex(f.u8(), 2)}`)
      return f.pass(3)
    case Action.SOURCE_PORT:
    case Action.DESTINATION_PORT:
      f.say(`, tp_port ${f.u16()}`)
      return f.pass(2)
    case Action.ENQUEUE:
      f.say(`, port ${portName(f.u16())}`)
      f.skip(6)
      f.say(`, queue_id ${queueName(f.u32())}`)
      return
    default:
      printVendorAction(f.part(length - 4))
  }
}
