/** Which printer a link type has. One line a link type; the printers are a file each. */
import { LinkType } from '../../decode/link/link-type.js'
import type { Printer } from '../printer.js'
import { printChdlc } from './chdlc.js'
import { printEthernet } from './ethernet.js'
import { printNull } from './null.js'
import { printPppBsdos, printPppHdlc, printPppLink, printPppoeLink } from './ppp.js'
import { printRaw } from './raw.js'
import { printSll, printSll2 } from './sll.js'

/** Prints the frame at `at` of `length` bytes on the wire; returns the bytes of its link-layer header. */
export type LinkPrinter = (p: Printer, at: number, length: number) => number

/** undefined: no printer, the frame is dumped. */
export function linkPrinter(linkType: number): LinkPrinter | undefined {
  // the common ones without a lookup
  if (linkType === LinkType.ETHERNET) return printEthernet
  return PRINTERS.get(linkType)
}

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
  [LinkType.PPP, printPppLink],
  [LinkType.PPP_PPPD, printPppLink],
  [LinkType.PPP_BSDOS_16, printPppBsdos],
  [LinkType.PPP_BSDOS, printPppBsdos],
  [LinkType.PPP_SERIAL, printPppHdlc],
  [LinkType.PPP_ETHER, printPppoeLink],
  [LinkType.C_HDLC, printChdlc],
  [LinkType.C_HDLC_112, printChdlc],
])
