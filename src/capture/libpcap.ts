/**
 * libpcap through koffi. With libpcap-live.ts and socket/libc.ts the only place that touches pointers; every length that comes back is checked.
 * Source: pcap(3PCAP) and the man pages it names; <pcap/pcap.h>, <pcap/bpf.h>.
 */
import { UserError } from '../errors.js'
import type { Instruction } from './bpf.js'

/** A C pointer; 0n or null is NULL. */
export type Pointer = bigint | null

export interface Native {
  (...args: readonly unknown[]): unknown
  async(...args: readonly unknown[]): void
}

/** The part of koffi that is used here and in libpcap-live.ts. */
export interface Koffi {
  load(path: string | null): { func(definition: string): Native; symbol(name: string): Pointer }
  view(ref: Pointer, length: number): ArrayBuffer
  decode(ref: Pointer, type: 'str'): string | null
  address(value: Uint8Array): bigint
  errno(): number
}

/** libpcap by the names it has on Debian and elsewhere. */
const NAMES = ['libpcap.so.0.8', 'libpcap.so.1', 'libpcap.so']
/** PCAP_ERRBUF_SIZE */
export const ERROR_BUFFER = 256
/** netmask when none is known — PCAP_NETMASK_UNKNOWN */
export const NETMASK_UNKNOWN = 0xffffffff
const PROGRAM_SIZE = 16
const INSTRUCTION_SIZE = 8

const PROTOTYPES = {
  fmemopen: 'void *fmemopen(void *buffer, size_t size, str mode)',
  pcap_lib_version: 'str pcap_lib_version()',
  pcap_fopen_offline: 'void *pcap_fopen_offline(void *file, void *errbuf)',
  pcap_open_dead: 'void *pcap_open_dead(int linktype, int snaplen)',
  pcap_compile: 'int pcap_compile(void *handle, void *program, str expression, int optimize, uint32_t netmask)',
  pcap_freecode: 'void pcap_freecode(void *program)',
  pcap_geterr: 'str pcap_geterr(void *handle)',
  pcap_close: 'void pcap_close(void *handle)',
  bpf_image: 'str bpf_image(void *instruction, int n)',
  pcap_datalink_name_to_val: 'int pcap_datalink_name_to_val(str name)',
} as const

type Functions = Readonly<Record<keyof typeof PROTOTYPES, Native>>

/** A handle is closed whatever happens: every use of one goes through `withOffline` or a live capture's own close. */
export class Libpcap {
  readonly #koffi: Koffi
  readonly #c: Functions

