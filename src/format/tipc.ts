/** Transparent Inter-Process Communication as tcpdump prints it — draft-spec-tipc-07 §3. All fields are parts of 32-bit words. */
import { hex, named, say, type Words } from './fields.js'
import type { Printer } from './printer.js'

const User = { LINK_CONFIGURATION: 13 } as const
const USERS: Words = {
  0: 'Low Importance Data payload', 1: 'Medium Importance Data payload', 2: 'High Importance Data payload', 3: 'Critical Importance Data payload',
  5: 'Broadcast Link Protocol internal', 6: 'Message Bundler Protocol internal', 7: 'Link State Protocol internal', 8: 'Connection Manager internal',
  10: 'Link Changeover Protocol internal', 11: 'Name Table Update Protocol internal', 12: 'Message Fragmentation Protocol internal',
  13: 'Neighbor Detection Protocol internal',
}
/** Users whose messages have the header of data. */
const PAYLOAD_USERS = [0, 1, 2, 3, 8, 11]
/** Message types as tcpdump names them: 1 and 3 are exchanged against the draft. */
const MESSAGES: Words = { 0: 'CONN_MSG', 1: 'MCAST_MSG', 2: 'NAMED_MSG', 3: 'DIRECT_MSG' }
const LINK_MESSAGES: Words = { 0: 'Link request', 1: 'Link response' }
/** Words of the header without the ends' own nodes: they are the neighbours. */
const SHORT_HEADER = 6

export function printTipc(p: Printer, at: number): void {
  p.protocol = 'tipc'
  const user = (p.u32(at) >>> 25) & 15
  if (PAYLOAD_USERS.includes(user)) printPayload(p, at)
  else if (user === User.LINK_CONFIGURATION) printLinkConfiguration(p, at)
  else if (USERS[user] !== undefined) printInternal(p, at)
}

/** `zone.cluster.node`. */
function node(p: Printer, at: number): string {
  const address = p.u32(at)
  return `${address >>> 24}.${(address >>> 12) & 0xfff}.${address & 0xfff}`
}

const version = (p: Printer, at: number): string => `TIPC v${p.u8(at) >> 5}.0`
const headerWords = (p: Printer, at: number): number => (p.u32(at) >>> 21) & 15

/** `headerlength 24 bytes, MessageSize 60 bytes, …, messageType …`. */
function summary(p: Printer, at: number, messages: Words): string {
  const user = (p.u32(at) >>> 25) & 15
  const size = p.u32(at) & 0x1ffff
  return `headerlength ${headerWords(p, at) * 4} bytes, MessageSize ${size} bytes, ${named(USERS, user, 'unknown')}, messageType ${named(messages, p.u32(at + 4) >>> 29, 'Unknown')}`
}

function printPayload(p: Printer, at: number): void {
  const previous = node(p, at + 12)
  const from = p.u32(at + 16)
  const to = p.u32(at + 20)
  if (headerWords(p, at) <= SHORT_HEADER) return say(p, `${version(p, at)} ${previous}:${from} > ${to}, ${summary(p, at, MESSAGES)}`)
  say(p, `${version(p, at)} ${node(p, at + 24)}:${from} > ${node(p, at + 28)}:${to}, ${summary(p, at, MESSAGES)}`)
  if (p.options.verbose === 0) return
  say(p, `\n\tPrevious Node ${previous}, Broadcast Ack ${p.u16(at + 6)}, Link Ack ${p.u16(at + 8)}, Link Sequence ${p.u16(at + 10)}`)
}

function printInternal(p: Printer, at: number): void {
  say(p, `${version(p, at)} ${node(p, at + 24)} > ${node(p, at + 28)}, ${summary(p, at, MESSAGES)} (0x${hex(p.u32(at + 4), 8)})`)
  if (p.options.verbose === 0) return
  const session = `Session No. ${p.u16(at + 20)}, Broadcast Ack ${p.u16(at + 6)}, Sequence Gap ${p.u16(at + 4) & 0x1fff}`
  const gap = `Broadcast Gap After ${p.u16(at + 8)}, Broadcast Gap To ${p.u16(at + 10)}`
  const packets = `Last Sent Packet No. ${p.u16(at + 16)}, Next sent Packet No. ${p.u16(at + 18)}`
  const link = `Transport Sequence ${p.u32(at + 32)}, msg_count ${p.u16(at + 36)}, Link Tolerance ${p.u16(at + 38)}`
  say(p, `\n\tPrevious Node ${node(p, at + 12)}, ${session},  ${gap}, ${packets}, ${link}`)
}

function printLinkConfiguration(p: Printer, at: number): void {
  say(p, `${version(p, at)} ${node(p, at + 12)} > ${node(p, at + 8)}, ${summary(p, at, LINK_MESSAGES)}`)
  if (p.options.verbose === 0) return
  const signature = p.u16(at + 6)
  say(p, `\n\tNodeSignature ${signature}, network_id ${p.u32(at + 16)}, media_id ${p.u8(at + 23)}`)
}
