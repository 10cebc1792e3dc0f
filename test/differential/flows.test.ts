/** `flows` against tshark 4.0 and tcptrace on the fixtures: counts, times and handshakes equal; findings equal but for the differences that docs/analysis.md lists. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Conversations } from '../../src/analysis/conversations.js'
import { FINDING_NAMES, Finding } from '../../src/analysis/findings.js'
import { summarize } from '../../src/analysis/row-summary.js'
import { openCapture } from '../../src/capture/file.js'
import { UserError } from '../../src/errors.js'
import { newFrame, type Frame } from '../../src/frame.js'
import { CARRIED } from '../decode/carried.js'
import { ethernet, fragmentsOf, frameOf, hex, ip4, ip6, segment, tcp } from '../decode/frames.js'
import { ROOT, hasTool, run, shared } from '../run.js'

/** Our findings by tshark's field. */
const FIELDS: Readonly<Record<string, string>> = {
  retransmission: 'retransmission', fast: 'fast_retransmission', spurious: 'spurious_retransmission', out_of_order: 'out_of_order', lost_previous: 'lost_segment', acked_unseen: 'ack_lost_segment',
  dup_ack: 'duplicate_ack', zero_window: 'zero_window', window_full: 'window_full', zero_window_probe: 'zero_window_probe', zero_window_probe_ack: 'zero_window_probe_ack', keep_alive: 'keep_alive',
  keep_alive_ack: 'keep_alive_ack', window_update: 'window_update', port_reuse: 'reused_ports',
}
const NAMES = Object.keys(FIELDS)

/** Frames by hand whose TCP options are cut or whose header lies: tshark gives up on them where we go on; quoted segments that only tshark looks into; tunnels in fragments, which tshark counts at the last; blocks that it counts as frames. */
const NOT_FOR_THIS = /tcp-options-|tcp-header-odd|tcp-flags-every|tcp-path-mtu|icmp|ip4-by-hand|ip6-extension|snapped-48|vxlan-tcp|blocks\.pcapng/

/** What of a packet differs by intent: docs/analysis.md, "Differences from tshark". */
function isIntended(name: string, findings: number): boolean {
  if (findings & Finding.CAPTURED_TWICE) return true
  if (name === 'fast') return (findings & Finding.RETRANSMISSION) !== 0
  if (name === 'out_of_order' || name === 'retransmission') return (findings & (Finding.OUT_OF_ORDER | Finding.RETRANSMISSION)) !== 0
  return (name === 'keep_alive' || name.startsWith('zero_window_probe')) && (findings & (Finding.ZERO_WINDOW_PROBE | Finding.ZERO_WINDOW_PROBE_ACK)) !== 0
}

interface Judged {
  readonly connection: number
  readonly length: number
  readonly names: ReadonlySet<string>
  readonly findings: number
}

async function judge(file: string): Promise<{ readonly all: Conversations; readonly packets: ReadonlyMap<number, Judged>; readonly streams: readonly number[] }> {
  const all = new Conversations(), packets = new Map<number, Judged>(), frame = newFrame(), streams: number[] = []
  const source = await openCapture(file)
  let packet = 0
  try {
    do {
      while (source.next(frame)) {
        const s = all.take(frame, ++packet)
        if (s === null || s.protocol !== 6) continue
        if (s.isFirst) streams.push(s.connection)
        packets.set(packet, { connection: s.connection, length: s.length, names: new Set(FINDING_NAMES.filter((name, bit) => s.findings & (1 << bit) && NAMES.includes(name))), findings: s.findings })
      }
    } while (await source.more())
  } catch (error) {
    if (!(error instanceof UserError)) throw error
  } finally {
    source.close()
  }
  return { all, packets, streams }
}

const fixtures = join(ROOT, 'test/fixtures/pcap'), real = shared('real-captures')
const files = [...readdirSync(fixtures).map((name) => join(fixtures, name)), ...(real === undefined ? [] : readdirSync(real).filter((name) => name.includes('pcap')).map((name) => join(real, name)))]
  .filter((file) => !NOT_FOR_THIS.test(file))

