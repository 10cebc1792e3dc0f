import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { UserError } from '../../src/errors.js'
import { compile, parseAddress, type FilterRecord, type Meanings } from '../../src/filter/compile.js'
import { parseFilter } from '../../src/filter/syntax.js'

const meanings: Meanings = {
  service: (name) => (name === 'https' ? [443] : []),
  user: (name) => (name === 'www-data' ? 33 : undefined),
  state: (name) => (['established', 'close-wait'].includes(name) ? name.replace('-', '_') : undefined),
}
const web: FilterRecord = {
  protocol: 'tcp', family: 4, local: Uint8Array.of(10, 0, 0, 5), remote: Uint8Array.of(192, 0, 2, 9), localPort: 443, remotePort: 50000, state: 'established',
  listening: false, uid: 33, inode: 4711, receiveQueue: 0, sendQueue: 12, path: '', owners: [{ pid: 812, name: 'nginx: worker process' }, { pid: 811, name: 'nginx' }],
}
const bus: FilterRecord = { ...web, protocol: 'unix', family: 0, localPort: 0, remotePort: 0, state: 'connected', path: '/run/dbus/bus', uid: -1, owners: [] }
const test = (text: string, record: FilterRecord = web): boolean => compile(parseFilter(text), meanings)(record)

describe('what matches', () => {
  it.each([
    'port 443', 'src port 443', 'dst port 50000', 'port https', 'port 1-443', 'port 80,443', 'port 80 or 443', 'tcp port 443', 'tcp and port 443', 'host 10.0.0.5', 'src host 10.0.0.5', 'dst net 192.0.2.0/24', 'net 10.0.0.0/8', 'net 0.0.0.0/0', 'net 10.0.0.4/31',
    'state established', 'state close-wait,established', 'pid 811', 'pid 1,812', 'prog nginx', 'prog nginx*', 'prog *worker*', 'user www-data', 'user 33', 'inode 4711', 'send-q > 0', 'recv-q = 0',
    'send-q>=12', 'recv-q != 1', 'not udp', 'not not tcp', '! udp && tcp', '( udp or tcp ) and not listening', 'udp or unix or tcp', 'ip', 'udp and tcp or port 443',
  ])('%s', (text) => {
    expect(test(text)).toBe(true)
  })
  it.each(['port 80', 'src port 50000', 'udp', 'unix', 'ip6', 'host 10.0.0.6', 'net 10.0.0.6/31', 'net fd00::/8', 'host ::1', 'state close-wait', 'pid 8', 'prog ngin', 'user 0', 'listening', 'recv-q > 0', 'not port 443', 'udp and ( tcp or port 443 )', 'path *'])('not: %s', (text) => {
    expect(test(text)).toBe(false)
  })
  it('a unix socket has a path and no port', () => {
    expect(test('path /run/*/bus', bus)).toBe(true)
    expect(test('port 0', bus)).toBe(false)
    expect(test('unix', bus)).toBe(true)
  })
  it('a v4-mapped address is the IPv4 one', () => {
    expect([...parseAddress('::ffff:1.2.3.4')!]).toEqual([1, 2, 3, 4])
    expect(parseAddress('fd00::1')).toHaveLength(16)
    expect(parseAddress('010.0.0.1')).toBeUndefined()
  })
})

describe('a wrong word is named with its place and what was expected', () => {
  it.each([
    ['prt 443', /at 1: `prt`: expected tcp, udp/],
    ['port', /at 5: the filter ends: expected a port/],
    ['port 70000', /at 6: `70000`: expected ports from 0 to 65535/],
    ['port nosuch', /at 6: `nosuch`: expected a port/],
    ['tcp and', /at 8: the filter ends/],
    ['tcp udpp', /at 5: `udpp`: expected and, or/],
    ['( tcp', /at 6: the filter ends: expected and, or, or \)/],
    ['tcp )', /at 5: `\)`/],
    ['src tcp', /at 5: `tcp`: expected port, host or net/],
    ['state foo', /at 7: `foo`: expected a state/],
    ['state established,foo', /at 19: `foo`/],
    ['net 10.0.0.0/33', /at 5: .*expected at most 32 bits/],
    ['host example.org', /at 6: `example.org`: expected an address/],
    ['recv-q 5', /at 8: `5`: expected </],
    ['recv-q > x', /at 10: `x`: expected a number/],
    ['user nosuch', /at 6: `nosuch`: expected a user/],
    ['port 80,,81', /expected something between the commas/],
    [`${'('.repeat(100)}tcp`, /at most 64/],
  ])('%s', (text, message) => {
    expect(() => test(text)).toThrow(message)
    expect(() => test(text)).toThrow(UserError)
  })
  it('any words end in an answer or a UserError', () => {
    const word = fc.oneof(fc.constantFrom('port', 'tcp', 'and', 'or', 'not', '(', ')', 'src', 'host', 'net', 'state', '443', '>', 'recv-q', '10.0.0.0/8'), fc.string({ maxLength: 6 }))
    fc.assert(
      fc.property(fc.array(word, { maxLength: 20 }), (words) => {
        try {
          test(words.join(' '))
        } catch (error) {
          expect(error).toBeInstanceOf(UserError)
        }
      }),
    )
  })
  it('a pattern of many stars is linear', () => {
    const began = performance.now()
    expect(test(`path ${'*a'.repeat(2000)}b`, { ...bus, path: 'a'.repeat(4000) })).toBe(false)
    expect(performance.now() - began).toBeLessThan(500)
  })
})
