/** DVMRP messages inside IGMP as tcpdump prints them — RFC 1075, draft-ietf-idmr-dvmrp-v3. */
import { u8 } from '../bytes.js'
import { writeDuration } from './duration.js'
import type { Printer } from './printer.js'

const Code = { PROBE: 1, REPORT: 2, ASK: 3, NEIGHBORS: 4, ASK_2: 5, NEIGHBORS_2: 6, PRUNE: 7, GRAFT: 8, GRAFT_ACK: 9 } as const
const HEADER = 8
/** Flags of an interface — mrouted's. */
const FLAGS = [[0x01, '/tunnel'], [0x02, '/srcrt'], [0x40, '/querier'], [0x20, '/disabled'], [0x10, '/down']] as const

/** The message of `length` bytes at `at`, behind `igmp dvmrp`. */
export function printDvmrp(p: Printer, at: number, length: number): void {
  const { out } = p
  p.protocol = 'dvmrp'
  const code = p.u8(at + 1)
  const body = at + HEADER
  const left = length - HEADER
  switch (code) {
    case Code.PROBE:
      out.text(' Probe')
      if (p.options.verbose > 0) printProbe(p, body, left)
      break
    case Code.REPORT:
      out.text(' Report')
      if (p.options.verbose > 1) printReport(p, body, left)
      break
    case Code.ASK:
      out.text(' Ask-neighbors(old)')
      break
    case Code.NEIGHBORS:
      out.text(' Neighbors(old)')
      printNeighbors(p, body, left)
      break
    case Code.ASK_2:
      out.text(' Ask-neighbors2')
      break
    case Code.NEIGHBORS_2: {
      out.text(' Neighbors2')
      const major = p.u8(at + 7)
      const minor = p.u8(at + 6)
      out.text(' (v ').dec(major).byte(46).dec(minor).text('):')
      printNeighbors2(p, body, left)
      break
    }
    case Code.PRUNE:
      out.text(' Prune')
      p.need(body, 8)
      writeSourceAndGroup(p, body)
      out.text(' timer ')
      writeDuration(out, p.u32(body + 8))
      break
    case Code.GRAFT:
    case Code.GRAFT_ACK:
      out.text(code === Code.GRAFT ? ' Graft' : ' Graft-ACK')
      p.need(body, 8)
      writeSourceAndGroup(p, body)
      break
    default:
      out.text(' [type ').dec(code).byte(93)
  }
}

function writeSourceAndGroup(p: Printer, at: number): void {
  p.out.text(' src ')
  p.ip4(at)
  p.out.text(' grp ')
  p.ip4(at + 4)
}

function printProbe(p: Printer, at: number, length: number): void {
  const { out, options } = p
  if (length < 4) {
    out.text(' [full length ').dec(length).text(' < 4]')
    return p.invalid()
  }
  out.text(options.verbose > 1 ? '\n\t' : ' ')
  const id = p.u32(at)
  out.text('genid ').dec(id)
  if (options.verbose < 2) return
  for (let n = 4; n < length; n += 4) {
    if (length < n + 4) {
      out.text('[remaining length ').dec(length - n).text(' < 4]')
      return p.invalid()
    }
    p.need(at + n, 4)
    out.text('\n\tneighbor ')
    p.ip4(at + n)
  }
}

/** Routes by mask: three bytes of it (the first is 255), then networks of as many bytes as it has, each with a metric. */
function printReport(p: Printer, at: number, length: number): void {
  const { out, b } = p
  while (length > 0) {
    if (length < 3) return tooShort(p, length, 3)
    p.need(at, 3)
    const width = b[at + 2]! !== 0 ? 4 : b[at + 1]! !== 0 ? 3 : b[at]! !== 0 ? 2 : 1
    out.text('\n\tMask 255.').dec(b[at]!).byte(46).dec(b[at + 1]!).byte(46).dec(b[at + 2]!)
    at += 3
    length -= 3
    for (let done = 0; done === 0; ) {
      if (length < width + 1) {
        out.text('\n\t  [Truncated Report]')
        return p.invalid()
      }
      p.need(at, width + 1)
      out.text('\n\t  ')
      for (let n = 0; n < 4; n++) {
        if (n > 0) out.byte(46)
        out.dec(n < width ? b[at + n]! : 0)
      }
      at += width
      done = p.u8(at)
      out.text(' metric ').dec(done & 0x7f)
      done &= 0x80
      at++
      length -= width + 1
    }
  }
}

/** `[A -> B, (metric/threshold)]`, one interface's neighbours after the other's. */
function printNeighbors(p: Printer, at: number, length: number): void {
  const { out, b } = p
  while (length > 0) {
    if (length < 7) return tooShort(p, length, 7)
    p.need(at, 7)
    const own = at
    const metric = u8(b, at + 4)
    const threshold = u8(b, at + 5)
    let count = u8(b, at + 6)
    at += 7
    length -= 7
    for (; count > 0; count--) {
      if (length < 4) return tooShort(p, length, 4)
      out.text(' [')
      p.ip4(own)
      out.text(' -> ')
      p.ip4(at)
      out.text(', (').dec(metric).byte(47).dec(threshold).text(')]')
      at += 4
      length -= 4
    }
  }
}

function tooShort(p: Printer, length: number, wanted: number): void {
  p.out.text(' [length ').dec(length).text(' < ').dec(wanted).byte(93)
  p.invalid()
}

function printNeighbors2(p: Printer, at: number, length: number): void {
  const { out, b } = p
  while (length > 0) {
    if (length < 8) return tooShort(p, length, 8)
    p.need(at, 8)
    const own = at
    const metric = u8(b, at + 4)
    const threshold = u8(b, at + 5)
    const flags = u8(b, at + 6)
    let count = u8(b, at + 7)
    at += 8
    length -= 8
    for (; count > 0 && length > 0; count--) {
      if (length < 4) return tooShort(p, length, 4)
      out.text(' [')
      p.ip4(own)
      out.text(' -> ')
      p.ip4(at)
      out.text(' (').dec(metric).byte(47).dec(threshold)
      for (const [bit, name] of FLAGS) if (flags & bit) out.text(name)
      out.text(')]')
      at += 4
      length -= 4
    }
    if (count > 0) {
      out.text(' [invalid ncount]')
      return p.invalid()
    }
  }
}
