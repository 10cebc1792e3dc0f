/** Results of NFS versions 2 and 3 as tcpdump prints them — RFC 1094 §2.2, RFC 1813 §3.3. */
import { printHandle } from './nfs-handle.js'
import { CUT, fileType, statusName, stability, Xdr } from './nfs-names.js'
import type { Printer } from './printer.js'

/** Of an RPC reply: where its verifier stands. */
const VERIFIER_AT = 12
const FAULTS = [undefined, 'PROG_UNAVAIL', 'PROG_MISMATCH', 'PROC_UNAVAIL', 'GARBAGE_ARGS', 'SYSTEM_ERR']
/** Bytes of file attributes, and of what version 3 tells of a file before a change. */
const ATTRIBUTES_2 = 68
const ATTRIBUTES_3 = 84
const BEFORE = 24

/** A reply while it is read. */
class Result extends Xdr {
  readonly isVersion3: boolean
  /** An error has been printed: what is missing behind it is not complained of. */
  failed = false

  constructor(p: Printer, at: number, isVersion3: boolean) {
    super(p, at)
    this.isVersion3 = isVersion3
  }

  get verbose(): number {
    return this.p.options.verbose
  }

  /** Status of NFS; 0 is success. */
  status(): number {
    const { p } = this
    const status = this.u32()
    if (status !== 0) {
      if (p.options.quiet === 0) p.out.text(' ERROR: ').text(statusName(status))
      this.failed = true
    }
    return status
  }

  require(bytes: number): void {
    if (!this.p.has(this.at, bytes)) throw CUT
  }
}

/** ` getattr REG 644 ids 0/0 …`: `procedure` is what was asked. */
export function printResult(p: Printer, at: number, length: number, procedure: string, isVersion3: boolean): void {
  p.out.byte(32).text(procedure)
  const print = isVersion3 || ALWAYS_3.has(procedure) ? RESULTS_3[procedure] : RESULTS_2[procedure]
  if (print === undefined) return
  const result = new Result(p, at + VERIFIER_AT, isVersion3)
  try {
    skipHeader(result, length)
    print(result)
  } catch (thrown) {
    if (thrown !== CUT) throw thrown
    if (!result.failed) p.truncated()
  }
}

/** The verifier, and whether the call was carried out — RFC 5531 §9. */
function skipHeader(result: Result, length: number): void {
  const { p } = result
  result.at += 4
  const size = result.u32()
  if (size >= length) throw CUT
  result.at += Math.floor((size + 3) / 4) * 4
  const status = result.u32()
  if (status === 0) return
  p.out.byte(32).text(FAULTS[status] ?? `ar_stat ${status}`)
  result.failed = true
  throw CUT
}

/** Procedures that version 2 does not have; a number of version 2 never stands for them. */
const ALWAYS_3: ReadonlySet<string> = new Set(['access', 'mknod', 'readdirplus', 'fsinfo', 'pathconf', 'commit'])

const RESULTS_2: Readonly<Record<string, ((r: Result) => void) | undefined>> = {
  getattr: (r) => printAttributeStatus(r, r.p.options.quiet > 0 ? 0 : 1),
  setattr: (r) => printAttributeStatus(r, r.p.options.quiet > 0 ? 0 : 1),
  lookup: printHandleResult2,
  readlink: printReadlink,
  read: (r) => printAttributeStatus(r, r.verbose),
  write: (r) => printAttributeStatus(r, r.verbose),
  create: printHandleResult2,
  mkdir: printHandleResult2,
  symlink: printStatus,
  remove: printStatus,
  rmdir: printStatus,
  rename: printStatus,
  link: printStatus,
  readdir: printReaddir2,
  fsstat: printFilesystem,
}

const RESULTS_3: Readonly<Record<string, ((r: Result) => void) | undefined>> = {
  getattr: (r) => printAttributeStatus(r, r.p.options.quiet > 0 ? 0 : 1),
  setattr: printChange,
  lookup: printLookup3,
  access: printAccess,
  readlink: printReadlink,
  read: printRead3,
  write: printWrite3,
  create: printCreate3,
  mkdir: printCreate3,
  symlink: printCreate3,
  mknod: printCreate3,
  remove: printChange,
  rmdir: printChange,
  rename: printRename3,
  link: printLink3,
  readdir: printReaddir3,
  readdirplus: printReaddir3,
  fsstat: printFilesystem,
  fsinfo: printFilesystemInfo,
  pathconf: printPathconf,
  commit: printCommit,
}

