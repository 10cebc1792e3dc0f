/** Segments in the form of the book and of tcpdump 3.x: `S 1:1(0) ack 5 win 10 <mss 1460>`. */
import type { Printer } from './printer.js'

/** What stands behind `a.1 > b.2: ` for the segment at `at`. */
export function writeClassicSegment(p: Printer, at: number, length: number, ip: number, isIp4: boolean): void {
  void [at, length, ip, isIp4]
  p.out.text('.')
}
