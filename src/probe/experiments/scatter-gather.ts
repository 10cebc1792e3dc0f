/** sendmsg() and recvmsg() with several buffers, and sendmmsg() and recvmmsg() with several datagrams. */
import { Msg, Poll } from '../../socket/constants.js'
import { experiment } from '../experiment.js'
import { inet } from '../probe.js'

const SOURCE = 'TLPI §61.13.2; UNP §14.5'
/** UIO_MAXIOV, <linux/uio.h>. */
const MOST_PIECES = 1024

export default experiment({
  claims: {
    gathered: { says: 'sendmsg() sends its buffers one after another, and returns their sum', source: SOURCE, expected: 11 },
    oneSegment: { says: 'on TCP they go into one segment', source: 'UNP §7.9 (writev and Nagle)', expected: '11', needs: ['capture'] },
    scattered: { says: 'recvmsg() fills its buffers in order, the last in part', source: SOURCE, expected: 'hea|der b|ody|' },
    oneDatagram: { says: 'on UDP the buffers make one datagram', source: SOURCE, expected: 'headerbody' },
    excess: { says: 'a datagram longer than all buffers is cut, with MSG_TRUNC', source: 'recvmsg(2)', expected: 'head|er, MSG_TRUNC' },
    sender: { says: 'recvmsg() says who sent it', source: SOURCE, expected: 'the sender' },
    noSender: { says: 'on TCP it names nobody', source: 'recvmsg(2)', expected: 'nobody' },
    empty: { says: 'no buffer at all is an empty datagram', source: 'sendmsg(2)', expected: 0 },
    most: { says: '1024 buffers are taken', source: 'sendmsg(2); IOV_MAX of limits.h', expected: MOST_PIECES },
    tooMany: { says: 'one more is refused', source: 'sendmsg(2)', expected: 'EMSGSIZE' },
    sendmmsg: { says: 'sendmmsg() sends several datagrams with one call', source: 'sendmmsg(2)', expected: '3 3 5' },
    recvmmsg: { says: 'recvmmsg() receives them with one call, each in its own buffer', source: 'recvmmsg(2)', expected: 'one|two|three' },
    recvmmsgMore: { says: 'and returns what there is when more were asked for (MSG_WAITFORONE)', source: 'recvmmsg(2)', expected: 2 },
    recvmmsgNone: { says: 'with nothing there it fails as recv() does', source: 'recvmmsg(2)', expected: 'EAGAIN' },
  },
  run: async (p) => {
    const { sys } = p
    const text = (b: Buffer): string => b.toString('latin1').replaceAll('\0', '')

    p.step('TCP: three buffers, one call')
    const connection = p.connect()
    const { client, server } = connection
    const before = p.segmentsOf(connection).length
    p.observe('gathered', sys.sendmsg(client, [Buffer.from('head'), Buffer.from('er '), Buffer.from('body')]))
    await p.until('the bytes to come', () => sys.poll([{ fd: server, events: Poll.IN }], 0)[0] === Poll.IN)
    const data = p.segmentsOf(connection).slice(before).filter(({ length }) => length > 0)
    p.observe('oneSegment', data.map(({ length }) => length).join(' '))
    const buffers = [Buffer.alloc(3), Buffer.alloc(5), Buffer.alloc(10), Buffer.alloc(4)]
    const stream = sys.recvmsg(server, buffers, 0, Msg.DONTWAIT)
    p.observe('scattered', buffers.map(text).join('|'))
    p.observe('noSender', stream.from === undefined ? 'nobody' : 'somebody')

    p.step('UDP: one datagram of several buffers')
    const receiver = p.udp()
    sys.bind(receiver, inet('127.0.0.1', 0))
    const sender = p.udp()
    sys.connect(sender, sys.getsockname(receiver))
    const pieces = [Buffer.from('header'), Buffer.from('body')]
    sys.sendmsg(sender, pieces)
    p.observe('oneDatagram', p.readText(receiver))
    sys.sendmsg(sender, pieces)
    const small = [Buffer.alloc(4), Buffer.alloc(2)]
    const cut = sys.recvmsg(receiver, small, 0, Msg.DONTWAIT)
    p.observe('excess', `${small.map(text).join('|')}${(cut.flags & Msg.TRUNC) === 0 ? '' : ', MSG_TRUNC'}`)
    const own = JSON.stringify(sys.getsockname(sender))
    p.observe('sender', JSON.stringify(cut.from) === own ? 'the sender' : 'another', own)
    sys.sendmsg(sender, [])
    p.observe('empty', p.attempt(() => sys.recv(receiver, Buffer.alloc(8), Msg.DONTWAIT)))

    p.step('many buffers')
    const many = Array.from({ length: MOST_PIECES + 1 }, () => Buffer.from('x'))
    p.observe('most', p.attempt(() => sys.sendmsg(sender, many.slice(1))))
    p.observe('tooMany', p.attempt(() => sys.sendmsg(sender, many)))
    p.read(receiver)

    p.step('several datagrams a call')
    const messages = ['one', 'two', 'three'].map((word) => [Buffer.from(word)])
    p.observe('sendmmsg', sys.sendmmsg(sender, messages).join(' '))
    const into = messages.map(() => Buffer.alloc(8))
    sys.recvmmsg(receiver, into, Msg.DONTWAIT)
    p.observe('recvmmsg', into.map(text).join('|'))
    sys.sendmmsg(sender, messages.slice(0, 2))
    p.observe('recvmmsgMore', sys.recvmmsg(receiver, Array.from({ length: 5 }, () => Buffer.alloc(8)), Msg.WAITFORONE).length)
    p.observe('recvmmsgNone', p.attempt(() => sys.recvmmsg(receiver, into, Msg.DONTWAIT).length))
  },
})