function printStatus(r: Result): void {
  r.status()
}

function printAttributeStatus(r: Result, verbose: number): void {
  if (r.status() === 0) printAttributes(r, verbose, r.isVersion3)
}

/** File attributes: the more, the higher `verbose`. */
function printAttributes(r: Result, verbose: number, isVersion3: boolean): void {
  const { out } = r.p
  const { at } = r
  const next = at + (isVersion3 ? ATTRIBUTES_3 : ATTRIBUTES_2)
  r.require(20)
  if (verbose > 0) {
    const type = r.u32()
    const mode = r.u32()
    const links = r.u32()
    const uid = r.u32() | 0
    out.text(` ${fileType(type) ?? `unk-ft ${type} `} ${mode.toString(8)} ids ${uid}/${r.u32() | 0}`)
    out.text(` sz ${isVersion3 ? r.u64() : r.u32()}`)
    if (verbose > 1) {
      r.at = next - 8
      r.require(8)
      r.at = at + 24
      if (isVersion3) printMore3(r, links)
      else printMore2(r, links)
    }
  }
  r.at = next
}

function printMore3(r: Result, links: number): void {
  r.at += 12 // the size's lower half, and the space used
  const major = r.u32()
  const minor = r.u32()
  r.p.out.text(` nlink ${links} rdev ${major}/${minor} fsid ${r.u64().toString(16)} fileid ${r.u64().toString(16)} a/m/ctime${r.time()}${r.time()}${r.time()}`)
}

function printMore2(r: Result, links: number): void {
  r.at += 4 // block size
  const device = r.u32()
  r.at += 4 // blocks
  const filesystem = r.u32()
  const hex = (n: number): string => `0x${n.toString(16)}`
  r.p.out.text(` nlink ${links} rdev ${hex(device)} fsid ${hex(filesystem)} nodeid ${hex(r.u32())} a/m/ctime${r.time()}${r.time()}${r.time()}`)
}

/** Attributes that may be left out, of version 3. */
function printOptionalAttributes(r: Result, verbose: number): void {
  if (r.u32() === 0) return
  if (verbose > 0) printAttributes(r, verbose, true)
  else r.at += ATTRIBUTES_3
}

/** What an object was before a change and is behind it. */
function printBeforeAndAfter(r: Result, verbose: number): void {
  const { out } = r.p
  if (verbose > 1) out.text(' PRE:')
  if (r.u32() !== 0) {
    r.require(BEFORE)
    if (verbose > 1) {
      const size = r.u64()
      out.text(` sz ${size} mtime${r.time()} ctime${r.time()}`)
    } else r.at += BEFORE
  }
  if (verbose > 0) out.text(' POST:')
  printOptionalAttributes(r, verbose)
}

function printChange(r: Result): void {
  r.status()
  printBeforeAndAfter(r, r.verbose)
}

function printHandleResult2(r: Result): void {
  if (r.status() !== 0) return
  printHandle(r, false)
  printAttributes(r, r.verbose, false)
}

function printLookup3(r: Result): void {
  if (r.status() === 0) {
    printHandle(r, true)
    printOptionalAttributes(r, r.verbose)
  }
  if (r.verbose < 2) return
  r.p.out.text(' post dattr:')
  printOptionalAttributes(r, r.verbose)
}

function printAccess(r: Result): void {
  const { out } = r.p
  const status = r.status()
  if (r.verbose > 0) out.text(' attr:')
  printOptionalAttributes(r, r.verbose)
  if (status !== 0) return
  const access = r.u32()
  out.text(' c ').hex(access, 4)
}

function printReadlink(r: Result): void {
  if (r.status() !== 0) return
  if (r.isVersion3) printOptionalAttributes(r, r.verbose)
  r.p.out.byte(32)
  r.name()
}

function printRead3(r: Result): void {
  const { out } = r.p
  const status = r.status()
  printOptionalAttributes(r, r.verbose)
  if (status !== 0 || r.verbose === 0) return
  const count = r.u32()
  out.text(` ${count} bytes`)
  if (r.u32() !== 0) out.text(' EOF')
}

