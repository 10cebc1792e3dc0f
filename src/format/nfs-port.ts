/** Which messages are NFS: apart from their printer, which is loaded for them only. */
import type { Printer } from './printer.js'

export const NFS_PORT = 2049
/** Direction of an RPC message, and where it stands — RFC 5531 §9. */
const CALL = 0
const REPLY = 1
const DIRECTION_AT = 4

export const isCallAt = (p: Printer, at: number): boolean => p.u32(at + DIRECTION_AT) === CALL

/** The RPC message at `at` is a call to the port of NFS, or a reply from it. */
export function isNfs(p: Printer, at: number, sport: number, dport: number): boolean {
  if (!p.has(at + DIRECTION_AT, 4)) return false
  const direction = p.u32(at + DIRECTION_AT)
  return (dport === NFS_PORT && direction === CALL) || (sport === NFS_PORT && direction === REPLY)
}
