/** Zeek's history: what each side did, a letter at its first time; upper case the originator, lower case the responder. */
import { HISTORY, HISTORY_COUNT } from './record.js'

/** Letters, by number. */
export const Letter = { SYN: 0, SYN_ACK: 1, ACK: 2, DATA: 3, FIN: 4, RESET: 5, AGAIN: 6, ZERO_WINDOW: 7, GAP: 8, BAD_CHECKSUM: 9, INCONSISTENT: 10, MANY_FLAGS: 11, FLIPPED: 12 } as const
const LETTERS = 'SHADFRTWGCIQ^'

/** 6 letters of 5 bits stand in a word. */
export const PER_WORD = 6
export const MOST = 24

/** `ShADadFf` */
export function history(u: Int32Array, row: number): string {
  let text = ''
  for (let i = 0; i < u[row + HISTORY_COUNT]!; i++) {
    const code = (u[row + HISTORY + Math.floor(i / PER_WORD)]! >>> ((i % PER_WORD) * 5)) & 31
    const letter = LETTERS[code & 15]!
    text += code & 16 ? letter.toLowerCase() : letter
  }
  return text
}
