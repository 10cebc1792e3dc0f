/** The flags of recv(). */
import { Family, Level, Msg, SockType } from '../../socket/constants.js'
import { experiment } from '../experiment.js'
import { inet, portOf, type Tools } from '../probe.js'

const SO_RCVTIMEO = 20
const BOOK = 'TLPI §61.3; recv(2)'
const STDURG = { sysctls: ['net/ipv4/tcp_stdurg'] } as const
/** Ends any wait here, ms; longer than what other things need to end it. */
const LONG = 1500
const SHORT = 150

export default experiment({
  claims: {
    dontwait: { says: 'MSG_DONTWAIT: where nothing is there, it fails at once', source: BOOK, expected: 'EAGAIN' },
    dontwaitOnce: { says: 'for this call only: the socket stays blocking', source: BOOK, expected: false },
    peek: { says: 'MSG_PEEK: the data stays in the queue', source: BOOK, expected: 'abc, abc' },
    peekTruncDatagram: { says: 'MSG_TRUNC: the whole length of a datagram, though less was taken', source: 'recv(2); udp(7)', expected: 10 },
    rest: { says: 'the rest of a datagram that was not taken is lost', source: 'UNP §22.3; recv(2)', expected: 'next' },
    waitall: { says: 'MSG_WAITALL: waits until all is there', source: BOOK, expected: 'abcdef' },
    without: { says: 'without it, recv() takes what is there', source: BOOK, expected: 'abc' },
    waitallEnd: { says: 'MSG_WAITALL gives less when the peer ends', source: BOOK, expected: 'abc' },
    waitallTimeout: { says: 'MSG_WAITALL gives less when SO_RCVTIMEO is over', source: 'recv(2); socket(7)', expected: 'abc' },
    waitallSignal: { says: 'MSG_WAITALL gives less when a signal is caught', source: BOOK, expected: 'abc' },
    waitallMark: { says: 'MSG_WAITALL gives less when it comes to the urgent mark', source: BOOK, expected: 'abc', ...STDURG },
    waitallDatagram: { says: 'MSG_WAITALL does not wait for a second datagram', source: BOOK, expected: 'abc' },
    waitallPeek: { says: 'MSG_WAITALL does not wait for more with MSG_DONTWAIT', source: 'recv(2)', expected: 'abc' },
    oob: { says: 'MSG_OOB: the urgent byte', source: BOOK, expected: 'u', ...STDURG },
    oobAgain: { says: 'once', source: 'UNP §24.2', expected: 'EINVAL' },
    oobNone: { says: 'MSG_OOB where nothing is urgent', source: 'UNP §24.2; recv(2)', expected: 'EINVAL' },
    oobStream: { says: 'the urgent byte is not in the stream', source: 'UNP §24.2; TLPI §61.13.1', expected: 'abc, def', ...STDURG },
  },
  run: async (p) => {
    const { sys } = p
    p.step('MSG_DONTWAIT')
    const { client, server } = p.connect()
    const timed = (fd: number, millis: number): void => sys.setsockopt(fd, Level.SOCKET, SO_RCVTIMEO, timeval(millis))
    p.observe('dontwait', p.readText(server))
    p.observe('dontwaitOnce', (sys.fcntl(server, 3) & Msg.DONTWAIT) !== 0 || (sys.fcntl(server, 3) & 0o4000) !== 0)

    p.step('MSG_PEEK')
    await sent(p, client, 'abc')
    p.observe('peek', `${taken(p, server, 10, Msg.PEEK | Msg.DONTWAIT)}, ${taken(p, server, 10, Msg.DONTWAIT)}`)

    p.step('MSG_WAITALL: the rest comes later')
    timed(server, LONG)
    await sent(p, client, 'abc')
    const all = waiting(p, server, 6)
    await p.pause(30)
    sys.send(client, Buffer.from('def'))
    p.observe('waitall', await all)
    await sent(p, client, 'abc')
    p.observe('without', taken(p, server, 6, 0))
    await sent(p, client, 'abc')
    p.observe('waitallPeek', taken(p, server, 6, Msg.WAITALL | Msg.DONTWAIT))

    p.step(`MSG_WAITALL: SO_RCVTIMEO of ${SHORT} ms`)
    timed(server, SHORT)
    await sent(p, client, 'abc')
    p.observe('waitallTimeout', await waiting(p, server, 6))

    p.step('MSG_WAITALL: a signal')
    timed(server, LONG)
    await sent(p, client, 'abc')
    if (p.catches('SIGUSR2')) {
      p.child('sh', ['-c', 'sleep 0.1; kill -USR2 "$0"', String(process.pid)], { stdio: 'ignore' })
      let text = ''
      const millis = await p.took(() => (text = taken(p, server, 6, Msg.WAITALL)))
      p.observe('waitallSignal', millis < LONG - 100 ? text : `nothing happened in ${millis} ms`, `after ${millis} ms`)
    } else p.cannot('waitallSignal', 'no signal can be caught here')

    p.step('MSG_WAITALL: the urgent mark')
    await sent(p, client, 'abc')
    sys.send(client, Buffer.from('u'), Msg.OOB)
    sys.send(client, Buffer.from('def'))
    await p.until('all', () => p.row('server').receiveQueue >= 7)
    const before = await waiting(p, server, 6)
    p.observe('waitallMark', before)

    p.step('MSG_OOB')
    p.observe('oob', taken(p, server, 1, Msg.OOB))
    p.observe('oobAgain', taken(p, server, 1, Msg.OOB))
    p.observe('oobStream', `${before}, ${taken(p, server, 10, Msg.DONTWAIT)}`)
    const quiet = p.connect()
    p.observe('oobNone', taken(p, quiet.server, 1, Msg.OOB))

    p.step('MSG_WAITALL: the peer ends')
    timed(quiet.server, LONG)
    await sent(p, quiet.client, 'abc')
    const last = waiting(p, quiet.server, 6)
    await p.pause(30)
    sys.close(quiet.client)
    p.observe('waitallEnd', await last)

    p.step('datagrams')
    const receiver = sys.socket(Family.INET, SockType.DGRAM)
    sys.bind(receiver, inet('127.0.0.1', 0))
    timed(receiver, LONG)
    const sender = p.udp()
    sys.connect(sender, inet('127.0.0.1', portOf(sys.getsockname(receiver))))
    for (const text of ['abc', 'ten bytes!', 'next']) sys.send(sender, Buffer.from(text))
    p.observe('waitallDatagram', await waiting(p, receiver, 6))
    p.observe('peekTruncDatagram', Number(p.attempt(() => sys.recv(receiver, Buffer.alloc(4), Msg.TRUNC | Msg.DONTWAIT))))
    p.observe('rest', taken(p, receiver, 10, Msg.DONTWAIT))
  },
})

function timeval(millis: number): Buffer {
  const b = Buffer.alloc(16)
  b.writeBigInt64LE(BigInt(Math.floor(millis / 1000)), 0)
  b.writeBigInt64LE(BigInt((millis % 1000) * 1000), 8)
  return b
}

/** Sends, and waits until it has come. */
async function sent(p: Tools, fd: number, text: string): Promise<void> {
  p.sys.send(fd, Buffer.from(text))
  await p.until('the data', () => p.row('client').sendQueue === 0)
}

/** What recv() takes: its text, or an errno name. */
function taken(p: Tools, fd: number, room: number, flags: number): string {
  const b = Buffer.alloc(room)
  return p.attempt(() => b.subarray(0, p.sys.recv(fd, b, flags)).toString())
}

/** The same with MSG_WAITALL, on another thread. */
async function waiting(p: Tools, fd: number, room: number): Promise<string> {
  const b = Buffer.alloc(room)
  return b.subarray(0, await p.sys.recvAsync(fd, b, Msg.WAITALL)).toString()
}
