/** The line that opens an SSH connection — RFC 4253 §4.2 — as tcpdump prints it. What follows is binary, and unprinted. */
import { type Printer } from './printer.js'

const PREFIX = [83, 83, 72, 45] // SSH-

export function printSsh(p: Printer, at: number, length: number): void {
  const { b } = p
  p.protocol = 'ssh'
  for (let i = 0; i < 4; i++) if (i >= length ? p.u8(p.end) : p.u8(at + i) !== PREFIX[i]) return
  const end = at + length
  for (let to = at; to < end; to++) {
    const c = p.u8(to)
    if (c === 10 || (c === 13 && to + 1 < end && p.u8(to + 1) === 10)) {
      p.out.text(': SSH: ').raw(b, at, to)
      return
    }
    if (c < 32 || c >= 127) return
  }
}
