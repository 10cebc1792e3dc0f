import { describe, expect, it } from 'vitest'
import { ProbeFrames } from '../../src/format/probe-frames.js'
import { claimJson, ProbeText, type ProbeTextOptions } from '../../src/format/probe.js'
import type { ClaimEvent, ProbeEvent } from '../../src/format/probe-events.js'

const printed = (events: readonly ProbeEvent[], { style = 'modern', ...options }: Partial<ProbeTextOptions> & { readonly style?: 'modern' | 'classic' } = {}): string => {
  let text = ''
  const out = new ProbeText((more) => (text += more), { calls: false, trace: false, claims: true, summaries: new Map([['names', 'what it is about']]), frames: options.trace === true ? () => new ProbeFrames(style) : undefined, ...options })
  for (const event of events) out.take(event)
  return text
}
const claim = (more: Partial<ClaimEvent>): ClaimEvent => ({ event: 'claim', experiment: 'names', claim: 'x', says: 'it is so', source: 'tcp(7)', expected: 1, verdict: 'holds', ...more })

/** An Ethernet frame with a SYN of 127.0.0.1:4711 to :80, as captured in half (no options). */
const SYN = Buffer.from(`${'00'.repeat(12)}0800${'4500002800010000400600007f0000017f000001'}${'12670050000000010000000050020400'}00000000`, 'hex')
const frame: ProbeEvent = { event: 'frame', seconds: 1, nanos: 500_000_000, wireLength: SYN.length, linkType: 1, bytes: SYN.toString('base64') }

describe('a claim in a line', () => {
  it.each([
    { more: { observed: 1 }, line: '  holds    it is so: expected 1, observed 1 [tcp(7)]' },
    { more: { observed: 2, verdict: 'differs', detail: 'two' }, line: '  DIFFERS  it is so: expected 1, observed 2 (two) [tcp(7)]' },
    { more: { verdict: 'unavailable', reason: 'needs root (run with sudo)' }, line: '  no run   it is so: expected 1, needs root (run with sudo) [tcp(7)]' },
    { more: { expected: true, observed: false, verdict: 'differs', sysctls: { 'net.ipv4.tcp_sack': '0' } }, line: '  DIFFERS  it is so: expected yes, observed no; net.ipv4.tcp_sack = 0 [tcp(7)]' },
    { more: { expected: { least: 1, most: 2, unit: 'ms' }, observed: 1.5 }, line: '  holds    it is so: expected 1 to 2 ms, observed 1.5 [tcp(7)]' },
    { more: { expected: { least: 1 }, observed: 1.5 }, line: '  holds    it is so: expected at least 1, observed 1.5 [tcp(7)]' },
    { more: { expected: { most: 2, unit: 's' }, observed: 1.5 }, line: '  holds    it is so: expected at most 2 s, observed 1.5 [tcp(7)]' },
    { more: { observed: 'a\x1b[31m\nb', verdict: 'differs' }, line: '  DIFFERS  it is so: expected 1, observed a\\x1b[31m\\x0ab [tcp(7)]' },
  ] satisfies { more: Partial<ClaimEvent>; line: string }[])('$line', ({ more, line }) => expect(printed([claim(more)])).toBe(`${line}\n`))
})

it('is coloured only by who asks for it, the verdict alone', () => {
  expect(printed([claim({ observed: 2, verdict: 'differs' })], { paint: (color, text) => `<${color}>${text}</>` })).toBe('  <red>DIFFERS</>  it is so: expected 1, observed 2 [tcp(7)]\n')
})

it('as JSON has the same fields in the same order, null where nothing was seen', () => {
  expect(claimJson(claim({ observed: 1, detail: 'one', sysctls: { a: '1' } }))).toBe('{"experiment":"names","claim":"x","says":"it is so","source":"tcp(7)","expected":1,"observed":1,"detail":"one","verdict":"holds","sysctls":{"a":"1"}}')
  expect(claimJson(claim({ verdict: 'unavailable', reason: 'r', optional: true }))).toBe('{"experiment":"names","claim":"x","says":"it is so","source":"tcp(7)","expected":1,"observed":null,"verdict":"unavailable","reason":"r","optional":true}')
})

describe('between the steps', () => {
  const events: readonly ProbeEvent[] = [
    { event: 'begin', experiment: 'names', namespace: true },
    { event: 'step', title: 'nothing happens' },
    { event: 'step', title: 'connect' },
    { event: 'call', text: 'send(3, "\x1b", 0)', result: '1', micros: 5 },
    frame,
    { event: 'states', ends: [{ name: 'client', proto: 'tcp', receiveQueue: 0, sendQueue: 1, local: '127.0.0.1:4711', remote: '127.0.0.1:80', state: 'SYN_SENT' }, { name: 'server', proto: 'tcp', receiveQueue: 0, sendQueue: 0, local: '', remote: '', state: '' }] },
    { event: 'alive' },
    { event: 'end', experiment: 'names', millis: 3 },
  ]

  it('nothing, unless it is asked for', () => expect(printed(events)).toBe('names: what it is about\n'))

  it('-v: calls, their bytes made safe', () => {
    expect(printed(events, { calls: true })).toBe('names: what it is about\n  -- connect\n    send(3, "\\x1b", 0) = 1\n')
  })

  it('--trace: segments as tcpdump prints them, ends as netstat does', () => {
    const text = printed(events, { trace: true }).split('\n')
    expect(text.slice(0, 2)).toEqual(['names: what it is about', '  -- connect'])
    expect(text[2]).toMatch(/^ {4}\d\d:00:01\.500000 IP 127\.0\.0\.1\.4711 > 127\.0\.0\.1\.80: Flags \[S\], seq 1, win 1024, length 0$/)
    expect(text.slice(3)).toEqual(['    client   tcp      0      1 127.0.0.1:4711        127.0.0.1:80          SYN_SENT', '    server   tcp      0      0                                             (no socket)', ''])
    expect(printed(events, { trace: true, style: 'classic' })).toContain('IP 127.0.0.1.4711 > 127.0.0.1.80: S 1:1(0) win 1024\n')
  })

  it('without claims only what was asked for', () => {
    expect(printed([...events, claim({ observed: 1 }), { event: 'note', text: 'n' }], { calls: true, claims: false })).toBe('names: what it is about\n  -- connect\n    send(3, "\\x1b", 0) = 1\n')
  })

  it('hostile bytes in a frame reach no terminal', () => {
    const hostile: ProbeEvent = { ...frame, bytes: Buffer.concat([SYN.subarray(0, 20), Buffer.alloc(40, 0x1b)]).toString('base64') }
    // eslint-disable-next-line no-control-regex -- control bytes are what this looks for
    expect(printed([{ event: 'begin', experiment: 'names', namespace: true }, hostile], { trace: true })).not.toMatch(/[\x00-\x09\x0b-\x1f]/)
  })
})
