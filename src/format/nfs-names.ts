/** Words of NFS versions 2 and 3 — RFC 1094, RFC 1813 — and a cursor over its XDR (RFC 4506) that their printers share. */
import type { Printer } from './printer.js'
import { tableOf, word, writeVisible } from './tables.js'

/** Thrown, always this one object, where the rest of a message is missing: ` [|nfs]` behind what was printed. */
export const CUT: { readonly cut: true } = { cut: true }

export const VERSION_3 = 3
/** By version 3's number; version 2 has others. */
const PROCEDURES = [
  'null', 'getattr', 'setattr', 'lookup', 'access', 'readlink', 'read', 'write', 'create', 'mkdir', 'symlink', 'mknod', 'remove', 'rmdir', 'rename',
  'link', 'readdir', 'readdirplus', 'fsstat', 'fsinfo', 'pathconf', 'commit', undefined, undefined, undefined, 'nop',
]
const PROCEDURES_2 = [
  'null', 'getattr', 'setattr', 'nop', 'lookup', 'readlink', 'read', 'nop', 'write', 'create', 'remove', 'rename', 'link', 'symlink', 'mkdir', 'rmdir',
  'readdir', 'fsstat', 'nop', 'nop', 'nop', 'nop', 'nop', 'nop', 'nop', 'nop',
]
export function procedureName(procedure: number, isVersion3: boolean): string {
  return (isVersion3 ? undefined : PROCEDURES_2[procedure]) ?? PROCEDURES[procedure] ?? `proc-${procedure}`
}

const STATUS = tableOf({
  1: 'Operation not permitted', 2: 'No such file or directory', 5: 'Input/output error', 6: 'Device not configured', 11: 'Resource deadlock avoided',
  12: 'Cannot allocate memory', 13: 'Permission denied', 17: 'File exists', 18: 'Cross-device link', 19: 'Operation not supported by device',
  20: 'Not a directory', 21: 'Is a directory', 22: 'Invalid argument', 26: 'Text file busy', 27: 'File too large', 28: 'No space left on device',
  30: 'Read-only file system', 31: 'Too many links', 45: 'Operation not supported', 62: 'Too many levels of symbolic links', 63: 'File name too long',
  66: 'Directory not empty', 69: 'Disc quota exceeded', 70: 'Stale NFS file handle', 71: 'Too many levels of remote in path',
  99: 'Write cache flushed to disk', 10001: 'Illegal NFS file handle', 10002: 'Update synchronization mismatch',
  10003: 'READDIR/READDIRPLUS cookie is stale', 10004: 'Operation not supported', 10005: 'Buffer or request is too small',
  10006: 'Unspecified error on server', 10007: 'Object of that type not supported', 10008: 'Request couldn\'t be completed in time',
})
export const statusName = (status: number): string => word(STATUS, status, 'unk %')

const FILE_TYPES = ['NON', 'REG', 'DIR', 'BLK', 'CHR', 'LNK', undefined, 'FIFO']
export const fileType = (type: number): string | undefined => FILE_TYPES[type]
export const isDevice = (type: number): boolean => FILE_TYPES[type] === 'BLK' || FILE_TYPES[type] === 'CHR'

/** How a write is to be kept. */
export const stability = (n: number): string => ['unstable', 'datasync', 'filesync'][n] ?? `#${n | 0}`

/** Fields one behind the other, each of a multiple of four bytes. */
export class Xdr {
  readonly p: Printer
  at: number

  constructor(p: Printer, at: number) {
    this.p = p
    this.at = at
  }

  u32(): number {
    const n = this.p.u32(this.at)
    this.at += 4
    return n
  }

  u64(): bigint {
    const n = this.p.u64(this.at)
    this.at += 8
    return n
  }

  /** ` 12.000345`: seconds and a smaller unit, in six digits at least. */
  time(): string {
    const seconds = this.u32()
    return ` ${seconds}.${String(this.u32()).padStart(6, '0')}`
  }

  /** Two words as 16 digits. */
  verifier(): string {
    const high = this.u32().toString(16).padStart(8, '0')
    return high + this.u32().toString(16).padStart(8, '0')
  }

  /** A file's or link's name in quotes. */
  name(): void {
    const { p } = this
    const length = this.u32()
    if (length > 0xffffffff - 3) {
      p.out.text('[cannot pad to 32-bit boundaries]')
      p.invalid()
      throw CUT
    }
    const padded = Math.ceil(length / 4) * 4
    if (!p.has(this.at, padded)) throw CUT
    p.out.byte(34)
    writeVisible(p.out, p.b, this.at, this.at + length)
    p.out.byte(34)
    this.at += padded
  }
}
