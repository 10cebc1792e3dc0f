/** Who owns the sockets that packets belong to, asked of socket-watch.ts, remembered by address and port. */
import { spawn, type ChildProcess } from 'node:child_process'
import type { Duplex } from 'node:stream'
import { u16, u32 } from '../bytes.js'
import { ICMP_HEADER, Layout, walk } from '../decode/layout.js'
import { Protocol } from '../decode/ip-protocol.js'
import type { Frame } from '../frame.js'
import type { HostAddresses } from '../socket/addresses.js'
import { hex, socketKey, TCP, UDP } from './socket-key.js'
import type { Said, WatchSettings } from './socket-watch.js'

export interface SocketOwner {
  readonly pid: number
  readonly name: string
  /** Of the command that was run, or its children. */
  readonly isOurs: boolean
}

/** Who sent a packet and who is to get it, where that is a socket of this host. Lent: the next question fills it anew. */
export interface Ends {
  from: SocketOwner | undefined
  to: SocketOwner | undefined
  /** Not '': no socket with just these two addresses is known, and it is not given up yet. What `giveUp` takes. */
  open: string
}

/** Sockets remembered, those closed included: their last packets come after them. */
const REMEMBERED = 65_536
const FRAGMENTED = 1024

/** Which packets a socket on no certain address can be a part of: those of others may be seen too, and have the same ports. */
class Host {
  readonly #own: ReadonlySet<string>
  readonly #broadcast: ReadonlySet<string>

  constructor({ own, broadcast }: HostAddresses) {
    this.#own = new Set([...own, '00000000', '0'.repeat(32)]) // a host that has no address yet sends from this one
    this.#broadcast = new Set([...broadcast, 'ffffffff'])
  }

  sends(address: Uint8Array): boolean {
    return (address.length === 4 && address[0] === LOOPBACK) || this.#own.has(hex(address))
  }

  /** Own, multicast (RFC 1112, RFC 4291 §2.7) and broadcast. */
  gets(address: Uint8Array): boolean {
    return address[0] === 0xff || (address.length === 4 && address[0]! >> 4 === 0xe) || this.sends(address) || this.#broadcast.has(hex(address))
  }
}

/** 127.0.0.0/8 — RFC 1122 §3.2.1.3. */
const LOOPBACK = 127

export class SocketOwners {
  readonly #child: ChildProcess
  readonly #link: Duplex
  readonly #owners = new Map<string, SocketOwner>()
  #host: Host | undefined
  readonly #looks = new Map<number, () => void>()
  readonly #layout = new Layout()
  readonly #quoted = new Layout()
  readonly #ports: [number, number] = [0, 0]
  readonly #ends: Ends = { from: undefined, to: undefined, open: '' }
  readonly #givenUp = new Set<string>()
  /** Ends of datagrams whose first fragment came: the others have no ports. */
  readonly #fragments = new Map<string, Pick<Ends, 'from' | 'to'>>()
  /** Why sockets that live shortly may be missed; undefined: none is. Known after the first `look`. */
  blind: string | undefined
  /** The packet sockets let in only what may be of the command's sockets. Known after the first `look`. */
  passesOver = false
  #number = 0
  #text = ''
  #isOver = false

  /** @param loader that of Io */
  constructor(loader: string, settings: WatchSettings) {
    const script = `require(${JSON.stringify(loader)})('packets').watch(${JSON.stringify(settings)})`
    this.#child = spawn(process.execPath, ['-e', script], { env: {}, stdio: ['ignore', 'ignore', 'inherit', 'pipe'], detached: true }) // ^C is for us, not for it
    this.#link = this.#child.stdio[3] as Duplex
    this.#link.on('data', (chunk: Buffer) => this.#hear(chunk.toString('utf8')))
    const over = (): void => {
      this.#isOver = true
      for (const done of this.#looks.values()) done()
      this.#looks.clear()
    }
    this.#link.on('error', over)
    this.#link.on('close', over)
    this.#child.on('error', over)
  }

  #hear(text: string): void {
    const lines = (this.#text + text).split('\n')
    this.#text = lines.pop() ?? ''
    for (const line of lines) {
      const said = JSON.parse(line) as string | true | number | Said[] | HostAddresses
      if (typeof said === 'string') this.blind = said
      else if (said === true) this.passesOver = true
      else if (typeof said === 'number') {
        this.#looks.get(said)?.()
        this.#looks.delete(said)
      } else if (!Array.isArray(said)) this.#host = new Host(said as HostAddresses)
      else for (const [key, pid, name, isOurs] of said as Said[]) this.#remember(key, { pid, name, isOurs })
    }
  }

  #remember(key: string, owner: SocketOwner): void {
    this.#owners.delete(key) // the newest last
    this.#owners.set(key, owner)
    if (this.#owners.size > REMEMBERED) for (const oldest of this.#owners.keys()) {
      this.#owners.delete(oldest)
      break
    }
  }

