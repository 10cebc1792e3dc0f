import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cut, fixtureFrames, fixtureNames, frameOf, ip4, ip6, tcp } from '../decode/frames.js'
import type { Frame } from '../../src/frame.js'
import type { PrintOptions } from '../../src/format/options.js'
import { textOf } from './printing.js'

const classic = (frames: readonly Frame[], options: Partial<PrintOptions> = {}): string[] => textOf(frames, { style: 'classic', ...options })

const segment = (parts: Parameters<typeof tcp>[0], data = ''): Frame => {
  const header = tcp(parts)
  return frameOf(`${ip4(6, (header + data).replaceAll(' ', '').length / 2)} ${header} ${data}`, 101)
}
/** What stands behind the ports. */
const behind = (lines: readonly string[]): string[] => lines.map((line) => line.slice(line.indexOf(': ') + 2))

describe('the exchange of the book', () => {
  it('prints as the book does', async () => {
    const lines = classic(await fixtureFrames('book-exchange.pcap'))
    // The client's port, the initial numbers, windows and clocks differ from recording to recording.
    const [, client] = /^IP (\S+) > /.exec(lines[0]!)!
    const names = lines.map((line) => line.replaceAll(client!, 'pukaki.60391').replaceAll('10.0.0.2.55555', 'tekapo.55555'))
    const [, first, second] = /^IP \S+ > \S+ S (\d+):.*\n.* S (\d+):/.exec(`${names[0]}\n${names[1]}`)!
    const synOptions = (): RegExp => /^<mss 1460,sackOK,TS val \d+ ecr \d+,nop,wscale \d+>$/
    const options = names.map((line) => line.slice(line.indexOf('<')))
    for (const [i, each] of options.entries()) expect(each).toMatch(i < 2 ? synOptions() : /^<nop,nop,TS val \d+ ecr \d+>$/)
    expect(names.map((line) => line.slice(0, line.indexOf(' <')).replace(/win \d+/, 'win N'))).toEqual([
      `IP pukaki.60391 > tekapo.55555: S ${first}:${first}(0) win N`,
      `IP tekapo.55555 > pukaki.60391: S ${second}:${second}(0) ack ${(Number(first) + 1) % 2 ** 32} win N`,
      'IP pukaki.60391 > tekapo.55555: . ack 1 win N',

      'IP pukaki.60391 > tekapo.55555: P 1:17(16) ack 1 win N',
      'IP tekapo.55555 > pukaki.60391: . ack 17 win N',
      'IP tekapo.55555 > pukaki.60391: P 1:5(4) ack 17 win N',
      'IP pukaki.60391 > tekapo.55555: . ack 5 win N',
      'IP pukaki.60391 > tekapo.55555: P 17:49(32) ack 5 win N',
      'IP tekapo.55555 > pukaki.60391: . ack 49 win N',
      'IP tekapo.55555 > pukaki.60391: P 5:9(4) ack 49 win N',
      'IP pukaki.60391 > tekapo.55555: . ack 9 win N',

      'IP pukaki.60391 > tekapo.55555: F 49:49(0) ack 9 win N',
      'IP tekapo.55555 > pukaki.60391: . ack 50 win N',
      'IP tekapo.55555 > pukaki.60391: F 9:9(0) ack 50 win N',
      'IP pukaki.60391 > tekapo.55555: . ack 10 win N',
    ])
  })
})

describe('a segment', () => {
  it.each([
    { flags: 0x00, text: '. win 501' },
    { flags: 0x10, text: '. ack 200 win 501' },
    { flags: 0x30, text: '. ack 200 win 501 urg 7' },
    { flags: 0x08, text: 'P win 501' },
    { flags: 0x02, text: 'S 100:100(0) win 501' },
    { flags: 0x01, text: 'F 100:100(0) win 501' },
    { flags: 0x04, text: 'R 100:100(0) win 501' },
    { flags: 0xc2, text: 'SEC 100:100(0) win 501' },
    { flags: 0x52, text: 'SE 100:100(0) ack 200 win 501' },
    { flags: 0x90, text: 'C ack 200 win 501' },
    { flags: 0x100, text: '. win 501' },
    { flags: 0x1ff, text: 'SFPREC 100:100(0) ack 200 win 501 urg 7' },
  ])('flags $flags → $text', ({ flags, text }) => expect(behind(classic([segment({ flags })]))).toEqual([text]))

  const flow = [segment({ flags: 0x18 }, '61'), segment({ flags: 0x18, seq: 101, options: '0101050a 000000c8 000000d2' }, '6162')]
  it.each([
    { why: 'relative from the second on', options: {}, text: ['P 100:101(1) ack 200 win 501', 'P 1:3(2) ack 1 win 501 <nop,nop,sack 1 {1:11}>'] },
    { why: '-S', options: { absolute: true }, text: ['P 100:101(1) ack 200 win 501', 'P 101:103(2) ack 200 win 501 <nop,nop,sack 1 {200:210}>'] },
  ])('numbers: $why', ({ options, text }) => expect(behind(classic(flow, options))).toEqual(text))

  it('goes on past 2^32', () => expect(behind(classic([segment({ flags: 0x18, seq: 0xffffffff }, '6162')]))).toEqual(['P 4294967295:1(2) ack 200 win 501']))

  it('-vv shows the numbers of a bare ACK', () => expect(classic([segment({})], { verbose: 2, checksums: false })[0]).toMatch(/: \. 100:100\(0\) ack 200 win 501$/))

  it('-q is the short form of always', () => expect(behind(classic([segment({})], { quiet: 1 }))).toEqual(['tcp 0']))
})

