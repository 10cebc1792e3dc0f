/**
 * Filter expressions select exactly the packets that the installed tcpdump selects. All packets of all fixtures, and of the suite beside
 * the repository where there is one, are put into one capture a link type, the number of the packet as its time.
 */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCapture } from '../../src/capture/file.js'
import { FrameFilter } from '../../src/capture/frame-filter.js'
import { loadLibpcap } from '../../src/capture/libpcap.js'
import { UserError } from '../../src/errors.js'
import { newFrame } from '../../src/frame.js'
import { ROOT, hasTool, run, shared } from '../run.js'

const there = hasTool('tcpdump', ['--version'], /libpcap version 1\.10\.3/)

const EXPRESSIONS = [
  'ip', 'ip6', 'arp', 'rarp', 'tcp', 'udp', 'icmp', 'icmp6', 'igmp', 'sctp', 'esp', 'ah', 'pim', 'vrrp', 'stp', 'llc', 'atalk', 'ipx', 'iso', 'isis',
  'host 10.0.0.1', 'src host 10.0.0.1', 'dst host 10.0.0.2', 'host 10.0.0.1 and 10.0.0.2', 'src or dst host 127.0.0.1', 'ip6 host fd00::1', 'host ::1',
  'net 10.0.0.0/8', 'src net 10.0.0.0 mask 255.255.255.0', 'dst net 192.168', 'net fd00::/16', 'dst net ff00::/8',
  'port 80', 'src port 80', 'dst port 53', 'tcp port 7000', 'udp port domain', 'port http', 'portrange 1-1023', 'tcp src portrange 1024-65535', 'not portrange 0-1024',
  'ether host 02:00:00:00:00:01', 'ether src 02:00:00:00:00:02', 'ether broadcast', 'ether multicast', 'ip multicast', 'ip6 multicast', 'ip broadcast',
  'ether proto 0x0800', 'ether proto \\arp', 'ip proto 6', 'ip proto \\udp', 'ip6 proto 58', 'ip protochain 6', 'ip6 protochain 17', 'proto 17',
  'vlan', 'vlan 100', 'vlan and tcp', 'vlan 100 and vlan', 'mpls', 'mpls 16 and host 10.0.0.1', 'pppoes', 'pppoes and ip', 'geneve',
  'tcp[13] & 2 != 0', 'tcp[tcpflags] == tcp-syn', 'tcp[tcpflags] & (tcp-syn|tcp-fin|tcp-rst) != 0', 'tcp[tcpflags] & (tcp-ack|tcp-push|tcp-urg|tcp-ece|tcp-cwr) != 0',
  'ip[0] & 0xf != 5', 'ip[6:2] & 0x1fff != 0', 'ip[8] < 64', 'ip6[6] = 6', 'ip[2:2] > 100', 'udp[4:2] > 20', 'tcp[12] >> 4 > 5', 'icmp[icmptype] = icmp-echo',
  'icmp[0] == 8 or icmp[icmptype] == icmp-echoreply', 'icmp6[icmp6type] == icmp6-neighborsolicit', 'ether[0] & 1 = 1', 'ether[12:2] > 1500', 'tcp[4:4] > 0x80000000',
  'len > 100', 'len <= 60', 'greater 200', 'less 64', 'len - 14 > 50 and tcp', '(ip[2:2] - ((ip[0]&0xf)<<2) - ((tcp[12]&0xf0)>>2)) != 0', 'len % 2 = 1', 'ip[len - 21] = 0', '(len ^ 1) & 3 = 2', '0 - 1 + len > 80',
  'not tcp', '! (tcp or udp)', 'tcp and not port 80 and (src net 10 or ip6)', 'host 10.0.0.1 and (port 80 or port 443 or icmp)', 'tcp || udp && port 53', 'ip and tcp[0:2] = 80 or tcp[2:2] = 80',
  'link[0] = 2', 'inbound', 'outbound', 'ifindex 2', 'gateway nosuch', 'tcp port nosuchport', 'tcp tcp', 'ip host', '((tcp)', 'host 300.1.1.1', 'wlan type mgt', 'type data subtype qos-data',
]

