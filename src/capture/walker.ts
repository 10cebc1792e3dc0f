/**
 * Capture records in bytes that are already in memory, apart from how the bytes got there: a file, a pipe, a chunk handed
 * to a worker thread, the buffer of a live capture.
 */

import type { Frame, SourceInterface } from './source.js'

/** Bytes in memory: `b[at] … b[end - 1]` are still to be walked, and `b[0]` is byte number `base` of the whole capture. */
export interface Window {
  b: Uint8Array
  at: number
  end: number
  base: number
}

/** Why a walk cannot go on: which byte of the whole capture is wrong, and `expected …, found …`. */
export interface Damage {
  readonly offset: number
  readonly text: string
}

/** Walks the records of one capture, in order. A Window's bytes past `at` may move between two calls, never change. */
export interface Walker {
  readonly interfaces: readonly SourceInterface[]
  /** Packets handed out so far. */
  readonly packets: number
  /** Bytes from `at` on that must be in memory before `next` can do more; set when `next` returns false. */
  readonly need: number
  /** Set when `next` returned false and more bytes cannot help. */
  readonly damage: Damage | undefined
  /** Fills `frame` with the next whole packet and moves `w.at` past it: false at the end of the window or at a damage. Allocates nothing. */
  next(w: Window, frame: Frame): boolean
  /** Passes over whole packets, at most `most`, and returns how many: what as many calls of `next` would do, sooner. Absent where it would not be sooner. */
  skip?(w: Window, most: number): number
  /** Comments on the packet that `next` handed out last, lent until its next call. Absent where the format has none. */
  comments?(w: Window, frame: Frame): Uint8Array[]
  /** After `next` returned false with bytes left and none to come: `expected 66 bytes of packet 12's data, found 12`. */
  cut(w: Window): string
}

/** No block or record that takes more is read: a wrong length must not make us allocate. Bytes. */
export const MAX_RECORD = 16 * 1024 * 1024

/** Longest snapshot of most link types, bytes: MAXIMUM_SNAPLEN of libpcap. */
const MAX_SNAP_LENGTH = 262_144

/** Most bytes that a frame of this link type may have: 262144, and 8 to 16 MiB for D-Bus, USBPcap and EBHSCR, whose messages are long. */
export function maxSnapLength(linkType: number): number {
  switch (linkType) {
    case 231: // DBUS
    case 249: // USBPCAP
      return MAX_RECORD - 64 // room for the record's own header
    case 279: // EBHSCR
      return 8 * 1024 * 1024
    default:
      return MAX_SNAP_LENGTH
  }
}
