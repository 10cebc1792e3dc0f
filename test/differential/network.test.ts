/**
 * The installed tcpdump 4.99.3 against ours over packets made by brute force: every type, kind and length of the network
 * and transport protocols, and bytes at random. A pcap file a family, whole output compared.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasTool, run, sockscope } from '../run.js'

const there = hasTool('tcpdump', ['--version'], /tcpdump version 4\.99\.3/)
const RAW = 101

const u16 = (n: number): number[] => [(n >> 8) & 255, n & 255]
const u32 = (n: number): number[] => [...u16(n >>> 16), ...u16(n & 0xffff)]
const count = (n: number, from = 1): number[] => Array.from({ length: n }, (_, i) => (i + from) & 255)
const padTo = (bytes: number[], multiple: number, pad = 0): number[] => [...bytes, ...Array<number>((multiple - (bytes.length % multiple)) % multiple).fill(pad)]
const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i)

const ip4 = (protocol: number, payload: readonly number[], options: readonly number[] = [], fragment = 0): number[] => [
  0x40 | (5 + options.length / 4), 0, ...u16(20 + options.length + payload.length), 0, 1, ...u16(fragment), 64, protocol, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2,
  ...options, ...payload,
]
const ip6 = (next: number, payload: readonly number[]): number[] => [
  0x60, 0, 0, 0, ...u16(payload.length), next, 64, 0xfd, ...Array<number>(14).fill(0), 1, 0xfd, ...Array<number>(14).fill(0), 2, ...payload,
]
const udp = [...u16(1111), ...u16(2222), 0, 12, 0, 0, 1, 2, 3, 4]
const tcp = (options: number[], flags = 0x10): number[] => {
  const padded = padTo(options, 4, 1)
  return [...u16(30000), ...u16(9999), ...u32(1000), ...u32(2000), (5 + padded.length / 4) << 4, flags, 1, 244, 0, 0, 0, 7, ...padded, 97, 98]
}

/** A sequence that is the same in every run (mulberry32). */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
/** Bytes of which most are small, as types and lengths are. */
function noise(seed: number, packets: number, longest: number, wrap: (bytes: number[]) => number[]): number[][] {
  const next = random(seed)
  const byte = (): number => Math.floor(next() * (next() < 0.7 ? 24 : 256))
  return range(packets).map(() => wrap(range(Math.floor(next() * longest)).map(byte)))
}

const option = (kind: number, length: number): number[] => [kind, length, ...count(Math.max(length - 2, 0))]

