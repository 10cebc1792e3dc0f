/** EIGRP packets as tcpdump prints them. */
import type { Printer } from './printer.js'

export function printEigrp(p: Printer, at: number, length: number): void {
  void length
  p.protocol = 'eigrp'
  p.out.text('EIGRP version ').dec(p.u8(at)).text(' packet not supported')
}