  constructor(koffi: Koffi) {
    this.#koffi = koffi
    const libc = koffi.load(null)
    const pcap = firstLibrary(koffi)
    this.#c = Object.fromEntries(
      Object.entries(PROTOTYPES).map(([name, prototype]) => [name, (name === 'fmemopen' ? libc : pcap).func(prototype)]),
    ) as Record<keyof typeof PROTOTYPES, Native>
  }

  /** `libpcap version 1.10.3 (with TPACKET_V3)` */
  version(): string {
    return String(this.#c.pcap_lib_version())
  }

  /**
   * Compiles a filter for a capture of this LINKTYPE_ number, as for a file of that type.
   * @param optimize run libpcap's optimiser (not -O)
   * @throws UserError with libpcap's reason
   */
  compile(linkType: number, snapLength: number, expression: string, optimize: boolean): Instruction[] {
    return this.#withOffline(linkType, snapLength, (handle) => this.#compile(handle, expression, optimize, 0))
  }

  /** Compiles for a link type by its name (`EN10MB`), for -d without a file. @throws UserError */
  compileForName(linkType: string, expression: string, optimize: boolean): Instruction[] {
    const number = Number(this.#c.pcap_datalink_name_to_val(linkType))
    if (number < 0) throw new UserError(`-y ${linkType}: invalid data link type (see pcap-linktype(7))`)
    const handle = this.#c.pcap_open_dead(number, 262144) as Pointer
    if (handle === null) throw new UserError('libpcap: out of memory')
    try {
      return this.#compile(handle, expression, optimize, NETMASK_UNKNOWN)
    } finally {
      this.#c.pcap_close(handle)
    }
  }

  /** The program as `-d` prints it, a line an instruction. */
  image(program: readonly Instruction[]): string[] {
    return program.map((instruction, n) => String(this.#c.bpf_image(encode(instruction), n)))
  }

  /** A file of nothing but its header gives the handle: so libpcap itself turns a LINKTYPE_ number into its own DLT_. */
  #withOffline<T>(linkType: number, snapLength: number, use: (handle: Pointer) => T): T {
    const header = Buffer.alloc(24)
    header.writeUInt32LE(0xa1b2c3d4, 0)
    header.writeUInt16LE(2, 4)
    header.writeUInt16LE(4, 6)
    header.writeUInt32LE(snapLength, 16)
    header.writeUInt32LE(linkType, 20)
    const message = Buffer.alloc(ERROR_BUFFER)
    const file = this.#c.fmemopen(header, header.length, 'r') as Pointer
    const handle = file === null ? null : (this.#c.pcap_fopen_offline(file, message) as Pointer)
    if (handle === null) throw new UserError(`filter: link type ${linkType}: ${cString(message)} (libpcap cannot filter this link type)`)
    try {
      return use(handle)
    } finally {
      this.#c.pcap_close(handle)
    }
  }

  #compile(handle: Pointer, expression: string, optimize: boolean, netmask: number): Instruction[] {
    const program = Buffer.alloc(PROGRAM_SIZE)
    if (Number(this.#c.pcap_compile(handle, program, expression, optimize ? 1 : 0, netmask)) !== 0) {
      const why = String(this.#c.pcap_geterr(handle)).replace(/^can't parse filter expression: /, '')
      throw new UserError(`filter '${expression}': ${why} (see pcap-filter(7) for the language)`)
    }
    try {
      return decodeProgram(this.#koffi, program)
    } finally {
      this.#c.pcap_freecode(program)
    }
  }
}

/** struct bpf_program: a count, and where that many struct bpf_insn stand. */
export function decodeProgram(koffi: Koffi, program: Buffer): Instruction[] {
  const count = program.readUInt32LE(0)
  const at = program.readBigUInt64LE(8)
  if (at === 0n || count === 0) return [{ code: 6, jt: 0, jf: 0, k: 0xffffffff }]
  const b = Buffer.from(koffi.view(at, count * INSTRUCTION_SIZE))
  return Array.from({ length: count }, (_, n) => ({
    code: b.readUInt16LE(n * INSTRUCTION_SIZE),
    jt: b.readUInt8(n * INSTRUCTION_SIZE + 2),
    jf: b.readUInt8(n * INSTRUCTION_SIZE + 3),
    k: b.readUInt32LE(n * INSTRUCTION_SIZE + 4),
  }))
}

function encode({ code, jt, jf, k }: Instruction): Buffer {
  const b = Buffer.alloc(INSTRUCTION_SIZE)
  b.writeUInt16LE(code, 0)
  b.writeUInt8(jt, 2)
  b.writeUInt8(jf, 3)
  b.writeUInt32LE(k, 4)
  return b
}

/** Text up to the first NUL. */
export const cString = (b: Buffer): string => b.subarray(0, Math.max(0, b.indexOf(0))).toString()

/** libpcap itself. @throws UserError that says what to install */
export function firstLibrary(koffi: Koffi): ReturnType<Koffi['load']> {
  for (const name of NAMES) {
    try {
      return koffi.load(name)
    } catch {
      // the next name; when none loads, the error below says what to install
    }
  }
  throw new UserError('libpcap: not installed (apt-get install libpcap0.8; reading a file without a filter works without it)')
}

let loaded: Libpcap | undefined

/** Loads libpcap once. @throws UserError that says what to install */
export async function loadLibpcap(load: () => Promise<unknown> = () => import('koffi')): Promise<Libpcap> {
  return (loaded ??= new Libpcap(await loadKoffi(load)))
}

/** @throws UserError that says what to install */
export async function loadKoffi(load: () => Promise<unknown> = () => import('koffi')): Promise<Koffi> {
  try {
    const module = (await load()) as { default?: Koffi } & Koffi
    return module.default ?? module
  } catch {
    throw new UserError('libpcap: koffi, through which it is called, cannot be loaded (npm install koffi@3)')
  }
}
