/** Who owns the sockets that packets belong to, asked of socket-watch.ts, remembered by address and port. */
import { spawn, type ChildProcess } from 'node:child_process'
import type { Duplex } from 'node:stream'
import { Layout, walk } from '../decode/layout.js'
import type { Frame } from '../frame.js'
import { socketKey, TCP, UDP } from './socket-key.js'
import type { Said, WatchSettings } from './socket-watch.js'

export interface SocketOwner {
  readonly pid: number
  readonly name: string
  /** Of the command that was run, or its children. */
  readonly isOurs: boolean
}

/** A packet's owner, and whether the packet left it. */
export interface Owned {
  readonly owner: SocketOwner
  readonly isOut: boolean
}

/** Sockets remembered, those closed included: their last packets come after them. */
const REMEMBERED = 65_536

export class SocketOwners {
  readonly #child: ChildProcess
  readonly #link: Duplex
  readonly #owners = new Map<string, SocketOwner>()
  readonly #asked = new Map<number, () => void>()
  readonly #layout = new Layout()
  #number = 0
  #text = ''
  #isOver = false

  /** @param loader that of Io */
  constructor(loader: string, settings: WatchSettings) {
    const script = `require(${JSON.stringify(loader)})('tcpdump').watch(${JSON.stringify(settings)})`
    this.#child = spawn(process.execPath, ['-e', script], { env: {}, stdio: ['ignore', 'ignore', 'inherit', 'pipe'], detached: true }) // ^C is for us, not for it
    this.#link = this.#child.stdio[3] as Duplex
    this.#link.on('data', (chunk: Buffer) => this.#hear(chunk.toString('utf8')))
    const over = (): void => {
      this.#isOver = true
      for (const done of this.#asked.values()) done()
      this.#asked.clear()
    }
    this.#link.on('error', over)
    this.#link.on('close', over)
    this.#child.on('error', over)
  }

  #hear(text: string): void {
    const lines = (this.#text + text).split('\n')
    this.#text = lines.pop() ?? ''
    for (const line of lines) {
      const said = JSON.parse(line) as number | Said[]
      if (typeof said === 'number') {
        this.#asked.get(said)?.()
        this.#asked.delete(said)
      } else for (const [key, pid, name, isOurs] of said) this.#remember(key, { pid, name, isOurs })
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
      this.#asked.set(number, resolve)
      this.#link.write(`${number}\n`)
    })
  }

  /** undefined: the packet is of no socket known so far; null: of none at all (no TCP or UDP). */
  of(frame: Frame): Owned | undefined | null {
    const l = this.#layout
    walk(l, frame)
    if ((l.protocol !== TCP && l.protocol !== UDP) || l.sourcePort < 0) return null
    const source = frame.b.subarray(l.source, l.source + l.addressLength), destination = frame.b.subarray(l.destination, l.destination + l.addressLength)
    const { protocol, sourcePort, destinationPort } = l
    const from = this.#find(protocol, source, sourcePort, destination, destinationPort)
    if (from !== undefined) return { owner: from, isOut: true }
    const to = this.#find(protocol, destination, destinationPort, source, sourcePort)
    return to === undefined ? undefined : { owner: to, isOut: false }
  }

  /** A connected socket first; else one that waits on the port (a listener's answer, a datagram socket). */
  #find(protocol: number, local: Uint8Array, localPort: number, remote: Uint8Array, remotePort: number): SocketOwner | undefined {
    const owners = this.#owners
    return (
      owners.get(socketKey(protocol, local, localPort, remote, remotePort)) ??
      owners.get(socketKey(protocol, local, localPort, undefined, 0)) ??
      owners.get(socketKey(protocol, undefined, localPort, undefined, 0))
    )
  }

  close(): void {
    this.#isOver = true
    this.#link.destroy()
    this.#child.unref()
  }
}
