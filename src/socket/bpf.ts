/**
 * bpf(2): maps, programs, and their attachment to a control group. Sources: bpf(2), <linux/bpf.h>; Documentation/bpf/instruction-set.rst.
 * Host byte order, little-endian here. Nothing of it works without CAP_BPF and CAP_NET_ADMIN (or CAP_SYS_ADMIN): a SyscallError then.
 */
import { SyscallError } from './errno.js'
import type { Libc } from './libc.js'

const SYS_BPF: Readonly<Record<string, number>> = { x64: 321, arm64: 280, riscv64: 280, loong64: 280 }
const Command = { MAP_CREATE: 0, PROG_LOAD: 5, MAP_LOOKUP_AND_DELETE: 21, LINK_CREATE: 28 } as const
export const MapType = { LRU_HASH: 9, QUEUE: 22 } as const
export const ProgramType = { SOCKET_FILTER: 1, CGROUP_SKB: 8, CGROUP_SOCK: 9 } as const
export const AttachType = { CGROUP_INET_EGRESS: 1, CGROUP_INET_SOCK_CREATE: 2, CGROUP_INET4_POST_BIND: 12, CGROUP_INET6_POST_BIND: 13 } as const
/** union bpf_attr, as much of it as is used here; the kernel takes any size whose unknown rest is zero. */
const ATTRIBUTES = 128

export class Bpf {
  readonly #libc: Libc

  constructor(libc: Libc) {
    this.#libc = libc
  }

