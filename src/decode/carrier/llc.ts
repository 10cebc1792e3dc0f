/** IEEE 802.2 LLC and SNAP, and OSI's protocol identifiers — RFC 1042, RFC 2427 §4, RFC 2684 §5. */
import { u16, u24, u8 } from '../../bytes.js'
import { Kind, type Step } from './step.js'

const SNAP = 0xaaaa03
/** Whatever the source's access point. */
const IP = 0x060003
const OSI = 0xfefe03
const Oui = { ETHERTYPE: 0x000000, BRIDGE_TUNNEL: 0x0000f8, BRIDGED: 0x0080c2 } as const

/** With `isAtm` bridged frames are padded to a word. */
export function stepLlc(s: Step, b: Uint8Array, isAtm: boolean): void {
  if (!s.has(3)) return
  switch (u24(b, s.at)) {
    case SNAP:
      return s.to(Kind.SNAP, 3, isAtm ? 1 : 0)
    case OSI:
      return s.to(Kind.NLPID, 3)
    default:
      if ((u24(b, s.at) & 0xff00ff) === IP) s.to(Kind.IP4, 3)
  }
}

/** `s.type`: 1 in ATM. */
export function stepSnap(s: Step, b: Uint8Array): void {
  if (!s.has(5)) return
  const number = u16(b, s.at + 3), pad = s.type === 1 ? 2 : 0
  switch (u24(b, s.at)) {
    case Oui.ETHERTYPE:
    case Oui.BRIDGE_TUNNEL:
      // a length here would be one of LLC in LLC
      if (number >= 0x0600) s.to(Kind.ETHERTYPE, 5, number)
      return
    case Oui.BRIDGED:
      // IEEE 802.3 with its frame check sequence and without
      if (number === 1 || number === 7) s.to(Kind.ETHERNET, 5 + pad)
      return
    default:
  }
}

/** ISO/IEC TR 9577; SNAP and PPP of RFC 2427 and RFC 1973. */
const Nlpid = { SNAP: 0x80, IP6: 0x8e, IP4: 0xcc, PPP: 0xcf } as const

export function stepNlpid(s: Step, b: Uint8Array): void {
  if (!s.has(1)) return
  switch (u8(b, s.at)) {
    case Nlpid.IP4:
      return s.to(Kind.IP4, 1)
    case Nlpid.IP6:
      return s.to(Kind.IP6, 1)
    case Nlpid.SNAP:
      return s.to(Kind.SNAP, 1)
    case Nlpid.PPP:
      return s.to(Kind.PPP, 1)
    default:
  }
}
