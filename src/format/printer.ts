/**
 * What every packet printer shares: the frame's bytes and their end, the writer, the options, the names, and the state
 * that lives from packet to packet. Printers are functions `printX(p, at, length, …)` over it, one file a protocol.
 *
 * A printer reads through the checked `p.u8 … p.u64`, or after `p.need`: where the capture stops they throw TRUNCATED,
 * which ends the packet with ` [|PROTOCOL]`, as tcpdump does. Printers on the hot path (IP, TCP) check once instead.
 */
import { type ConversationNumbers, RelativeNumbers } from '../analysis/relative.js'
import { u16, u16le, u24, u32, u32le, u64 } from '../bytes.js'
import { writeIp4, writeIp6, writeLinkAddress } from './address.js'
import type { LineWriter } from './line.js'
import type { Names } from './names.js'
import type { PrintOptions } from './options.js'
import { ouiName } from './oui.js'
import type { Timestamps } from './timestamp.js'

/** Thrown, always this one object, where the capture stops inside a field that a printer wants. */
export const TRUNCATED: { readonly truncated: true } = { truncated: true }

/**
 * Thrown, always this one object, where the capture stops and the printer of an IP payload ends itself: what it stands in
 * goes on, so that -x and -A leave the link header out as ever. Which of the two a field means is tcpdump's choice.
 */
export const ENDED: { readonly ended: true } = { ended: true }

/** As TRUNCATED, for what stands inside parts that go on when one of them is cut: this ends the packet nevertheless. */
export const ABANDONED: { readonly abandoned: true } = { abandoned: true }

/** Tunnels in tunnels: a packet nested deeper than this is not printed further (each level costs stack). */
export const MAX_DEPTH = 128

/** The parts of node:crypto that printers use. */
export type Crypto = Pick<typeof import('node:crypto'), 'createHash' | 'createHmac' | 'createDecipheriv' | 'getCipherInfo'>

export class Printer {
  readonly out: LineWriter
  readonly options: PrintOptions
  /** undefined with -n: numbers only. */
  readonly names: Names | undefined
  /** tcpdump's relative sequence numbers, IPv4 and IPv6 apart. */
  readonly flows4: ConversationNumbers
  readonly flows6: ConversationNumbers

  /** The buffer that holds the frame. */
  b: Uint8Array = new Uint8Array(0)
  /** One past the last captured byte; narrowed to the end of an IP packet while its payload is printed (`narrow`). */
  end = 0
  /** Name in ` [|NAME]` when the capture stops here: each printer sets its own on entry. */
  protocol = ''
  /** Writes the addresses of a link where they are not six bytes as they stand; its printer clears it again. */
  addressWriter: ((at: number) => void) | undefined
  /** The form of times of this run: a few messages hold a time. */
  times: Timestamps | undefined
  /** Depth of nested packets, 0 for the outermost. */
  depth = 0
  /** No state is changed: the packet is printed only to learn which names it needs. */
  rehearsing = false
  /** Set by the command when -M or -E gives a secret: the module takes 2 ms to load. */
  crypto: Crypto | undefined
  /** State of other printers that lives from packet to packet, by the printer's own key. */
  readonly memory = new Map<string, unknown>()

  constructor(
    out: LineWriter, options: PrintOptions, names: Names | undefined,
    flows4: ConversationNumbers = new RelativeNumbers(1), flows6: ConversationNumbers = new RelativeNumbers(4),
  ) {
    this.flows4 = flows4
    this.flows6 = flows6
    this.out = out
    this.options = options
    this.names = names
  }

  /** `n` bytes at `at` are captured (nothing to read counts as captured). */
  has(at: number, n: number): boolean {
    return n >= 0 && at + n <= this.end
  }

  /** Ends the packet with ` [|…]` unless `n` bytes at `at` are captured. */
  need(at: number, n: number): void {
    if (!(n >= 0 && at + n <= this.end)) throw TRUNCATED
  }

  /** The same, but it ends only the printer of this IP payload. */
  want(at: number, n: number): void {
    if (!(n >= 0 && at + n <= this.end)) throw ENDED
  }

  /** One byte; ends the packet where it was not captured. The same for the readers below, in network order. */
  u8(at: number): number {
    if (at >= this.end) throw TRUNCATED
    return this.b[at]!
  }

  u16(at: number): number {
    if (at + 2 > this.end) throw TRUNCATED
    return u16(this.b, at)
  }

  u24(at: number): number {
    if (at + 3 > this.end) throw TRUNCATED
    return u24(this.b, at)
  }

  u32(at: number): number {
    if (at + 4 > this.end) throw TRUNCATED
    return u32(this.b, at)
  }

  u64(at: number): bigint {
    if (at + 8 > this.end) throw TRUNCATED
    return u64(this.b, at)
  }

  /** The same for the little-endian fields of a few protocols. */
  u16le(at: number): number {
    if (at + 2 > this.end) throw TRUNCATED
    return u16le(this.b, at)
  }

  u32le(at: number): number {
    if (at + 4 > this.end) throw TRUNCATED
    return u32le(this.b, at)
  }

  /** Where a printer ended itself, by ENDED, its line says so; anything else goes on its way. */
  endBy(thrown: unknown): void {
    if (thrown !== ENDED) throw thrown
    this.truncated()
  }

  /** ` [|PROTOCOL]`: the capture stops here. */
  truncated(): void {
    this.out.text(' [|').text(this.protocol).byte(93)
  }

  /** ` (invalid)`: a field holds what it must not. */
  invalid(): void {
    this.out.text(' (invalid)')
  }

  /** Nothing at or after `end` belongs to what is printed next; returns the end to put back afterwards. */
  narrow(end: number): number {
    const former = this.end
    if (end < former) this.end = end
    return former
  }

  /** Address of a host, by name unless -n; `at` is checked. */
  ip4(at: number): void {
    this.need(at, 4)
    const name = this.names?.ip4(this.b, at)
    if (name === undefined) writeIp4(this.out, this.b, at)
    else this.out.utf8(name)
  }

  ip6(at: number): void {
    this.need(at, 16)
    const name = this.names?.ip6(this.b, at)
    if (name === undefined) writeIp6(this.out, this.b, at)
    else this.out.utf8(name)
  }

  tcpPort(port: number): void {
    const name = this.names?.tcpPort(port)
    if (name === undefined) this.out.dec(port)
    else this.out.text(name)
  }

  udpPort(port: number): void {
    const name = this.names?.udpPort(port)
    if (name === undefined) this.out.dec(port)
    else this.out.text(name)
  }

  /** Link-layer address, `02:00:…`; with names (no -n) it gets ` (oui NAME)`, unless it has a name itself. */
  mac(at: number): void {
    this.need(at, 6)
    const { names, out, b } = this
    const name = names?.ethernet?.(b, at)
    if (name !== undefined) out.utf8(name)
    else if (names !== undefined && u24(b, at) === 0xffffff && u24(b, at + 3) === 0xffffff) out.text('Broadcast')
    else {
      writeLinkAddress(out, b, at)
      if (names !== undefined) out.text(' (oui ').text(ouiName(u24(b, at))).byte(41)
    }
  }

  /** Link-layer address of the present frame, as its link has them. */
  linkAddress(at: number): void {
    if (this.addressWriter === undefined) this.mac(at)
    else this.addressWriter(at)
  }
}
