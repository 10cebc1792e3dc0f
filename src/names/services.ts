/** Names of ports — services(5). */

/** Transport protocols that services(5) distinguishes here. */
export type ServiceProtocol = 'tcp' | 'udp' | 'sctp' | 'dccp'

export class Services {
  readonly #names = new Map<string, string>()
  readonly #ports = new Map<string, number>()

  /** @param table the bytes of /etc/services; lines that make no sense are passed over. The first line of a port wins, as in getservbyport(3) */
  constructor(table: Uint8Array) {
    for (const line of Buffer.from(table.buffer, table.byteOffset, table.byteLength).toString('latin1').split('\n')) {
      const hash = line.indexOf('#')
      const [name, where, ...aliases] = (hash < 0 ? line : line.slice(0, hash)).trim().split(/\s+/)
      if (name === undefined || where === undefined) continue
      const [digits = '', protocol = ''] = where.split('/')
      const port = Number(digits)
      if (!/^\d+$/.test(digits) || port > 65535) continue
      const key = `${port}/${protocol}`
      if (!this.#names.has(key)) this.#names.set(key, name)
      for (const word of [name, ...aliases]) if (!this.#ports.has(`${word}/${protocol}`)) this.#ports.set(`${word}/${protocol}`, port)
    }
  }

  /** The service's first name, or undefined. */
  lookup(port: number, protocol: ServiceProtocol): string | undefined {
    return this.#names.get(`${port}/${protocol}`)
  }

  /** The port of a service by name or alias, or undefined. */
  port(name: string, protocol: ServiceProtocol): number | undefined {
    return this.#ports.get(`${name}/${protocol}`)
  }
}
