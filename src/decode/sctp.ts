/** SCTP — RFC 9260 §3. A common header, then chunks padded to four bytes. `at`: the header's, or the chunk's, first byte. */
import { u16 } from '../bytes.js'

/** Bytes of the common header: ports, verification tag, CRC-32C. */
export const HEADER = 12
/** Bytes before a chunk's value: type, flags, length. */
export const CHUNK_HEADER = 4

export const Chunk = { DATA: 0, INIT: 1, INIT_ACK: 2, SACK: 3 } as const

/** Flags of a DATA chunk. */
export const Flag = { END: 0x01, BEGIN: 0x02, UNORDERED: 0x04 } as const

/** Bytes of the chunk without padding, its header included. */
export const chunkLength = (b: Uint8Array, at: number): number => u16(b, at + 2)
