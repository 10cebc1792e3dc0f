/** SCTP, one-to-one style (RFC 6458 §4): a drop-in for TCP that keeps message boundaries; where this kernel has it. */
import { Family, Level, Msg, Poll, Protocol, Shut, SockType } from '../../socket/constants.js'
import { So } from '../../socket/option-numbers.js'
import { experiment } from '../experiment.js'
import { inet, portOf } from '../probe.js'
import { presence } from '../protocols.js'

const SOURCE = 'TLPI §61.13.6; UNP §9.2; RFC 6458 §4'
const SCTP = { needs: ['sctp'], optional: true } as const

export default experiment({
  claims: {
    presence: { says: 'socket(AF_INET, SOCK_STREAM, IPPROTO_SCTP) makes a socket where this kernel lists SCTP, and nowhere else', source: 'TLPI §61.13.6; sctp(7); proc(5)', expected: 'agrees' },
    protocol: { says: 'a one-to-one socket is a stream socket of IPPROTO_SCTP', source: SOURCE, expected: `${SockType.STREAM} ${Protocol.SCTP}`, ...SCTP },
    connected: { says: 'it connects and accepts as TCP does', source: SOURCE, expected: 'connected', ...SCTP },
    boundaries: { says: 'messages keep their boundaries, though it is SOCK_STREAM', source: 'RFC 6458 §4.1.8; UNP §9.4', expected: 'one|three', ...SCTP },
    rest: { says: 'what does not fit into the buffer is not lost: the next recv() has it', source: 'RFC 6458 §4.1.8', expected: 'long|er', ...SCTP },
    record: { says: 'the end of a message has MSG_EOR', source: 'RFC 6458 §5.1', expected: 'no, yes', ...SCTP },
    noHalfClose: { says: 'there is no half-close: shutdown(SHUT_WR) ends the association, the peer reads end of file', source: 'RFC 6458 §4.1.7; UNP §9.2', expected: 'end of file', ...SCTP },
  },
  run: async (p) => {
    const { sys } = p
    p.step('socket()')
    const { verdict, detail } = presence(p, 'SCTP', Family.INET, SockType.STREAM, Protocol.SCTP)
    p.observe('presence', verdict, detail)
    if (!p.can('sctp')) return

    p.step('connect')
    const listener = sys.socket(Family.INET, SockType.STREAM, Protocol.SCTP)
    sys.bind(listener, inet('127.0.0.1', 0))
    sys.listen(listener, 1)
    const client = sys.socket(Family.INET, SockType.STREAM, Protocol.SCTP)
    p.observe('protocol', `${sys.getsockoptInt(client, Level.SOCKET, So.TYPE)} ${sys.getsockoptInt(client, Level.SOCKET, So.PROTOCOL)}`)
    p.observe('connected', p.attempt(() => (sys.connect(client, inet('127.0.0.1', portOf(sys.getsockname(listener)))), 'connected')))
    const { fd: server } = sys.accept4(listener)
    const comes = (): Promise<unknown> => p.until('a message', () => p.quiet.poll([{ fd: server, events: Poll.IN }], 0)[0] !== 0)

    p.step('messages')
    for (const word of ['one', 'three']) sys.send(client, Buffer.from(word), Msg.NOSIGNAL)
    await comes()
    p.observe('boundaries', `${p.readText(server)}|${p.readText(server)}`)
    sys.send(client, Buffer.from('longer'), Msg.NOSIGNAL)
    await comes()
    const parts = [4, 10].map((room) => {
      const b = Buffer.alloc(room)
      const { length, flags } = sys.recvmsg(server, [b], 0, Msg.DONTWAIT)
      return { text: b.toString('latin1', 0, length), end: (flags & Msg.EOR) === 0 ? 'no' : 'yes' }
    })
    p.observe('rest', parts.map(({ text }) => text).join('|'))
    p.observe('record', parts.map(({ end }) => end).join(', '))

    p.step('shutdown(SHUT_WR)')
    sys.shutdown(client, Shut.WR)
    await comes()
    p.observe('noHalfClose', p.readText(server))
  },
})
