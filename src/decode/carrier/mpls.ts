/** MPLS labels (RFC 3032 §2.1), and what is behind the last, which names itself — or is a pseudowire (RFC 4385 §3, RFC 4448 §4.6). */
import { u8 } from '../../bytes.js'
import { isPerhapsEthernet } from './ethertype.js'
import { Kind, type Step } from './step.js'

const LABEL = 4
const CONTROL_WORD = 4

export function stepMpls(s: Step, b: Uint8Array): void {
  for (let isLast = false; !isLast; s.at += LABEL) {
    if (!s.has(LABEL + 1)) return
    isLast = (u8(b, s.at + 2) & 1) === 1
  }
  switch (u8(b, s.at) >> 4) {
    case 0:
      // as addresses begin, too
      return s.to(Kind.PERHAPS_ETHERNET, isPerhapsEthernet(s, b, CONTROL_WORD) ? CONTROL_WORD : 0)
    case 4:
    case 6:
      return s.to(Kind.IP, 0)
    default:
      s.to(Kind.PERHAPS_ETHERNET, 0)
  }
}
