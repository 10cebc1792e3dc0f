/** Names for netstat's lines: hosts are looked up together before a batch of lines is printed, the rest comes from the system's files. */
import { readFileSync } from 'node:fs'
import { escapeControls } from '../escape.js'
import type { NetstatNames } from '../format/netstat.js'
import { HostNames } from '../names/hosts.js'
import { parseProtocols } from '../names/protocols.js'
import { Services } from '../names/services.js'
import { parseUsers } from '../names/users.js'
import { isAny, type InetProto, type InetRow } from '../procnet/inet.js'

interface Wanted {
  readonly hosts: boolean
  readonly ports: boolean
  readonly users: boolean
}

/** Addresses noted before their names are asked for. */
const BATCH = 4096

export class Names implements NetstatNames {
  readonly host: ((address: Uint8Array, family: 4 | 6) => Uint8Array | undefined) | undefined
  readonly port: ((port: number, proto: InetProto) => Uint8Array | undefined) | undefined
  readonly user: ((uid: number) => Uint8Array | undefined) | undefined
  readonly #hosts: HostNames | undefined
  readonly #wanted = new Set<string>()

  /** @param raw names are printed as they come */
  constructor(wanted: Wanted, raw: boolean, hosts = wanted.hosts ? new HostNames() : undefined) {
    this.#hosts = hosts
    const text = (name: string): Uint8Array => (raw ? Buffer.from(name, 'latin1') : Buffer.from(escapeControls(Buffer.from(name, 'latin1').toString('utf8'))))
    if (hosts !== undefined) {
      const known = new Map<string, Uint8Array>()
      this.host = (address, family) => {
        const name = hosts.cached(addressText(address, family))
        if (name === undefined || name === null) return undefined
        let made = known.get(name)
        if (made === undefined) known.set(name, (made = text(name)))
        return made
      }
    }
    if (wanted.ports) {
      const services = lazily(() => new Services(systemFile('/etc/services')))
      const protocols = lazily(() => parseProtocols(systemFile('/etc/protocols')))
      const known = new Map<string, Uint8Array | undefined>()
      this.port = (port, proto) => {
        const key = `${proto}${port}`
        if (known.has(key)) return known.get(key)
        // UDP-Lite goes by the names of UDP, as in net-tools; a raw socket's "port" is its protocol.
        const name = proto === 'raw' ? protocols().get(port) : services().lookup(port, proto === 'tcp' ? 'tcp' : 'udp')
        const made = name === undefined ? undefined : text(name)
        known.set(key, made)
        return made
      }
    }
    if (wanted.users) {
      const users = lazily(() => parseUsers(systemFile('/etc/passwd')))
      const known = new Map<number, Uint8Array | undefined>()
      this.user = (uid) => {
        if (known.has(uid)) return known.get(uid)
        const name = users().get(uid)
        const made = name === undefined ? undefined : text(name)
        known.set(uid, made)
        return made
      }
    }
  }

  /** Notes the hosts of a row that is going to be printed. */
  note(row: InetRow): void {
    this.noteAddress(row.local, row.family)
    this.noteAddress(row.remote, row.family)
  }

  noteAddress(address: Uint8Array, family: 4 | 6): void {
    if (this.#hosts === undefined || isAny(address, family)) return
    const key = addressText(address, family)
    if (this.#hosts.cached(key) === undefined) this.#wanted.add(key)
  }

  /** Whether enough are noted to ask for them. */
  get full(): boolean {
    return this.#wanted.size >= BATCH
  }

  /** Looks up, all at once, the hosts that were noted. */
  async lookUp(): Promise<void> {
    if (this.#hosts === undefined || this.#wanted.size === 0) return
    await this.#hosts.resolve(this.#wanted)
    this.#wanted.clear()
  }
}

function lazily<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}

/** An address as text, for a resolver. */
export function addressText(b: Uint8Array, family: 4 | 6): string {
  if (family === 4) return `${b[0]}.${b[1]}.${b[2]}.${b[3]}`
  let text = ''
  for (let i = 0; i < 16; i += 2) text += `${i > 0 ? ':' : ''}${((b[i]! << 8) | b[i + 1]!).toString(16)}`
  return text
}

/** A system without the file has no names. */
export function systemFile(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch {
    return new Uint8Array(0)
  }
}
