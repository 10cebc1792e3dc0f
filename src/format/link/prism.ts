/** 802.11 frames behind the headers of Prism cards and of AbsoluteValue Systems' drivers, as tcpdump prints them. */
import { u32 } from '../../bytes.js'
import type { Printer } from '../printer.js'
import { printFrame } from './ieee80211.js'

const PRISM_HEADER = 144
/** An AVS header of version 1 or 2 names itself in its first 32 bits. */
const isAvs = (cookie: number): boolean => cookie === 0x80211001 || cookie === 0x80211002
const AVS_MIN = 8

export function printPrism(p: Printer, at: number, length: number): number {
  const captured = p.end - at
  p.protocol = 'prism'
  if (captured < 4) {
    p.truncated()
    return captured
  }
  if (isAvs(u32(p.b, at))) return printAvs(p, at, length)
  if (captured < PRISM_HEADER) {
    p.truncated()
    return captured
  }
  return PRISM_HEADER + printFrame(p, at + PRISM_HEADER, length - PRISM_HEADER, captured - PRISM_HEADER, false, 0)
}

export function printAvs(p: Printer, at: number, length: number): number {
  p.protocol = '802.11_radio_avs'
  const captured = p.end - at
  if (captured < AVS_MIN) {
    p.truncated()
    return captured
  }
  const size = u32(p.b, at + 4)
  if (size < AVS_MIN || captured < size) {
    p.truncated()
    return captured
  }
  return size + printFrame(p, at + size, length - size, captured - size, false, 0)
}
