/** The engine `pcap` with a package of our own making, which has the interface of the real one; with that itself: differential/live-engine.test.ts. */
import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import type { LiveSettings } from '../../src/capture/libpcap-live.js'
import { PcapPackage, loadPcapPackage, type PcapModule } from '../../src/capture/pcap-package.js'
import { newFrame } from '../../src/capture/source.js'

const SETTINGS: LiveSettings = {
  device: 'eth7', snapLength: 100, promiscuous: true, monitor: false, timeout: 10, bufferSize: 1 << 20, immediate: false, nanoseconds: false,
  timeStampType: undefined, direction: 'inout', linkType: undefined, expression: 'udp', optimize: true, waits: false,
}

class FakeSession extends EventEmitter {
  readonly link_type: string
  readonly buf = Buffer.alloc(100)
  readonly header = Buffer.alloc(16)
  closed = 0
  counted = { ps_recv: 0, ps_drop: 0, ps_ifdrop: 0 }
  result = 0
  readonly session = { dispatch: (): unknown => (this.closed > 0 ? -2 : this.result) }

  constructor(linkType: string) {
    super()
    this.link_type = linkType
  }

  /** As the package does: the same two buffers for each packet. */
  give(micros: number, bytes: Uint8Array, wireLength = bytes.length): void {
    this.buf.fill(0xee)
    this.buf.set(bytes)
    for (const [n, word] of [Math.floor(micros / 1e6), micros % 1e6, bytes.length, wireLength].entries()) this.header.writeUInt32LE(word, n * 4)
    this.counted.ps_recv++
    this.emit('packet', { buf: this.buf, header: this.header, link_type: this.link_type })
  }

  stats(): typeof this.counted {
    return this.counted
  }

  close(): void {
    this.closed++
    this.removeAllListeners()
  }
}

function open(settings: Partial<LiveSettings> = {}, linkType = 'LINKTYPE_ETHERNET') {
  const session = new FakeSession(linkType), warnings: string[] = []
  let asked: { device: string; options: Readonly<Record<string, unknown>> } | undefined
  const module: PcapModule = {
    createSession: (device, options) => {
      asked = { device, options }
      return session
    },
    findalldevs: () => [{ name: 'eth7' }],
  }
  const source = new PcapPackage(module).open({ ...SETTINGS, ...settings }, (line) => warnings.push(line))
  return { session, source, warnings, asked: () => asked }
}

const now = (): number => Date.now() * 1000

