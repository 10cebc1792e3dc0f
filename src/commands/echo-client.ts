/**
 * Both directions of a connection at once, as the two processes of Listing 61-2 move them: neither waits for the other, each holds one buffer, and
 * the end of one is not the end of the other.
 */
import { once } from 'node:events'
import { promises as dns } from 'node:dns'
import { connect, isIP, type Socket } from 'node:net'
import type { ByteReader } from '../capture/input.js'
import { stdinReader } from '../capture/stdin.js'
import { UserError, errnoName, reason } from '../errors.js'
import type { Io } from '../io.js'

export interface Destination {
  readonly host: string
  readonly port: number
  /** 4, 6, or 0 for both */
  readonly family: 0 | 4 | 6
  /** for each address; 0: the kernel's patience */
  readonly timeoutMillis: number
  readonly verbose: boolean
}

/** Bytes of the buffer of each direction. */
const BUFFER = 64 * 1024

/** Sends standard input, then half-closes; prints what comes back until the peer does the same. @throws UserError, BrokenPipe */
export async function exchange(to: Destination, io: Io): Promise<void> {
  const input = stdinReader('standard input')
  const answer = new Answer(io)
  let socket: Socket | undefined
  try {
    socket = await connected(to, answer)
    await bothWays(to, input, socket, answer, io)
  } finally {
    socket?.destroy()
    input.close()
    await answer.idle()
  }
}

async function bothWays(to: Destination, input: ByteReader, socket: Socket, answer: Answer, io: Io): Promise<void> {
  const started = performance.now()
  if (to.verbose) io.err(`sockscope echo: connected to ${endpoint(socket.remoteAddress, socket.remotePort)} from ${endpoint(socket.localAddress, socket.localPort)}`)
  const lost = new Promise<never>((_, reject) => {
    socket.on('error', (error) => {
      reject(new UserError(`${to.host} port ${to.port}: connection lost: ${refusal(error)}`))
    })
  })
  await Promise.race([Promise.all([sendAll(input, socket), answer.printed]), lost, answer.failed])
  if (to.verbose) io.err(`sockscope echo: ${socket.bytesWritten} bytes sent, ${socket.bytesRead} received in ${((performance.now() - started) / 1000).toFixed(3)} s`)
}

async function sendAll(input: ByteReader, socket: Socket): Promise<void> {
  const b = new Uint8Array(BUFFER)
  for (;;) {
    const length = await input.read(b, 0)
    if (length === 0) break
    // the buffer is the socket's until the kernel has taken all of it
    await new Promise<void>((taken) => socket.write(b.subarray(0, length), () => taken()))
  }
  socket.end() // shutdown(SHUT_WR)
}

/** What comes back, on its way to standard output: the socket is not read while that is full. */
class Answer {
  /** Settles when the peer has sent its last byte and it is printed. */
  readonly printed: Promise<void>
  /** Rejects when standard output cannot be written. */
  readonly failed: Promise<never>
  readonly buffer = Buffer.alloc(BUFFER)
  readonly #io: Io
  #finish!: () => void
  #fail!: (error: unknown) => void
  #writing: Promise<void> = Promise.resolve()

  constructor(io: Io) {
    this.#io = io
    this.printed = new Promise((resolve) => (this.#finish = resolve))
    this.failed = new Promise((_, reject) => (this.#fail = reject))
    this.failed.catch(() => {}) // may fail before anyone waits for it
  }

  /** Takes the first `length` bytes of the buffer; false: read no more until they are out. */
  take(length: number, socket: Socket): boolean {
    const bytes = this.buffer.subarray(0, length)
    this.#writing = this.#write(bytes).then(() => void socket.resume(), this.#fail)
    return false
  }

  /** After the last `take`. */
  end(): void {
    void this.#writing.then(this.#finish)
  }

  idle(): Promise<void> {
    return this.#writing
  }

  async #write(bytes: Uint8Array): Promise<void> {
    if (this.#io.outLater === undefined) this.#io.out(bytes)
    else await this.#io.outLater(bytes)
  }
}

/** Tries each address of the host in turn. @throws UserError that says what the last one answered */
async function connected(to: Destination, answer: Answer): Promise<Socket> {
  let failure: UserError | undefined
  for (const address of await addressesOf(to)) {
    const socket: Socket = connect({
      host: address, port: to.port, allowHalfOpen: true, autoSelectFamily: false, noDelay: true,
      onread: { buffer: answer.buffer, callback: (length) => answer.take(length, socket) },
    })
    socket.once('end', () => answer.end())
    if (to.timeoutMillis > 0) socket.setTimeout(to.timeoutMillis, () => socket.destroy(Object.assign(new Error('timed out'), { code: 'ETIMEDOUT' })))
    try {
      await once(socket, 'connect')
      socket.setTimeout(0)
      return socket
    } catch (error) {
      socket.destroy()
      failure = new UserError(`${to.host} port ${to.port}: ${address === to.host ? '' : `${address}: `}${refusal(error)}`)
    }
  }
  throw failure ?? new UserError(`${to.host}: no address`)
}

async function addressesOf({ host, family }: Destination): Promise<string[]> {
  const version = isIP(host)
  if (version !== 0 && family !== 0 && version !== family) throw new UserError(`${host}: not an IPv${family} address`, 2)
  try {
    return (await dns.lookup(host, { all: true, family, verbatim: true })).map(({ address }) => address)
  } catch (error) {
    const code = errnoName(error)
    const only = family === 0 ? '' : ` with an IPv${family} address`
    if (code === 'ENOTFOUND' || code === 'ENODATA') throw new UserError(`${host}: unknown host${only} (getent ahosts ${host} asks the same)`)
    throw new UserError(`${host}: its address could not be looked up: ${code === 'EAI_AGAIN' ? 'the name servers do not answer' : reason(error)}`)
  }
}

const REFUSALS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused (nothing listens there)',
  ECONNRESET: 'reset by the peer',
  EPIPE: 'the peer reads no more',
  ETIMEDOUT: 'no answer (timed out)',
  EHOSTUNREACH: 'no route to the host',
  ENETUNREACH: 'network is unreachable',
  EADDRNOTAVAIL: 'no local address to connect from (or no free port)',
  EACCES: 'not permitted (a broadcast address, or a firewall)',
  EPERM: 'not permitted (a firewall)',
}
const refusal = (error: unknown): string => REFUSALS[errnoName(error) ?? ''] ?? reason(error)

const endpoint = (address = '?', port = 0): string => (address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`)
