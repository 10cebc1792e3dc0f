/** Hot Standby Router Protocol, version 0 — RFC 2281 — as tcpdump prints it. */
import { writeDuration } from './duration.js'
import { type Printer } from './printer.js'
import { tableOf, textEnd, word, writeVisible } from './tables.js'

const OPS = tableOf({ 0: 'hello', 1: 'coup', 2: 'resign' })
const STATES = tableOf({ 0: 'initial', 1: 'learn', 2: 'listen', 4: 'speak', 8: 'standby', 16: 'active' })
const AUTHENTICATION = 8

export function printHsrp(p: Printer, at: number, length: number): void {
  const { b, out } = p
  p.protocol = 'hsrp'
  const version = p.u8(at)
  out.text('HSRPv').dec(version)
  if (version !== 0) return
  out.byte(45)
  const op = p.u8(at + 1)
  out.text(word(OPS, op, 'unknown (%)')).byte(32).dec(length).text(': ')
  const state = p.u8(at + 2)
  out.text('state=').text(word(STATES, state, 'Unknown (%)')).byte(32)
  const group = p.u8(at + 6)
  out.text('group=').dec(group).byte(32)
  if (p.u8(at + 7) !== 0) {
    const reserved = p.u8(at + 7)
    out.text('[reserved=').dec(reserved).text('!] ')
  }
  p.need(at + 16, 4)
  out.text('addr=')
  p.ip4(at + 16)
  if (p.options.verbose === 0) return
  out.text(' hellotime=')
  writeDuration(out, p.u8(at + 3))
  out.text(' holdtime=')
  writeDuration(out, p.u8(at + 4))
  out.text(' priority=').dec(p.u8(at + 5)).text(' auth="')
  writeVisible(out, b, at + 8, textEnd(b, at + 8, at + 8 + AUTHENTICATION))
  out.byte(34)
}
