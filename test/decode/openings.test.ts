/** First bytes of TLS and HTTP/1, and names in DNS messages: what is whole is found, what is cut or wrong is not, at every length. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HostNames } from '../../src/analysis/host-names.js'
import { Opening } from '../../src/analysis/opening.js'
import * as dns from '../../src/decode/dns.js'
import * as http from '../../src/decode/http.js'
import * as tls from '../../src/decode/tls.js'
import { clientHello, dnsAnswer } from '../commands/report-captures.js'

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'))
const text = (b: Uint8Array | undefined): string | undefined => (b === undefined ? undefined : Buffer.from(b).toString('latin1'))

describe('tls.serverName', () => {
  const hello = clientHello('www.example.com')

  it('at every length: the name once it is whole', () => {
    const whole = Buffer.from(hello).indexOf('www.example.com') + 15
    for (let end = 0; end <= hello.length; end++) {
      // behind the end of the capture stands another packet
      const b = new Uint8Array(end + 200).fill(0xa5)
      b.set(hello.subarray(0, end), 50)
      expect([end, text(tls.serverName(b, 50, 50 + end))]).toEqual([end, end < whole ? undefined : 'www.example.com'])
    }
  })

  it.each([['another record', 0, 23], ['another message', 5, 2], ['an odd version', 1, 2]])('%s has none', (_what, at, byte) => {
    expect(tls.serverName(hello.with(at, byte), 0, hello.length)).toBeUndefined()
  })

  it('any bytes changed: a name within the capture, or none', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(hello.length - 1), fc.nat(255)), { maxLength: 6 }), (changes) => {
      const b = hello.slice()
      for (const [at, byte] of changes) b[at] = byte
      const name = tls.serverName(b, 0, b.length)
      if (name !== undefined) expect(name.byteOffset + name.length).toBeLessThanOrEqual(b.length)
    }))
  })
})

describe('Opening of HTTP/1', () => {
  it.each([
    { data: 'GET / HTTP/1.1\r\nHost: a.example\r\n\r\n', request: 'GET / HTTP/1.1', server: 'a.example' },
    { data: 'M-SEARCH * HTTP/1.1\nX: y\nhost:\t b.example:80 \n\n', request: 'M-SEARCH * HTTP/1.1', server: 'b.example:80' },
    { data: 'GET /a b HTTP/1.0\r\n\r\nHost: body\r\n', request: 'GET /a b HTTP/1.0', server: '' },
    { data: 'POST /cut-off', request: 'POST /cut-off', server: '' },
    { data: 'GET / HTTP/1.1\r\nHost: cut.exam', request: 'GET / HTTP/1.1', server: '' },
    { data: 'GET / HTTP/1.1\r\nHost: 192.0.2.1:8080\r\n\r\n', request: 'GET / HTTP/1.1', server: '' },
    { data: 'GET / HTTP/1.1\r\nHost: [2001:db8::1]:80\r\n\r\n', request: 'GET / HTTP/1.1', server: '' },
    { data: 'GET / HTTP/1.1\r\nHost: abc:80\r\n\r\n', request: 'GET / HTTP/1.1', server: 'abc:80' },
    { data: 'BREW pot HTTP/1.1\r\n\r\n', request: 'BREW pot HTTP/1.1', server: '' },
    { data: 'BREW pot', request: '', server: '' },
    { data: 'get / HTTP/1.1\r\n\r\n', request: '', server: '' },
    { data: 'EHLO there\r\n', request: '', server: '' },
    { data: ' HTTP/1.1\r\n', request: '', server: '' },
  ])('$data', ({ data, request, server }) => {
    const opening = new Opening(), b = bytes(data)
    const named = opening.take(0, b, 0, b.length)
    expect([opening.request, opening.server, text(named?.name) ?? '']).toEqual([request, server, server])
  })

  it('the status stands beside a request only; later data changes nothing', () => {
    const answer = bytes('HTTP/1.1 404 Not Found\r\n\r\n'), request = bytes('GET / HTTP/1.1\r\n\r\n')
    const first = new Opening()
    first.take(1, answer, 0, answer.length)
    expect([first.status, first.lines]).toEqual(['', ['', 'HTTP/1.1 404 Not Found']])
    const second = new Opening()
    second.take(0, request, 0, request.length)
    second.take(1, answer, 0, answer.length)
    second.take(0, bytes('PUT /2 HTTP/1.1\r\n'), 0, 17)
    expect([second.request, second.status, second.isOver]).toEqual(['GET / HTTP/1.1', '404 Not Found', true])
  })

  it('bytes that are no text give no line; those that are give it whole and safe', () => {
    const opening = new Opening(), b = Uint8Array.of(0x41, 0x07, 0x42)
    opening.take(0, b, 0, 3)
    const umlaut = Buffer.from('220 gr\u00fc\u00dfe\u202e\r\n')
    opening.take(1, umlaut, 0, umlaut.length)
    expect(opening.lines).toEqual(['', '220 gr\u00fc\u00dfe\\u202e'])
    // TELNET's commands; Latin-1; Greek, cut inside a letter
    for (const [data, line] of [[Buffer.from([0xff, 0xfd, 0x25]), ''], [Buffer.from('220 M\u00fcller', 'latin1'), '220 M\\xfcller'], [Buffer.from('\u03b1\u03b2\u03b3').subarray(0, 5), '\u03b1\u03b2\\xce'], [Buffer.from('\u03b1'), '\u03b1']] as const) {
      const other = new Opening()
      other.take(0, data, 0, data.length)
      expect(other.lines[0]).toBe(line)
    }
  })

  it('any bytes: no throw, no control byte', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), fc.constantFrom('', 'GET /', 'HTTP/1.1 200 ', '\u0016\u0003\u0001'), fc.nat(20), (noise, start, more) => {
      const b = new Uint8Array(Buffer.concat([bytes(start), noise, new Uint8Array(more).fill(0x58)]))
      const opening = new Opening()
      for (const side of [0, 1] as const) opening.take(side, b, 0, b.length - more)
      // eslint-disable-next-line no-control-regex -- they are what this looks for
      expect([opening.request, opening.status, opening.server, ...opening.lines].join('')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
      expect(http.lineEnd(b, 0, b.length)).toBeLessThanOrEqual(b.length)
    }))
  })
})

describe('HostNames', () => {
  const of = (...address: number[]): Uint8Array => Uint8Array.from(address)
  const MESSAGE = 14 + 20 + 8

  it('DNS answers give the name that was asked for, at every length and whatever the bytes', () => {
    const frame = dnsAnswer(3, 'www.example.com'), address = of(10, 0, 1, 3)
    for (let end = MESSAGE; end <= frame.length; end++) {
      const names = new HostNames([address])
      names.takeDns(frame, MESSAGE, end, 9)
      expect(names.of(address)).toEqual(end === frame.length ? [{ name: 'www.example.com', source: 'DNS', packet: 9 }] : [])
    }
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(frame.length - 1), fc.nat(255)), { maxLength: 8 }), (changes) => {
      const b = frame.slice()
      for (const [at, byte] of changes) b[at] = byte
      const names = new HostNames([address])
      names.takeDns(b, MESSAGE, b.length, 1)
      expect(names.of(address).length).toBeLessThanOrEqual(1)
    }))
  })

  it('questions, errors, and addresses that nobody wants give none', () => {
    const frame = dnsAnswer(3, 'www.example.com'), names = new HostNames([of(10, 0, 1, 4)])
    names.takeDns(frame, MESSAGE, frame.length, 1)
    expect(names.of(of(10, 0, 1, 3))).toEqual([])
    for (const flags of [[0x01, 0x00], [0x81, 0x83]] as const) {
      const wanted = new HostNames([of(10, 0, 1, 3)]), b = frame.slice()
      b.set(flags, MESSAGE + 2)
      wanted.takeDns(b, MESSAGE, b.length, 1)
      expect(wanted.of(of(10, 0, 1, 3))).toEqual([])
    }
  })

  it('PTR records name the address of their owner', () => {
    const name = (...labels: string[]): number[] => [...labels.flatMap((label) => [label.length, ...bytes(label)]), 0]
    const message = (owner: number[], target: number[]): Uint8Array => of(0, 1, 0x81, 0x80, 0, 0, 0, 1, 0, 0, 0, 0, ...owner, 0, 12, 0, 1, 0, 0, 0, 9, 0, target.length, ...target)
    const four = of(192, 0, 2, 1), six = of(0x20, 1, 0xd, 0xb8, ...Array.from({ length: 11 }, () => 0), 1), names = new HostNames([four, six])
    for (const b of [
      message(name('1', '2', '0', '192', 'in-addr', 'ARPA'), name('gw', 'example')),
      message(name('1', ...Array.from({ length: 23 }, () => '0'), '8', 'b', 'd', '0', '1', '0', '0', '2', 'ip6', 'arpa'), name('six', 'a.b')),
      message(name('1', '2', '0', '999', 'in-addr', 'arpa'), name('no')),
    ]) names.takeDns(b, 0, b.length, 5)
    expect([names.of(four), names.of(six)]).toEqual([[{ name: 'gw.example', source: 'DNS', packet: 5 }], [{ name: 'six.a\\.b', source: 'DNS', packet: 5 }]])
  })

  it('keeps a name once, the surest first, and few', () => {
    const address = of(10, 0, 0, 1), names = new HostNames([address])
    const add = (name: string, source: Parameters<HostNames['add']>[4]): void => names.add(address, 0, 4, bytes(name), source, 1)
    add('a', 'HTTP')
    add('b', 'TLS')
    add('a', 'DNS')
    add('b', 'HTTP')
    add('c', 'name resolution block')
    expect(names.of(address).map(({ name, source }) => `${name} ${source}`)).toEqual(['c name resolution block', 'a DNS', 'b TLS'])
    for (let i = 0; i < 100; i++) add(`n${i}`, 'DNS')
    expect(names.of(address)).toHaveLength(4)
  })

  it('labels: pointers go back only, so every name ends', () => {
    expect(dns.labels(of(0xc0, 0), 0, 0, 2)).toBeUndefined()
    expect(dns.labels(of(1, 0x61, 0xc0, 0), 0, 0, 4)).toBeUndefined()
    // a pointer to a pointer to a pointer …
    const chain = Uint8Array.from({ length: 4000 }, (_, i) => (i < 2 ? 0 : i % 2 === 0 ? 0xc0 | ((i - 2) >> 8) : (i - 3) & 255))
    expect(dns.labels(chain, 0, 100, chain.length)).toEqual([])
    expect(dns.labels(chain, 0, 3998, chain.length)).toBeUndefined()
    expect(dns.labels(of(1, 0x61, 0, 1, 0x62, 0xc0, 0), 0, 3, 7)?.map(text)).toEqual(['b', 'a'])
    fc.assert(fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), fc.nat(199), (b, at) => {
      const all = dns.labels(b, 0, at, b.length)
      if (all !== undefined) expect(all.reduce((sum, label) => sum + label.length + 1, 0)).toBeLessThanOrEqual(255)
    }))
  })
})
