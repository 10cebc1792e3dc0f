/**
 * A cable between two network namespaces, `left` (where the thread is) and `right`, whose middle is in our hands: every frame can be delayed, or dropped. Each side is a veth
 * pair; packet sockets on the inner ends read what one side sends and put it on the other. Virtio headers go along with the frames (packet(7), PACKET_VNET_HDR), so that a checksum
 * the sender left to the card, or a segment larger than the wire takes, is to the receiver what it was to the sender.
 *
 * Frames move only while the event loop turns: a call that waits for the other side must not block (connect with O_NONBLOCK, then `p.until`).
 */
import { writeFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { Family, Level, Msg, SockType } from '../socket/constants.js'
import { failedWith } from '../socket/errno.js'
import type { Libc } from '../socket/libc.js'
import { addAddress, addNeighbor, addVeth, isOperational, LOOPBACK_INDEX, removeLink, setUp, type Link } from '../socket/links.js'
import { closeNetwork, enterNetwork, newNetwork, openNetwork } from '../socket/namespaces.js'
import type { Syscalls } from '../socket/syscalls.js'
import { segmentOf, type Segment } from './segments.js'
import type { TappedFrame } from './tap.js'

export const LEFT_ADDRESS = '10.0.0.1'
export const RIGHT_ADDRESS = '10.0.0.2'
const ADDRESSES = [Uint8Array.of(10, 0, 0, 1), Uint8Array.of(10, 0, 0, 2)] as const
const PREFIX = 24
const OUTER = 10
const INNER = 11
const ETH_P_ALL = 3
const LINKTYPE_ETHERNET = 1
const PACKET_VNET_HDR = 15
const PACKET_IGNORE_OUTGOING = 23
/** Bytes of struct virtio_net_hdr. */
const VNET_HEADER = 10
/** A frame may be a segment of 64 KiB that is not cut yet. */
const MAX_FRAME = 70000
/** An interface that is set up carries frames after some microseconds; where the kernel has just had many such changes, after a second. ms. */
const SETTLE = 2500
const PAUSE = new Int32Array(new SharedArrayBuffer(4))
/** Kept of a frame for those who look on. */
const SNAP = 2048

/** Where a frame comes from. */
export type Side = 'left' | 'right'

export interface WireOptions {
  /** One way, ms. */
  readonly delay?: number
  /** Whether a frame is delivered; all are unless it says no. It may be changed while the wire is up. */
  readonly passes?: (from: Side, segment: Segment | undefined) => boolean
}

interface Travelling {
  readonly due: number
  readonly bytes: Buffer
}

export class Wire {
  delay: number
  passes: (from: Side, segment: Segment | undefined) => boolean
  readonly #libc: Libc
  readonly #sys: Syscalls
  readonly #seen: (frame: TappedFrame) => void
  readonly #namespaces: Record<Side, number>
  readonly #fds: Partial<Record<Side, number>> = {}
  readonly #travelling: Record<Side, Travelling[]> = { left: [], right: [] }
  readonly #buffer = Buffer.alloc(MAX_FRAME)
  #timer: NodeJS.Timeout | undefined
  #isClosed = false

  /** @param seen told of every frame when it is put on the wire, also of those that are dropped @throws SyscallError where there is no veth, or no right to make one */
  constructor(libc: Libc, sys: Syscalls, seen: (frame: TappedFrame) => void, { delay = 0, passes = () => true }: WireOptions) {
    this.#libc = libc
    this.#sys = sys
    this.#seen = seen
    this.delay = delay
    this.passes = passes
    const left = openNetwork()
    newNetwork(libc)
    this.#namespaces = { left, right: openNetwork() }
    try {
      setUp(sys, LOOPBACK_INDEX)
      this.#equip('right')
      this.#settle()
      enterNetwork(libc, left)
      this.#equip('left')
      this.#settle()
    } catch (error) {
      enterNetwork(libc, left)
      this.close()
      throw error
    }
    this.#timer = setInterval(() => this.pump(), 1)
  }

  /** Makes one side's cable in the namespace the thread is in. */
  #equip(side: Side): void {
    const sys = this.#sys
    const mine = side === 'left' ? 0 : 1
    const other = 1 - mine
    const link = (index: number, name: string, end: number): Link => ({ index, name, mac: Uint8Array.of(2, 0, 0, 0, index === INNER ? 1 : 0, end + 1) })
    noIpv6()
    addVeth(sys, link(OUTER, side, mine), link(INNER, `${side}wire`, mine))
    addAddress(sys, OUTER, ADDRESSES[mine]!, PREFIX)
    addNeighbor(sys, OUTER, ADDRESSES[other]!, link(OUTER, '', other).mac)
    const fd = sys.socket(Family.PACKET, SockType.RAW, 0)
    this.#fds[side] = fd
    sys.setsockoptInt(fd, Level.PACKET, PACKET_VNET_HDR, 1)
    sys.setsockoptInt(fd, Level.PACKET, PACKET_IGNORE_OUTGOING, 1)
    sys.bind(fd, { family: 'packet', protocol: ETH_P_ALL, interfaceIndex: INNER, hardwareType: 0, packetType: 0, hardwareAddress: new Uint8Array(0) })
  }

  /** Waits until the cable of the namespace the thread is in carries frames, so that none of the experiment's is lost. */
  #settle(): void {
    const limit = performance.now() + SETTLE
    while (![OUTER, INNER].every((index) => isOperational(this.#sys, index)) && performance.now() < limit) Atomics.wait(PAUSE, 0, 0, 1)
  }

  /** Runs `act` with the thread in the right-hand namespace: sockets it makes are there. */
  readonly atRight = <T>(act: () => T): T => {
    enterNetwork(this.#libc, this.#namespaces.right)
    try {
      return act()
    } finally {
      enterNetwork(this.#libc, this.#namespaces.left)
    }
  }

  /** Takes up what was sent and delivers what is due. Runs by itself each millisecond; call it where that is too late. */
  pump(): void {
    for (const side of ['left', 'right'] as const) this.#takeUp(side)
    for (const side of ['left', 'right'] as const) this.#deliver(side)
  }

  #takeUp(side: Side): void {
    for (;;) {
      const length = this.#receive(this.#fds[side]!)
      if (length === undefined) return
      const bytes = Buffer.from(this.#buffer.subarray(0, Math.min(length, MAX_FRAME)))
      const millis = performance.timeOrigin + performance.now()
      const frame: TappedFrame = {
        seconds: Math.floor(millis / 1000), nanos: Math.floor((millis % 1000) * 1e6), wireLength: length - VNET_HEADER, linkType: LINKTYPE_ETHERNET,
        bytes: bytes.subarray(VNET_HEADER, VNET_HEADER + SNAP),
      }
      this.#seen(frame)
      if (this.passes(side, segmentOf(frame))) this.#travelling[side].push({ due: performance.now() + this.delay, bytes })
    }
  }

  #receive(fd: number): number | undefined {
    try {
      return this.#sys.recv(fd, this.#buffer, Msg.DONTWAIT)
    } catch (error) {
      if (failedWith(error, 'EAGAIN', 'ENETDOWN')) return undefined
      throw error
    }
  }

  #deliver(from: Side): void {
    const queue = this.#travelling[from]
    const fd = this.#fds[from === 'left' ? 'right' : 'left']!
    while (queue.length > 0 && queue[0]!.due <= performance.now()) {
      const { bytes } = queue.shift()!
      try {
        this.#sys.send(fd, bytes, Msg.DONTWAIT)
      } catch (error) {
        if (!failedWith(error, 'EAGAIN', 'ENOBUFS')) throw error // a queue that is full drops, as any wire's does
      }
    }
  }

  /** Once is enough; a second time does nothing. */
  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    clearInterval(this.#timer)
    for (const side of ['left', 'right'] as const) {
      const fd = this.#fds[side]
      if (fd !== undefined) this.#sys.close(fd)
      delete this.#fds[side]
    }
    try {
      removeLink(this.#sys, OUTER) // the right one goes with its namespace
    } catch (error) {
      if (!failedWith(error, 'ENODEV')) throw error
    }
    closeNetwork(this.#namespaces.right)
    closeNetwork(this.#namespaces.left)
  }
}

/** Interfaces made from here on are silent: no IPv6 that looks for routers. */
function noIpv6(): void {
  try {
    writeFileSync('/proc/sys/net/ipv6/conf/default/disable_ipv6', '1')
  } catch {
    // no IPv6, or /proc/sys is read only: then a few frames more
  }
}
