/**
 * TCP segments that IP sent in fragments (RFC 791 §3.2, RFC 8200 §4.5), put together: only all of them tell how long the segment is. Other protocols say it in the first
 * fragment, and need none of the others. A few segments are waited for at a time, in a fixed amount of memory; all frames of a conversation are in their order here.
 */
import * as ip4 from '../decode/ip4.js'
import * as ip6 from '../decode/ip6.js'
import * as extension from '../decode/ip6-extension.js'
import { Protocol } from '../decode/ip-protocol.js'
import { walk, type Layout } from '../decode/layout.js'
import { LinkType } from '../decode/link/link-type.js'
import { newFrame, type Frame } from '../frame.js'

/** Segments that are waited for; the oldest gives way. */
const MOST_WAITING = 64
/** How long, seconds: what comes later belongs to another packet with the same number. */
const PATIENCE = 60
/** An IP packet has no more. */
const MOST_BYTES = 65535
/** Offsets of fragments count in these. */
const UNIT = 8
const MOST_UNITS = Math.ceil(MOST_BYTES / UNIT)
/** Room for an IP header before the segment's first byte. */
const HEADROOM = ip6.HEADER
const FIRST_ROOM = 4096

interface Waiting {
  readonly key: string
  readonly since: number
  b: Uint8Array
  /** One bit for each unit that is there. */
  readonly units: Uint32Array
  unitCount: number
  /** Bytes of the whole segment; 0 until its last fragment is there. */
  length: number
}

export class Fragments {
  readonly #waiting = new Map<string, Waiting>()
  readonly #whole: Frame = newFrame()

  /**
   * Takes a frame that holds a fragment, which `l` was walked for. True when there is something to go on with: a first fragment of another protocol, or a TCP segment of which
   * nothing is missing any more; `l` is then that of the whole. A fragment that was not captured whole is part of none, as it is none to tshark; a first one goes on as it is.
   */
  take(l: Layout, frame: Frame): boolean {
    const isFirst = l.fragmentOffset === 0
    // what is behind extension headers only the first fragment tells
    if (l.protocol !== Protocol.TCP && !extension.isExtension(l.protocol)) return isFirst
    const data = l.ipVersion === 4 ? l.network + ip4.headerLength(l.b, l.network) : l.fragmentHeader + extension.FRAGMENT_HEADER
    const length = l.wireEnd - data, end = l.fragmentOffset + length
    if (length <= 0 || l.wireEnd > l.end) return isFirst
    // all but the last are whole units
    if (end > MOST_BYTES || (l.moreFragments && length % UNIT !== 0)) return false
    const waiting = this.#of(l, frame.seconds)
    if (!add(waiting, l, data, length)) return false
    this.#waiting.delete(waiting.key)
    walk(l, this.#frameOf(waiting, l, frame))
    return true
  }

  #of(l: Layout, now: number): Waiting {
    const { b, source, addressLength, network, fragmentHeader } = l
    const id = l.ipVersion === 4 ? ip4.id(b, network) : extension.fragmentId(b, fragmentHeader)
    // the two addresses stand one behind the other
    const key = `${Buffer.from(b.buffer, b.byteOffset + source, addressLength * 2).toString('latin1')}${id}`
    const known = this.#waiting.get(key)
    if (known !== undefined && now - known.since <= PATIENCE) return known
    this.#waiting.delete(key)
    if (this.#waiting.size >= MOST_WAITING) {
      for (const oldest of this.#waiting.keys()) {
        this.#waiting.delete(oldest)
        break
      }
    }
    const made: Waiting = { key, since: now, b: new Uint8Array(FIRST_ROOM), units: new Uint32Array((MOST_UNITS >> 5) + 1), unitCount: 0, length: 0 }
    this.#waiting.set(key, made)
    return made
  }

  /** A frame of the whole segment behind the IP header of its latest fragment, without options and the extension headers before the fragment's. */
  #frameOf({ b, length }: Waiting, l: Layout, { seconds, nanos, interfaceId }: Frame): Frame {
    const isShort = l.ipVersion === 4, header = isShort ? ip4.MIN_HEADER : ip6.HEADER, at = HEADROOM - header
    b.set(l.b.subarray(l.network, l.network + header), at)
    // 0 where it is too long for the field: the rest of the frame
    const total = isShort ? header + length : length, said = total > 0xffff ? 0 : total
    const lengthAt = at + (isShort ? 2 : 4)
    b[lengthAt] = said >> 8
    b[lengthAt + 1] = said & 0xff
    if (isShort) {
      b[at] = 0x45
      b[at + 6] = b[at + 7] = 0
    } else b[at + 6] = extension.nextHeader(l.b, l.fragmentHeader)
    return Object.assign(this.#whole, { b, at, end: HEADROOM + length, wireLength: header + length, seconds, nanos, linkType: LinkType.RAW, interfaceId })
  }
}

/** Adds what is new of a fragment; true when nothing is missing any more. What was there first stays. */
function add(waiting: Waiting, l: Layout, data: number, length: number): boolean {
  const { units } = waiting, first = l.fragmentOffset / UNIT, count = Math.ceil(length / UNIT), needed = HEADROOM + l.fragmentOffset + length
  if (needed > waiting.b.length) {
    const larger = new Uint8Array(Math.min(Math.max(needed, waiting.b.length * 2), HEADROOM + MOST_BYTES))
    larger.set(waiting.b)
    waiting.b = larger
  }
  for (let i = 0; i < count; i++) {
    const unit = first + i, bit = 1 << (unit & 31), from = data + i * UNIT
    if (units[unit >> 5]! & bit) continue
    units[unit >> 5]! |= bit
    waiting.unitCount++
    waiting.b.set(l.b.subarray(from, Math.min(from + UNIT, data + length)), HEADROOM + unit * UNIT)
  }
  if (!l.moreFragments && waiting.length === 0) waiting.length = l.fragmentOffset + length
  return waiting.length > 0 && waiting.unitCount >= Math.ceil(waiting.length / UNIT) && isWhole(waiting)
}

/** Units behind the end do not count. */
function isWhole({ units, length }: Waiting): boolean {
  for (let unit = 0, all = Math.ceil(length / UNIT); unit < all; unit++) if ((units[unit >> 5]! & (1 << (unit & 31))) === 0) return false
  return true
}
