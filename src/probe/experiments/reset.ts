/** Connections that end with RST: refused, aborted, closed with data unread, written to after the end. */
import { Level, Msg, Shut } from '../../socket/constants.js'
import { errnoText } from '../../socket/errno.js'
import { experiment } from '../experiment.js'
import { inet, portOf, type Connection, type Tools } from '../probe.js'

const SO_ERROR = 4
const SO_LINGER = 13
/** struct linger: on, with no time: abort. */
const ABORT = Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0)
const CAPTURE = { needs: ['capture'] } as const

export default experiment({
  claims: {
    refused: { says: 'connect() to a port where nobody listens fails', source: 'connect(2); UNP §4.3', expected: 'ECONNREFUSED' },
    refusedSegments: { says: 'the SYN is answered by a reset', source: 'RFC 9293 §3.5.2, group 1', expected: 'S R.', ...CAPTURE },
    refusedAck: { says: 'which acknowledges the SYN, so that its sender knows it', source: 'RFC 9293 §3.10.7.1', expected: 1, ...CAPTURE },
    aborted: { says: 'close() with SO_LINGER of 0 s sends a reset instead of a FIN', source: 'TLPI §61.9 (SO_LINGER); UNP §7.5', expected: 'R.', ...CAPTURE },
    abortedRead: { says: 'the peer\'s read() then fails', source: 'UNP §7.5; tcp(7)', expected: 'ECONNRESET' },
    abortedOnce: { says: 'once: the error is gone when it was told, and the next read() finds the end', source: 'UNP §7.5 (SO_ERROR)', expected: 'end of file' },
    abortedStates: { says: 'neither end is left, not even in TIME_WAIT', source: 'RFC 9293 §3.10.4; UNP §7.5', expected: 'CLOSED CLOSED' },
    unread: { says: 'close() with data that nobody has read sends a reset too', source: 'RFC 2525 §2.17; RFC 9293 §3.6.1', expected: 'R.', ...CAPTURE },
    unreadPeer: { says: 'and the peer learns that its data was lost', source: 'RFC 2525 §2.17', expected: 'ECONNRESET' },
    firstWrite: { says: 'the first write() after the peer has closed succeeds: its FIN said only that it sends no more', source: 'UNP §5.12', expected: 'written' },
    writeAnswer: { says: 'the peer\'s kernel answers with a reset that carries the number expected and no ACK', source: 'RFC 9293 §3.5.2, group 2', expected: 'R', ...CAPTURE },
    writeError: { says: 'a reset that meets CLOSE_WAIT leaves this error', source: 'UNP §5.13', expected: 'EPIPE' },
    secondWrite: { says: 'the next write() fails', source: 'UNP §5.13; write(2)', expected: 'EPIPE' },
    beforeAccept: { says: 'accept() gives a connection that was reset meanwhile, as Linux does (others fail it with ECONNABORTED)', source: 'UNP §5.11; accept(2)', expected: 'accepted' },
    beforeAcceptRead: { says: 'the reset shows at the first read()', source: 'UNP §5.11', expected: 'ECONNRESET' },
  },
  run: async (p) => {
    const { sys } = p
    const since = (start: number): string => p.segments().slice(start).map(({ flags }) => flags.replace(/[EW]/g, '')).join(' ') // with ECN or without
    const capture = p.can('capture')

    p.step('connect() to a port where nobody listens')
    const lost = p.tcp()
    sys.bind(lost, inet('127.0.0.1', 0))
    const nobody = portOf(sys.getsockname(lost))
    const client = p.tcp()
    p.observe('refused', p.attempt(() => (sys.connect(client, inet('127.0.0.1', nobody)), 'connected')))
    const [syn, rst] = p.segments()
    if (capture) {
      p.observe('refusedSegments', since(0))
      p.observe('refusedAck', rst === undefined ? 'no answer' : (rst.ack - syn!.seq) >>> 0)
    }

    p.step('an abort: SO_LINGER of 0 s')
    const aborted = p.connect()
    let start = p.segments().length
    sys.setsockopt(aborted.client, Level.SOCKET, SO_LINGER, ABORT)
    sys.close(aborted.client)
    await p.reaches('server', 'CLOSED')
    if (capture) p.observe('aborted', since(start))
    p.observe('abortedStates', `${p.state('client')} ${p.state('server')}`)
    p.observe('abortedRead', p.readText(aborted.server))
    p.observe('abortedOnce', p.readText(aborted.server))
    closeAll(p, aborted)

    p.step('close() with data unread')
    const unread = p.connect()
    sys.send(unread.client, Buffer.from('request'))
    await p.until('the request', () => p.row('server').receiveQueue > 0)
    start = p.segments().length
    sys.close(unread.server)
    await p.reaches('client', 'CLOSED')
    if (capture) p.observe('unread', since(start))
    p.observe('unreadPeer', p.readText(unread.client))
    closeAll(p, { ...unread, server: -1 })

    p.step('two writes to a peer that has closed')
    const over = p.connect()
    sys.close(over.server)
    await p.reaches('client', 'CLOSE_WAIT')
    start = p.segments().length
    p.observe('firstWrite', p.attempt(() => (sys.send(over.client, Buffer.from('one'), Msg.NOSIGNAL), 'written')))
    await p.reaches('client', 'CLOSED')
    if (capture) p.observe('writeAnswer', p.segments().slice(start).find(({ sourcePort }) => sourcePort === over.port)?.flags ?? 'none')
    p.observe('writeError', errnoText(sys.getsockoptInt(over.client, Level.SOCKET, SO_ERROR)))
    p.observe('secondWrite', p.attempt(() => (sys.send(over.client, Buffer.from('two'), Msg.NOSIGNAL), 'written')))
    closeAll(p, { ...over, server: -1 })

    p.step('a connection that is reset before accept()')
    const { fd: listener, port } = p.listen()
    const early = p.tcp()
    sys.connect(early, inet('127.0.0.1', port))
    p.watch('client', early)
    const { local, remote } = p.row('client')
    p.follow('server', remote, local)
    sys.setsockopt(early, Level.SOCKET, SO_LINGER, ABORT)
    sys.close(early)
    await p.reaches('server', 'CLOSED')
    const accepted = p.attempt(() => sys.accept4(listener).fd)
    p.observe('beforeAccept', typeof accepted === 'number' ? 'accepted' : accepted)
    if (typeof accepted === 'number') {
      p.observe('beforeAcceptRead', p.readText(accepted))
      sys.shutdown(listener, Shut.RDWR)
    }
  },
})

function closeAll(p: Tools, { listener, client, server }: Connection): void {
  for (const fd of [client, server, listener]) if (fd >= 0) p.attempt(() => p.sys.close(fd))
}
