/** SO_ERROR and the pending error: reported once, then cleared; and which errors there are. */
import { Family, Level, Msg, Poll, SOCK_NONBLOCK, SockType } from '../../socket/constants.js'
import { errnoText } from '../../socket/errno.js'
import { So, Tcp } from '../../socket/option-numbers.js'
import { experiment } from '../experiment.js'
import { inet, portOf } from '../probe.js'

const SOURCE = 'UNP §7.5; socket(7)'
const NONE = '0'
/** In the wire's network, and nobody's. */
const NOBODY = '10.0.0.9'

export default experiment({
  claims: {
    refused: { says: 'a connection refused while connect() does not wait is a pending error', source: 'UNP §16.3; connect(2)', expected: 'ECONNREFUSED' },
    refusedReady: { says: 'poll() says POLLERR for it, and both readable and writable', source: 'UNP §6.3, §16.3', expected: 'readable writable POLLERR' },
    once: { says: 'SO_ERROR reports it once and clears it', source: SOURCE, expected: NONE },
    reset: { says: 'a reset by the peer', source: SOURCE, expected: 'ECONNRESET' },
    resetOnce: { says: 'is cleared so too', source: SOURCE, expected: NONE },
    afterRead: { says: 'then recv() finds the end of the stream', source: SOURCE, expected: 'end of file' },
    afterWrite: { says: 'and send() fails', source: 'UNP §5.13', expected: 'EPIPE' },
    byRead: { says: 'recv() reports the pending error as well', source: SOURCE, expected: 'ECONNRESET' },
    byReadOnce: { says: 'and so clears it', source: SOURCE, expected: NONE },
    byWrite: { says: 'as does send()', source: SOURCE, expected: 'ECONNRESET then EPIPE' },
    dataFirst: { says: 'data that came before the reset is still read, then the error', source: 'RFC 9293 §3.10.7; tcp(7)', expected: 'data|ECONNRESET|end of file' },
    timedOut: { says: 'data that nobody acknowledges', source: 'UNP §5.14, §7.5', expected: 'ETIMEDOUT', needs: ['filter'] },
    unreachable: { says: 'a host that the network does not find', source: 'UNP §5.15', expected: 'EHOSTUNREACH', needs: ['veth'] },
    datagram: { says: 'a connected UDP socket learns that nobody is at the port', source: 'UNP §8.11; udp(7)', expected: 'ECONNREFUSED' },
    datagramNext: { says: 'at the next send() where nobody asked before; that datagram is not sent', source: 'udp(7)', expected: 'ECONNREFUSED then 1' },
    unconnected: { says: 'one that is not connected does not', source: 'UNP §8.9; udp(7)', expected: NONE },
    readOnly: { says: 'SO_ERROR cannot be set', source: SOURCE, expected: 'ENOPROTOOPT' },
  },
  run: async (p) => {
    const { sys } = p
    const pending = (fd: number): string => {
      const errno = sys.getsockoptInt(fd, Level.SOCKET, So.ERROR)
      return errno === 0 ? NONE : errnoText(errno)
    }
    const send = (fd: number): number | string => p.attempt(() => sys.send(fd, Buffer.from('x'), Msg.NOSIGNAL))
    const fails = (fd: number, millis = 1000): Promise<unknown> => p.until('the error', () => (p.quiet.poll([{ fd, events: 0 }], 0)[0]! & Poll.ERR) !== 0, millis)
    const hopeful = (): number => sys.socket(Family.INET, SockType.STREAM | SOCK_NONBLOCK)
    /** A connection that its peer resets after `last`. */
    const reset = async (last = ''): Promise<number> => {
      const { client, server } = p.connect()
      if (last !== '') sys.send(server, Buffer.from(last))
      const linger = Buffer.alloc(8)
      linger.writeInt32LE(1, 0)
      sys.setsockopt(server, Level.SOCKET, So.LINGER, linger)
      sys.close(server)
      await fails(client)
      return client
    }

    /** Data that nobody acknowledges. */
    const silence = async (): Promise<void> => {
      p.step('a peer that hears nothing')
      const { client, server } = p.connect()
      sys.setsockoptInt(client, Level.TCP, Tcp.USER_TIMEOUT, 250)
      p.deafen(server)
      sys.send(client, Buffer.from('x'))
      await fails(client, 3000)
      p.observe('timedOut', pending(client), 'TCP_USER_TIMEOUT 250 ms, instead of some 15 minutes')
    }

    p.step('a port where nobody listens')
    const { fd: gone, port } = p.listen()
    sys.close(gone)
    const refused = hopeful()
    p.attempt(() => sys.connect(refused, inet('127.0.0.1', port)))
    await fails(refused)
    const ready = sys.poll([{ fd: refused, events: Poll.IN | Poll.OUT }], 0)[0]!
    p.observe('refusedReady', [[Poll.IN, 'readable'], [Poll.OUT, 'writable'], [Poll.ERR, 'POLLERR']].filter(([bit]) => (ready & (bit as number)) !== 0).map(([, word]) => word).join(' '))
    p.observe('refused', pending(refused))
    p.observe('once', pending(refused))
    p.observe('readOnly', p.attempt(() => (sys.setsockoptInt(refused, Level.SOCKET, So.ERROR, 0), 'set')))

    p.step('a reset, asked for with SO_ERROR, read, and written to')
    const asked = await reset()
    p.observe('reset', pending(asked))
    p.observe('resetOnce', pending(asked))
    p.observe('afterRead', p.readText(asked))
    p.observe('afterWrite', send(asked))
    const read = await reset()
    p.observe('byRead', p.readText(read))
    p.observe('byReadOnce', pending(read))
    const written = await reset()
    p.observe('byWrite', `${send(written)} then ${send(written)}`)
    const late = await reset('data')
    p.observe('dataFirst', [p.readText(late), p.readText(late), p.readText(late)].join('|'))

    p.step('UDP to a port where nobody is')
    const nobody = p.udp()
    sys.bind(nobody, inet('127.0.0.1', 0))
    const empty = inet('127.0.0.1', portOf(sys.getsockname(nobody)))
    sys.close(nobody)
    const connected = p.udp()
    sys.connect(connected, empty)
    sys.send(connected, Buffer.from('x'))
    await fails(connected)
    p.observe('datagram', pending(connected))
    sys.send(connected, Buffer.from('x'))
    await fails(connected)
    p.observe('datagramNext', `${send(connected)} then ${send(connected)}`)
    const unconnected = p.udp()
    sys.sendto(unconnected, Buffer.from('x'), 0, empty)
    await p.pause(20)
    p.observe('unconnected', pending(unconnected))
    if (p.can('filter')) await silence()
    if (!p.can('veth')) return

    p.step('a neighbour that does not answer ARP')
    p.wire()
    const short = [['mcast_solicit', '1'], ['retrans_time_ms', '100']].every(([name, value]) => p.setSysctl(`net/ipv4/neigh/left/${name}`, value!))
    const far = hopeful()
    p.attempt(() => sys.connect(far, inet(NOBODY, 80)))
    await fails(far, 5000)
    p.observe('unreachable', pending(far), short ? 'one ARP request of 100 ms, instead of three of a second' : 'three ARP requests')
  },
})
