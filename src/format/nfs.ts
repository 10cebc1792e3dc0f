/** NFS versions 2 and 3 as tcpdump prints them — RFC 1094, RFC 1813, over RPC (RFC 5531): requests, and which is what. */
import { isCallAt, isNfs, NFS_PORT } from './nfs-port.js'
import { callFor, rememberCall } from './nfs-calls.js'
import { printHandle } from './nfs-handle.js'
import { CUT, fileType, isDevice, procedureName, stability, VERSION_3, Xdr } from './nfs-names.js'
import { printResult } from './nfs-reply.js'
import type { Printer } from './printer.js'

/** Of an RPC message: where its parts stand. */
const At = { VERSION: 16, PROCEDURE: 20, CREDENTIALS: 24, REPLY_STATUS: 8, REJECT_STATUS: 12, REJECT_REASON: 16 } as const

/** `NFS request xid 5 …` or `NFS reply xid 5 …`; false when the message at `at` is neither. */
export function printNfs(p: Printer, at: number, length: number, sport: number, dport: number, ip: number, lead = ''): boolean {
  if (!isNfs(p, at, sport, dport)) return false
  const isCall = dport === NFS_PORT && isCallAt(p, at)
  p.out.text(lead).text(isCall ? 'NFS request xid ' : 'NFS reply xid ').dec(p.u32(at)).byte(32)
  if (isCall) printRequest(p, at, length, ip)
  else printReply(p, at, length, ip)
  return true
}

/** Marker before each message on TCP: its length, and a bit that says it is the last — RFC 5531 §11. */
const MARKER = 4

/** What a segment to or from the port of NFS begins with. */
export function printNfsTcp(p: Printer, at: number, length: number, sport: number, dport: number, ip: number): void {
  if (length < MARKER || !p.has(at, MARKER)) return
  printNfs(p, at + MARKER, Math.min(p.u32(at) & 0x7fffffff, length - MARKER), sport, dport, ip, ': ')
}

const AUTH_FAULTS = [
  'OK', 'Bogus Credentials (seal broken)', 'Rejected Credentials (client should begin new session)', 'Bogus Verifier (seal broken)',
  'Verifier expired or was replayed', 'Credentials are too weak', 'Bogus response verifier', 'Unknown failure',
]

/** A reply of RPC, and what it holds when the call was seen. */
export function printReply(p: Printer, at: number, length: number, ip: number): void {
  const { out } = p
  p.protocol = 'nfs'
  if (!p.has(at + At.REPLY_STATUS, 4)) return p.truncated()
  const status = p.u32(at + At.REPLY_STATUS)
  if (status === 0) {
    out.text('reply ok ').dec(length)
    const call = callFor(p, at, ip)
    if (call !== undefined) printResult(p, at, length, procedureName(call.procedure, call.version === VERSION_3), call.version === VERSION_3)
    return
  }
  if (status !== 1) {
    out.text('reply Unknown rpc response code=').dec(status).byte(32).dec(length)
    return
  }
  out.text('reply ERR ').dec(length).text(': ')
  if (!p.has(at + At.REJECT_STATUS, 4)) return p.truncated()
  const reject = p.u32(at + At.REJECT_STATUS)
  if (reject === 0) {
    if (!p.has(at + At.REJECT_REASON, 8)) return p.truncated()
    out.text('RPC Version mismatch (').dec(p.u32(at + At.REJECT_REASON)).byte(45).dec(p.u32(at + At.REJECT_REASON + 4)).byte(41)
  } else if (reject === 1) {
    if (!p.has(at + At.REJECT_REASON, 4)) return p.truncated()
    const why = p.u32(at + At.REJECT_REASON)
    out.text('Auth ').text(AUTH_FAULTS[why] ?? `Invalid failure code ${why}`)
  } else out.text('Unknown reason for rejecting rpc message ').dec(reject)
}

