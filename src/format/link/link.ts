/** Which printer a link type has. One line a link type; the printers are a file each. */
import { LinkType } from '../../decode/link/link-type.js'
import type { Printer } from '../printer.js'
import { printAtm, printCip } from './atm.js'
import { printChdlc } from './chdlc.js'
import { printBroadcom, printBroadcomPrepended, printDsa, printEdsa } from './dsa.js'
import { printEthernet } from './ethernet.js'
import { printIeee80211 } from './ieee80211.js'
import { printIpnet } from './ipnet.js'
import { printIpoib } from './ipoib.js'
import { printNflog } from './nflog.js'
import { printNull } from './null.js'
import { printPpi } from './ppi.js'
import { printPppBsdos, printPppHdlc, printPppLink, printPppoeLink } from './ppp.js'
import { printAvs, printPrism } from './prism.js'
import { printRadiotap } from './radiotap.js'
import { printRaw } from './raw.js'
import { printSlip, printSlipBsdos } from './slip.js'
import { printSll, printSll2 } from './sll.js'

/** Prints the frame at `at` of `length` bytes on the wire; returns the bytes of its link-layer header. */
export type LinkPrinter = (p: Printer, at: number, length: number) => number

/** undefined: no printer, the frame is dumped. */
export function linkPrinter(linkType: number): LinkPrinter | undefined {
  // the common ones without a lookup
  if (linkType === LinkType.ETHERNET) return printEthernet
  return PRINTERS.get(linkType)
}

/** The same for a number of the capturing machine's own, its DLT, which is not always that of a file. */
export function nestedPrinter(dataLinkType: number): LinkPrinter | undefined {
  return DATA_LINK_TYPES.has(dataLinkType) ? linkPrinter(dataLinkType) : undefined
}

/** Numbers that mean the same in both. */
const DATA_LINK_TYPES: ReadonlySet<number> = new Set([
  LinkType.NULL, LinkType.ETHERNET, LinkType.PPP, LinkType.RAW_12, LinkType.IEEE802_11, LinkType.LINUX_SLL, LinkType.IEEE802_11_RADIO, LinkType.PPI,
  LinkType.PRISM_HEADER, LinkType.IEEE802_11_RADIO_AVS, LinkType.LINUX_SLL2, LinkType.IPV4, LinkType.IPV6, LinkType.PPP_PPPD, LinkType.PPP_SERIAL,
  LinkType.PPP_ETHER, LinkType.C_HDLC,
])

const PRINTERS: ReadonlyMap<number, LinkPrinter> = new Map<number, LinkPrinter>([
  [LinkType.NULL, printNull],
  [LinkType.LOOP, printNull],
  [LinkType.RAW, printRaw],
  [LinkType.RAW_12, printRaw],
  [LinkType.RAW_14, printRaw],
  [LinkType.IPV4, printRaw],
  [LinkType.IPV6, printRaw],
  [LinkType.LINUX_SLL, printSll],
  [LinkType.LINUX_SLL2, printSll2],
  [LinkType.IEEE802_11, printIeee80211],
  [LinkType.IEEE802_11_RADIO, printRadiotap],
  [LinkType.PRISM_HEADER, printPrism],
  [LinkType.IEEE802_11_RADIO_AVS, printAvs],
  [LinkType.PPI, printPpi],
  [LinkType.DSA_TAG_DSA, printDsa],
  [LinkType.DSA_TAG_EDSA, printEdsa],
  [LinkType.DSA_TAG_BRCM, printBroadcom],
  [LinkType.DSA_TAG_BRCM_PREPEND, printBroadcomPrepended],
  [LinkType.IPOIB, printIpoib],
  [LinkType.IPNET, printIpnet],
  [LinkType.NFLOG, printNflog],
  [LinkType.SLIP, printSlip],
  [LinkType.SLIP_BSDOS_15, printSlipBsdos],
  [LinkType.SLIP_BSDOS, printSlipBsdos],
  [LinkType.ATM_RFC1483_11, printAtm],
  [LinkType.ATM_RFC1483, printAtm],
  [LinkType.ATM_CLIP_19, printCip],
  [LinkType.ATM_CLIP, printCip],
  [LinkType.PPP, printPppLink],
  [LinkType.PPP_PPPD, printPppLink],
  [LinkType.PPP_BSDOS_16, printPppBsdos],
  [LinkType.PPP_BSDOS, printPppBsdos],
  [LinkType.PPP_SERIAL, printPppHdlc],
  [LinkType.PPP_ETHER, printPppoeLink],
  [LinkType.C_HDLC, printChdlc],
  [LinkType.C_HDLC_112, printChdlc],
])
