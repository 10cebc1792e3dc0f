/** Replies of NFS: what they hold is printed when the call was seen, also over another transport. */
import { describe, expect, it } from 'vitest'
import { frameOf } from '../decode/frames.js'
import { textOf } from './printing.js'

const words = (...ns: number[]): string => ns.map((n) => (n >>> 0).toString(16).padStart(8, '0')).join('')
const hex4 = (n: number): string => n.toString(16).padStart(4, '0')
const CLIENT = '0a000001'
const SERVER = '0a000002'

/** UDP between the client's port 1000 and the server's 2049, as link type RAW. */
const datagram = (from: string, to: string, payload: string): ReturnType<typeof frameOf> => {
  const length = payload.length / 2
  const ports = from === CLIENT ? '03e8 0801' : '0801 03e8'
  return frameOf(`4500 ${hex4(length + 28)} 0001 0000 4011 0000 ${from} ${to} ${ports} ${hex4(length + 8)} 0000 ${payload}`, 101)
}
const NO_SECRETS = words(0, 0, 0, 0)
const HANDLE = words(16, 0x01020000, 0x03040000, 0, 9)
const call = (transaction: number, procedure: number, rest = HANDLE): string => words(transaction, 0, 2, 100003, 3, procedure) + NO_SECRETS + rest
const reply = (transaction: number, rest: string): string => words(transaction, 1, 0, 0, 0, 0) + rest
const ATTRIBUTES = words(1, 0o100644, 1, -2, 100, 0, 5000, 0, 8192, 8, 1, 0, 0xabc, 0, 1234, 1, 2, 3, 4, 5, 6)

describe('a reply of NFS', () => {
  it.each([
    { why: 'getattr', procedure: 1, verbose: 0, rest: words(0) + ATTRIBUTES, text: 'reply ok 112 getattr REG 100644 ids -2/100 sz 5000' },
    { why: 'an error', procedure: 1, verbose: 0, rest: words(70), text: 'reply ok 28 getattr ERROR: Stale NFS file handle' },
    { why: 'access', procedure: 4, verbose: 1, rest: words(0, 0, 0x1f), text: 'reply ok 36 access attr: c 001f' },
    { why: 'read', procedure: 6, verbose: 1, rest: words(0, 0, 100, 1), text: 'reply ok 40 read 100 bytes EOF' },
    { why: 'write', procedure: 7, verbose: 2, rest: words(0, 0, 0, 100, 2, 0, 0xdead), text: 'reply ok 52 write PRE: POST: 100 bytes <filesync> verf dead' },
    { why: 'an attribute missing', procedure: 1, verbose: 0, rest: words(0, 1, 2), text: 'reply ok 36 getattr [|nfs]' },
  ])('$why', ({ procedure, verbose, rest, text }) => {
    const lines = textOf([datagram(CLIENT, SERVER, call(5, procedure)), datagram(SERVER, CLIENT, reply(5, rest))], { verbose })
    expect(lines[1]).toContain(`NFS reply xid 5 ${text}`)
  })

  it('to a call that was not seen, from another host or of another number, says only that it is one', () => {
    const frames = [datagram(SERVER, CLIENT, reply(5, words(70))), datagram(CLIENT, SERVER, call(6, 1)), datagram(SERVER, CLIENT, reply(7, words(70)))]
    expect(textOf(frames)[0]).toMatch(/reply ok 28$/)
    expect(textOf(frames)[2]).toMatch(/reply ok 28$/)
  })

  it('is remembered for 64 calls', () => {
    const calls = Array.from({ length: 65 }, (_, i) => datagram(CLIENT, SERVER, call(i, 1)))
    const lines = textOf([...calls, datagram(SERVER, CLIENT, reply(0, words(70))), datagram(SERVER, CLIENT, reply(1, words(70)))])
    expect(lines[65]).toMatch(/reply ok 28$/)
    expect(lines[66]).toMatch(/getattr ERROR: Stale NFS file handle$/)
  })

  it.each([
    { why: 'a call', payload: words(9, 0, 2, 100000, 2, 3) + NO_SECRETS, text: 'IP 10.0.0.1.0x9 > 10.0.0.2.0x6f: 40 getport 100000.2' },
    { why: 'a reply', payload: words(9, 1, 1, 1, 5), text: 'IP 10.0.0.1.2049 > 10.0.0.2.9: reply ERR 20: Auth Credentials are too weak' },
  ])('with -T rpc: $why', ({ payload, text }) => expect(textOf([datagram(CLIENT, SERVER, payload)], { type: 'rpc' })[0]).toBe(text))
})
