/**
 * Classic BPF programs: checked, and translated to one JavaScript function that runs over frames in memory.
 * Source: McCanne & Jacobson, "The BSD Packet Filter" (1993); Linux Documentation/networking/filter.rst; <linux/bpf_common.h>.
 */
import { UserError } from '../errors.js'

/** One instruction: jumps count from the next one, `k` is unsigned 32-bit. */
export interface Instruction {
  readonly code: number
  readonly jt: number
  readonly jf: number
  readonly k: number
}

/**
 * Whether a frame passes: `b[at] … b[end - 1]` is captured, `wireLength` its length on the wire.
 * @returns bytes of it to keep; 0: it does not pass
 */
export type Filter = (b: Uint8Array, at: number, end: number, wireLength: number) => number

/** Longest program: BPF_MAXINSNS of the kernel is 4096; libpcap makes longer ones for files only. */
const MAX_INSTRUCTIONS = 65536
/** Scratch memory words: BPF_MEMWORDS. */
const MEMORY_WORDS = 16

const Class = { LD: 0, LDX: 1, ST: 2, STX: 3, ALU: 4, JMP: 5, RET: 6, MISC: 7 } as const
const Mode = { IMM: 0x00, ABS: 0x20, IND: 0x40, MEM: 0x60, LEN: 0x80, MSH: 0xa0 } as const
const Size = { W: 0x00, H: 0x08, B: 0x10 } as const
/** Operators of ALU instructions on A and an operand `x`, as JavaScript on unsigned 32-bit numbers. */
const ALU: Readonly<Record<number, (x: string) => string>> = {
  0x00: (x) => `(A + ${x}) >>> 0`,
  0x10: (x) => `(A - ${x}) >>> 0`,
  0x20: (x) => `Math.imul(A, ${x}) >>> 0`,
  0x30: (x) => `(A / ${x}) >>> 0`,
  0x40: (x) => `(A | ${x}) >>> 0`,
  0x50: (x) => `(A & ${x}) >>> 0`,
  0x60: (x) => `${x} > 31 ? 0 : (A << ${x}) >>> 0`,
  0x70: (x) => `${x} > 31 ? 0 : A >>> ${x}`,
  0x80: () => `-A >>> 0`,
  0x90: (x) => `A % ${x}`,
  0xa0: (x) => `(A ^ ${x}) >>> 0`,
}
const DIVIDES = [0x30, 0x90]
const JUMP_ALWAYS = 0x00
/** Conditions of jumps on A and an operand `x`. */
const JUMPS: Readonly<Record<number, (x: string) => string>> = {
  0x10: (x) => `A === ${x}`,
  0x20: (x) => `A > ${x}`,
  0x30: (x) => `A >= ${x}`,
  0x40: (x) => `(A & ${x}) !== 0`,
}
/** The operand is the register X, else `k`. */
const FROM_X = 0x08

/** Steps of a program that jumps back (`protochain`): libpcap's own machine has no bound, but each turn of such a loop moves on in the frame. */
const MAX_STEPS = 1 << 20

/**
 * Translates a program. Where jumps only go forward each target becomes the end of a labelled block; `protochain` alone jumps back, and
 * becomes a loop over the instructions.
 * @throws UserError for a program that could jump or read outside itself, or holds what no BPF machine knows
 */
export function translate(program: readonly Instruction[]): Filter {
  check(program)
  if (program.some((instruction, n) => targetsOf(instruction, n).some((target) => target <= n))) return translateLoop(program)
  const targets = new Set<number>()
  program.forEach((instruction, n) => {
    for (const target of targetsOf(instruction, n)) if (target !== n + 1) targets.add(target)
  })
  const lines = ["'use strict'", 'let A = 0, X = 0, i = 0', `const M = [${Array<number>(MEMORY_WORDS).fill(0).join(', ')}]`]
  if (!program.some(({ code }) => usesMemory(code))) lines.pop()
  // The block of the last target is the outermost.
  for (const target of [...targets].sort((a, b) => b - a)) lines.push(`L${target}: {`)
  program.forEach((instruction, n) => {
    if (targets.has(n)) lines.push('}')
    lines.push(statement(instruction, n))
  })
  lines.push('return 0')
  // The text is made of checked numbers only: nothing of a frame or of the expression is in it.
  // oxlint-disable-next-line typescript/no-implied-eval
  return new Function('b', 'at', 'end', 'len', lines.join('\n')) as Filter
}

/** Any jump sets the number of the instruction that is next; the others fall through to the one below. */
function translateLoop(program: readonly Instruction[]): Filter {
  const lines = ["'use strict'", 'let A = 0, X = 0, i = 0, pc = 0', `const M = [${Array<number>(MEMORY_WORDS).fill(0).join(', ')}]`]
  lines.push(`for (let steps = 0; steps < ${MAX_STEPS}; steps++) switch (pc) {`)
  program.forEach((instruction, n) => {
    lines.push(`case ${n}:`, statement(instruction, n, (target) => `{ pc = ${target}; continue; }`))
  })
  lines.push('}', 'return 0')
  // oxlint-disable-next-line typescript/no-implied-eval
  return new Function('b', 'at', 'end', 'len', lines.join('\n')) as Filter
}