describe.skipIf(!hasTool('tshark', ['--version'], /4\.0\./))('tshark 4.0', () => {
  it.each(files)('%s', async (file) => {
    const { stdout } = run('tshark', ['-r', file, '-Y', 'tcp && !icmp && !icmpv6', '-T', 'fields', '-E', 'occurrence=l', '-e', 'frame.number', '-e', 'tcp.stream', '-e', 'tcp.len', ...NAMES.flatMap((name) => ['-e', `tcp.analysis.${FIELDS[name]!}`])])
    const { packets, streams } = await judge(file)
    const rows = stdout.toString().split('\n').filter((line) => line !== '').map((line) => line.split('\t'))
    expect([...packets.keys()]).toEqual(rows.map(([number]) => Number(number)))
    for (const [number, stream, length, ...marks] of rows) {
      const ours = packets.get(Number(number))!
      expect([number, streams.indexOf(ours.connection), ours.length]).toEqual([number, Number(stream), Number(length)])
      const differing = NAMES.filter((name, i) => ours.names.has(name) !== (marks[i] !== '') && !isIntended(name, ours.findings))
      expect(differing, `packet ${number}: ours ${[...ours.names].join(' ')}`).toEqual([])
    }
  })

  it.each(files)('conversations and handshakes: %s', async (file) => {
    const { all, streams } = await judge(file)
    const rtts = run('tshark', ['-r', file, '-Y', 'tcp.analysis.initial_rtt && !icmp', '-T', 'fields', '-E', 'occurrence=l', '-e', 'tcp.stream', '-e', 'tcp.analysis.initial_rtt']).stdout.toString()
    const theirs = new Map(rtts.split('\n').filter((line) => line !== '').map((line) => [Number(line.split('\t')[0]), Math.round(Number(line.split('\t')[1]) * 1e9)]))
    streams.forEach((c, stream) => {
      const { handshakeRtt } = summarize(all, c, 0)
      expect([stream, handshakeRtt < 0 ? undefined : handshakeRtt]).toEqual([stream, theirs.get(stream)])
    })
  })
})

/** A pcapng of frames of any link types: each type an interface. */
function pcapng(frames: readonly { readonly b: Uint8Array; readonly linkType: number }[]): Buffer {
  const le = (...words: readonly number[]): Buffer => Buffer.concat(words.map((word) => { const b = Buffer.alloc(4); b.writeUInt32LE(word >>> 0); return b }))
  const block = (type: number, ...body: readonly Uint8Array[]): Buffer => {
    const b = Buffer.concat(body), pad = Buffer.alloc(-b.length & 3), length = 12 + b.length + pad.length
    return Buffer.concat([le(type, length), b, pad, le(length)])
  }
  const types = [...new Set(frames.map(({ linkType }) => linkType))]
  return Buffer.concat([
    block(0x0a0d0d0a, le(0x1a2b3c4d, 1, 0xffffffff, 0xffffffff)),
    ...types.map((type) => block(1, le(type, 0))),
    ...frames.map(({ b, linkType }, i) => block(6, le(types.indexOf(linkType), 0, i, b.length, b.length), b)),
  ])
}

/** For each frame tshark's last TCP layer: stream, ports, bytes of data; '' without any. */
function layersOf(frames: readonly { readonly b: Uint8Array; readonly linkType: number }[]): string[] {
  const directory = mkdtempSync(join(tmpdir(), 'sockscope-tunnels-'))
  try {
    const file = join(directory, 'all.pcapng')
    writeFileSync(file, pcapng(frames))
    const { stdout } = run('tshark', ['-n', '-r', file, '-T', 'fields', '-E', 'occurrence=l', '-e', 'tcp.stream', '-e', 'tcp.srcport', '-e', 'tcp.dstport', '-e', 'tcp.len'])
    return stdout.toString().split('\n').slice(0, -1).map((row) => row.replaceAll('\t', ' ').trim())
  } finally {
    rmSync(directory, { recursive: true })
  }
}

