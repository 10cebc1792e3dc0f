/** What Juniper's routers put before a captured frame: a magic number, flags, extensions; for some interface cards a cookie. */
import { u16, u24, u8 } from '../../bytes.js'
import { LinkType } from '../link/link-type.js'
import { Kind, type Step } from './step.js'

const MAGIC = 0x4d4743
const Flag = { NO_LINK: 0x02, EXTENDED: 0x80 } as const

export function stepJuniper(s: Step, b: Uint8Array): void {
  const kind = kindOf(s.type)
  if (kind === Kind.NONE || !s.has(6) || u24(b, s.at) !== MAGIC) return
  const flags = u8(b, s.at + 3), header = flags & Flag.EXTENDED ? 6 + u16(b, s.at + 4) : 4
  // without a link layer four bytes of family stand before the packet
  if (flags & Flag.NO_LINK) s.to(Kind.IP, header + 4)
  else s.to(kind, header)
}

/** Cards without a cookie. */
function kindOf(linkType: number): number {
  switch (linkType) {
    case LinkType.JUNIPER_ETHER:
    case LinkType.JUNIPER_PPPOE:
      return Kind.ETHERNET
    case LinkType.JUNIPER_PPP:
      return Kind.PPP_HDLC
    case LinkType.JUNIPER_FRELAY:
      return Kind.FRAME_RELAY
    case LinkType.JUNIPER_CHDLC:
      return Kind.CHDLC
    default:
      return Kind.NONE
  }
}