const classOf = (code: number): number => code & 7
const usesMemory = (code: number): boolean => {
  const kind = classOf(code)
  return kind === Class.ST || kind === Class.STX || ((kind === Class.LD || kind === Class.LDX) && (code & 0xe0) === Mode.MEM)
}

/** The instructions that may follow; none after a return. */
function targetsOf({ code, jt, jf, k }: Instruction, n: number): number[] {
  if (classOf(code) === Class.RET) return []
  if (classOf(code) !== Class.JMP) return [n + 1]
  return (code & 0xf0) === JUMP_ALWAYS ? [n + 1 + (k | 0)] : [n + 1 + jt, n + 1 + jf]
}

function check(program: readonly Instruction[]): void {
  const wrong = (n: number, why: string): never => {
    throw new UserError(`filter: instruction ${n} ${why} (this is a bug of libpcap or of ours: please report the expression)`)
  }
  if (program.length === 0 || program.length > MAX_INSTRUCTIONS) throw new UserError(`filter: a program of ${program.length} instructions (1 to ${MAX_INSTRUCTIONS} are run)`)
  program.forEach((instruction, n) => {
    const { code, k } = instruction
    if (code > 0xffff || k > 0xffffffff || k < 0 || !Number.isInteger(k)) wrong(n, 'is out of range')
    for (const target of targetsOf(instruction, n)) if (target < 0 || target >= program.length) wrong(n, `leads to ${target}, outside the program`)
    if (usesMemory(code) && k >= MEMORY_WORDS) wrong(n, `uses memory word ${k}`)
    if (classOf(code) === Class.ALU && DIVIDES.includes(code & 0xf0) && (code & FROM_X) === 0 && k === 0) wrong(n, 'divides by zero')
    if (statement(instruction, n) === '') wrong(n, `has the unknown code 0x${code.toString(16)}`)
  })
}

/**
 * The JavaScript of one instruction; '' for an unknown code.
 * @param jump what goes to another instruction than the next
 */
function statement({ code, jt, jf, k }: Instruction, n: number, jump: (target: number) => string = (target) => `break L${target}`): string {
  const go = (skip: number): string => (skip === 0 ? '' : jump(n + 1 + skip))
  switch (classOf(code)) {
    case Class.LD:
      return load('A', code, k)
    case Class.LDX:
      return load('X', code, k)
    case Class.ST:
      return code === Class.ST ? `M[${k}] = A` : ''
    case Class.STX:
      return code === Class.STX ? `M[${k}] = X` : ''
    case Class.ALU: {
      const make = ALU[code & 0xf0]
      if (make === undefined || code > 0xff) return ''
      const fromX = (code & FROM_X) !== 0
      const guard = fromX && DIVIDES.includes(code & 0xf0) ? 'if (X === 0) return 0; ' : ''
      return `${guard}A = ${make(fromX ? 'X' : String(k))}`
    }
    case Class.JMP: {
      if (code > 0xff) return ''
      if ((code & 0xf0) === JUMP_ALWAYS) return k === 0 ? ';' : go(k | 0)
      const make = JUMPS[code & 0xf0]
      if (make === undefined) return ''
      const condition = make((code & FROM_X) !== 0 ? 'X' : String(k))
      if (jt === jf) return jt === 0 ? ';' : go(jt)
      if (jt === 0) return `if (!(${condition})) ${go(jf)}`
      return jf === 0 ? `if (${condition}) ${go(jt)}` : `if (${condition}) { ${go(jt)} } else { ${go(jf)} }`
    }
    case Class.RET:
      if (code === Class.RET) return `return ${k}`
      return code === (Class.RET | 0x10) ? 'return A' : ''
    default:
      if (code === Class.MISC) return 'X = A'
      return code === (Class.MISC | 0x80) ? 'A = X' : ''
  }
}

/** Loads into a register; a load past the captured bytes ends the program: the frame does not pass. */
function load(register: 'A' | 'X', code: number, k: number): string {
  const mode = code & 0xe0
  const size = code & 0x18
  if (code > 0xff) return ''
  if (mode === Mode.IMM && size === Size.W) return `${register} = ${k}`
  if (mode === Mode.MEM && size === Size.W) return `${register} = M[${k}]`
  if (mode === Mode.LEN && size === Size.W) return `${register} = len`
  if (register === 'X') return mode === Mode.MSH && size === Size.B ? `i = at + ${k}; if (i >= end) return 0; X = (b[i] & 15) << 2` : ''
  if (mode !== Mode.ABS && mode !== Mode.IND) return ''
  // Offsets near 2^32 are the kernel's ancillary data, which a file does not have: they lie past any frame.
  // The sum of an index is not cut to 32 bits: one that wraps would lie past any frame in libpcap too.
  const address = mode === Mode.ABS ? `at + ${k}` : `at + X + ${k}`
  if (size === Size.W) return `i = ${address}; if (i + 4 > end) return 0; A = ((b[i] << 24) | (b[i + 1] << 16) | (b[i + 2] << 8) | b[i + 3]) >>> 0`
  if (size === Size.H) return `i = ${address}; if (i + 2 > end) return 0; A = (b[i] << 8) | b[i + 1]`
  return size === Size.B ? `i = ${address}; if (i >= end) return 0; A = b[i]` : ''
}