/** The same of ours. */
function segmentsOf(frames: readonly Frame[]): string[] {
  const all = new Conversations()
  return frames.map((frame, i) => {
    const s = all.take(frame, i + 1)
    return s === null ? '' : `${s.connection} ${all.portOf(s.connection, s.direction)} ${all.portOf(s.connection, s.direction === 0 ? 1 : 0)} ${s.length}`
  })
}

describe.skipIf(!hasTool('tshark', ['--version'], /4\.0\./))('tshark 4.0 finds the same segments', () => {
  it('in tunnels and link layers', () => {
    const known = CARRIED.filter(({ unlike }) => unlike === undefined)
    const frames = known.map(({ hex, linkType }) => frameOf(hex, linkType))
    const theirs = layersOf(frames), ours = segmentsOf(frames)
    expect(theirs).toHaveLength(known.length)
    expect(known.flatMap(({ why }, i) => (theirs[i] === ours[i] && /^[01] 1000 80 4$/.test(ours[i]!) ? [] : [`${why}: ${theirs[i]}, ours ${ours[i]}`]))).toEqual([])
  })

  it('in fragments', () => {
    const frames = [
      ...fragmentsOf(segment(1000), 800, { id: 1 }),
      ...fragmentsOf(segment(4), 8, { id: 2 }),
      ...fragmentsOf(segment(1000), 400, { id: 3 }).toReversed(),
      ...fragmentsOf(segment(1000), 400, { id: 4 }).slice(1),
      ...fragmentsOf(segment(1000), 400, { id: 5 }).slice(0, 2),
      ...fragmentsOf(segment(1000), 800, { id: 6, version: 6 }),
      ...fragmentsOf(segment(1000), 400, { id: 7, version: 6 }).toReversed(),
      ...fragmentsOf(segment(1000), 400, { id: 8, version: 6 }).slice(0, 2),
      ...[0, 1].flatMap((i) => [fragmentsOf(segment(1000), 800, { id: 9 })[i]!, fragmentsOf(segment(900), 800, { id: 10 })[i]!]),
    ]
    expect(segmentsOf(frames)).toEqual(layersOf(frames))
  })

  it('in fragments of a tunnel, if at their first', async () => {
    const file = join(fixtures, 'vxlan-tcp.pcap')
    const { stdout } = run('tshark', ['-n', '-r', file, '-Y', 'tcp', '-T', 'fields', '-e', 'tcp.stream', '-e', 'tcp.len', '-e', 'tcp.seq', '-e', 'tcp.flags'])
    const { packets } = await judge(file)
    expect([...packets.values()].map(({ length }) => length)).toEqual(stdout.toString().split('\n').slice(0, -1).map((row) => Number(row.split('\t')[1])))
    expect([...packets.values()].flatMap(({ names }) => [...names])).toEqual([])
  })

  it('where source routes and routing headers lead', () => {
    const route = (options: string): string => `${ethernet('0800')} ${ip4(6, 20 + options.length / 2, { first: 0x45 + options.length / 8 })} ${options} ${tcp()}`
    const routed = (left: number, hop: string): string => `${ethernet('86dd')} ${ip6(43, 44)} 0602 00 ${hex(left, 1)} 00000000 ${hop} ${tcp()}`
    const frames = [
      route('8307040909090900'), route('8307040909090a00'), route('8307080909090a00'), route('01010101'), route('890b08070707070909090a00'),
      routed(1, 'fd0000000000000000000000000000aa'), routed(1, 'fd0000000000000000000000000000bb'), routed(0, 'fd0000000000000000000000000000bb'),
    ].map((bytes) => frameOf(bytes))
    const ours = segmentsOf(frames)
    expect(ours).toEqual(layersOf(frames))
    // to 9.9.9.9, 9.9.9.10, past the route's end and without one to 10.0.0.2, to 9.9.9.10 again; over fd00::1's hop to ::aa, to ::bb, past the end to fd00::2
    expect(ours.map((each) => each.split(' ')[0])).toEqual(['0', '1', '2', '2', '1', '3', '4', '5'])
  })
})

