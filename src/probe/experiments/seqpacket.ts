/** SOCK_SEQPACKET: a connection, and messages with boundaries. */
import { Family, Level, Msg, Poll, Shut, SockType } from '../../socket/constants.js'
import { So } from '../../socket/option-numbers.js'
import type { SocketAddress } from '../../socket/sockaddr.js'
import { experiment } from '../experiment.js'

const SOURCE = 'TLPI §61.13.5; unix(7)'

export default experiment({
  claims: {
    connected: { says: 'it is a connection: listen(), connect(), accept()', source: SOURCE, expected: 'connected' },
    boundaries: { says: 'each recv() gets one message, however many wait', source: SOURCE, expected: 'one|three|two more' },
    excess: { says: 'what does not fit into the buffer is discarded, as of a datagram', source: SOURCE, expected: 'long|next' },
    truncated: { says: 'recvmsg() tells so with MSG_TRUNC', source: 'recvmsg(2)', expected: true },
    whole: { says: 'MSG_TRUNC given to recv() makes it return the whole length', source: 'recv(2); unix(7)', expected: 9 },
    datagram: { says: 'a datagram socket discards the excess too', source: 'TLPI §56.6.1', expected: 'long|next' },
    stream: { says: 'a stream socket has no boundaries and discards nothing', source: 'TLPI §56.5', expected: 'oneth|reetw|o mor|e' },
    tooLong: { says: 'a message longer than the send buffer is refused, not sent in parts', source: 'send(2)', expected: 'EMSGSIZE' },
    peekKeeps: { says: 'MSG_PEEK leaves the message as it is', source: 'recv(2)', expected: 'pe|peek' },
    endOfFile: { says: 'after the peer\'s shutdown(SHUT_WR) comes end of file, the messages before it first', source: 'unix(7)', expected: 'last|end of file' },
    pipe: { says: 'sending to a peer that is gone fails', source: 'send(2)', expected: 'EPIPE' },
    hangUp: { says: 'and poll() says POLLHUP', source: 'poll(2)', expected: true },
  },
  run: (p) => {
    const { sys } = p
    const send = (fd: number, ...texts: readonly string[]): void => {
      for (const text of texts) sys.send(fd, Buffer.from(text), Msg.NOSIGNAL)
    }
    const texts = (fd: number, room: number, count: number): string => Array.from({ length: count }, () => p.readText(fd, room)).join('|')

    p.step('connect')
    const listener = sys.socket(Family.UNIX, SockType.SEQPACKET)
    const name: SocketAddress = { family: 'unix', kind: 'abstract', name: Buffer.from(`sockscope-seqpacket-${process.pid}`) }
    sys.bind(listener, name)
    sys.listen(listener, 1)
    const a = sys.socket(Family.UNIX, SockType.SEQPACKET)
    p.observe('connected', p.attempt(() => (sys.connect(a, name), 'connected')))
    const { fd: b } = sys.accept4(listener)

    p.step('three messages')
    send(a, 'one', 'three', 'two more')
    p.observe('boundaries', texts(b, 100, 3))

    p.step('a buffer that is too small')
    send(a, 'long message', 'next')
    p.observe('excess', texts(b, 4, 2))
    send(a, '123456789')
    p.observe('truncated', (sys.recvmsg(b, [Buffer.alloc(4)], 0, Msg.DONTWAIT).flags & Msg.TRUNC) !== 0)
    send(a, '123456789')
    p.observe('whole', sys.recv(b, Buffer.alloc(4), Msg.TRUNC | Msg.DONTWAIT))

    p.step('the same with datagrams and with a stream')
    const [c, d] = sys.socketpair(Family.UNIX, SockType.DGRAM)
    send(c, 'long message', 'next')
    p.observe('datagram', texts(d, 4, 2))
    const [e, f] = sys.socketpair(Family.UNIX, SockType.STREAM)
    send(e, 'one', 'three', 'two more')
    p.observe('stream', texts(f, 5, 4))

    p.step('a message longer than the send buffer')
    const room = sys.getsockoptInt(a, Level.SOCKET, So.SNDBUF)
    p.observe('tooLong', p.attempt(() => sys.send(a, Buffer.alloc(room + 1), Msg.DONTWAIT | Msg.NOSIGNAL)), `${room + 1} bytes, SO_SNDBUF ${room}`)

    p.step('MSG_PEEK')
    send(a, 'peek')
    const peeked = Buffer.alloc(2)
    sys.recv(b, peeked, Msg.PEEK | Msg.DONTWAIT)
    p.observe('peekKeeps', `${peeked.toString('latin1')}|${p.readText(b)}`)

    p.step('the end')
    send(a, 'last')
    sys.shutdown(a, Shut.WR)
    p.observe('endOfFile', texts(b, 100, 2))
    sys.close(a)
    p.observe('pipe', p.attempt(() => sys.send(b, Buffer.from('x'), Msg.NOSIGNAL)))
    p.observe('hangUp', (sys.poll([{ fd: b, events: Poll.IN }], 0)[0]! & Poll.HUP) !== 0)
  },
})
