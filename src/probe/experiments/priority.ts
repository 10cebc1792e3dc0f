/**
 * Exercise 61-6: instead of out-of-band data a second connection for what is urgent. A client connects, gets a cookie that nobody can guess, and opens the priority
 * connection by sending it; the server, which polls both, serves priority first.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { Msg, Poll } from '../../socket/constants.js'
import { experiment } from '../experiment.js'
import { inet, type Tools } from '../probe.js'

const SOURCE = 'TLPI exercise 61-6, §61.13.1'
const COOKIE = 16
const NORMAL = 'N'
const PRIORITY = 'P'
const URGENT = 'stop at once, and say why'

interface Session {
  readonly cookie: Buffer
  readonly normal: number
  priority: number | undefined
}

/** The server: who a connection belongs to. */
class Server {
  readonly #p: Tools
  readonly #listener: number
  readonly sessions: Session[] = []

  constructor(p: Tools, listener: number) {
    this.#p = p
    this.#listener = listener
  }

  /** Accepts one connection and hears what it wants to be: `N`, or `P` and the cookie. It is closed where that is wrong. */
  async admit(): Promise<Session | undefined> {
    const { sys } = this.#p
    const { fd } = sys.accept4(this.#listener)
    const greeting = Buffer.alloc(1 + COOKIE)
    await this.#p.until('a greeting', () => this.#p.quiet.poll([{ fd, events: Poll.IN }], 0)[0] !== 0)
    const length = sys.recv(fd, greeting, Msg.DONTWAIT)
    const kind = greeting.toString('latin1', 0, Math.min(length, 1))
    if (kind === NORMAL) {
      const session: Session = { cookie: randomBytes(COOKIE), normal: fd, priority: undefined }
      this.sessions.push(session)
      sys.send(fd, session.cookie, Msg.NOSIGNAL)
      return session
    }
    const session = this.sessions.find(({ cookie }) => timingSafeEqual(cookie, greeting.subarray(1)))
    if (kind !== PRIORITY || length !== greeting.length || session === undefined || session.priority !== undefined) {
      sys.close(fd)
      return undefined
    }
    session.priority = fd
    return session
  }

  /** What is ready, priority first. */
  ready({ normal, priority }: Session): string[] {
    const [urgent, ordinary] = this.#p.sys.poll([{ fd: priority!, events: Poll.IN }, { fd: normal, events: Poll.IN }], 0)
    return [...(urgent === Poll.IN ? ['priority'] : []), ...(ordinary === Poll.IN ? ['normal'] : [])]
  }
}

export default experiment({
  claims: {
    cookie: { says: 'the normal connection is given a cookie', source: SOURCE, expected: COOKIE },
    joined: { says: 'a connection that shows the cookie becomes the priority connection of the same client', source: SOURCE, expected: 'joined' },
    forged: { says: 'one with another cookie is closed', source: SOURCE, expected: 'closed' },
    second: { says: 'so is a second one with the same cookie', source: SOURCE, expected: 'closed' },
    full: { says: 'the normal connection is full: nothing more can be sent on it', source: SOURCE, expected: 'EAGAIN' },
    overtakes: { says: 'an urgent message is there though all that was sent before it waits', source: SOURCE, expected: 'priority normal' },
    whole: { says: 'it may have any length, where out-of-band data is one byte', source: SOURCE, expected: URGENT },
    undisturbed: { says: 'the normal stream is whole and in order', source: SOURCE, expected: 'whole' },
  },
  run: async (p) => {
    const { sys } = p
    const { fd: listener, port } = p.listen()
    const server = new Server(p, listener)
    const dial = (greeting: string | Buffer): number => {
      const fd = p.tcp()
      sys.connect(fd, inet('127.0.0.1', port))
      sys.send(fd, typeof greeting === 'string' ? Buffer.from(greeting) : greeting)
      return fd
    }
    const withCookie = (cookie: Uint8Array): Buffer => Buffer.concat([Buffer.from(PRIORITY), cookie])
    /** What a client reads of a connection that was turned away. */
    const fate = async (fd: number): Promise<string> => {
      await server.admit()
      await p.until('an answer', () => p.quiet.poll([{ fd, events: Poll.IN }], 0)[0] !== 0)
      const answer = p.readText(fd)
      return answer === 'end of file' || answer === 'ECONNRESET' ? 'closed' : answer
    }

    p.step('the normal connection')
    const normal = dial(NORMAL)
    const session = (await server.admit())!
    p.watch('normal', normal)
    await p.until('the cookie', () => p.quiet.poll([{ fd: normal, events: Poll.IN }], 0)[0] !== 0)
    const cookie = p.read(normal)
    p.observe('cookie', typeof cookie === 'string' ? cookie : cookie.length)

    p.step('the priority connection')
    p.observe('forged', await fate(dial(withCookie(randomBytes(COOKIE)))))
    const priority = dial(withCookie(Buffer.from(cookie)))
    p.watch('priority', priority)
    p.observe('joined', (await server.admit()) === session ? 'joined' : 'turned away')
    p.observe('second', await fate(dial(withCookie(Buffer.from(cookie)))))

    p.step('the normal connection is filled, then the urgent message')
    const bulk = randomBytes(1 << 16)
    const sent = createHash('sha256')
    let length = 0
    let answer: number | string = ''
    for (;;) {
      answer = p.attempt(() => sys.send(normal, bulk, Msg.DONTWAIT))
      if (typeof answer === 'string') break
      sent.update(bulk.subarray(0, answer))
      length += answer
    }
    p.observe('full', answer, `after ${length} bytes`)
    sys.send(priority, Buffer.from(URGENT))
    await p.until('the urgent message', () => p.quiet.poll([{ fd: session.priority!, events: Poll.IN }], 0)[0] !== 0)
    p.observe('overtakes', server.ready(session).join(' '), `${length} bytes were sent before it`)
    p.observe('whole', p.readText(session.priority!))

    p.step('the rest')
    const got = createHash('sha256')
    for (let left = length; left > 0; ) {
      await p.until('more', () => p.quiet.poll([{ fd: session.normal, events: Poll.IN }], 0)[0] !== 0)
      const chunk = p.read(session.normal, 1 << 20)
      if (typeof chunk === 'string' || chunk.length === 0) break
      got.update(chunk)
      left -= chunk.length
    }
    p.observe('undisturbed', got.digest('hex') === sent.digest('hex') ? 'whole' : 'damaged', `${length} bytes`)
  },
})
