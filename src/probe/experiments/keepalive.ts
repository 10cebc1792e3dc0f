/** SO_KEEPALIVE: the probes, and the peer's three answers: it lives, it has forgotten the connection, it is not there any more. */
import { Level, Poll } from '../../socket/constants.js'
import { errnoText } from '../../socket/errno.js'
import { So, Tcp } from '../../socket/option-numbers.js'
import { experiment } from '../experiment.js'
import type { Connection } from '../probe.js'

const SOURCE = 'UNP §7.5; TLPI §61.10; tcp(7)'
const DEFAULT = 'tcp(7); RFC 1122 §4.2.3.6'
/** The least that can be set, s. */
const IDLE = 1
const INTERVAL = 1
const PROBES = 2
const UNTIL_DEAD = (IDLE + INTERVAL * PROBES) * 1000

export default experiment({
  claims: {
    off: { says: 'a fresh socket sends none', source: SOURCE, expected: 0 },
    idle: { says: 'the first probe comes after two hours of silence', source: DEFAULT, expected: 7200, sysctls: ['net/ipv4/tcp_keepalive_time'] },
    interval: { says: 'further ones every 75 seconds', source: DEFAULT, expected: 75, sysctls: ['net/ipv4/tcp_keepalive_intvl'] },
    count: { says: 'after 9 without an answer the connection is given up', source: DEFAULT, expected: 9, sysctls: ['net/ipv4/tcp_keepalive_probes'] },
    probe: { says: 'a probe carries no data and the sequence number before the next', source: 'RFC 1122 §4.2.3.6', expected: '0 bytes, one before the next', needs: ['capture'] },
    first: { says: 'with TCP_KEEPIDLE 1 the first probe comes after a second', source: SOURCE, expected: { least: 950, most: 1900, unit: 'ms' }, needs: ['capture'] },
    alive: { says: 'a peer that lives acknowledges it, and nothing happens', source: SOURCE, expected: 'ESTABLISHED' },
    answered: { says: 'it acknowledges each probe', source: SOURCE, expected: 'each', needs: ['capture'] },
    forgotten: { says: 'one that was restarted answers with a reset', source: SOURCE, expected: 'ECONNRESET' },
    dead: { says: 'one that is not there any more does not answer', source: SOURCE, expected: 'ETIMEDOUT', needs: ['filter'] },
    deadTook: { says: 'which is found after TCP_KEEPIDLE + TCP_KEEPCNT × TCP_KEEPINTVL', source: SOURCE, expected: { least: UNTIL_DEAD - 100, most: UNTIL_DEAD + 1200, unit: 'ms' }, needs: ['filter'] },
    deadProbes: { says: 'and TCP_KEEPCNT probes', source: SOURCE, expected: PROBES, needs: ['capture'] },
    givenUp: { says: 'and then a reset, should the peer be there after all', source: 'Linux tcp_keepalive_timer()', expected: 'R.', needs: ['capture'] },
    without: { says: 'without SO_KEEPALIVE it is never found', source: SOURCE, expected: 'ESTABLISHED', needs: ['filter'] },
  },
  run: async (p) => {
    const { sys } = p
    p.step('defaults')
    const fresh = p.tcp()
    p.observe('off', sys.getsockoptInt(fresh, Level.SOCKET, So.KEEPALIVE))
    p.observe('idle', sys.getsockoptInt(fresh, Level.TCP, Tcp.KEEPIDLE))
    p.observe('interval', sys.getsockoptInt(fresh, Level.TCP, Tcp.KEEPINTVL))
    p.observe('count', sys.getsockoptInt(fresh, Level.TCP, Tcp.KEEPCNT))

    p.step('four connections, then silence')
    const open = (name: string, keepalive: boolean): Connection => {
      const connection = p.connect()
      p.watch(name, connection.client)
      if (!keepalive) return connection
      for (const [option, value] of [[Tcp.KEEPIDLE, IDLE], [Tcp.KEEPINTVL, INTERVAL], [Tcp.KEEPCNT, PROBES]] as const) sys.setsockoptInt(connection.client, Level.TCP, option, value)
      sys.setsockoptInt(connection.client, Level.SOCKET, So.KEEPALIVE, 1)
      return connection
    }
    const alive = open('alive', true)
    const forgotten = open('forgotten', true)
    const begin = performance.now()
    const dead = open('dead', true)
    const without = open('without', false)
    if (p.can('filter')) for (const { server } of [dead, without]) p.deafen(server)
    const repair = p.attempt(() => sys.setsockoptInt(forgotten.server, Level.TCP, Tcp.REPAIR, 1)) // in this mode close() ends a socket without a segment, as a crash does
    if (typeof repair === 'string') p.cannot('forgotten', `needs CAP_NET_ADMIN over the network namespace, to make a peer forget (${repair})`)
    else sys.close(forgotten.server)
    const quietSince = p.segments().at(-1)?.millis ?? 0
    const before = p.segments().length

    p.step('the silence is over')
    const failed = ({ client }: Connection): boolean => (p.quiet.poll([{ fd: client, events: 0 }], 0)[0]! & Poll.ERR) !== 0
    await p.until('the dead peer to be found', () => (p.can('filter') ? failed(dead) : failed(forgotten)), UNTIL_DEAD + 2500).catch(() => undefined)
    const millis = Math.round(performance.now() - begin)
    const pending = ({ client }: Connection): string => {
      const errno = sys.getsockoptInt(client, Level.SOCKET, So.ERROR)
      return errno === 0 ? 'none' : errnoText(errno)
    }
    p.observe('dead', pending(dead))
    p.observe('deadTook', millis)
    if (typeof repair !== 'string') p.observe('forgotten', pending(forgotten))
    p.observe('alive', p.state('alive'))
    p.observe('without', p.state('without'))
    if (!p.can('capture')) return
    const since = p.segments().slice(before)
    const probes = since.filter(({ sourcePort }) => sourcePort === alive.clientPort)
    const answers = since.filter(({ sourcePort }) => sourcePort === alive.port)
    const [first] = probes
    p.observe('probe', first === undefined ? 'no probe' : `${first.length} bytes, ${answers[0] !== undefined && ((answers[0].ack - first.seq) >>> 0) === 1 ? 'one' : 'not one'} before the next`)
    p.observe('first', first === undefined ? 'no probe' : Math.round(first.millis - quietSince))
    p.observe('answered', probes.length > 0 && answers.length === probes.length ? 'each' : `${answers.length} of ${probes.length}`, `${probes.length} probes`)
    const toDead = since.filter(({ sourcePort }) => sourcePort === dead.clientPort).map(({ flags }) => flags)
    p.observe('deadProbes', toDead.filter((flags) => flags === '.').length)
    p.observe('givenUp', toDead.at(-1) ?? 'nothing')
  },
})
