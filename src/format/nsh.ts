/** Network Service Header — RFC 8300 — as tcpdump prints it. */
import { hex, named, say } from './fields.js'
import { printIp4 } from './ip4.js'
import { printIp6 } from './ip6.js'
import { printEthernet } from './link/ethernet.js'
import { MAX_DEPTH, type Printer } from './printer.js'

const WORD = 4
/** Base and service path header, in words. */
const FIXED = 2
const Context = { FIXED: 1, VARIABLE: 2 } as const
const CONTEXTS = { 0: 'reserved', 1: '1', 2: '2', 15: 'experimental' }
const Next = { IP4: 1, IP6: 2, ETHERNET: 3 } as const
const NEXT = { 1: 'IPv4', 2: 'IPv6', 3: 'Ethernet', 4: 'NSH', 5: 'MPLS', 0xfe: 'Experiment 1', 0xff: 'Experiment 2' }

export function printNsh(p: Printer, at: number, length: number): void {
  const { verbose } = p.options
  p.protocol = 'nsh'
  if (length < FIXED * WORD) return fault(p, ` (packet length ${length} < ${FIXED * WORD})`)
  const base = p.u32(at)
  const version = base >>> 30
  const words = (base >>> 16) & 0x3f
  const context = (base >>> 8) & 15
  const next = base & 0xff
  say(p, 'NSH, ')
  if (verbose > 1) say(p, `ver ${version}, `)
  if (version !== 0) return
  say(p, `flags [${(base >>> 28) & 2 ? 'O' : 'none'}], `)
  if (verbose > 2) say(p, `TTL ${(base >>> 22) & 0x3f}, length ${words}, md type ${named(CONTEXTS, context, `unknown (0x${hex(context, 2)})`)}, `)
  if (verbose > 1) say(p, `next-protocol ${named(NEXT, next, `unknown (0x${hex(next, 2)})`)}, `)
  if (length < words * WORD) return fault(p, ` (too many headers for packet length ${length})`)
  say(p, `service-path-id 0x${hex(p.u24(at + 4), 6)}, `)
  say(p, `service-index 0x${hex(p.u8(at + 7))}`)
  if (words < FIXED) return fault(p, ' (less than two headers)')
  const contexts = at + FIXED * WORD
  const end = at + words * WORD
  if (verbose > 2 && context === Context.FIXED) {
    if (words !== 6) return fault(p, ' (invalid length for the MD type)')
    for (let n = 0; n < words - FIXED; n++) say(p, `\n        Context[0${n}]: 0x${hex(p.u32(contexts + n * WORD), 8)}`)
  } else if (verbose > 2 && context === Context.VARIABLE) {
    if (!printFields(p, contexts, end)) return p.invalid()
  } else p.need(contexts, end - contexts)
  say(p, verbose > 0 ? '\n    ' : ': ')
  printNext(p, next, end, length - words * WORD)
}

function fault(p: Printer, what: string): void {
  say(p, what)
  p.invalid()
}

/** Context headers of variable length; false when one is too long. */
function printFields(p: Printer, at: number, end: number): boolean {
  for (let here = at; here < end; ) {
    const klass = p.u16(here)
    const type = p.u8(here + 2)
    const length = p.u8(here + 3) & 0x7f
    const padded = (length + WORD - 1) & ~(WORD - 1)
    here += WORD
    say(p, `\n        TLV Class ${klass}, Type ${type}, Len ${length}`)
    if (here + padded > end) {
      say(p, ' (length too big)')
      return false
    }
    if (length === 0) continue
    say(p, '\n            Value: ')
    for (let i = 0; i < length; i++) say(p, (i === 0 ? '0x' : ':') + hex(p.u8(here + i), 2))
    p.need(here, padded)
    here += padded
  }
  return true
}

function printNext(p: Printer, next: number, at: number, length: number): void {
  if (next === Next.IP4) printIp4(p, at, length)
  else if (next === Next.IP6) printIp6(p, at, length)
  else if (next !== Next.ETHERNET) say(p, 'ERROR: unknown-next-protocol')
  else if (p.depth >= MAX_DEPTH) say(p, '[nested too deeply]')
  else {
    p.depth++
    printEthernet(p, at, length)
    p.depth--
  }
}
