/** The flags of send(). */
import { Level, Msg } from '../../socket/constants.js'
import { experiment } from '../experiment.js'
import { inet, portOf } from '../probe.js'

const SO_SNDBUF = 7
const BOOK = 'TLPI §61.3; send(2)'
const STDURG = { sysctls: ['net/ipv4/tcp_stdurg'] } as const
const CAPTURE = { needs: ['capture'] } as const

export default experiment({
  claims: {
    moreTcp: { says: 'MSG_MORE on TCP: several calls, one segment', source: BOOK, expected: '9', ...CAPTURE },
    plainTcp: { says: 'without it each call that finds nothing under way is a segment', source: BOOK, expected: '3 3 3', ...CAPTURE },
    moreTcpRead: { says: 'MSG_MORE on TCP: the bytes are the same', source: BOOK, expected: 'onetwosix' },
    moreTcpHeld: { says: 'until a call without it nothing is sent', source: BOOK, expected: 'EAGAIN' },
    moreUdp: { says: 'MSG_MORE on UDP: several calls, one datagram', source: `${BOOK}; udp(7)`, expected: 'onetwosix' },
    plainUdp: { says: 'without it each call is a datagram', source: 'udp(7)', expected: 'one' },
    dontwait: { says: 'MSG_DONTWAIT: where there is no room, it fails at once', source: BOOK, expected: 'EAGAIN', needs: ['filter'] },
    noSignal: { says: 'MSG_NOSIGNAL: no SIGPIPE where the peer is gone, only the error', source: BOOK, expected: 'EPIPE' },
    oobFlag: { says: 'MSG_OOB: the segment has URG', source: 'TLPI §61.13.1; RFC 9293 §3.8.5', expected: true, ...CAPTURE },
    oobPointer: { says: 'and its urgent pointer says the byte behind the urgent one, as BSD has it', source: 'RFC 6093 §2, §3.1', expected: 3, ...CAPTURE },
    oobByte: { says: 'only the last byte of the call is urgent', source: 'UNP §24.2; TLPI §61.13.1', expected: 'c', ...STDURG },
    oobStream: { says: 'what stands before it is in the stream', source: 'UNP §24.2', expected: 'ab', ...STDURG },
  },
  run: async (p) => {
    const { sys } = p
    const send = (fd: number, text: string, flags = 0): number => sys.send(fd, Buffer.from(text), flags)
    p.step('MSG_MORE on TCP')
    const more = p.connect()
    const sizes = (start: number, from: number): string => p.segments().slice(start).filter(({ sourcePort, length }) => sourcePort === from && length > 0).map(({ length }) => length).join(' ')
    let start = p.segments().length
    send(more.client, 'one', Msg.MORE)
    send(more.client, 'two', Msg.MORE)
    p.observe('moreTcpHeld', p.readText(more.server))
    send(more.client, 'six')
    await p.until('the data', () => p.row('server').receiveQueue === 9)
    p.observe('moreTcpRead', p.readText(more.server))
    if (p.can('capture')) p.observe('moreTcp', sizes(start, more.clientPort))

    p.step('the same without')
    start = p.segments().length
    for (const [i, text] of ['one', 'two', 'six'].entries()) {
      send(more.client, text)
      await p.until('its acknowledgement', () => p.row('client').sendQueue === 0 && p.row('server').receiveQueue === 3 * (i + 1))
    }
    if (p.can('capture')) p.observe('plainTcp', sizes(start, more.clientPort))

    p.step('MSG_MORE on UDP')
    const receiver = p.udp()
    sys.bind(receiver, inet('127.0.0.1', 0))
    const sender = p.udp()
    sys.connect(sender, inet('127.0.0.1', portOf(sys.getsockname(receiver))))
    send(sender, 'one', Msg.MORE)
    send(sender, 'two', Msg.MORE)
    send(sender, 'six')
    p.observe('moreUdp', p.readText(receiver))
    send(sender, 'one')
    send(sender, 'two')
    p.observe('plainUdp', p.readText(receiver))

    p.step('MSG_OOB')
    const urgent = p.connect()
    start = p.segments().length
    send(urgent.client, 'abc', Msg.OOB)
    await p.until('the data', () => p.row('server').receiveQueue >= 3)
    const segment = p.segments().slice(start).find(({ sourcePort, length }) => sourcePort === urgent.clientPort && length > 0)
    if (segment !== undefined) {
      p.observe('oobFlag', segment.flags.includes('U'), segment.flags)
      p.observe('oobPointer', segment.urgent)
    }
    const byte = Buffer.alloc(1)
    p.observe('oobByte', p.attempt(() => byte.subarray(0, sys.recv(urgent.server, byte, Msg.OOB)).toString()))
    p.observe('oobStream', p.readText(urgent.server))

    if (p.can('filter')) {
      p.step('MSG_DONTWAIT')
      const full = p.connect({ prepareClient: (fd) => sys.setsockoptInt(fd, Level.SOCKET, SO_SNDBUF, 8192) })
      p.deafen(full.server) // what is sent stays
      const block = Buffer.alloc(65536)
      let last: number | string = 0
      for (let i = 0; i < 100 && typeof last === 'number'; i++) last = p.attempt(() => sys.send(full.client, block, Msg.DONTWAIT))
      p.observe('dontwait', String(last))
    }

    p.step('MSG_NOSIGNAL')
    const gone = p.connect()
    sys.close(gone.server)
    await p.reaches('client', 'CLOSE_WAIT')
    send(gone.client, 'x', Msg.NOSIGNAL)
    await p.reaches('client', 'CLOSED')
    p.observe('noSignal', String(p.attempt(() => send(gone.client, 'y', Msg.NOSIGNAL))))
  },
})
