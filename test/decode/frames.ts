/** Frames for tests: those of the fixtures, and some made by hand. */
import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { openCapture } from '../../src/capture/file.js'
import { newFrame, type Frame } from '../../src/frame.js'

const FIXTURES = resolve(import.meta.dirname, '../fixtures/pcap')

/** Names of the captures in test/fixtures/pcap that can be read to their end. */
export const fixtureNames = readdirSync(FIXTURES).filter((name) => /\.(pcap|pcapng)(\.gz)?$/.test(name)).toSorted()

/** All frames of a fixture, each with bytes of its own; those before the damage when it is damaged. */
export async function fixtureFrames(name: string): Promise<Frame[]> {
  const source = await openCapture(join(FIXTURES, name))
  const frames: Frame[] = []
  const frame = newFrame()
  try {
    do {
      while (source.next(frame)) frames.push({ ...frame, b: frame.b.slice(frame.at, frame.end), at: 0, end: frame.end - frame.at })
    } while (await source.more())
  } catch {
    // what was whole is enough here
  } finally {
    source.close()
  }
  return frames
}

/** A frame of bytes given in hexadecimal, blanks ignored; on the wire it had `wireLength` bytes. */
export function frameOf(hex: string, linkType = 1, wireLength?: number): Frame {
  const b = new Uint8Array(Buffer.from(hex.replaceAll(/\s/g, ''), 'hex'))
  return { ...newFrame(), b, end: b.length, wireLength: wireLength ?? b.length, linkType }
}

/** The frame as a capture that kept `kept` bytes would have it, in a larger buffer: what stands behind must not be read. */
export function cut(frame: Frame, kept: number): Frame {
  const b = new Uint8Array(kept + 107).fill(0xa5)
  b.set(frame.b.subarray(frame.at, frame.at + kept), 7)
  return { ...frame, b, at: 7, end: 7 + kept }
}

/** `n` in hexadecimal, as `bytes` bytes. */
export const hex = (n: number, bytes: number): string => n.toString(16).padStart(bytes * 2, '0')

/** An Ethernet header with this type. */
export const ethernet = (type: string): string => `020000000002 020000000001 ${type}`

/** An IPv4 header of 20 bytes without checksum, 10.0.0.1 to 10.0.0.2, for `length` bytes of payload. */
export const ip4 = (protocol: number, length: number, { total = length + 20, first = 0x45, fragment = 0 } = {}): string =>
  `${hex(first, 1)} 00 ${hex(total, 2)} 0001 ${hex(fragment, 2)} 40 ${hex(protocol, 1)} 0000 0a000001 0a000002`

/** An IPv6 header, fd00::1 to fd00::2. */
export const ip6 = (next: number, payload: number): string =>
  `60000000 ${hex(payload, 2)} ${hex(next, 1)} 40 fd000000000000000000000000000001 fd000000000000000000000000000002`

/** A TCP header from port 1000 to 80, seq 100, ack 200; `options` in hexadecimal, a multiple of four bytes. */
export function tcp({ flags = 0x10, options = '', offset = 5 + options.replaceAll(' ', '').length / 8, seq = 100, ack = 200 } = {}): string {
  return `03e8 0050 ${hex(seq, 4)} ${hex(ack, 4)} ${hex((offset << 12) | flags, 2)} 01f5 0000 0007 ${options}`
}

/** A UDP header from port 1000 to 53. */
export const udp = (length: number): string => `03e8 0035 ${hex(length, 2)} 0000`

/** A segment of `data` bytes, as hexadecimal. */
export const segment = (data: number): string => (tcp() + 'ab'.repeat(data)).replaceAll(' ', '')

/** Frames of the pieces of `whole`, `size` bytes each, in IPv4 or IPv6. */
export function fragmentsOf(whole: string, size: number, { version = 4, protocol = 6, id = 1 } = {}): Frame[] {
  const frames: Frame[] = []
  for (let at = 0; at < whole.length / 2; at += size) {
    const piece = whole.slice(at * 2, (at + size) * 2), length = piece.length / 2, more = at + size < whole.length / 2
    const packet = version === 4
      ? `${ip4(protocol, length, { fragment: (more ? 0x2000 : 0) | (at / 8) }).replace(' 0001 ', ` ${hex(id, 2)} `)} ${piece}`
      : `${ip6(44, length + 8)} ${hex(protocol, 1)} 00 ${hex(at | (more ? 1 : 0), 2)} ${hex(id, 4)} ${piece}`
    frames.push(frameOf(`${ethernet(version === 4 ? '0800' : '86dd')} ${packet}`))
  }
  return frames
}