function printRequest(p: Printer, at: number, length: number, ip: number): void {
  p.protocol = 'nfs'
  p.out.dec(length)
  if (!p.has(at + At.PROCEDURE, 4)) return p.truncated()
  const number = p.u32(at + At.PROCEDURE)
  const version = p.u32(at + At.VERSION)
  rememberCall(p, at, ip, number, version)
  const procedure = procedureName(number, version === VERSION_3)
  p.out.byte(32).text(procedure)
  try {
    if (HAS_ARGUMENTS.has(procedure)) printArguments(procedure, argumentsOf(p, at, length), version === VERSION_3)
  } catch (thrown) {
    if (thrown !== CUT) throw thrown
    p.truncated()
  }
}

/** Where the arguments begin: behind credentials and verifier. */
function argumentsOf(p: Printer, at: number, length: number): Xdr {
  const credentials = skipOpaque(p, at + At.CREDENTIALS, length)
  if (credentials.size > length) throw CUT
  const verifier = skipOpaque(p, credentials.end, length - credentials.size)
  if (verifier.size >= length - credentials.size) throw CUT
  return new Xdr(p, verifier.end)
}

/** Flavor, length and as many bytes, padded; `size` counts them as tcpdump does, in 32 bits. */
function skipOpaque(p: Printer, at: number, left: number): { readonly size: number; readonly end: number } {
  if (left < 8) throw CUT
  const length = p.u32(at + 4)
  const padded = ((length + 3) & ~3) >>> 0
  if (!p.has(at + 8, padded)) throw CUT
  return { size: 8 + padded, end: at + Math.floor((length + 11) / 4) * 4 }
}

const HAS_ARGUMENTS: ReadonlySet<string> = new Set([
  'getattr', 'setattr', 'readlink', 'fsstat', 'fsinfo', 'pathconf', 'lookup', 'create', 'mkdir', 'remove', 'rmdir', 'access', 'read', 'write', 'symlink',
  'mknod', 'rename', 'link', 'readdir', 'readdirplus', 'commit',
])

/** All begin with the handle of a file or directory. */
function printArguments(procedure: string, xdr: Xdr, isVersion3: boolean): void {
  printHandle(xdr, isVersion3)
  switch (procedure) {
    case 'lookup':
    case 'create':
    case 'mkdir':
    case 'remove':
    case 'rmdir':
      return printName(xdr)
    case 'access':
      return printAccess(xdr)
    case 'read':
      return printRead(xdr, isVersion3)
    case 'write':
      return printWrite(xdr, isVersion3)
    case 'symlink':
      return printSymlink(xdr, isVersion3)
    case 'mknod':
      return printMknod(xdr)
    case 'rename':
      printName(xdr)
      xdr.p.out.text(' ->')
      printHandle(xdr, isVersion3)
      return printName(xdr)
    case 'link':
      xdr.p.out.text(' ->')
      printHandle(xdr, isVersion3)
      return printName(xdr)
    case 'readdir':
      return isVersion3 ? printReaddir3(xdr, false) : printReaddir2(xdr)
    case 'readdirplus':
      return printReaddir3(xdr, true)
    case 'commit': {
      const offset = xdr.u64()
      const count = xdr.u32()
      xdr.p.out.byte(32).dec(count).text(' bytes @ ').big(offset)
      return
    }
    default:
  }
}

function printName(xdr: Xdr): void {
  xdr.p.out.byte(32)
  xdr.name()
}

const ACCESS = ['READ', 'LOOKUP', 'MODIFY', 'EXTEND', 'DELETE', 'EXECUTE']
const ACCESS_FULL = 0x3f

function printAccess(xdr: Xdr): void {
  const { out } = xdr.p
  const flags = xdr.u32()
  if (flags > ACCESS_FULL) out.byte(32).hex(flags, 4)
  else if (flags === ACCESS_FULL) out.text(' NFS_ACCESS_FULL')
  else if (flags !== 0) out.byte(32).text(ACCESS.filter((_name, bit) => (flags >> bit) & 1).map((name) => `NFS_ACCESS_${name}`).join('|'))
}

