/** Instructions as Documentation/bpf/instruction-set.rst writes them in bytes, and programs as the kernel takes them. */
import { closeSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Assembler, AttachType, Bpf, MapType, ProgramType } from '../../src/socket/bpf.js'
import { loadLibc } from '../../src/socket/libc.js'
import { isRoot } from '../run.js'

const hex = (a: Assembler): string => Buffer.from(a.bytes()).toString('hex')

describe('eBPF instructions', () => {
  it.each([
    { what: 'r6 = r1', code: new Assembler().move(6, 1), bytes: 'bf16000000000000' },
    { what: 'r0 = 1', code: new Assembler().set(0, 1), bytes: 'b700000001000000' },
    { what: 'r2 = -8', code: new Assembler().set(2, -8), bytes: 'b7020000f8ffffff' },
    { what: 'r1 = 0x1122334455667788', code: new Assembler().set64(1, 0x1122334455667788n), bytes: '18010000887766550000000044332211' },
    { what: 'r1 = map 5', code: new Assembler().map(1, 5), bytes: '18110000050000000000000000000000' },
    { what: 'r2 = r10 - 48', code: new Assembler().stack(2, -48), bytes: 'bfa200000000000007020000d0ffffff' },
    { what: 'r7 &= 15; r7 <<= 2; r1 >>= 4', code: new Assembler().and(7, 15).shiftLeft(7, 2).shiftRight(1, 4), bytes: '570700000f00000067070000020000007701000004000000' },
    { what: 'r1 = htobe16(r1)', code: new Assembler().bigEndian16(1), bytes: 'dc01000010000000' },
    { what: 'r8 = *(u8 *)(r10 - 79)', code: new Assembler().load(1, 8, 10, -79), bytes: '71a8b1ff00000000' },
    { what: '*(u64 *)(r10 - 8) = r0', code: new Assembler().store(8, 10, -8, 0), bytes: '7b0af8ff00000000' },
    { what: '*(u16 *)(r10 - 2) = 7', code: new Assembler().storeValue(2, 10, -2, 7), bytes: '6a0afeff07000000' },
    { what: 'call 46; exit', code: new Assembler().call(46).exit(), bytes: '850000002e0000009500000000000000' },
    { what: 'jumps forward over a long constant', code: new Assembler().ifEqual(1, 6, 'end').set64(1, 0n).label('end').exit(), bytes: '1501020006000000180100000000000000000000000000009500000000000000' },
    { what: 'jumps on registers', code: new Assembler().ifSame(1, 2, 'end').ifDiffer(0, 1, 'end').ifNot(3, 4, 'end').goto('end').label('end').exit(), bytes: '1d210300000000005d1002000000000055030100040000000500000000000000' + '9500000000000000' },
  ])('$what', ({ code, bytes }) => expect(hex(code)).toBe(bytes))

  it('knows a jump to nowhere', () => expect(() => new Assembler().goto('nowhere').bytes()).toThrow('no label nowhere'))
})

describe.skipIf(!isRoot())('bpf(2) (root)', () => {
  it('makes a map and a queue, and says what it may not do', async () => {
    const bpf = new Bpf(await loadLibc())
    const queue = bpf.map(MapType.QUEUE, 0, 8, 4), hash = bpf.map(MapType.LRU_HASH, 8, 8, 16)
    expect(bpf.pop(queue, Buffer.alloc(128))).toBe(false)
    expect(() => bpf.program(ProgramType.CGROUP_SOCK, AttachType.CGROUP_INET_SOCK_CREATE, new Assembler().exit().bytes())).toThrow('bpf(PROG_LOAD): EACCES') // r0 is not set
    const program = bpf.program(ProgramType.CGROUP_SOCK, AttachType.CGROUP_INET_SOCK_CREATE, new Assembler().set(0, 1).exit().bytes())
    expect(() => bpf.attach(program, hash, AttachType.CGROUP_INET_SOCK_CREATE)).toThrow(/bpf\(LINK_CREATE\): EBADF/)
    for (const fd of [queue, hash, program]) closeSync(fd)
  })
})