  #call(what: string, command: number, attributes: Buffer, held: readonly Uint8Array[] = []): number {
    const number = SYS_BPF[process.arch] ?? 280
    try {
      return this.#libc.callHolding([attributes, ...held], 'syscall', what, number, 'long', command, 'long', this.#libc.address(attributes), 'long', attributes.length)
    } catch (error) {
      throw error instanceof SyscallError ? new SyscallError('bpf', what, error.errno) : error
    }
  }

  /** A map's descriptor. A queue has no key. */
  map(type: number, keyBytes: number, valueBytes: number, entries: number): number {
    const attributes = Buffer.alloc(ATTRIBUTES)
    for (const [n, value] of [type, keyBytes, valueBytes, entries].entries()) attributes.writeUInt32LE(value, n * 4)
    return this.#call('MAP_CREATE', Command.MAP_CREATE, attributes)
  }

  /** A program's descriptor, once the kernel has verified it. */
  program(type: number, attachType: number, code: Uint8Array): number {
    const attributes = Buffer.alloc(ATTRIBUTES), license = Buffer.alloc(ATTRIBUTES)
    license.write('GPL') // bpf_get_current_comm and some other helpers are for programs under it only
    attributes.writeUInt32LE(type, 0)
    attributes.writeUInt32LE(code.length / 8, 4)
    attributes.writeBigUInt64LE(this.#libc.address(code), 8)
    attributes.writeBigUInt64LE(this.#libc.address(license), 16)
    attributes.writeUInt32LE(attachType, 68)
    return this.#call('PROG_LOAD', Command.PROG_LOAD, attributes, [code, license])
  }

  /** Attaches a program to a control group, beside others, until the descriptor that is returned is closed. Linux 5.7. */
  attach(program: number, group: number, attachType: number): number {
    const attributes = Buffer.alloc(ATTRIBUTES)
    for (const [n, value] of [program, group, attachType].entries()) attributes.writeUInt32LE(value, n * 4)
    return this.#call('LINK_CREATE', Command.LINK_CREATE, attributes)
  }

  /** Takes the oldest value out of a queue: false when there is none. `into` is as long as a value at least. */
  pop(queue: number, into: Uint8Array): boolean {
    const attributes = Buffer.alloc(ATTRIBUTES)
    attributes.writeUInt32LE(queue, 0)
    attributes.writeBigUInt64LE(this.#libc.address(into), 16)
    try {
      this.#call('MAP_LOOKUP_AND_DELETE', Command.MAP_LOOKUP_AND_DELETE, attributes, [into])
      return true
    } catch (error) {
      if (error instanceof SyscallError && error.code === 'ENOENT') return false
      throw error
    }
  }
}

/** Registers: R0 is a result, R1…R5 are the arguments of a call and lost by it, R6…R9 stay, R10 is the end of a stack of 512 bytes. */
export type Register = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10
type Bytes = 1 | 2 | 4 | 8

const INSTRUCTION = 8
const SIZE: Readonly<Record<Bytes, number>> = { 4: 0x00, 2: 0x08, 1: 0x10, 8: 0x18 }
const Class = { LDX: 0x61, ST: 0x62, STX: 0x63, ALU: 0x04, JMP: 0x05, ALU64: 0x07, LD_IMM64: 0x18 } as const
const Operation = { ADD: 0x00, AND: 0x50, LSH: 0x60, RSH: 0x70, MOV: 0xb0, TO_BIG_ENDIAN: 0xd0 } as const
const Jump = { ALWAYS: 0x00, EQUAL: 0x10, CALL: 0x80, EXIT: 0x90, NOT_EQUAL: 0x50 } as const
const FROM_REGISTER = 0x08
/** Source register of a 64-bit immediate that stands for a map. */
const PSEUDO_MAP = 1

/** eBPF instructions, one after another, with labels for forward jumps. */
export class Assembler {
  readonly #code: number[] = []
  readonly #labels = new Map<string, number>()
  readonly #jumps: (readonly [at: number, label: string])[] = []

  #put(opcode: number, to = 0, from = 0, offset = 0, immediate = 0): this {
    const b = Buffer.alloc(INSTRUCTION)
    b[0] = opcode
    b[1] = to | (from << 4)
    b.writeInt16LE(offset, 2)
    b.writeInt32LE(immediate | 0, 4)
    this.#code.push(...b)
    return this
  }

  label(name: string): this {
    this.#labels.set(name, this.#code.length / INSTRUCTION)
    return this
  }

  #jump(opcode: number, label: string, to = 0, from = 0, immediate = 0): this {
    this.#jumps.push([this.#code.length / INSTRUCTION, label])
    return this.#put(opcode, to, from, 0, immediate)
  }

  move(to: Register, from: Register): this {
    return this.#put(Class.ALU64 | Operation.MOV | FROM_REGISTER, to, from)
  }

  set(to: Register, value: number): this {
    return this.#put(Class.ALU64 | Operation.MOV, to, 0, 0, value)
  }

  set64(to: Register, value: bigint): this {
    return this.#put(Class.LD_IMM64, to, 0, 0, Number(value & 0xffff_ffffn)).#put(0, 0, 0, 0, Number((value >> 32n) & 0xffff_ffffn))
  }

  /** The map of that descriptor. */
  map(to: Register, fd: number): this {
    return this.#put(Class.LD_IMM64, to, PSEUDO_MAP, 0, fd).#put(0)
  }

  add(to: Register, value: number): this {
    return this.#put(Class.ALU64 | Operation.ADD, to, 0, 0, value)
  }

  and(to: Register, value: number): this {
    return this.#put(Class.ALU64 | Operation.AND, to, 0, 0, value)
  }

  shiftLeft(to: Register, bits: number): this {
    return this.#put(Class.ALU64 | Operation.LSH, to, 0, 0, bits)
  }

  shiftRight(to: Register, bits: number): this {
    return this.#put(Class.ALU64 | Operation.RSH, to, 0, 0, bits)
  }

  /** The low 16 bits turned to network order (or back); the others become 0. */
  bigEndian16(to: Register): this {
    return this.#put(Class.ALU | Operation.TO_BIG_ENDIAN | FROM_REGISTER, to, 0, 0, 16)
  }

  load(bytes: Bytes, to: Register, base: Register, offset: number): this {
    return this.#put(Class.LDX | SIZE[bytes], to, base, offset)
  }

  store(bytes: Bytes, base: Register, offset: number, from: Register): this {
    return this.#put(Class.STX | SIZE[bytes], base, from, offset)
  }

  storeValue(bytes: Bytes, base: Register, offset: number, value: number): this {
    return this.#put(Class.ST | SIZE[bytes], base, 0, offset, value)
  }

  /** The address `offset` from R10. */
  stack(to: Register, offset: number): this {
    return this.move(to, 10).add(to, offset)
  }

  goto(label: string): this {
    return this.#jump(Class.JMP | Jump.ALWAYS, label)
  }

  ifEqual(register: Register, value: number, label: string): this {
    return this.#jump(Class.JMP | Jump.EQUAL, label, register, 0, value)
  }

  ifNot(register: Register, value: number, label: string): this {
    return this.#jump(Class.JMP | Jump.NOT_EQUAL, label, register, 0, value)
  }

  ifSame(a: Register, b: Register, label: string): this {
    return this.#jump(Class.JMP | Jump.EQUAL | FROM_REGISTER, label, a, b)
  }

  ifDiffer(a: Register, b: Register, label: string): this {
    return this.#jump(Class.JMP | Jump.NOT_EQUAL | FROM_REGISTER, label, a, b)
  }

  call(helper: number): this {
    return this.#put(Class.JMP | Jump.CALL, 0, 0, 0, helper)
  }

  exit(): this {
    return this.#put(Class.JMP | Jump.EXIT)
  }

  /** @throws Error for a jump to nowhere: a bug here */
  bytes(): Uint8Array {
    const b = Buffer.from(this.#code)
    for (const [at, label] of this.#jumps) {
      const target = this.#labels.get(label)
      if (target === undefined) throw new Error(`no label ${label}`)
      b.writeInt16LE(target - at - 1, at * INSTRUCTION + 2)
    }
    return b
  }
}