function printRead(xdr: Xdr, isVersion3: boolean): void {
  const offset = isVersion3 ? xdr.u64() : xdr.u32()
  const count = xdr.u32()
  xdr.p.out.byte(32).dec(count).text(' bytes @ ').big(offset)
}

function printWrite(xdr: Xdr, isVersion3: boolean): void {
  const { out, options } = xdr.p
  if (isVersion3) {
    const offset = xdr.u64()
    const count = xdr.u32()
    const stable = xdr.u32()
    out.text(` ${xdr.u32()} (${count}) bytes @ ${offset}`)
    if (options.verbose > 0) out.text(' <').text(stability(stable)).byte(62)
    return
  }
  const begin = xdr.u32()
  const offset = xdr.u32()
  const total = xdr.u32()
  out.text(` ${xdr.u32()} (${total}) bytes @ ${offset} (${begin})`)
}

function printSymlink(xdr: Xdr, isVersion3: boolean): void {
  const { out, options } = xdr.p
  printName(xdr)
  out.text(' ->')
  const attributes = isVersion3 ? readNewAttributes(xdr) : undefined
  xdr.name()
  if (attributes !== undefined && options.verbose > 0) writeNewAttributes(xdr, attributes)
}

function printMknod(xdr: Xdr): void {
  const { out, options } = xdr.p
  printName(xdr)
  const type = xdr.u32()
  const attributes = readNewAttributes(xdr)
  out.byte(32).text(fileType(type) ?? `unk-ft ${type}`)
  if (options.verbose === 0) return
  if (isDevice(type)) {
    const major = xdr.u32()
    out.text(` ${major}/${xdr.u32()}`)
  }
  writeNewAttributes(xdr, attributes)
}

function printReaddir2(xdr: Xdr): void {
  const cookie = xdr.u32()
  xdr.p.out.text(` ${xdr.u32()} bytes @ ${cookie}`)
}

/** READDIRPLUS has how much it may return besides. */
function printReaddir3(xdr: Xdr, isPlus: boolean): void {
  const { out, options } = xdr.p
  const cookie = BigInt.asIntN(64, xdr.u64())
  const verifierAt = xdr.at
  xdr.at += 8
  out.text(` ${xdr.u32()} bytes @ ${cookie}`)
  if (options.verbose === 0) return
  const most = isPlus ? ` max ${xdr.u32()}` : ''
  xdr.at = verifierAt
  out.text(`${most} verf ${xdr.verifier()}`)
}

/** Attributes that a new file is to have; those that are undefined are left to the server. */
interface NewAttributes {
  readonly mode: number | undefined
  readonly uid: number | undefined
  readonly gid: number | undefined
  readonly accessed: string | undefined
  readonly modified: string | undefined
}
/** The client gives the time. */
const CLIENT_TIME = 2

function readNewAttributes(xdr: Xdr): NewAttributes {
  const optional = (): number | undefined => (xdr.u32() === 0 ? undefined : xdr.u32())
  const mode = optional()
  const uid = optional()
  const gid = optional()
  if (xdr.u32() !== 0) xdr.u32() // size: tcpdump reads one word of it
  const time = (): string | undefined => (xdr.u32() === CLIENT_TIME ? xdr.time() : undefined)
  return { mode, uid, gid, accessed: time(), modified: time() }
}

function writeNewAttributes(xdr: Xdr, { mode, uid, gid, accessed, modified }: NewAttributes): void {
  const { out, options } = xdr.p
  if (mode !== undefined) out.text(` mode ${mode.toString(8)}`)
  if (uid !== undefined) out.text(` uid ${uid}`)
  if (gid !== undefined) out.text(` gid ${gid}`)
  if (options.verbose < 2) return
  if (accessed !== undefined) out.text(' atime').text(accessed)
  if (modified !== undefined) out.text(' mtime').text(modified)
}
