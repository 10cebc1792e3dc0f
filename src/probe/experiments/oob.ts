/** Out-of-band data: TCP's urgent byte, its mark, and who is told of it. */
import { Fcntl, Level, Msg, Poll } from '../../socket/constants.js'
import { So } from '../../socket/option-numbers.js'
import { experiment } from '../experiment.js'
import { signalCatcher } from '../signals.js'

const SOURCE = 'TLPI §61.13.1; UNP §24.2; tcp(7)'
/** Where a receiver takes the urgent pointer to point: tcp(7). */
const POINTER = { sysctls: ['net/ipv4/tcp_stdurg'] } as const

export default experiment({
  claims: {
    none: { says: 'with no urgent data recv(MSG_OOB) fails', source: SOURCE, expected: 'EINVAL' },
    oneByte: { says: 'of what is sent with MSG_OOB only the last byte is out of band', source: SOURCE, expected: 'c', ...POINTER },
    flags: { says: 'the segment has the URG flag', source: 'RFC 9293 §3.8.5', expected: 'P.U', needs: ['capture'] },
    pointer: { says: 'and its urgent pointer names the byte after the urgent one', source: 'RFC 6093 §3.1; RFC 9293 §3.8.5', expected: 3, needs: ['capture'] },
    exceptional: { says: 'poll() says POLLPRI: an exceptional condition of select()', source: SOURCE, expected: true },
    signal: { says: 'the owner of the socket gets SIGURG', source: SOURCE, expected: 'SIGURG' },
    noOwner: { says: 'without F_SETOWN nobody does', source: SOURCE, expected: 0 },
    once: { says: 'the urgent byte is read once', source: SOURCE, expected: 'EINVAL' },
    stops: { says: 'a read ends at the mark, though more has come', source: 'UNP §24.3', expected: 'ab', ...POINTER },
    before: { says: 'before that sockatmark() says no', source: 'sockatmark(3)', expected: false },
    atMark: { says: 'then it says yes', source: 'sockatmark(3)', expected: true },
    after: { says: 'the next read goes on behind the urgent byte', source: 'UNP §24.3', expected: 'de', ...POINTER },
    overwritten: { says: 'a second urgent byte takes the place of the first', source: SOURCE, expected: 'y' },
    lost: { says: 'where nothing stood before the first one, that is lost', source: SOURCE, expected: 'EAGAIN' },
    demoted: { says: 'else it stays in the stream as an ordinary byte', source: 'UNP §24.2', expected: '12x34' },
    inline: { says: 'with SO_OOBINLINE recv(MSG_OOB) fails', source: SOURCE, expected: 'EINVAL' },
    inlineStream: { says: 'and the byte is in its place in the stream, the mark before it', source: SOURCE, expected: 'ab|mark|cde' },
  },
  run: async (p) => {
    const { sys } = p
    const urgent = (fd: number, text: string): number => sys.send(fd, Buffer.from(text), Msg.OOB)
    const outOfBand = (fd: number): string => {
      const b = Buffer.alloc(1)
      return p.attempt(() => b.toString('latin1', 0, sys.recv(fd, b, Msg.OOB | Msg.DONTWAIT)))
    }
    const ready = (fd: number): number => sys.poll([{ fd, events: Poll.IN | Poll.PRI }], 0)[0]!
    const comes = (fd: number): Promise<unknown> => p.until('urgent data', () => (p.quiet.poll([{ fd, events: Poll.PRI }], 0)[0]! & Poll.PRI) !== 0)

    p.step('three bytes with MSG_OOB, two after them')
    const connection = p.connect()
    const { client, server } = connection
    p.observe('none', outOfBand(server))
    const catcher = await signalCatcher(p)
    sys.fcntl(server, Fcntl.SETOWN, catcher.pid)
    const sent = p.segmentsOf(connection).length
    urgent(client, 'abc')
    sys.send(client, Buffer.from('de'))
    await comes(server)
    p.observe('exceptional', (ready(server) & Poll.PRI) !== 0)
    const segment = p.segmentsOf(connection).slice(sent).find(({ length }) => length === 3)
    p.observe('flags', segment?.flags ?? 'no such segment')
    p.observe('pointer', segment?.urgent ?? 'no such segment')
    p.observe('before', sys.sockatmark(server))
    p.observe('stops', p.readText(server))
    p.observe('atMark', sys.sockatmark(server))
    p.observe('oneByte', outOfBand(server))
    p.observe('once', outOfBand(server))
    p.observe('after', p.readText(server))
    await p.until('SIGURG', () => catcher.caught.length > 0).catch(() => undefined)
    p.observe('signal', catcher.caught.join(' '))

    p.step('two urgent bytes before either is read')
    const first = p.connect()
    urgent(first.client, 'x')
    urgent(first.client, 'y')
    await comes(first.server)
    p.observe('overwritten', outOfBand(first.server))
    p.observe('lost', p.readText(first.server))
    urgent(first.client, '12x')
    urgent(first.client, '34y')
    await p.until('both', () => p.quiet.recv(first.server, Buffer.alloc(9), Msg.PEEK | Msg.DONTWAIT) === 5)
    p.observe('demoted', p.readText(first.server))
    p.observe('noOwner', catcher.caught.length - 1)

    p.step('SO_OOBINLINE')
    const inline = p.connect()
    sys.setsockoptInt(inline.server, Level.SOCKET, So.OOBINLINE, 1)
    urgent(inline.client, 'abc')
    sys.send(inline.client, Buffer.from('de'))
    await comes(inline.server)
    p.observe('inline', outOfBand(inline.server))
    p.observe('inlineStream', [p.readText(inline.server), sys.sockatmark(inline.server) ? 'mark' : 'no mark', p.readText(inline.server)].join('|'))
  },
})
