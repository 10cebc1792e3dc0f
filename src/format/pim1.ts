/** PIM version 1, which travels inside IGMP, as tcpdump prints it. */
import { u16, u8 } from '../bytes.js'
import { writeDuration } from './duration.js'
import type { Printer } from './printer.js'
import { tableOf, word } from './tables.js'

const Type = { QUERY: 0, REGISTER: 1, REGISTER_STOP: 2, JOIN_PRUNE: 3, RP_REACHABLE: 4, ASSERT: 5, GRAFT: 6, GRAFT_ACK: 7 } as const
const NAMES = ['Query', 'Register', 'Register-Stop', 'Join/Prune', 'RP-reachable', 'Assert', 'Graft', 'Graft-ACK'] as const
const MODES = tableOf({ 0: 'Dense-mode', 1: 'Sparse-mode', 2: 'Sparse-Dense-mode' })

/** The message of `length` bytes at `at`, behind `igmp pimv1`. */
export function printPim1(p: Printer, at: number, length: number): void {
  const { out, b } = p
  p.protocol = 'pimv1'
  const verbose = p.options.verbose
  const type = p.u8(at + 1)
  if (NAMES[type] === undefined) out.text(' [type ').dec(type).byte(93)
  else out.byte(32).text(NAMES[type])
  switch (type) {
    case Type.QUERY: {
      if (p.has(at + 8, 1)) out.byte(32).text(word(MODES, u8(b, at + 8) >> 4, 'mode-%'))
      if (verbose === 0) break
      out.text(' (Hold-time ')
      writeDuration(out, p.u16(at + 10))
      out.byte(41)
      break
    }
    case Type.REGISTER:
      if (!p.has(at + 8, 20)) return p.truncated()
      out.text(' for ')
      p.ip4(at + 20)
      out.text(' > ')
      p.ip4(at + 24)
      break
    case Type.REGISTER_STOP:
      p.need(at + 12, 4)
      out.text(' for ')
      p.ip4(at + 8)
      out.text(' > ')
      p.ip4(at + 12)
      break
    case Type.RP_REACHABLE:
      if (verbose === 0) break
      p.need(at + 8, 4)
      out.text(' group ')
      p.ip4(at + 8)
      p.need(at + 12, 4)
      if (!isAll(b, at + 12)) {
        out.byte(47)
        p.ip4(at + 12)
      }
      p.need(at + 16, 4)
      out.text(' RP ')
      p.ip4(at + 16)
      out.text(' hold ')
      writeDuration(out, p.u16(at + 22))
      break
    case Type.ASSERT: {
      p.need(at + 16, 4)
      out.text(' for ')
      p.ip4(at + 16)
      out.text(' > ')
      p.ip4(at + 8)
      if (!isAll(b, at + 12)) {
        out.byte(47)
        p.ip4(at + 12)
      }
      p.need(at + 24, 4)
      const preference = p.u32(at + 20)
      out.text(preference & 0x80000000 ? ' RP-tree' : ' SPT').text(' pref ').dec(preference & 0x7fffffff)
      const metric = p.u32(at + 24)
      out.text(' metric ').dec(metric)
      break
    }
    case Type.JOIN_PRUNE:
    case Type.GRAFT:
    case Type.GRAFT_ACK:
      if (verbose === 0) break
      if (length < 8) return p.truncated()
      printJoinPrune(p, at + 8, length - 8)
  }
  // Higher four bits are the version, lower the address family: draft-ietf-pim-v2-spec.
  const version = p.u8(at + 4) >> 4
  if (version !== 1) out.text(' [v').dec(version).byte(93)
}

const isAll = (b: Uint8Array, at: number): boolean => (b[at]! & b[at + 1]! & b[at + 2]! & b[at + 3]!) === 0xff

function printJoinPrune(p: Printer, at: number, length: number): void {
  const { out, b } = p
  const more = p.options.verbose > 1
  if (length < 4) return p.truncated()
  if (more) out.byte(10)
  p.need(at, 4)
  out.text(' Upstream Nbr: ')
  p.ip4(at)
  at += 4
  length -= 4
  if (length < 4) return p.truncated()
  if (more) out.byte(10)
  out.text(' Hold time: ')
  p.need(at + 2, 2)
  writeDuration(out, u16(b, at + 2))
  if (!more) return
  at += 4
  length -= 4
  if (length < 4) return p.truncated()
  let groups = p.u8(at + 3)
  at += 4
  length -= 4
  for (; groups > 0; groups--) {
    if (length < 4) return p.truncated()
    p.need(at, 4)
    out.text('\n\tGroup: ')
    p.ip4(at)
    if (length < 8) return p.truncated()
    p.need(at + 4, 4)
    if (!isAll(b, at + 4)) {
      out.byte(47)
      p.ip4(at + 4)
    }
    if (length < 12) return p.truncated()
    p.need(at + 8, 4)
    let joins = u16(b, at + 8)
    let prunes = u16(b, at + 10)
    out.text(' joined: ').dec(joins).text(' pruned: ').dec(prunes)
    at += 12
    length -= 12
    for (; joins + prunes > 0; at += 6, length -= 6) {
      if (length < 6) return p.truncated()
      printSource(p, at, joins > 0 ? '\n\tJoin ' : '\n\tPrune')
      if (joins > 0) joins--
      else prunes--
    }
  }
}

/** A byte whose lowest bit is sparse mode; wildcard, RP tree and the mask's length; the address. */
function printSource(p: Printer, at: number, title: string): void {
  const { out, b } = p
  p.need(at, 6)
  const flags = u8(b, at + 1)
  out.text(title).text(u8(b, at) & 0x01 ? ' Sparse' : ' Dense').text(flags & 0x80 ? ' WC' : '').text(flags & 0x40 ? ' RP ' : ' SPT ')
  p.ip4(at + 2)
  out.byte(47).dec(flags & 0x3f)
}