describe('checksum of -v', () => {
  const sum = (frame: Frame, options: Partial<PrintOptions> = {}): string => classic([frame], { verbose: 1, ...options })[0]!.split(': ').at(-1)!
  const right = frameOf(`${ip4(6, 20)} ${tcp().replace('0000 0007', '9472 0007')}`, 101)
  it.each([
    { why: 'right', frame: right, options: {}, text: '. [tcp sum ok] ack 200 win 501' },
    { why: 'wrong', frame: segment({}), options: {}, text: '. [bad tcp cksum 0 (->9472)!] ack 200 win 501' },
    { why: '-K', frame: segment({}), options: { checksums: false }, text: '. ack 200 win 501' },
    { why: 'not captured whole', frame: cut(segment({}, '61'), 40), options: {}, text: '. 100:101(1) ack 200 win 501' },
    { why: 'a fragment', frame: frameOf(`${ip4(6, 20, { fragment: 0x2000 })} ${tcp()}`, 101), options: {}, text: '. ack 200 win 501' },
  ])('$why', ({ frame, options, text }) => expect(sum(frame, options)).toBe(text))
})

describe('faults and cuts, as the modern form prints them', () => {
  const syn = segment({ flags: 2, options: '020405b4 0101080a 00000001 00000002' })
  it.each([
    { why: 'ports missing', frame: cut(syn, 22), text: 'IP 10.0.0.1 > 10.0.0.2: [|tcp]' },
    { why: 'header cut', frame: cut(syn, 39), text: 'IP 10.0.0.1.1000 > 10.0.0.2.80:  [|tcp]' },
    { why: 'no option captured', frame: cut(syn, 40), text: 'IP 10.0.0.1.1000 > 10.0.0.2.80: S 100:100(0) win 501 < [|tcp]' },
    { why: "cut at an option's start", frame: cut(syn, 44), text: 'IP 10.0.0.1.1000 > 10.0.0.2.80: S 100:100(0) win 501 <mss 1460, [|tcp]' },
    { why: "cut in an option's value", frame: cut(syn, 49), text: 'IP 10.0.0.1.1000 > 10.0.0.2.80: S 100:100(0) win 501 <mss 1460,nop,nop,TS [|tcp]>' },
    { why: 'data offset 4', frame: segment({ offset: 4 }), text: 'IP 10.0.0.1.1000 > 10.0.0.2.80:  tcp 4 [bad hdr length 16 - too short, < 20]' },
    { why: 'data offset 15', frame: segment({ offset: 15 }), text: 'IP 10.0.0.1.1000 > 10.0.0.2.80: . [bad hdr length 60 - too long, > 20]' },
    { why: 'a bad option', frame: segment({ flags: 2, options: '02010000' }), text: 'IP 10.0.0.1.1000 > 10.0.0.2.80: S 100:100(0) win 501 <[bad opt]' },
  ])('$why', ({ frame, text }) => expect(classic([frame])).toEqual([text]))

  /** Letters, range, ack, win and urg of either form as one spelling, options as they are. */
  const modernOf = (line: string): string => line
    .replace(/^(.*: )Flags \[([^\]]*)\]/, (_all, start: string, letters: string) => {
      const set = letters === 'none' ? '' : letters.replaceAll(/[.U]/g, '').replace('W', 'C')
      const classicLetters = ['S', 'F', 'P', 'R', 'E', 'C'].filter((letter) => set.includes(letter)).join('')
      return `${start}${classicLetters === '' ? '.' : classicLetters}`
    })
    .replace(/, seq (\d+)(?::(\d+))?(.*?), length (\d+).*$/s, (_all, from: string, to: string | undefined, rest: string, length: string) => ` ${from}:${to ?? from}(${length})${rest}`)
    .replace(/, length \d+.*$/s, '')
    .replace(/, (ack \d+)/, ' $1').replace(/, (win \d+)/, ' $1').replace(/, (urg \d+)/, ' $1').replace(/, options \[(.*)\]$/, ' <$1>')

  it.each(fixtureNames.filter((name) => /^(tcp|mptcp|book)/.test(name) && !/options-bad|http|smtp|ftp|ssh|resp|telnet|dns/.test(name)))('%s says what the modern form says', async (name) => {
    const frames = (await fixtureFrames(name)).slice(0, 200)
    const modern = textOf(frames), old = classic(frames)
    for (const [i, line] of modern.entries()) if (/: Flags /.test(line) && !/\[bad|\[\|/.test(line)) expect(old[i]).toBe(modernOf(line))
  })
})

describe('any bytes', () => {
  it('never throw', () => fc.assert(fc.property(fc.boolean(), fc.uint8Array({ maxLength: 100 }), fc.nat(60), fc.nat(3), fc.boolean(), (v6, bytes, more, verbose, absolute) => {
    const head = Buffer.from((v6 ? ip6(6, bytes.length + more) : ip4(6, bytes.length + more)).replaceAll(' ', ''), 'hex')
    const b = new Uint8Array(Buffer.concat([head, bytes]))
    const [line] = classic([{ ...frameOf('', 101), b, end: b.length, wireLength: b.length + more }], { verbose, absolute })
    expect(line).toMatch(/^IP6? [ -~\n]*$/)
  }), { numRuns: 2000 }))

  it('of fixtures, cut at every length', async () => {
    for (const name of fixtureNames.filter((each) => each.startsWith('tcp'))) {
      for (const frame of (await fixtureFrames(name)).slice(0, 3)) {
        for (let kept = 0; kept <= Math.min(frame.end, 120); kept++) expect(classic([cut(frame, kept)], { verbose: 1 })).toHaveLength(1)
      }
    }
  })
})
