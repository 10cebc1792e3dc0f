/** Replies of Rx: what they hold is printed when the call was seen. */
import { expect, it } from 'vitest'
import { frameOf } from '../decode/frames.js'
import { textOf } from './printing.js'

const words = (...ns: number[]): string => ns.map((n) => (n >>> 0).toString(16).padStart(8, '0')).join('')
const hex4 = (n: number): string => n.toString(16).padStart(4, '0')

/** UDP between a client's port 7001 and a server's port, as link type RAW. */
function datagram(fromClient: boolean, port: number, payload: string): ReturnType<typeof frameOf> {
  const length = payload.length / 2
  const addresses = fromClient ? '0a000001 0a000002' : '0a000002 0a000001'
  const ports = fromClient ? `1b59 ${hex4(port)}` : `${hex4(port)} 1b59`
  return frameOf(`4500 ${hex4(length + 28)} 0001 0000 4011 0000 ${addresses} ${ports} ${hex4(length + 8)} 0000 ${payload}`, 101)
}
const header = (type: number, flags: number, call: number): string => words(1, 2, call, 1, 7) + `${hex4((type << 8) | flags)}0000 0000 0001`.replaceAll(' ', '')

it.each([
  { why: 'a file made', port: 7000, call: 137, type: 1, reply: words(5, 6, 7), text: ' rx data fs reply create-file new fid 5/6/7 (40)' },
  { why: 'a file server\'s error', port: 7000, call: 137, type: 4, reply: words(-100), text: ' rx abort fs reply create-file error restarting fileserver (32)' },
  { why: 'numbers of names', port: 7002, call: 504, type: 1, reply: words(2, 5, -3), text: ' rx data pt reply name-to-id ids: 5 -3 (40)' },
  { why: 'a vote', port: 7003, call: 10000, type: 1, reply: words(0), text: ' rx data vldb ubik reply vote-beacon vote no (32)' },
  { why: 'no volumes', port: 7005, call: 116, type: 1, reply: words(0), text: ' rx data vol reply list-volumes <none!> (32)' },
  { why: 'an overseer\'s error', port: 7007, call: 80, type: 4, reply: words(3), text: ' rx abort bos reply create-bnode errcode 3 (32)' },
])('$why', ({ port, call, type, reply, text }) => {
  const lines = textOf([datagram(true, port, header(1, 1, 9) + words(call, 0, 0, 0, 0)), datagram(false, port, header(type, 0, 9) + reply), datagram(false, port, header(type, 0, 8) + reply)])
  expect(lines[1]!.split(': ').slice(1).join(': ')).toBe(text)
  expect(lines[2]).not.toContain('reply')
})
