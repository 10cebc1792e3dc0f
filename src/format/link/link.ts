/** Which printer a link type has. One line a link type; the printers are a file each. */
import { LinkType } from '../../decode/link/link-type.js'
import type { Printer } from '../printer.js'
import { printEthernet } from './ethernet.js'
import { printRaw } from './raw.js'

/** Prints the frame at `at` of `length` bytes on the wire; returns the bytes of its link-layer header. */
export type LinkPrinter = (p: Printer, at: number, length: number) => number

/** undefined: no printer, the frame is dumped. */
export function linkPrinter(linkType: number): LinkPrinter | undefined {
  switch (linkType) {
    case LinkType.ETHERNET:
      return printEthernet
    case LinkType.RAW:
    case LinkType.RAW_12:
    case LinkType.RAW_14:
    case LinkType.IPV4:
    case LinkType.IPV6:
      return printRaw
    default:
      return undefined
  }
}