function printWrite3(r: Result): void {
  const { out } = r.p
  const status = r.status()
  printBeforeAndAfter(r, r.verbose)
  if (status !== 0 || r.verbose === 0) return
  const count = r.u32()
  out.text(` ${count} bytes`)
  if (r.verbose < 2) return
  const stable = r.u32()
  out.text(` <${stability(stable)}>`)
  const verifier = r.u64()
  out.text(` verf ${verifier.toString(16)}`)
}

function printCreate3(r: Result): void {
  if (r.status() !== 0) return printBeforeAndAfter(r, r.verbose)
  if (r.u32() === 0) return
  printHandle(r, true)
  if (r.verbose === 0) return
  printOptionalAttributes(r, r.verbose)
  if (r.verbose < 2) return
  r.p.out.text(' dir attr:')
  printBeforeAndAfter(r, r.verbose)
}

function printRename3(r: Result): void {
  const { out } = r.p
  r.status()
  if (r.verbose === 0) return
  out.text(' from:')
  printBeforeAndAfter(r, r.verbose)
  out.text(' to:')
  printBeforeAndAfter(r, r.verbose)
}

function printLink3(r: Result): void {
  const { out } = r.p
  r.status()
  if (r.verbose === 0) return
  out.text(' file POST:')
  printOptionalAttributes(r, r.verbose)
  out.text(' dir:')
  printBeforeAndAfter(r, r.verbose)
}

function printReaddir2(r: Result): void {
  const { out, options } = r.p
  if (r.status() !== 0 || options.quiet > 0) return
  const offset = r.u32()
  const size = r.u32()
  out.text(` offset 0x${offset.toString(16)} size ${size} `)
  if (r.u32() !== 0) out.text(' eof')
}

function printReaddir3(r: Result): void {
  const status = r.status()
  writePost(r)
  if (status === 0 && r.verbose > 0) r.p.out.text(` verf ${r.verifier()}`)
}

/** ` POST:` and the attributes of the object behind a request. */
function writePost(r: Result): void {
  if (r.verbose > 0) r.p.out.text(' POST:')
  printOptionalAttributes(r, r.verbose)
}

function printFilesystem(r: Result): void {
  const { out, options } = r.p
  const status = r.status()
  if ((!r.isVersion3 && status !== 0) || options.quiet > 0) return
  if (!r.isVersion3) {
    r.require(20)
    out.text(` tsize ${r.u32()} bsize ${r.u32()} blocks ${r.u32()} bfree ${r.u32()} bavail ${r.u32()}`)
    return
  }
  writePost(r)
  r.require(52)
  out.text(` tbytes ${r.u64()} fbytes ${r.u64()} abytes ${r.u64()}`)
  if (r.verbose > 0) out.text(` tfiles ${r.u64()} ffiles ${r.u64()} afiles ${r.u64()} invar ${r.u32()}`)
}

function printFilesystemInfo(r: Result): void {
  const { out } = r.p
  const status = r.status()
  writePost(r)
  if (status !== 0) return
  r.require(48)
  const [readMax, readPreferred, readMultiple, writeMax, writePreferred, writeMultiple, directory] = Array.from({ length: 7 }, () => r.u32())
  out.text(` rtmax ${readMax!} rtpref ${readPreferred!} wtmax ${writeMax!} wtpref ${writePreferred!} dtpref ${directory!}`)
  if (r.verbose > 0) out.text(` rtmult ${readMultiple!} wtmult ${writeMultiple!} maxfsz ${r.u64()} delta${r.time()} `)
}

function printPathconf(r: Result): void {
  const status = r.status()
  writePost(r)
  if (status !== 0) return
  r.require(24)
  const yes = (name: string): string => (r.u32() === 0 ? '' : name)
  r.p.out.text(` linkmax ${r.u32()} namemax ${r.u32()} ${yes('notrunc')} ${yes('chownres')} ${yes('igncase')} ${yes('keepcase')}`)
}

function printCommit(r: Result): void {
  printChange(r)
  if (r.verbose < 2) return
  const verifier = r.u64()
  r.p.out.text(` verf ${verifier.toString(16)}`)
}