/** `tcptrace -l` of one connection, the two columns of a line. */
const PAIRS: readonly (readonly [line: RegExp, ours: (s: ReturnType<typeof summarize>) => readonly [number, number]])[] = [
  [/total packets:\s+(\d+)\s+total packets:\s+(\d+)/, ({ originator: o, responder: r }) => [o.packets, r.packets]],
  [/resets sent:\s+(\d+)\s+resets sent:\s+(\d+)/, ({ originator: o, responder: r }) => [o.flagPackets[2]!, r.flagPackets[2]!]],
  [/ack pkts sent:\s+(\d+)\s+ack pkts sent:\s+(\d+)/, ({ originator: o, responder: r }) => [o.flagPackets[4]!, r.flagPackets[4]!]],
  [/pure acks sent:\s+(\d+)\s+pure acks sent:\s+(\d+)/, ({ originator: o, responder: r }) => [o.pureAcks, r.pureAcks]],
  [/actual data pkts:\s+(\d+)\s+actual data pkts:\s+(\d+)/, ({ originator: o, responder: r }) => [o.dataPackets, r.dataPackets]],
  [/actual data bytes:\s+(\d+)\s+actual data bytes:\s+(\d+)/, ({ originator: o, responder: r }) => [o.bytes, r.bytes]],
  [/pushed data pkts:\s+(\d+)\s+pushed data pkts:\s+(\d+)/, ({ originator: o, responder: r }) => [o.flagPackets[3]!, r.flagPackets[3]!]],
]
/** Connections whose two directions and handshake are whole: what tcptrace calls complete. */
const COMPLETE = ['book-exchange', 'tcp-handshake-close', 'tcp-sack', 'tcp-half-close', 'tcp-abort', 'tcp-duplicate-ack', 'tcp-window-scale', 'tcp-seq-wrap', 'tcp6-exchange', 'http', 'smtp', 'tcp-sack-holes', 'tcp-retransmission']

describe.skipIf(!hasTool('tcptrace', ['-version']))('tcptrace', () => {
  it.each(COMPLETE)('%s', async (name) => {
    const file = join(fixtures, `${name}.pcap`)
    const { all } = await judge(file)
    const reports = run('tcptrace', ['-nlr', file]).stdout.toString().split(/^TCP connection \d+:/m).slice(1)
    expect(reports).toHaveLength(all.count)
    reports.forEach((report, c) => {
      const s = summarize(all, c, 0)
      for (const [line, ours] of PAIRS) {
        const [, there, back] = line.exec(report) ?? []
        if (there === undefined) continue // resets are named where there are some
        expect([line.source, ...ours(s)]).toEqual([line.source, Number(there), Number(back)])
      }
      for (const [column, side] of [[0, s.originator], [1, s.responder]] as const) {
        const row = (title: string): number => Number(new RegExp(`${title}:\\s+([\\d.]+) ms\\s+${title}:\\s+([\\d.]+) ms`).exec(report)?.[column + 1] ?? NaN)
        const samples = Number(/RTT samples:\s+(\d+)\s+RTT samples:\s+(\d+)/.exec(report)?.[column + 1] ?? 0)
        if (samples !== side.rtt?.samples) continue // it samples segments that were acknowledged together, too
        expect(Math.abs(row('RTT avg') - side.rtt.avg / 1e6), 'RTT avg').toBeLessThanOrEqual(0.05 * (side.rtt.avg / 1e6) + 0.11)
      }
    })
  })
})
