/** How -v words the calls: what a person reads beside strace. */
import { describe, expect, it } from 'vitest'
import { callText } from '../../src/probe/calls.js'
import { controlText, messageText } from '../../src/probe/words.js'
import { inet } from '../../src/probe/probe.js'

const ints = (...values: number[]): Uint8Array => {
  const b = Buffer.alloc(4 * values.length)
  values.forEach((value, i) => b.writeInt32LE(value, 4 * i))
  return b
}
const text = (s: string): Uint8Array => Buffer.from(s)

it.each<[string, readonly unknown[], string]>([
  ['socket', [2, 1], 'socket(AF_INET, SOCK_STREAM, 0)'],
  ['pipe', [0o4000], 'pipe2(O_NONBLOCK)'],
  ['pipe', [], 'pipe2(0)'],
  ['fcntl', [3, 8, 77], 'fcntl(3, F_SETOWN, 77)'],
  ['fcntl', [3, 4, 0o24000], 'fcntl(3, F_SETFL, O_NONBLOCK | O_ASYNC)'],
  ['ioctlInt', [3, 0x894b], 'ioctl(3, SIOCOUTQNSD)'],
  ['ioctl', [3, 0x890b, text('ab')], 'ioctl(3, 0x890b, "ab")'],
  ['sendto', [3, text('x'), 4, inet('127.0.0.1', 9)], 'sendto(3, "x", MSG_DONTROUTE, 127.0.0.1:9)'],
  ['sendmsg', [3, [text('head'), text('body')]], 'sendmsg(3, ["head", "body"], 0)'],
  ['sendmsg', [3, [text('x')], [{ level: 1, type: 1, data: ints(7, 9) }], 0x4000], 'sendmsg(3, ["x"], SCM_RIGHTS [7, 9], MSG_NOSIGNAL)'],
  ['sendmsg', [3, Array.from({ length: 1024 }, () => text('x'))], 'sendmsg(3, ["x", "x", "x", "x", "x", "x", "x", "x", … (1024)], 0)'],
  ['sendmmsg', [3, [[text('one')], [text('two')]]], 'sendmmsg(3, [["one"], ["two"]], 0)'],
  ['recvmsg', [3, [Buffer.alloc(4), Buffer.alloc(2)], 24, 0x40], 'recvmsg(3, 4 + 2 bytes, control 24 bytes, MSG_DONTWAIT)'],
  ['recvmmsg', [3, [Buffer.alloc(4), Buffer.alloc(2)], 0x10000], 'recvmmsg(3, 4 + 2 bytes, MSG_WAITFORONE)'],
])('%s(%j): %s', (name, args, words) => expect(callText(name, args)).toBe(words))

it.each([
  { why: 'descriptors', message: { level: 1, type: 1, data: ints(21, 27) }, words: 'SCM_RIGHTS [21, 27]' },
  { why: 'many', message: { level: 1, type: 1, data: ints(...Array.from({ length: 253 }, (_, i) => i)) }, words: 'SCM_RIGHTS [0, 1, 2, 3, 4, 5, 6, 7, … (253)]' },
  { why: 'credentials', message: { level: 1, type: 2, data: ints(1, 65534, -1) }, words: 'SCM_CREDENTIALS {pid 1, uid 65534, gid 4294967295}' },
  { why: 'credentials cut short', message: { level: 1, type: 2, data: ints(1) }, words: 'level 1 type 2 hex 01000000' },
  { why: 'another', message: { level: 0, type: 8, data: ints(1) }, words: 'level 0 type 8 hex 01000000' },
])('$why: $words', ({ message, words }) => expect(controlText(message)).toBe(words))

describe('what a message brought', () => {
  it.each([
    { why: 'nothing', message: { length: 0, flags: 0, control: [], from: undefined }, buffers: ['....'], words: '0' },
    { why: 'part of a buffer', message: { length: 2, flags: 0, control: [], from: undefined }, buffers: ['ab..'], words: '2 "ab"' },
    { why: 'two buffers, the second in part', message: { length: 5, flags: 0x20, control: [], from: inet('127.0.0.1', 9) }, buffers: ['abc', 'de...', '...'], words: '5 ["abc", "de"], MSG_TRUNC, 127.0.0.1:9' },
    { why: 'longer than its buffers', message: { length: 9, flags: 0, control: [{ level: 1, type: 1, data: ints(4) }], from: undefined }, buffers: ['abcd'], words: '9 "abcd", SCM_RIGHTS [4]' },
  ])('$why', ({ message, buffers, words }) => expect(messageText(message, buffers.map(text))).toBe(words))
})