const FAMILIES: Readonly<Record<string, () => number[][]>> = {
  'IPv4 options': () => [0, 1, 7, 68, 82, 130, 131, 137, 148, 200].flatMap((kind) => range(21).map((length) => ip4(253, [1, 2, 3, 4], padTo(option(kind, length), 4)))),
  'IPv4 options, random': () => noise(1, 500, 40, (bytes) => ip4(253, [1, 2, 3, 4], padTo(bytes, 4).slice(0, 40))),
  'IPv4 source routes, and the checksums behind them': () => [131, 137].flatMap((kind) => range(16).flatMap((length) =>
    [[], [1], [7, 7, 4, 9, 9, 9, 9]].flatMap((before) => [ip4(17, [...udp.slice(0, 6), 0, 5, ...udp.slice(8)], padTo([...before, ...option(kind, length)], 4)), ip4(6, tcp([]), padTo([...before, ...option(kind, length)], 4))]))),
  'IP protocols': () => [3, 6, 17, 60, 253].flatMap((protocol) => [ip4(protocol, udp), ip6(protocol, udp), ip4(protocol, udp, [], 0x2001)]),
  'hop-by-hop and destination options': () =>
    [0, 1, 5, 30, 0xc2, 0xc9].flatMap((kind) => range(21).flatMap((length) => [0, 60].map((header) => {
      const body = padTo([17, 0, ...option(kind, length)], 8)
      body[1] = body.length / 8 - 1
      return ip6(header, [...body, ...udp])
    }))),
  'routing headers': () => range(6).flatMap((type) => range(5).map((words) => ip6(43, [17, words, type, 1, 0, 1, 2, 3, ...count(words * 8), ...udp]))),
  'mobility headers': () => range(10).flatMap((type) => range(6).map((words) => ip6(135, [59, words, type, 0, 0x12, 0x34, ...count(words * 8 + 2, 0x81)]))),
  // No byte that names a protocol which later issues print.
  'extension headers, random': () =>
    [0, 43, 44, 51, 60, 135].flatMap((next) => noise(next + 2, 150, 90, (bytes) => ip6(next, bytes.map((byte) => ([8, 9, 46, 55, 88, 89, 112, 113].includes(byte) ? 17 : byte))))),
  'TCP options': () => range(256).flatMap((kind) => [0, 1, 2, 3, 4, 6, 8, 10, 12, 18].map((length) => ip4(6, tcp(option(kind, length), kind % 2 ? 0x10 : 2)))),
  'TCP options, random': () => noise(9, 600, 40, (bytes) => ip4(6, tcp(bytes.slice(0, 40)))),
  MPTCP: () => range(9).flatMap((subtype) => range(32).flatMap((length) => [2, 0x12, 0x10].map((flags) => ip4(6, tcp([30, length + 2, subtype << 4, 0x1f, ...count(Math.max(length - 2, 0))].slice(0, Math.max(length + 2, 2)), flags))))),
  ICMP: () => range(45).flatMap((type) => range(17).map((code) => ip4(1, [type, code, 0, 0, 1, 2, 3, 4, ...ip4(17, udp)]))),
  'ICMP, random': () => noise(10, 500, 200, (bytes) => ip4(1, bytes)),
  ICMPv6: () => [...range(6), ...range(30).map((n) => n + 127), 200].flatMap((type) => range(34).map((length) => ip6(58, [type, length % 5, 0, 0, ...count(length, 0x10)]))),
  'neighbour discovery options': () => range(40).flatMap((kind) => range(5).map((units) => ip6(58, [134, 0, 0, 0, ...count(12), ...padTo([kind, units, ...count(Math.max(units * 8 - 2, 0))], 8)]))),
  'ICMPv6, random': () => [130, 134, 135, 138, 139, 140, 143, 145, 155].flatMap((type) => noise(type, 120, 100, (bytes) => ip6(58, [type, ...bytes]))),
  IGMP: () => [0x11, 0x12, 0x13, 0x14, 0x16, 0x17, 0x1e, 0x1f, 0x22, 0x99].flatMap((type) => range(10).flatMap((code) => [4, 8, 12, 24, 40].map((length) => ip4(2, [type, code, ...count(length - 2, 7)])))),
  PIM: () => [...range(12).flatMap((type) => noise(type + 20, 60, 70, (bytes) => ip4(103, [0x20 | type, type % 3, 0, 0, ...bytes]))), ...range(26).flatMap((kind) => range(7).map((length) => ip4(103, [0x20, 0, 0, 0, ...u16(kind), ...u16(length), ...count(length)])))],
  GRE: () => range(256).flatMap((flags) => [0, 1, 2].map((version) => ip4(47, [flags, version, 8, 0, ...Array<number>(12).fill(0), ...ip4(17, udp)]))),
  SCTP: () => [...range(16), 0x80, 0xc0, 0xc1, 0xc2].flatMap((type) => range(24).map((length) => ip4(132, [...count(12), type, 7, ...u16(length + 4), ...padTo(count(length, 0x30), 4)]))),
  'SCTP, random': () => noise(11, 300, 90, (bytes) => ip4(132, [...count(12), ...bytes])),
  DCCP: () => range(16).flatMap((type) => [0, 1].flatMap((isLong) => [0, 4, 8, 12, 20].map((length) => ip4(33, [...u16(1111), ...u16(2222), (12 + isLong * 4 + length) / 4, 0x53, 0, 0, (type << 1) | isLong, ...count(3 + isLong * 4 + length + 6)])))),
  'DCCP options': () => range(50).flatMap((kind) => [2, 3, 4, 6, 8, 10].map((length) => {
    const options = padTo(option(kind, length), 4)
    return ip4(33, [...u16(1111), ...u16(2222), 3 + options.length / 4, 0, 0, 0, 4, 0, 0, 5, ...options])
  })),
  'AH, ESP, IPComp, tunnels': () => [4, 41, 50, 51, 108].flatMap((protocol) => [...noise(protocol, 60, 60, (bytes) => ip4(protocol, bytes)), ip4(protocol, ip4(17, udp)), ip6(protocol, ip6(17, udp))]),
}

/** Each packet whole, and every `step`-th one cut at every length. */
function capture(packets: readonly number[][], step: number): Buffer {
  const header = Buffer.from([0xa1, 0xb2, 0xc3, 0xd4, 0, 2, 0, 4, ...Array<number>(8).fill(0), 0, 4, 0, 0, ...u32(RAW)])
  const records: Buffer[] = [header]
  const add = (packet: readonly number[], kept: number): number => records.push(Buffer.from([...u32(1), ...u32(0), ...u32(kept), ...u32(packet.length)]), Buffer.from(packet.slice(0, kept)))
  packets.forEach((packet, i) => {
    if (i % step === 0) for (let kept = 1; kept < packet.length; kept++) add(packet, kept)
    add(packet, packet.length)
  })
  return Buffer.concat(records)
}

describe.skipIf(!there)('tcpdump 4.99.3 (apt-get install tcpdump)', () => {
  let dir = ''
  beforeAll(() => (dir = mkdtempSync(join(tmpdir(), 'sockscope-'))))
  afterAll(() => rmSync(dir, { recursive: true }))

  it.each(Object.entries(FAMILIES))('%s', (_name, make) => {
    const packets = make()
    const path = join(dir, 'packets.pcap')
    writeFileSync(path, capture(packets, Math.max(Math.ceil(packets.length / 25), 1)))
    for (const flags of ['-tn#', '-tnv#', '-tnvv#', '-tnq#']) {
      const theirs = run('tcpdump', [flags, '-r', path]).stdout.toString('latin1').split('\n')
      const ours = sockscope(['tcpdump', flags, '-r', path]).stdout.toString('latin1').split('\n')
      const at = theirs.findIndex((line, i) => line !== ours[i])
      expect({ flags, line: at, text: ours[at] }).toEqual({ flags, line: at, text: theirs[at] })
      expect(ours.length).toBe(theirs.length)
    }
  })
})
