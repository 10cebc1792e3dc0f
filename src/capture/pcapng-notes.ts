/**
 * What a pcapng file says beside its packets: comments, by what and on what it was captured, what was dropped, names of hosts. Read only for those who ask for it. All of it
 * is from strangers. Source: draft-ietf-opsawg-pcapng §3.5 (options), §4.1, §4.2, §4.5 (name resolution block), §4.6 (interface statistics block). An option or record whose length cannot be ends its block's notes.
 */
import { u16, u16le, u64, u64le } from '../bytes.js'

/** What a text of a section or an interface is. */
export type NoteKind = 'comment' | 'hardware' | 'system' | 'application' | 'name' | 'description'

/** Who takes them; the bytes are lent until the call returns. */
export interface CaptureNotes {
  /** `number`: of the section or the interface in its file, from 0. */
  text(of: 'section' | 'interface', number: number, kind: NoteKind, value: Uint8Array): void
  /** Packets that an interface, the number of it in its file, has dropped so far for want of time or room. */
  dropped(interfaceNumber: number, packets: bigint): void
  /** An address, 4 or 16 bytes, and one of its names. */
  name(address: Uint8Array, name: Uint8Array): void
}

const END = 0, COMMENT = 1
const SECTION_KINDS: Readonly<Record<number, NoteKind>> = { [COMMENT]: 'comment', 2: 'hardware', 3: 'system', 4: 'application' }
const INTERFACE_KINDS: Readonly<Record<number, NoteKind>> = { [COMMENT]: 'comment', 2: 'name', 3: 'description', 12: 'system' }

/** Codes and values of the options from `at` on; `end` is one past the last. */
function* options(b: Uint8Array, at: number, end: number, littleEndian: boolean): Generator<readonly [code: number, value: Uint8Array]> {
  const half = littleEndian ? u16le : u16
  while (at + 4 <= end) {
    const code = half(b, at), length = half(b, at + 2), value = at + 4
    if (code === END || length > end - value) return
    yield [code, b.subarray(value, value + length)]
    at = value + ((length + 3) & ~3)
  }
}

/** Hands on the texts of a section or interface block, whose options begin at `at`. */
export function noteTexts(b: Uint8Array, at: number, end: number, littleEndian: boolean, of: 'section' | 'interface', number: number, notes: CaptureNotes): void {
  const kinds = of === 'section' ? SECTION_KINDS : INTERFACE_KINDS
  for (const [code, value] of options(b, at, end, littleEndian)) {
    const kind = kinds[code]
    if (kind !== undefined) notes.text(of, number, kind, value)
  }
}

/** Counts of packets that were dropped: by the interface, by the system above it. 8 bytes each. */
const DROPPED = [5, 7]

/** Hands on the counts of a statistics block, whose options begin at `at`. */
export function noteDrops(b: Uint8Array, at: number, end: number, littleEndian: boolean, interfaceNumber: number, notes: CaptureNotes): void {
  let dropped: bigint | undefined
  for (const [code, value] of options(b, at, end, littleEndian)) if (DROPPED.includes(code) && value.length === 8) dropped = (dropped ?? 0n) + (littleEndian ? u64le : u64)(value, 0)
  if (dropped !== undefined) notes.dropped(interfaceNumber, dropped)
}

/** Kinds of records of a name resolution block, and the bytes of their addresses. */
const ADDRESS_BYTES: Readonly<Record<number, number>> = { 1: 4, 2: 16 }

/** Hands on the names of the name resolution block whose records begin at `at`: each an address and names, each name ended by a NUL. */
export function noteNames(b: Uint8Array, at: number, end: number, littleEndian: boolean, notes: CaptureNotes): void {
  for (const [kind, value] of options(b, at, end, littleEndian)) {
    const bytes = ADDRESS_BYTES[kind]
    if (bytes === undefined || value.length < bytes) continue
    const address = value.subarray(0, bytes)
    for (let from = bytes; from < value.length; ) {
      const nul = value.indexOf(0, from), to = nul < 0 ? value.length : nul
      if (to > from) notes.name(address, value.subarray(from, to))
      from = to + 1
    }
  }
}

/** Comments among the options of a packet, which begin at `at`. */
export const packetComments = (b: Uint8Array, at: number, end: number, littleEndian: boolean): Uint8Array[] =>
  [...options(b, at, end, littleEndian)].flatMap(([code, value]) => (code === COMMENT ? [value] : []))
