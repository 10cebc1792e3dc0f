/** Arguments and results of system calls in words, as strace has them: flags by name, bytes as text, control messages by what they carry. */
import { escapeBytes } from '../escape.js'
import { addressText } from '../format/socket-address.js'
import { Level, Msg, SCM_CREDENTIALS, SCM_RIGHTS } from '../socket/constants.js'
import type { SocketAddress } from '../socket/sockaddr.js'
import type { ControlMessage, ReceivedMessage } from '../socket/syscalls.js'

/** Bytes of a message that are shown, and things of a list. */
const SHOWN = 32
const LISTED = 8

export const flagText = (flags: unknown): string => bits(Msg, (flags as number | undefined) ?? 0, 'MSG_')

/** `POLLIN | POLLOUT`; `0` for none. */
export function bits(table: Readonly<Record<string, number>>, value: number, prefix: string): string {
  const known = Object.entries(table).filter(([, bit]) => (value & bit) !== 0)
  const rest = known.reduce((left, [, bit]) => left & ~bit, value)
  const words = [...known.map(([name]) => prefix + name), ...(rest === 0 ? [] : [`0x${(rest >>> 0).toString(16)}`])]
  return words.length === 0 ? '0' : words.join(' | ')
}

export const keyOf = (table: Readonly<Record<string, number>>, value: number): string => Object.entries(table).find(([, number]) => number === value)?.[0] ?? String(value)

export function wordOf(value: unknown): string {
  if (value instanceof Uint8Array) return bytesText(value)
  if (value === undefined || value === null) return 'NULL'
  if (Array.isArray(value)) return listText(value.map(wordOf))
  if (typeof value === 'object') {
    if ('family' in value && typeof value.family === 'string') return addressText(value as SocketAddress)
    return `{${Object.entries(value).map(([key, part]) => `${key} ${wordOf(part)}`).join(', ')}}`
  }
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint' || typeof value === 'string' ? String(value) : '?'
}

/** `"hello"`, or `hex 00ff… (1000 bytes)`. */
export function bytesText(b: Uint8Array): string {
  const shown = b.subarray(0, SHOWN)
  const more = b.length > SHOWN ? `… (${b.length} bytes)` : ''
  return shown.every((byte) => byte >= 32 && byte < 127) ? `"${escapeBytes(shown)}"${more}` : `hex ${Buffer.from(shown).toString('hex')}${more}`
}

const listText = (words: readonly string[]): string => `[${words.slice(0, LISTED).join(', ')}${words.length > LISTED ? `, … (${words.length})` : ''}]`

/** `SCM_RIGHTS [21, 27]`, `SCM_CREDENTIALS {pid 1, uid 0, gid 0}`. */
export function controlText({ level, type, data }: ControlMessage): string {
  const b = Buffer.from(data.buffer, data.byteOffset, data.byteLength)
  const int = (at: number): number => b.readInt32LE(at)
  if (level === Level.SOCKET && type === SCM_RIGHTS) return `SCM_RIGHTS ${listText(Array.from({ length: b.length >> 2 }, (_, i) => String(int(4 * i))))}`
  if (level === Level.SOCKET && type === SCM_CREDENTIALS && b.length === 12) return `SCM_CREDENTIALS {pid ${int(0)}, uid ${int(4) >>> 0}, gid ${int(8) >>> 0}}`
  return `level ${level} type ${type} ${bytesText(data)}`
}

/** What recvmsg() gave: its bytes, buffer by buffer, control messages, flags that are set and the sender. */
export function messageText({ length, flags, control, from }: ReceivedMessage, buffers: readonly Uint8Array[]): string {
  let left = length
  const pieces = buffers.map((buffer) => {
    const piece = buffer.subarray(0, Math.max(left, 0))
    left -= buffer.length
    return piece
  }).filter((piece) => piece.length > 0)
  return [
    [String(length), ...(pieces.length === 0 ? [] : [pieces.length === 1 ? bytesText(pieces[0]!) : wordOf(pieces)])].join(' '),
    ...control.map(controlText), ...(flags === 0 ? [] : [flagText(flags)]), ...(from === undefined ? [] : [addressText(from)]),
  ].join(', ')
}
