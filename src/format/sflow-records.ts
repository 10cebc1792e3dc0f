/** Records of sFlow version 5 as tcpdump prints them. */
import { named } from './fields.js'
import type { Printer } from './printer.js'

/** A record's name, bytes it has at the least, and what is printed of it line by line. */
export interface SflowRecord {
  readonly name: string
  readonly size: number
  readonly lines: ReadonlyArray<(p: Printer, at: number) => string>
}

const LEAD = '\n\t      '
const DIRECTIONS = { 0: 'unknown', 1: 'full-duplex', 2: 'half-duplex', 3: 'in', 4: 'out' }
const PROTOCOLS = { 1: 'Ethernet', 11: 'IPv4', 12: 'IPv6' }

/** Octets and packets of one direction, from `at`. */
const trafficText = (p: Printer, at: number): string =>
  `octets ${p.u64(at)}, unicast pkts ${p.u32(at + 8)}, multicast pkts ${p.u32(at + 12)}, broadcast pkts ${p.u32(at + 16)}, discards ${p.u32(at + 20)}`

const GENERIC: SflowRecord = {
  name: 'Generic counter',
  size: 88,
  lines: [
    (p, at) => `${LEAD}ifindex ${p.u32(at)}, iftype ${p.u32(at + 4)}, ifspeed ${p.u64(at + 8)}, ifdirection ${p.u32(at + 16)} (${named(DIRECTIONS, p.u32(at + 16), 'Unknown')})`,
    (p, at) => `${LEAD}ifstatus ${p.u32(at + 20)}, adminstatus: ${p.u32(at + 20) & 1 ? 'up' : 'down'}, operstatus: ${p.u32(at + 20) & 2 ? 'up' : 'down'}`,
    (p, at) => `${LEAD}In ${trafficText(p, at + 24)}`,
    (p, at) => `${LEAD}In errors ${p.u32(at + 48)}, unknown protos ${p.u32(at + 52)}`,
    (p, at) => `${LEAD}Out ${trafficText(p, at + 56)}`,
    (p, at) => `${LEAD}Out errors ${p.u32(at + 80)}, promisc mode ${p.u32(at + 84)}`,
  ],
}

const ETHERNET: SflowRecord = {
  name: 'Ethernet counter',
  size: 52,
  lines: [
    (p, at) => `${LEAD}align errors ${p.u32(at)}, fcs errors ${p.u32(at + 4)}, single collision ${p.u32(at + 8)}, multiple collision ${p.u32(at + 12)}, test error ${p.u32(at + 16)}`,
    (p, at) => `${LEAD}deferred ${p.u32(at + 20)}, late collision ${p.u32(at + 24)}, excessive collision ${p.u32(at + 28)}, mac trans error ${p.u32(at + 32)}`,
    (p, at) => `${LEAD}carrier error ${p.u32(at + 36)}, frames too long ${p.u32(at + 40)}, mac receive errors ${p.u32(at + 44)}, symbol errors ${p.u32(at + 48)}`,
  ],
}

const BASE_VG: SflowRecord = {
  name: '100 BaseVG counter',
  size: 80,
  lines: [
    (p, at) => `${LEAD}in high prio frames ${p.u32(at)}, in high prio octets ${p.u64(at + 4)}`,
    (p, at) => `${LEAD}in norm prio frames ${p.u32(at + 12)}, in norm prio octets ${p.u64(at + 16)}`,
    (p, at) => `${LEAD}in ipm errors ${p.u32(at + 24)}, oversized ${p.u32(at + 28)}, in data errors ${p.u32(at + 32)}, null addressed frames ${p.u32(at + 36)}`,
    (p, at) => `${LEAD}out high prio frames ${p.u32(at + 40)}, out high prio octets ${p.u64(at + 44)}, trans into frames ${p.u32(at + 52)}`,
    (p, at) => `${LEAD}in hc high prio octets ${p.u64(at + 56)}, in hc norm prio octets ${p.u64(at + 64)}, out hc high prio octets ${p.u64(at + 72)}`,
  ],
}

const VLAN: SflowRecord = {
  name: 'Vlan counter',
  size: 28,
  lines: [
    (p, at) => `${LEAD}vlan_id ${p.u32(at)}, octets ${p.u64(at + 4)}, unicast_pkt ${p.u32(at + 12)}, multicast_pkt ${p.u32(at + 16)}` +
      `, broadcast_pkt ${p.u32(at + 20)}, discards ${p.u32(at + 24)}`,
  ],
}

const PROCESSOR: SflowRecord = {
  name: 'Processor counter',
  size: 28,
  lines: [
    (p, at) => `${LEAD}5sec ${p.u32(at)}, 1min ${p.u32(at + 4)}, 5min ${p.u32(at + 8)}, total_mem ${p.u64(at + 12)}, total_mem ${p.u64(at + 20)}`,
  ],
}

/** A record of which no more than its name is known. */
const nameOnly = (name: string): SflowRecord => ({ name, size: 0, lines: [] })

/** undefined: unknown. */
export function counterRecord(type: number): SflowRecord | undefined {
  switch (type) {
    case 1:
      return GENERIC
    case 2:
      return ETHERNET
    case 3:
      return nameOnly('Token ring counter')
    case 4:
      return BASE_VG
    case 5:
      return VLAN
    case 1001:
      return PROCESSOR
    default:
      return undefined
  }
}

const RAW_PACKET: SflowRecord = {
  name: 'Raw packet',
  size: 16,
  lines: [
    (p, at) => `${LEAD}protocol ${named(PROTOCOLS, p.u32(at), 'Unknown')} (${p.u32(at)}), length ${p.u32(at + 4)}, stripped bytes ${p.u32(at + 8)}, header_size ${p.u32(at + 12)}`,
  ],
}
const ETHERNET_FRAME: SflowRecord = {
  name: 'Ethernet frame',
  size: 24,
  lines: [(p, at) => `${LEAD}frame len ${p.u32(at)}, type ${p.u32(at + 20)}`],
}
const SWITCH: SflowRecord = {
  name: 'Extended Switch data',
  size: 16,
  lines: [(p, at) => `${LEAD}src vlan ${p.u32(at)}, src pri ${p.u32(at + 4)}, dst vlan ${p.u32(at + 8)}, dst pri ${p.u32(at + 12)}`],
}
const FLOW_NAMES: Readonly<Record<number, string>> = {
  3: 'IPv4 Data', 4: 'IPv6 Data', 1002: 'Extended Router data', 1003: 'Extended Gateway data', 1004: 'Extended User data', 1005: 'Extended URL data',
  1006: 'Extended MPLS data', 1007: 'Extended NAT data', 1008: 'Extended MPLS tunnel', 1009: 'Extended MPLS VC', 1010: 'Extended MPLS FEC',
  1011: 'Extended MPLS LVP FEC', 1012: 'Extended VLAN Tunnel',
}

/** undefined: unknown. */
export function flowRecord(type: number): SflowRecord | undefined {
  switch (type) {
    case 1:
      return RAW_PACKET
    case 2:
      return ETHERNET_FRAME
    case 1001:
      return SWITCH
    default: {
      const name = FLOW_NAMES[type]
      return name === undefined ? undefined : nameOnly(name)
    }
  }
}
