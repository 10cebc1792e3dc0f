/** Packets that carry a payload to a port, and tables of what is printed for them. */
import type { Frame } from '../../src/frame.js'
import { frameOf, ip4, ip6 } from '../decode/frames.js'
import { textOf } from './printing.js'

/** A payload in hexadecimal, to a port of UDP (53 unless it says otherwise) or TCP, or behind an IPv4 or IPv6 header. */
export interface PayloadCase {
  readonly why: string
  readonly udp?: number
  readonly tcp?: number
  /** Protocol number of the IP header. */
  readonly ip?: number
  /** Next header of an IPv6 header. */
  readonly ip6?: number
  /** -T */
  readonly type?: string
  readonly verbose?: number
  /** What stands before `text`, where it is not what the others have. */
  readonly before?: string
  /** Bytes at the start of the payload that stay as they are when it is damaged: headers of other protocols. */
  readonly keep?: number
  readonly payload: string
  /** As tcpdump 4.99.3 prints it, behind the addresses (of UDP and IP) or `length N` (of TCP). */
  readonly text: string
}

const hex4 = (n: number): string => n.toString(16).padStart(4, '0')

/** Text as the hexadecimal of a payload. */
export const text = (s: string): string => Buffer.from(s, 'latin1').toString('hex')

/** From port 40000 of 10.0.0.1 to 10.0.0.2, as link type RAW. */
export function packetOf({ udp = 53, tcp, ip, ip6: next, payload }: Omit<PayloadCase, 'why' | 'text'>): Frame {
  const length = payload.length / 2
  if (next !== undefined) return frameOf(`${ip6(next, length)} ${payload}`, 101)
  if (ip !== undefined) return frameOf(`${ip4(ip, length)} ${payload}`, 101)
  if (tcp !== undefined) return frameOf(`${ip4(6, length + 20)} 9c40 ${hex4(tcp)} 00000001 00000001 5018 03e8 0000 0000 ${payload}`, 101)
  return frameOf(`${ip4(17, length + 8)} 9c40 ${hex4(udp)} ${hex4(length + 8)} 0000 ${payload}`, 101)
}

/** What the packet of a case prints, from where its `text` begins. */
export function printedFor(each: PayloadCase): string {
  const { udp = 53, tcp, ip, ip6: next, type = '', verbose = 0, payload } = each
  const [line] = textOf([packetOf(each)], { type, verbose })
  const before = each.before ?? (tcp !== undefined ? `win 1000, length ${payload.length / 2}` : next !== undefined ? 'fd00::2: ' : ip !== undefined ? '10.0.0.2: ' : `10.0.0.2.${udp}: `)
  return line!.slice(line!.indexOf(before) + before.length)
}
