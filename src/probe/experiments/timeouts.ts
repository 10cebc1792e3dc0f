/** How long a socket call waits: SO_RCVTIMEO, SO_SNDTIMEO, and TCP_USER_TIMEOUT for the connection itself. */
import { Level, Msg, Poll } from '../../socket/constants.js'
import { errnoText } from '../../socket/errno.js'
import { So, Tcp } from '../../socket/option-numbers.js'
import { experiment } from '../experiment.js'
import { inet } from '../probe.js'

const SOURCE = 'UNP §7.5, §14.2; socket(7)'
const LIMIT = 120
/** A call ends at the limit, later where the machine is busy. */
const IN_TIME = { least: LIMIT - 4, most: LIMIT + 400, unit: 'ms' }
const USER_TIMEOUT = 300
const MICROS = 1_000_000

/** struct timeval. */
function timeval(millis: number): Buffer {
  const b = Buffer.alloc(16)
  b.writeBigInt64LE(BigInt(Math.floor(millis / 1000)), 0)
  b.writeBigInt64LE(BigInt((millis % 1000) * 1000), 8)
  return b
}

export default experiment({
  claims: {
    initially: { says: 'SO_RCVTIMEO of a fresh socket is 0: wait for ever', source: SOURCE, expected: 0 },
    receive: { says: 'recv() that waited SO_RCVTIMEO fails', source: SOURCE, expected: 'EAGAIN' },
    receiveTook: { says: 'after that time', source: SOURCE, expected: IN_TIME },
    dontwait: { says: 'MSG_DONTWAIT waits not at all', source: 'recv(2)', expected: { most: 50, unit: 'ms' } },
    partial: { says: 'with MSG_WAITALL what has come by then is returned', source: 'socket(7)', expected: 3 },
    accept: { says: 'accept() has the same limit', source: 'socket(7)', expected: 'EAGAIN' },
    acceptTook: { says: 'of the listening socket\'s SO_RCVTIMEO', source: 'socket(7)', expected: IN_TIME },
    send: { says: 'send() on a full buffer that waited SO_SNDTIMEO fails', source: SOURCE, expected: 'EAGAIN' },
    sendTook: { says: 'after that time', source: SOURCE, expected: IN_TIME },
    sendPartial: { says: 'what fitted before is returned as a partial count', source: 'socket(7)', expected: 'a part' },
    connect: { says: 'connect() that waited SO_SNDTIMEO fails, and goes on by itself', source: 'socket(7); connect(2)', expected: 'EINPROGRESS', needs: ['filter'] },
    connectTook: { says: 'after that time', source: 'socket(7)', expected: IN_TIME, needs: ['filter'] },
    accepted: { says: 'a connection inherits the limit of its listener', source: 'UNP §7.4', expected: LIMIT },
    domain: { says: 'a million microseconds and more are refused', source: 'socket(7); POSIX setsockopt', expected: 'EDOM' },
    userTimeout: { says: 'TCP_USER_TIMEOUT ends a connection whose data is not acknowledged', source: 'tcp(7); RFC 5482', expected: 'ETIMEDOUT', needs: ['filter'] },
    userTimeoutTook: { says: 'after that time, to the next retransmission', source: 'tcp(7); RFC 5482', expected: { least: USER_TIMEOUT - 4, most: USER_TIMEOUT + 900, unit: 'ms' }, needs: ['filter'] },
  },
  run: async (p) => {
    const { sys } = p
    const limit = (fd: number, option: number): void => sys.setsockopt(fd, Level.SOCKET, option, timeval(LIMIT))
    const millisOf = (fd: number): number => {
      const b = Buffer.alloc(16)
      sys.getsockopt(fd, Level.SOCKET, So.RCVTIMEO, b)
      return Number(b.readBigInt64LE(0)) * 1000 + Number(b.readBigInt64LE(8)) / 1000
    }
    /** An answer, and how long it took. */
    const timed = async <T>(act: () => T): Promise<{ readonly answer: T | string; readonly millis: number }> => {
      let answer: T | string = ''
      const millis = await p.took(() => {
        answer = p.attempt(act)
      })
      return { answer, millis }
    }

    p.step('recv()')
    const { listener, client, server } = p.connect({
      prepareListener: (fd) => {
        limit(fd, So.RCVTIMEO)
        sys.setsockoptInt(fd, Level.SOCKET, So.RCVBUF, 65536) // fixed: what can be sent does not grow while we wait
      },
    })
    p.observe('initially', millisOf(client))
    p.observe('accepted', millisOf(server), 'within a tick of the clock')
    limit(client, So.RCVTIMEO)
    const b = Buffer.alloc(100)
    const received = await timed(() => sys.recv(client, b))
    p.observe('receive', received.answer)
    p.observe('receiveTook', received.millis)
    p.observe('dontwait', (await timed(() => sys.recv(client, b, Msg.DONTWAIT))).millis)
    sys.send(server, Buffer.from('abc'))
    p.observe('partial', p.attempt(() => sys.recv(client, b, Msg.WAITALL)))

    p.step('accept()')
    const accept = await timed(() => sys.accept4(listener).fd)
    p.observe('accept', accept.answer)
    p.observe('acceptTook', accept.millis)

    p.step('send()')
    limit(client, So.SNDTIMEO)
    let isFull = 0
    const much = Buffer.alloc(16 << 20)
    const sent = p.attempt(() => sys.send(client, much, Msg.NOSIGNAL))
    p.observe('sendPartial', typeof sent === 'number' && sent > 0 && sent < much.length ? 'a part' : sent, `${sent} of ${much.length} bytes`)
    await p.until('the buffers to be full and stay so', () => typeof p.attempt(() => p.quiet.send(client, much, Msg.NOSIGNAL | Msg.DONTWAIT)) === 'string' && ++isFull > 3)
    const full = await timed(() => sys.send(client, much, Msg.NOSIGNAL))
    p.observe('send', full.answer)
    p.observe('sendTook', full.millis)

    p.step('a limit that is none')
    const wrong = timeval(0)
    wrong.writeBigInt64LE(BigInt(MICROS), 8)
    p.observe('domain', p.attempt(() => (sys.setsockopt(client, Level.SOCKET, So.RCVTIMEO, wrong), 'set')))

    if (!p.can('filter')) return

    p.step('connect() to a listener that hears nothing')
    const { fd: deaf, port } = p.listen()
    p.deafen(deaf)
    const hopeful = p.tcp()
    limit(hopeful, So.SNDTIMEO)
    const connecting = await timed(() => (sys.connect(hopeful, inet('127.0.0.1', port)), 'connected'))
    p.observe('connect', connecting.answer)
    p.observe('connectTook', connecting.millis)

    p.step('TCP_USER_TIMEOUT, the peer deaf')
    const lost = p.connect()
    sys.setsockoptInt(lost.client, Level.TCP, Tcp.USER_TIMEOUT, USER_TIMEOUT)
    p.deafen(lost.server)
    sys.send(lost.client, Buffer.from('unheard'))
    const millis = await p.took(() => p.until('the connection to end', () => (p.quiet.poll([{ fd: lost.client, events: 0 }], 0)[0]! & Poll.ERR) !== 0, 3000))
    p.observe('userTimeout', errnoText(sys.getsockoptInt(lost.client, Level.SOCKET, So.ERROR)))
    p.observe('userTimeoutTook', millis)
  },
})