describe('--engine pcap', () => {
  it('hands packets out as they were, though the package uses its buffers again', async () => {
    const { session, source, asked } = open()
    expect(asked()).toEqual({ device: 'eth7', options: { filter: 'udp', buffer_size: 1 << 20, snap_length: 100, monitor: false, buffer_timeout: 10, promiscuous: true } })
    const times = [now(), now() + 1]
    session.give(times[0]!, Uint8Array.of(1, 2, 3), 1500)
    session.give(times[1]!, Uint8Array.of(4, 5))
    expect(await source.more()).toBe(true)
    const frames = []
    for (let frame = newFrame(); source.next(frame); frame = newFrame()) frames.push(frame)
    expect(frames.map(({ b, at, end, wireLength, seconds, nanos, linkType }) => [[...b.subarray(at, end)], wireLength, seconds * 1e6 + nanos / 1000, linkType])).toEqual([
      [[1, 2, 3], 1500, times[0], 1],
      [[4, 5], 2, times[1], 1],
    ])
  })

  it('wakes who waits, and ends when it is stopped, with what came until then and the sums right', async () => {
    const { session, source } = open()
    const coming = source.more()
    session.give(now(), Uint8Array.of(1))
    expect(await coming).toBe(true)
    expect(source.next(newFrame())).toBe(true)
    expect(source.next(newFrame())).toBe(false)
    source.stop()
    session.give(now() - 1000, Uint8Array.of(2))
    session.give(now() + 1e6, Uint8Array.of(3)) // after the end: not let in
    expect(await source.more()).toBe(true)
    expect(source.next(newFrame())).toBe(true)
    expect(source.next(newFrame())).toBe(false)
    session.counted.ps_drop = 4
    expect(await source.more()).toBe(false)
    expect(source.counts()).toEqual({ received: 6, dropped: 4, droppedByInterface: 0 })
    await source.halt()
    source.close()
    expect(session.closed).toBe(1)
    expect(source.staysOpen).toBe(false)
  })

  it('does not gather without end: what finds no room is counted as dropped', async () => {
    const size = 1 << 18 // of which 64 MiB hold 255, each with its header
    const { session, source } = open({ snapLength: size })
    Object.assign(session, { buf: Buffer.alloc(size) })
    for (let n = 0; n < 300; n++) session.give(now(), new Uint8Array(size))
    expect(source.counts()).toEqual({ received: 300, dropped: 45, droppedByInterface: 0 })
    let taken = 0
    expect(await source.more()).toBe(true)
    while (source.next(newFrame())) taken++
    expect(taken).toBe(255)
    await source.halt()
    expect(source.counts()).toEqual({ received: 300, dropped: 45, droppedByInterface: 0 })
  })

  it('notices that the interface is gone, which the package does not say', async () => {
    const { session, source } = open()
    session.give(now(), Uint8Array.of(1))
    session.result = -1
    session.session.dispatch()
    session.stats = () => {
      throw new Error('Error in pcap_stats')
    }
    expect(await source.more()).toBe(true)
    expect(source.next(newFrame())).toBe(true)
    await expect(source.more()).rejects.toThrow('eth7: the interface is gone (the packets before that are complete)')
    expect(source.counts()).toEqual({ received: 1, dropped: 0, droppedByInterface: 0 })
  })

  it.each([
    { said: 'LINKTYPE_LINUX_SLL', linkType: 113 },
    { said: 'LINKTYPE_RAW', linkType: 101 },
    { said: 'Unknown linktype 276', linkType: 276 },
  ])('$said is $linkType', ({ said, linkType }) => expect(open({}, said).source.interfaces).toEqual([{ linkType, snapLength: 100, nanoseconds: false, name: 'eth7' }]))

  it('any has no promiscuous mode; immediate mode is a timeout of 0; nanoseconds are only zeros', () => {
    expect(open({ device: 'any', immediate: true }).asked()!.options).toMatchObject({ promiscuous: false, buffer_timeout: 0 })
    expect(open({ nanoseconds: true }).warnings).toEqual(['eth7: --engine pcap has no nanoseconds (--nano only adds zeros)'])
  })

  it.each([
    { settings: { direction: 'in' as const }, option: '-Q' },
    { settings: { timeStampType: 'host' }, option: '-j' },
    { settings: { linkType: 'EN10MB' }, option: '-y' },
    { settings: { optimize: false }, option: '-O' },
  ])('refuses $option', ({ settings, option }) => expect(() => open(settings)).toThrow(`${option}: --engine pcap cannot do it (leave --engine out, or that)`))

  it.each([
    { why: 'eth7: No such device exists (No such device exists)', says: 'eth7: no such interface (sockscope tcpdump -D lists them)' },
    { why: "eth7: You don't have permission to capture on that device (socket: Operation not permitted)", says: 'eth7: no permission to capture on it (run it with sudo, or with the capability CAP_NET_RAW: docs/live.md)' },
    { why: 'eth7: That device is not up', says: 'eth7: the interface is not up (ip link set eth7 up)' },
    { why: "can't parse filter expression: syntax error", says: "filter 'udp': syntax error (see pcap-filter(7) for the language)" },
    { why: 'anything else', says: 'eth7: anything else' },
  ])('$why', ({ why, says }) => {
    const fail = () => {
      throw new Error(why)
    }
    expect(() => new PcapPackage({ createSession: fail, findalldevs: () => [] }).open(SETTINGS, () => {})).toThrow(says)
  })

  it.each([
    { why: "Cannot find module 'pcap'\nRequire stack:\n- here", says: '--engine pcap: needs the package pcap (apt-get install libpcap-dev g++ make python3; npm install pcap@3)' },
    { why: "Cannot find module './build/Release/pcap_binding'\nRequire stack:", says: "--engine pcap: the package pcap cannot be loaded: Cannot find module './build/Release/pcap_binding' (apt-get install libpcap-dev g++ make python3; npm rebuild pcap)" },
  ])('says what to install: $says', async ({ why, says }) => {
    await expect(loadPcapPackage(() => Promise.reject(new Error(why)))).rejects.toThrow(says)
  })
})
