/** The way to a packet of IP through whatever carries it: link layers, tags, labels, tunnels. It steps from header to header, forward only, and allocates nothing. */
import { u8 } from '../../bytes.js'
import { Protocol } from '../ip-protocol.js'
import { stepErspan, stepErspan3, stepEtherIp, stepGre, stepL2tp3, stepPim } from './gre.js'
import { stepEthernet, stepEtherType, stepNsh, stepPerhapsEthernet } from './ethertype.js'
import { stepAvs, stepIeee80211, stepPrism, stepRadiotap } from './ieee80211.js'
import { stepLink } from './link.js'
import { stepLlc, stepNlpid, stepSnap } from './llc.js'
import { stepMpls } from './mpls.js'
import { stepChdlc, stepFrameRelay, stepMultilinkFrameRelay, stepPpp, stepPppHdlc, stepPppoe } from './ppp.js'
import { Kind, Step } from './step.js'
import { kindsOfPorts, stepAyiya, stepCapwap, stepGeneve, stepGtp, stepGtp0, stepL2tp, stepLisp, stepLispControl, stepOldVxlan, stepTeredo, stepTzsp, stepVxlan, stepVxlanGpe } from './udp.js'

/** Headers between two packets of IP; more than any network makes. */
const MAX_STEPS = 128

export class Carriers {
  /** Where the packet that was found begins. */
  at = 0
  /** One past the last byte that what carries it says it had on the wire. */
  wireEnd = 0
  readonly #step = new Step()
  readonly #kinds = kindsOfPorts()

  /**
   * The packet of IP in a frame of `linkType` at `at`, none of it read beyond `end`, and ending at `wireEnd` on the wire; in what an EtherType names, in LLC, in a protocol of IP, in a datagram.
   * @returns its version; 0: none
   */
  inLink(b: Uint8Array, linkType: number, at: number, end: number, wireEnd: number): 0 | 4 | 6 {
    return this.#find(b, Kind.LINK, at, end, wireEnd, linkType)
  }

  inEtherType(b: Uint8Array, type: number, at: number, end: number, wireEnd: number): 0 | 4 | 6 {
    return this.#find(b, Kind.ETHERTYPE, at, end, wireEnd, type)
  }

  inLlc(b: Uint8Array, at: number, end: number, wireEnd: number): 0 | 4 | 6 {
    return this.#find(b, Kind.LLC, at, end, wireEnd)
  }

  inProtocol(b: Uint8Array, protocol: number, at: number, end: number, wireEnd: number): 0 | 4 | 6 {
    return this.#find(b, kindOfProtocol(protocol), at, end, wireEnd)
  }

  inDatagram(b: Uint8Array, kind: number, at: number, end: number, wireEnd: number): 0 | 4 | 6 {
    return this.#find(b, kind, at, end, wireEnd)
  }

  /** What a datagram between two ports holds: the lower one says, if it says anything; 0: no tunnel. */
  kindOfPorts(one: number, other: number): number {
    const kinds = this.#kinds
    if ((kinds[one]! | kinds[other]!) === Kind.NONE) return Kind.NONE
    const kind = kinds[one < other ? one : other]!
    return kind === Kind.NONE ? kinds[one < other ? other : one]! : kind
  }

  #find(b: Uint8Array, kind: number, at: number, end: number, wireEnd: number, type = 0): 0 | 4 | 6 {
    const s = this.#step
    s.end = end
    s.wireEnd = wireEnd
    s.at = at
    s.type = type
    for (let n = 0; kind > Kind.IP && n < MAX_STEPS; n++) {
      s.kind = Kind.NONE
      step(s, b, kind)
      kind = s.kind
      if (s.at >= s.end) return 0
    }
    this.at = s.at
    this.wireEnd = s.wireEnd
    if (kind === Kind.IP4) return 4
    if (kind === Kind.IP6) return 6
    if (kind !== Kind.IP) return 0
    const version = u8(b, s.at) >> 4
    return version === 4 || version === 6 ? version : 0
  }
}

/** What protocols of IP carry besides those of IP itself. */
function kindOfProtocol(protocol: number): number {
  switch (protocol) {
    case Protocol.GRE:
      return Kind.GRE
    case Protocol.ETHERIP:
      return Kind.ETHERIP
    case Protocol.PIM:
      return Kind.PIM
    case Protocol.L2TP:
      return Kind.L2TP3
    case Protocol.MPLS:
      return Kind.MPLS
    case Protocol.ETHERNET:
      return Kind.ETHERNET
    default:
      return Kind.NONE
  }
}

/** Reads the header of `kind` at `s.at`; leaves NONE when it leads nowhere. */
function step(s: Step, b: Uint8Array, kind: number): void {
  switch (kind) {
    case Kind.ETHERTYPE:
      return stepEtherType(s, b)
    case Kind.ETHERNET:
      return stepEthernet(s, b)
    case Kind.PERHAPS_ETHERNET:
      return stepPerhapsEthernet(s, b)
    case Kind.LLC:
      return stepLlc(s, b, false)
    case Kind.ATM_LLC:
      return stepLlc(s, b, true)
    case Kind.SNAP:
      return stepSnap(s, b)
    case Kind.NLPID:
      return stepNlpid(s, b)
    case Kind.PPP:
      return stepPpp(s, b)
    case Kind.PPP_HDLC:
      return stepPppHdlc(s, b)
    case Kind.PPPOE:
      return stepPppoe(s, b)
    case Kind.CHDLC:
      return stepChdlc(s, b)
    case Kind.FRAME_RELAY:
      return stepFrameRelay(s, b)
    case Kind.MULTILINK_FRAME_RELAY:
      return stepMultilinkFrameRelay(s, b)
    case Kind.MPLS:
      return stepMpls(s, b)
    case Kind.NSH:
      return stepNsh(s, b)
    case Kind.GRE:
      return stepGre(s, b)
    case Kind.ERSPAN:
      return stepErspan(s)
    case Kind.ERSPAN3:
      return stepErspan3(s, b)
    case Kind.ETHERIP:
      return stepEtherIp(s, b)
    case Kind.PIM:
      return stepPim(s, b)
    case Kind.L2TP3:
      return stepL2tp3(s, b)
    case Kind.VXLAN:
      return stepVxlan(s)
    case Kind.VXLAN_OLD:
      return stepOldVxlan(s, b)
    case Kind.VXLAN_GPE:
      return stepVxlanGpe(s, b)
    case Kind.GENEVE:
      return stepGeneve(s, b)
    case Kind.GTP:
      return stepGtp(s, b)
    case Kind.GTP_PRIME:
      return stepGtp0(s, b)
    case Kind.L2TP:
      return stepL2tp(s, b)
    case Kind.TEREDO:
      return stepTeredo(s, b)
    case Kind.AYIYA:
      return stepAyiya(s, b)
    case Kind.CAPWAP:
      return stepCapwap(s, b)
    case Kind.LISP:
      return stepLisp(s)
    case Kind.LISP_CONTROL:
      return stepLispControl(s, b)
    case Kind.TZSP:
      return stepTzsp(s, b)
    case Kind.IEEE80211:
      return stepIeee80211(s, b)
    case Kind.RADIOTAP:
      return stepRadiotap(s, b)
    case Kind.PRISM:
      return stepPrism(s, b)
    case Kind.AVS:
      return stepAvs(s, b)
    case Kind.LINK:
      return stepLink(s, b)
    default:
  }
}
