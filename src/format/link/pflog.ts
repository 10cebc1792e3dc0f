/** Logs of the packet filter of BSD systems as tcpdump prints them — OpenBSD <net/if_pflog.h>; the numbers of any other system's verdicts stay numbers. */
import { u32 } from '../../bytes.js'
import { isIp4, isIp6 } from '../../decode/link/null.js'
import { printDataUnlessQuiet } from '../data.js'
import { printIp4 } from '../ip4.js'
import { printIp6 } from '../ip6.js'
import { printTextToZero } from '../packet-text.js'
import type { Printer } from '../printer.js'
import { type NumberTable, tableOf } from '../tables.js'

/** What every system has, without and with padding. */
const MIN_HEADER = 45
const HEADER = 64
const IN = { FAMILY: 1, ACTION: 2, REASON: 3, INTERFACE: 4, RULESET: 20, RULE: 36, SUBRULE: 40, DIRECTION: 60 } as const
const NAME = 16
const NO_SUBRULE = 0xffffffff
const ACTIONS = tableOf({
  0: 'pass', 1: 'block', 2: 'scrub', 4: 'nat', 5: 'nonat', 6: 'binat', 7: 'nobinat', 8: 'rdr', 9: 'nordr', 10: 'synproxy-drop',
})
const DIRECTIONS = tableOf({ 0: 'in/out', 1: 'in', 2: 'out' })
/** `3(short)` is shown for 4: a slip of tcpdump's. */
const REASONS = tableOf({
  0: '0(match)', 1: '1(bad-offset)', 2: '2(fragment)', 4: '3(short)', 5: '5(memory)', 6: '6(bad-timestamp)', 7: '7(congestion)', 8: '8(ip-option)',
  9: '9(proto-cksum)', 10: '10(state-mismatch)', 11: '11(state-insert)', 12: '12(state-limit)', 13: '13(src-limit)', 14: '14(synproxy)',
})

export function printPflog(p: Printer, at: number, length: number): number {
  const { b, out, options } = p
  p.protocol = 'pflog'
  const said = b[at]!
  if (said < MIN_HEADER) {
    out.text('[pflog: invalid header length!]')
    return said
  }
  const header = (said + 3) & ~3
  if (!p.has(at, header) || !p.has(at, HEADER)) {
    p.truncated()
    return header
  }
  if (options.link) writeHeader(p, at)
  const family = b[at + IN.FAMILY]!
  const inside = at + header
  if (isIp4(family)) printIp4(p, inside, length - header)
  else if (isIp6(family)) printIp6(p, inside, length - header)
  else {
    if (!options.link) writeHeader(p, at)
    printDataUnlessQuiet(p, inside, p.end - inside)
  }
  return header
}

/** `rule 2.name.0/0(match): pass in on em0: ` */
function writeHeader(p: Printer, at: number): void {
  const { b, out } = p
  const subrule = u32(b, at + IN.SUBRULE)
  out.text('rule ').dec(u32(b, at + IN.RULE))
  if (subrule !== NO_SUBRULE) {
    out.byte(46)
    printTextToZero(p, at + IN.RULESET, NAME)
    out.byte(46).dec(subrule)
  }
  out.byte(47)
  writeNamed(p, REASONS, b[at + IN.REASON]!)
  out.text(': ')
  writeNamed(p, ACTIONS, b[at + IN.ACTION]!)
  out.byte(32)
  writeNamed(p, DIRECTIONS, b[at + IN.DIRECTION]!)
  out.text(' on ')
  printTextToZero(p, at + IN.INTERFACE, NAME)
  out.text(': ')
}

function writeNamed(p: Printer, names: NumberTable, value: number): void {
  const name = names.get(value)
  if (name === undefined) p.out.text('unkn(').dec(value).byte(41)
  else p.out.text(name)
}