  /** Resolves once the sockets of this moment are known; or when the watch is gone. */
  look(): Promise<void> {
    if (this.#isOver) return Promise.resolve()
    const number = ++this.#number
    return new Promise((resolve) => {
      this.#looks.set(number, resolve)
      this.#link.write(`${number}\n`)
    })
  }

  /** Packets of these addresses are not looked for again: they are of no socket of this host. */
  giveUp(open: string): void {
    if (this.#givenUp.size >= REMEMBERED) this.#givenUp.clear()
    this.#givenUp.add(open)
  }

  /** The ends of a packet; none of one that is no TCP, UDP, ICMP echo, nor an ICMP error about one of these. */
  of(frame: Frame): Ends {
    const l = this.#layout, ends = this.#ends
    walk(l, frame)
    ends.from = ends.to = undefined
    ends.open = ''
    if (!isIcmpError(l)) this.#fill(l)
    else {
      const quoted = this.#quoted
      walk(quoted, { ...frame, at: l.transport + ICMP_HEADER, end: l.dataEnd, wireLength: l.dataEnd - l.transport - ICMP_HEADER, linkType: LINKTYPE_RAW })
      this.#fill(quoted)
      const { from } = ends // it goes to who sent the packet that it quotes
      ends.from = ends.to
      ends.to = from
    }
    return ends
  }

  #fill(l: Layout): void {
    const ends = this.#ends, ports = this.#ports
    if (l.fragmentOffset > 0) {
      const datagram = datagramOf(l), first = this.#fragments.get(datagram)
      ends.from = first?.from
      ends.to = first?.to
      if (first === undefined && !this.#givenUp.has(datagram)) ends.open = datagram // its first may wait to be known
    }
    if (!portsOf(l, ports)) return
    const { b, protocol } = l, [sourcePort, destinationPort] = ports
    const source = b.subarray(l.source, l.source + l.addressLength), destination = b.subarray(l.destination, l.destination + l.addressLength)
    const out = socketKey(protocol, source, sourcePort, destination, destinationPort), back = socketKey(protocol, destination, destinationPort, source, sourcePort)
    const from = this.#owners.get(out), to = this.#owners.get(back)
    const host = this.#host
    ends.from = from ?? (host?.sends(source) === false ? undefined : this.#onPort(protocol, source, sourcePort))
    ends.to = to ?? (host?.gets(destination) === false ? undefined : this.#onPort(protocol, destination, destinationPort))
    if (from === undefined && to === undefined && !this.#givenUp.has(out)) ends.open = out
    if (!l.moreFragments || (ends.from === undefined && ends.to === undefined)) return
    if (this.#fragments.size >= FRAGMENTED) this.#fragments.clear()
    this.#fragments.set(datagramOf(l), { from: ends.from, to: ends.to })
  }

  /** A socket that waits on the port: for a listener's answer, for datagrams. */
  #onPort(protocol: number, local: Uint8Array, port: number): SocketOwner | undefined {
    return this.#owners.get(socketKey(protocol, local, port, undefined, 0)) ?? this.#owners.get(socketKey(protocol, undefined, port, undefined, 0))
  }

  close(): void {
    this.#isOver = true
    this.#link.destroy()
    this.#child.unref()
  }
}

/** What the fragments of one datagram have in common: addresses and identification — RFC 791 §3.2, RFC 8200 §4.5. */
function datagramOf({ b, network, fragmentHeader, source, destination, addressLength, ipVersion }: Layout): string {
  const id = ipVersion === 4 ? u16(b, network + 4) : u32(b, fragmentHeader + 4)
  return `${id} ${Buffer.from(b.buffer, b.byteOffset + source, addressLength).toString('hex')} ${Buffer.from(b.buffer, b.byteOffset + destination, addressLength).toString('hex')}`
}

const LINKTYPE_RAW = 101
const ICMP_ECHO_REPLY = 0, ICMP_ECHO = 8, ICMPV6_ECHO = 128, ICMPV6_ECHO_REPLY = 129
/** Those that quote the packet they are about: unreachable, source quench, redirect, time exceeded, parameter problem. ICMPv6 has all errors below 128. */
const ICMP_ERRORS = [3, 4, 5, 11, 12]

function isIcmpError({ protocol, hasTransport, transport, b }: Layout): boolean {
  if (!hasTransport) return false
  return protocol === Protocol.ICMP ? ICMP_ERRORS.includes(b[transport]!) : protocol === Protocol.ICMPV6 && b[transport]! < ICMPV6_ECHO
}

/** Puts what tells a packet's sockets apart into `ports`: its ports; of an ICMP echo its identifier, at the end that asks. False: nothing does. */
function portsOf(l: Layout, ports: [number, number]): boolean {
  const { protocol, transport, b } = l
  if (protocol === TCP || protocol === UDP) {
    ports[0] = l.sourcePort
    ports[1] = l.destinationPort
    return l.sourcePort >= 0
  }
  if ((protocol !== Protocol.ICMP && protocol !== Protocol.ICMPV6) || !l.hasTransport) return false
  const type = b[transport]!, identifier = u16(b, transport + 4)
  const asks = type === (protocol === Protocol.ICMP ? ICMP_ECHO : ICMPV6_ECHO)
  ports[0] = asks ? identifier : 0
  ports[1] = asks ? 0 : identifier
  return asks || type === (protocol === Protocol.ICMP ? ICMP_ECHO_REPLY : ICMPV6_ECHO_REPLY)
}
