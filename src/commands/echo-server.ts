/** An echo server (RFC 862): each connection gets back what it sends, until it half-closes; memory is bounded by connections, not by what they send. */
import { once } from 'node:events'
import { createServer, isIP, type AddressInfo, type Server, type Socket } from 'node:net'
import { UserError, errnoName, reason } from '../errors.js'
import type { Io } from '../io.js'

export interface Listen {
  readonly addresses: readonly string[]
  /** An address after the first may be missing (a host without IPv6). */
  readonly optional: boolean
  readonly port: number
  readonly maxConnections: number
  readonly verbose: boolean
}

/** Ports that the kernel picks for the first address may be in use on the second: so many are tried. */
const TRIES = 20

/** Where a server listens: loopback unless it is told otherwise. @param family 4, 6, or 0 for both */
export function listenOn(bind: string | undefined, family: 0 | 4 | 6): readonly string[] {
  if (bind === undefined) return [...(family === 6 ? [] : ['127.0.0.1']), ...(family === 4 ? [] : ['::1'])]
  const version = isIP(bind)
  if (version === 0) throw new UserError(`--bind ${bind}: not an IP address`, 2)
  if (family !== 0 && version !== family) throw new UserError(`--bind ${bind}: not an IPv${family} address`, 2)
  return [bind]
}

/** Serves until SIGINT or SIGTERM. @throws UserError when it cannot listen */
export async function serve(listen: Listen, io: Io): Promise<number> {
  const echo = new Echo(listen, io)
  const ended = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) io.onSignal?.(signal, resolve)
  })
  const servers = await bound(listen, echo)
  try {
    const { port } = servers[0]!.address() as AddressInfo
    io.err(`sockscope echo: listening on ${servers.map((server) => addressOf(server)).join(' and ')} port ${port} (end with Ctrl-C)`)
    await Promise.race([ended, ...servers.map(async (server) => {
      const [error] = (await once(server, 'error')) as unknown[]
      throw new UserError(`port ${port}: accepting failed: ${reason(error)}`)
    })])
  } finally {
    for (const server of servers) server.close()
    echo.close()
  }
  io.err(`sockscope echo: ${echo.served} connection${echo.served === 1 ? '' : 's'}, ${echo.bytes} bytes echoed${echo.turnedAway > 0 ? `, ${echo.turnedAway} connections turned away` : ''}`)
  return 0
}

class Echo {
  served = 0
  turnedAway = 0
  readonly #listen: Listen
  readonly #io: Io
  readonly #open = new Set<Socket>()
  #bytesOfClosed = 0

  constructor(listen: Listen, io: Io) {
    this.#listen = listen
    this.#io = io
  }

  readonly accept = (socket: Socket): void => {
    if (this.#open.size >= this.#listen.maxConnections) {
      this.turnedAway++
      socket.destroy()
      return
    }
    const peer = socket.remoteAddress === undefined ? 'a peer that is gone already' : `${socket.remoteAddress} port ${socket.remotePort}`
    this.served++
    this.#open.add(socket)
    this.#say(`${peer}: connected`)
    socket.on('error', (error) => this.#say(`${peer}: ${errnoName(error) === 'ECONNRESET' ? 'reset by the peer' : reason(error)}`))
    socket.on('close', () => {
      this.#open.delete(socket)
      this.#bytesOfClosed += socket.bytesWritten
      this.#say(`${peer}: closed, ${socket.bytesWritten} bytes echoed`)
    })
    socket.pipe(socket) // stops reading while the peer does not read; its end of file ends our side too
  }

  get bytes(): number {
    let sum = this.#bytesOfClosed
    for (const socket of this.#open) sum += socket.bytesWritten
    return sum
  }

  close(): void {
    for (const socket of this.#open) socket.destroy()
  }

  #say(text: string): void {
    if (this.#listen.verbose) this.#io.err(`sockscope echo: ${text}`)
  }
}

/** A server on each address, all with one port. */
async function bound(listen: Listen, echo: Echo): Promise<Server[]> {
  for (let i = 1; ; i++) {
    const servers: Server[] = []
    try {
      let { port } = listen
      for (const address of listen.addresses) {
        const server = await bind(address, port, servers.length > 0 && listen.optional, echo)
        if (server === undefined) continue
        servers.push(server)
        port = (server.address() as AddressInfo).port
      }
      return servers
    } catch (error) {
      for (const server of servers) server.close()
      const picked = listen.port === 0 && servers.length > 0 && errnoName(error) === 'EADDRINUSE'
      if (!picked || i === TRIES) throw refused(error, listen)
    }
  }
}

async function bind(address: string, port: number, optional: boolean, echo: Echo): Promise<Server | undefined> {
  const server = createServer({ allowHalfOpen: true, noDelay: true }, echo.accept)
  server.listen({ host: address, port })
  try {
    await once(server, 'listening')
    return server
  } catch (error) {
    if (optional && ['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(errnoName(error) ?? '')) return undefined
    throw error
  }
}

const addressOf = (server: Server): string => (server.address() as AddressInfo).address

function refused(error: unknown, { port, addresses }: Listen): unknown {
  switch (errnoName(error)) {
    case 'EADDRINUSE':
      return new UserError(`port ${port}: in use (sudo sockscope netstat -tlnp shows by whom; 0 lets the kernel pick a free one)`)
    case 'EACCES':
      return new UserError(`port ${port}: privileged (run with sudo, or take one from 1024 on)`)
    case 'EADDRNOTAVAIL':
    case 'EAFNOSUPPORT':
      return new UserError(`${addresses.join(', ')}: this host has no such address`)
    default:
      return error
  }
}
