/** The installed tcpdump 4.99.3 against ours over the payloads of test/format: whole, cut at every byte, and damaged. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FABRIC_CASES } from '../format/fabric-cases.js'
import { GATEWAY_CASES } from '../format/gateway-cases.js'
import { LAN_CASES } from '../format/lan-cases.js'
import { MESH_CASES } from '../format/mesh-cases.js'
import { OSI_CASES } from '../format/osi-cases.js'
import { packetOf, type PayloadCase } from '../format/payload.js'
import { DNS_CASES, PAYLOAD_CASES } from '../format/payload-cases.js'
import { ROUTING_CASES } from '../format/routing-cases.js'
import { SCTP_CASES } from '../format/sctp-cases.js'
import { hasTool, run, sockscope } from '../run.js'

const there = hasTool('tcpdump', ['--version'], /tcpdump version 4\.99\.3/)
const RAW = 101
const DAMAGED = 30

/** A sequence that is the same in every run. */
function random(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** A pcap of packets, each with the bytes that were kept of it. */
function pcap(packets: ReadonlyArray<{ readonly bytes: Uint8Array; readonly kept: number }>): Buffer {
  const header = Buffer.alloc(24)
  for (const [at, value] of [[0, 0xa1b2c3d4], [4, 0x00040002], [16, 262144], [20, RAW]] as const) header.writeUInt32LE(value, at)
  return Buffer.concat([header, ...packets.flatMap(({ bytes, kept }) => {
    const record = Buffer.alloc(16)
    record.writeUInt32LE(kept, 8)
    record.writeUInt32LE(bytes.length, 12)
    return [record, bytes.subarray(0, kept)]
  })])
}

/** The packets of a case: as it is, cut, and with a few bytes of its payload changed. */
function variants(each: PayloadCase): { bytes: Uint8Array; kept: number }[] {
  const { b, end } = packetOf(each)
  const bytes = b.subarray(0, end)
  const header = end - each.payload.length / 2
  const first = header + (each.keep ?? 0)
  const next = random(end)
  const all = [{ bytes, kept: end }]
  for (let kept = header; kept < end; kept++) all.push({ bytes, kept })
  for (let n = 0; n < DAMAGED; n++) {
    const damaged = Uint8Array.from(bytes)
    for (let i = next(4); i >= 0; i--) damaged[first + next(end - first)] = next(2) === 0 ? next(256) : next(8)
    all.push({ bytes: damaged, kept: end })
  }
  return all
}

/** Cases of one -T each: a run of tcpdump has one. */
const typesOf = (cases: readonly PayloadCase[]): { of: string; cases: readonly PayloadCase[]; type: string }[] =>
  [...new Set(cases.map(({ type = '' }) => type))].map((type) => ({ of: cases[0]!.why, cases: cases.filter((each) => (each.type ?? '') === type), type }))

describe.skipIf(!there)('payloads as tcpdump 4.99.3 prints them', () => {
  let folder = ''
  beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'sockscope-')) })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it.each([
    { of: 'DNS', cases: DNS_CASES, type: '' },
    ...typesOf(PAYLOAD_CASES),
    ...typesOf(ROUTING_CASES),
    ...typesOf(FABRIC_CASES),
    ...typesOf(SCTP_CASES),
    ...typesOf(GATEWAY_CASES),
    ...typesOf(LAN_CASES),
    ...typesOf(MESH_CASES),
    ...typesOf(OSI_CASES),
  ])('$of -T $type', ({ of, cases, type }) => {
    const file = join(folder, `${of.replaceAll(' ', '-')}-${type}.pcap`)
    writeFileSync(file, pcap(cases.flatMap(variants)))
    for (const flags of [['-nn'], ['-nnv'], ['-nnvv'], ['-nnvvv'], ['-nnq']]) {
      const args = [...flags, '-#', '-t', ...(type === '' ? [] : ['-T', type]), '-r', file]
      const theirs = run('tcpdump', args).stdout.toString('latin1').split('\n')
      expect(sockscope(['tcpdump', ...args]).stdout.toString('latin1').split('\n'), flags[0]).toEqual(theirs)
    }
  }, 60_000)
})
