/** Router renumbering as tcpdump prints it — RFC 2894 §3. */
import { u32, u8 } from '../bytes.js'
import { TRUNCATED, type Printer } from './printer.js'
import { tableOf, word } from './tables.js'

const CODES = tableOf({ 0: 'command', 1: 'result', 255: 'sequence number reset' })
const COMMAND = 0
const OPERATIONS = tableOf({ 1: 'add', 2: 'change', 3: 'setglobal' })
const HEADER = 16
const MATCH = 24
const USE = 32

/** The message at `at`, behind its name. */
export function printRenumbering(p: Printer, at: number): void {
  const { out, b } = p
  const verbose = p.options.verbose > 0
  try {
    p.need(at, HEADER)
    const code = u8(b, at + 1)
    out.text(', ').text(word(CODES, code, 'code-#%')).text(', seq=').dec(u32(b, at + 4))
    if (verbose) {
      const flags = u8(b, at + 9)
      out.byte(91)
      for (let bit = 0; bit < 5; bit++) if (flags & (0x80 >> bit)) out.byte('TRASP'.charCodeAt(bit))
      if (flags !== 0) out.byte(44)
      out.text('seg=').dec(u8(b, at + 8)).text(',maxdelay=').dec(p.u16(at + 10))
      const reserved = u32(b, at + 12)
      if (reserved !== 0) out.text('rsvd=0x').hex(reserved)
      out.byte(93)
    }
    if (code === COMMAND) printCommand(p, at + HEADER)
  } catch (thrown) {
    if (thrown !== TRUNCATED) throw thrown
    p.truncated()
  }
}

/** One prefix to match, and what to make of it. */
function printCommand(p: Printer, at: number): void {
  const { out, b } = p
  const verbose = p.options.verbose > 0
  p.need(at, MATCH)
  const words = u8(b, at + 1)
  writeSeparator(p)
  out.text('match(').text(word(OPERATIONS, u8(b, at), '#%')).byte(44)
  if (verbose) {
    out.text('ord=').dec(u8(b, at + 2)).byte(44)
    out.text('min=').dec(u8(b, at + 4)).byte(44)
    out.text('max=').dec(u8(b, at + 5)).byte(44)
  }
  p.ip6(at + 8)
  out.byte(47).dec(u8(b, at + 3)).byte(41)
  let left = words - 3
  if (left < 0 || left % 4 !== 0) throw TRUNCATED
  for (let use = at + MATCH; left > 0; left -= 4, use += USE) printUse(p, use)
}

/** A line of its own at -vv. */
function writeSeparator(p: Printer): void {
  p.out.text(p.options.verbose > 1 ? '\n\t' : ' ')
}

function printUse(p: Printer, at: number): void {
  const { out, b } = p
  p.need(at, USE)
  writeSeparator(p)
  out.text('use(')
  const flags = u32(b, at + 12)
  if (flags >>> 24 !== 0) {
    if (flags & 0x80000000) out.byte(86)
    if (flags & 0x40000000) out.byte(80)
    out.byte(44)
  }
  if (p.options.verbose > 0) {
    out.text('mask=0x').hex(u8(b, at + 2)).text(',raflags=0x').hex(u8(b, at + 3)).byte(44)
    writeTime(p, 'vltime=', u32(b, at + 4))
    writeTime(p, 'pltime=', u32(b, at + 8))
  }
  p.ip6(at + 16)
  out.byte(47).dec(u8(b, at)).byte(47).dec(u8(b, at + 1)).byte(41)
}

function writeTime(p: Printer, title: string, seconds: number): void {
  p.out.text(title)
  if (seconds === 0xffffffff) p.out.text('infty')
  else p.out.dec(seconds)
  p.out.byte(44)
}
