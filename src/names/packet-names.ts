/** The names that packet lines ask for while they are written; a host's name that is not known yet is noted for `lookUp`. */
import { readFileSync } from 'node:fs'
import { u16, u32 } from '../bytes.js'
import { escapeControls } from '../escape.js'
import { parseEthers } from './ethers.js'
import { HostNames } from './hosts.js'
import { parseProtocols } from './protocols.js'
import { Services } from './services.js'

export class PacketNames {
  readonly #hosts: HostNames
  readonly #services: Services
  readonly #protocols: ReadonlyMap<number, string>
  readonly #ethers: ReadonlyMap<number, string>
  readonly #short: boolean
  readonly #wanted = new Set<string>()

  /** @param short print `host` for `host.example.org` */
  constructor(short: boolean, hosts = new HostNames()) {
    this.#short = short
    this.#hosts = hosts
    this.#services = new Services(systemFile('/etc/services'))
    this.#protocols = parseProtocols(systemFile('/etc/protocols'))
    this.#ethers = parseEthers(systemFile('/etc/ethers'))
  }

  /** The host at the IPv4 address `b[at] … b[at + 3]`. */
  ip4(b: Uint8Array, at: number): string | undefined {
    return this.#host(`${b[at]}.${b[at + 1]}.${b[at + 2]}.${b[at + 3]}`)
  }

  /** The host at the IPv6 address `b[at] … b[at + 15]`. */
  ip6(b: Uint8Array, at: number): string | undefined {
    let address = ''
    for (let i = 0; i < 16; i += 2) address += `${i > 0 ? ':' : ''}${((b[at + i]! << 8) | b[at + i + 1]!).toString(16)}`
    return this.#host(address)
  }

  tcpPort(port: number): string | undefined {
    return this.#services.lookup(port, 'tcp')
  }

  udpPort(port: number): string | undefined {
    return this.#services.lookup(port, 'udp')
  }

  protocol(number: number): string | undefined {
    return this.#protocols.get(number)
  }

  /** The link-layer address `b[at] … b[at + 5]`. */
  ethernet(b: Uint8Array, at: number): string | undefined {
    if (this.#ethers.size === 0) return undefined
    const name = this.#ethers.get(u16(b, at) * 0x100000000 + u32(b, at + 2))
    return name === undefined ? undefined : escapeControls(name)
  }

  /** Looks up, all at once, the hosts that were asked for and are not known. */
  async lookUp(): Promise<void> {
    if (this.#wanted.size === 0) return
    await this.#hosts.resolve(this.#wanted)
    this.#wanted.clear()
  }

  #host(address: string): string | undefined {
    const name = this.#hosts.cached(address)
    if (name === undefined) this.#wanted.add(address)
    if (name === undefined || name === null) return undefined
    const shown = escapeControls(name)
    return this.#short ? shown.split('.')[0] : shown
  }
}

/** A system without the file has no names. */
function systemFile(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch {
    return new Uint8Array(0)
  }
}
