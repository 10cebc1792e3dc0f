/**
 * /proc/net/unix. Source: Linux net/unix/af_unix.c unix_seq_show():
 *
 *     Num       RefCount Protocol Flags    Type St Inode Path
 *     0000000098aee8c8: 00000002 00000000 00010000 0001 01 49319 /run/some.sock
 *
 * All but the inode is hexadecimal. The name is the rest of the line in raw bytes, NUL shown as `@`, and may itself hold a
 * newline and then text that looks like a socket. So a line is taken for one only when every column has the kernel's form, and
 * what is not is the continuation of the name before; where the kernel's own list of names is at hand (`exact`, by inode), each
 * name ends exactly where it should and nothing in it can pass for a socket.
 */
import { HEX_VALUE } from './fields.js'

/** SO_ACCEPTCON, SO_WAITDATA, SO_NOSPACE — <linux/net.h>. */
export const UnixFlag = { ACCEPTCON: 0x10000, WAITDATA: 0x20000, NOSPACE: 0x40000 } as const
/** socket_state — <linux/net.h>. */
export const UnixState = { FREE: 0, UNCONNECTED: 1, CONNECTING: 2, CONNECTED: 3, DISCONNECTING: 4 } as const

const NEWLINE = 10
const BLANK = 32
const COLON = 58
/** Columns between pointer and inode: their digits. */
const COLUMNS = [8, 8, 8, 4, 2]
/** `%5lu`: an inode takes at least five places. */
const INODE_WIDTH = 5

/** One socket, lent: `next` refills the same object. */
export class UnixRow {
  refCount = 0
  flags = 0
  type = 0
  state = 0
  inode = 0
  /** The table's bytes; the name is `b[nameAt] … b[nameEnd - 1]`, empty for an unnamed socket. */
  b: Uint8Array = new Uint8Array(0)
  nameAt = 0
  nameEnd = 0

  /** A copy to keep; its bytes are still those of the table. */
  clone(): UnixRow {
    return Object.assign(new UnixRow(), this)
  }
}

export const isUnixServer = (row: UnixRow): boolean => row.state === UnixState.UNCONNECTED && (row.flags & UnixFlag.ACCEPTCON) !== 0

export class UnixTable {
  readonly row = new UnixRow()
  /** Lines that no socket owns: rest of a name with a newline, or damage. */
  strayLines = 0
  /** Names with a newline in them. */
  splitNames = 0
  readonly #b: Uint8Array
  readonly #exact: ReadonlyMap<number, number> | undefined
  #at = 0
  #pointer = 0

  /**
   * @param b the whole file
   * @param exact bytes in the name of each inode, from a source that cannot be fooled; unknown inodes fall back on the form of lines
   */
  constructor(b: Uint8Array, exact?: ReadonlyMap<number, number>) {
    this.#b = b
    this.#exact = exact
    this.#at = lineEnd(b, 0) // the titles
    this.row.b = b
  }

  /** Goes to the next socket; false at the end. */
  next(): boolean {
    const b = this.#b
    const { row } = this
    for (; this.#at < b.length; this.strayLines++) {
      const begin = this.#at
      const end = lineEnd(b, begin)
      this.#at = end
      if (!this.#parse(begin, contentEnd(b, begin, end), row)) continue
      this.#takeName(end)
      return true
    }
    return false
  }

  /** The name goes on over every line that is no socket. */
  #takeName(firstEnd: number): void {
    const b = this.#b
    const { row } = this
    let end = firstEnd
    const length = this.#exact?.get(row.inode)
    if (length !== undefined && row.nameEnd > row.nameAt) {
      const exactEnd = row.nameAt + length
      if (exactEnd >= row.nameEnd && exactEnd <= b.length && (exactEnd === b.length || b[exactEnd] === NEWLINE)) {
        for (; end < exactEnd; end = lineEnd(b, end)) this.strayLines++
        row.nameEnd = exactEnd
      }
    } else if (row.nameEnd > row.nameAt) {
      while (end < b.length) {
        const next = lineEnd(b, end)
        if (this.#isRow(end, contentEnd(b, end, next))) break
        row.nameEnd = contentEnd(b, end, next)
        end = next
        this.strayLines++
      }
    }
    if (end > firstEnd) this.splitNames++
    this.#at = end
  }

  readonly #probe = new UnixRow()
  #isRow(at: number, end: number): boolean {
    return this.#parse(at, end, this.#probe)
  }

  #parse(at: number, end: number, row: UnixRow): boolean {
    const b = this.#b
    const begin = at
    while (at < end && HEX_VALUE[b[at]!]! < 16) at++
    // %pK is of one width in the whole table: 16 digits, 8 on a 32-bit kernel
    const pointer = at - begin
    if ((pointer !== 16 && pointer !== 8) || (this.#pointer !== 0 && pointer !== this.#pointer)) return false
    if (b[at] !== COLON) return false
    at++
    for (let column = 0; column < COLUMNS.length; column++) {
      if (b[at++] !== BLANK) return false
      let n = 0
      for (let digits = COLUMNS[column]!; digits > 0; digits--, at++) {
        const digit = at < end ? HEX_VALUE[b[at]!]! : 255
        if (digit > 15) return false
        n = n * 16 + digit
      }
      if (column === 0) row.refCount = n
      else if (column === 2) row.flags = n
      else if (column === 3) row.type = n
      else if (column === 4) row.state = n
    }
    if (b[at++] !== BLANK) return false
    const inodeAt = at
    while (at < end && b[at] === BLANK) at++
    const digitsAt = at
    let inode = 0
    for (let digit; at < end && (digit = b[at]! - 48) >= 0 && digit <= 9; at++) inode = inode * 10 + digit
    if (at === digitsAt || at - inodeAt < INODE_WIDTH || (digitsAt > inodeAt && at - inodeAt > INODE_WIDTH) || at - digitsAt > 20) return false
    if (at < end && b[at] !== BLANK) return false
    row.inode = inode
    row.nameAt = Math.min(at + 1, end)
    row.nameEnd = end
    this.#pointer = pointer
    return true
  }
}

/** One past the newline of the line at `at`. */
function lineEnd(b: Uint8Array, at: number): number {
  const newline = b.indexOf(NEWLINE, at)
  return newline < 0 ? b.length : newline + 1
}

const contentEnd = (b: Uint8Array, at: number, end: number): number => (end > at && b[end - 1] === NEWLINE ? end - 1 : end)