interface Merged {
  readonly linkType: number
  readonly path: string
  readonly frames: readonly { readonly b: Uint8Array; readonly wireLength: number }[]
}

describe.skipIf(!there)('filters against tcpdump with libpcap 1.10.3 (apt-get install tcpdump)', () => {
  let dir = ''
  let merged: Merged[] = []
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'sockscope-filters-'))
    merged = await mergeByLinkType(dir)
  })
  afterAll(() => rmSync(dir, { recursive: true }))

  it('has captures', () => expect(merged.length).toBeGreaterThan(3))

  it.each(EXPRESSIONS)('%s', async (expression) => {
    const libpcap = await loadLibpcap()
    for (const { linkType, path, frames } of merged) {
      const theirs = run('tcpdump', ['-r', path, '-w', '-', expression])
      const filter = new FrameFilter(libpcap, expression, true)
      try {
        filter.prepare(linkType)
      } catch (error) {
        expect(error).toBeInstanceOf(UserError)
        expect(theirs.status, `link type ${linkType}: ${(error as Error).message}; tcpdump: ${theirs.stderr}`).not.toBe(0)
        continue
      }
      expect(theirs.status, `link type ${linkType}: ${theirs.stderr}`).toBe(0)
      const ours: number[] = []
      frames.forEach(({ b, wireLength }, n) => {
        if (filter.passes({ ...newFrame(), b, end: b.length, wireLength, linkType })) ours.push(n)
      })
      expect(ours, `link type ${linkType}`).toEqual(numbersIn(theirs.stdout))
    }
  })
})

async function mergeByLinkType(dir: string): Promise<Merged[]> {
  const byLinkType = new Map<number, { b: Uint8Array; wireLength: number }[]>()
  for (const path of captures()) {
    for (const { linkType, ...frame } of await framesOf(path)) {
      const list = byLinkType.get(linkType) ?? []
      byLinkType.set(linkType, list)
      list.push(frame)
    }
  }
  return [...byLinkType].map(([linkType, frames]) => {
    const path = join(dir, `${linkType}.pcap`)
    writeFileSync(path, pcapOf(linkType, frames))
    return { linkType, path, frames }
  })
}

function captures(): string[] {
  const folders = [join(ROOT, 'test/fixtures/pcap'), shared('tcpdump-suite/pcaps')].filter((folder) => folder !== undefined)
  return folders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
}

/** Frames before the first damage. */
async function framesOf(path: string): Promise<{ linkType: number; b: Uint8Array; wireLength: number }[]> {
  const frames: { linkType: number; b: Uint8Array; wireLength: number }[] = []
  const frame = newFrame()
  try {
    const source = await openCapture(path)
    do while (source.next(frame)) frames.push({ linkType: frame.linkType, b: frame.b.slice(frame.at, frame.end), wireLength: frame.wireLength })
    while (await source.more())
  } catch (error) {
    if (!(error instanceof UserError)) throw error
  }
  return frames
}

function pcapOf(linkType: number, frames: Merged['frames']): Buffer {
  const header = Buffer.alloc(24)
  header.writeUInt32LE(0xa1b2c3d4, 0)
  header.writeUInt16LE(2, 4)
  header.writeUInt16LE(4, 6)
  header.writeUInt32LE(262144, 16)
  header.writeUInt32LE(linkType, 20)
  return Buffer.concat([
    header,
    ...frames.flatMap(({ b, wireLength }, n) => {
      const record = Buffer.alloc(16)
      record.writeUInt32LE(n, 0)
      record.writeUInt32LE(b.length, 8)
      record.writeUInt32LE(wireLength, 12)
      return [record, b]
    }),
  ])
}

/** The seconds of each record: the numbers of the packets. */
function numbersIn(pcap: Buffer): number[] {
  const numbers: number[] = []
  for (let at = 24; at < pcap.length; at += 16 + pcap.readUInt32LE(at + 8)) numbers.push(pcap.readUInt32LE(at))
  return numbers
}
