/** IEEE 802.2 LLC and SNAP frames as tcpdump prints them. */
import type { Printer } from './printer.js'

/**
 * @returns bytes of LLC and SNAP header; negative (of the same size) when the payload is unknown and is to be dumped
 */
export function printLlc(p: Printer, at: number, length: number, source: number, destination: number): number {
  void [p, at, length, source, destination]
  return -3
}
