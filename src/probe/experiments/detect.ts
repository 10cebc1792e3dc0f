/**
 * What becomes known of a peer whose process crashed, whose host crashed, or whose host cannot be reached any more: the table of UNP figure 7.6, each cell as observed.
 * TCP_USER_TIMEOUT and short keepalive times stand for the patience of a default kernel (a quarter of an hour, more than two hours).
 */
import { Level, Msg, Poll } from '../../socket/constants.js'
import { errnoText } from '../../socket/errno.js'
import { So, Tcp } from '../../socket/option-numbers.js'
import { experiment } from '../experiment.js'
import { sendHostUnreachable } from '../icmp.js'
import type { Connection } from '../probe.js'

const SOURCE = 'UNP §7.5, figure 7.6'
const NOTHING = 'nothing'
const PATIENCE = 700
/** The figure's rows and columns; together they name a claim. */
const ROWS = [['peer process crashes', 'process'], ['peer host crashes', 'host'], ['peer host is unreachable', 'unreachable']] as const
const COLUMNS = [['sending', 'Sending'], ['receiving', 'Receiving'], ['idle, keepalive', 'Keepalive'], ['idle', 'Idle']] as const
const WIDTHS = [24, 21, 12, 15, 12] as const
type Cell = `${(typeof ROWS)[number][1]}${(typeof COLUMNS)[number][1]}`

export default experiment({
  claims: {
    processSending: { says: 'peer process crashes, we send: its FIN makes us readable; sending once more brings a RST, then', source: SOURCE, expected: 'end of file, 1, EPIPE' },
    processReceiving: { says: 'peer process crashes, we receive: its FIN is a premature end of file', source: SOURCE, expected: 'end of file' },
    processKeepalive: { says: 'peer process crashes, idle with keepalive: its FIN makes us readable', source: SOURCE, expected: 'end of file' },
    processIdle: { says: 'peer process crashes, idle without: its FIN makes us readable', source: SOURCE, expected: 'end of file' },
    hostSending: { says: 'peer host crashes, we send: our TCP times out', source: SOURCE, expected: 'ETIMEDOUT', needs: ['filter'] },
    hostReceiving: { says: 'peer host crashes, we receive: we get no more, and', source: SOURCE, expected: NOTHING, needs: ['filter'] },
    hostKeepalive: { says: 'peer host crashes, idle with keepalive: its probes time out', source: SOURCE, expected: 'ETIMEDOUT', needs: ['filter'] },
    hostIdle: { says: 'peer host crashes, idle without', source: SOURCE, expected: NOTHING, needs: ['filter'] },
    unreachableSending: { says: 'peer host is unreachable, we send: our TCP times out with the router\'s word', source: SOURCE, expected: 'EHOSTUNREACH', needs: ['capture', 'filter'] },
    unreachableFirst: { says: 'the router\'s word alone ends no connection', source: 'RFC 1122 §4.2.3.9; RFC 5461 §2', expected: NOTHING, needs: ['capture', 'filter'] },
    unreachableReceiving: { says: 'peer host is unreachable, we receive: we get no more, and', source: SOURCE, expected: NOTHING, needs: ['filter'] },
    unreachableKeepalive: {
      says: 'peer host is unreachable, idle with keepalive: its probes time out; not with the router\'s word as UNP has it, for Linux believes none about a number before the window',
      source: `${SOURCE}; RFC 5927 §4.1`, expected: 'ETIMEDOUT', needs: ['capture', 'filter'],
    },
    unreachableIdle: { says: 'peer host is unreachable, idle without', source: SOURCE, expected: NOTHING, needs: ['filter'] },
  },
  run: async (p) => {
    const { sys } = p
    const seen = new Map<Cell, string>()
    const tell = (cell: Cell, observed: string): void => {
      seen.set(cell, observed)
      p.observe(cell, observed)
    }
    /** The figure. */
    const table = (): void => {
      const rows = ROWS.map(([title, row]) => [title, ...COLUMNS.map(([, column]) => seen.get(`${row}${column}`) ?? '?')])
      for (const row of [['', ...COLUMNS.map(([title]) => title)], ...rows]) p.note(row.map((cell, i) => cell.padEnd(WIDTHS[i]!)).join('  ').trimEnd())
    }
    const keepalive = ({ client }: Connection): void => {
      for (const [option, value] of [[Tcp.KEEPIDLE, 1], [Tcp.KEEPINTVL, 1], [Tcp.KEEPCNT, 1]] as const) sys.setsockoptInt(client, Level.TCP, option, value)
      sys.setsockoptInt(client, Level.SOCKET, So.KEEPALIVE, 1)
    }
    const send = (fd: number): number | string => p.attempt(() => sys.send(fd, Buffer.from('x'), Msg.NOSIGNAL))
    const failed = ({ client }: Connection): boolean => (p.quiet.poll([{ fd: client, events: 0 }], 0)[0]! & Poll.ERR) !== 0
    /** The pending error; `nothing` where the connection stands as it stood. */
    const fate = (connection: Connection): string => {
      const errno = sys.getsockoptInt(connection.client, Level.SOCKET, So.ERROR)
      if (errno !== 0) return errnoText(errno)
      const read = p.readText(connection.client)
      return read === 'EAGAIN' ? NOTHING : read
    }

    p.step('the peer\'s process crashes')
    const crash = [p.connect(), p.connect(), p.connect(), p.connect()] as const
    keepalive(crash[2])
    const process = p.child('/bin/sh', ['-c', 'read line'], { stdio: ['pipe', 'ignore', 'ignore', ...crash.map(({ server }) => server)] })
    await p.until('a process to hold the peers', () => process.pid !== undefined)
    for (const { server } of crash) sys.close(server)
    process.kill('SIGKILL')
    for (const { client } of crash) await p.until('its FIN', () => p.quiet.poll([{ fd: client, events: Poll.IN }], 0)[0] !== 0)
    const [sending, receiving, probing, idle] = crash
    const words = [p.readText(sending.client), send(sending.client)]
    await p.until('the reset', () => failed(sending)).catch(() => undefined)
    tell('processSending', [...words, send(sending.client)].join(', '))
    tell('processReceiving', p.readText(receiving.client))
    tell('processKeepalive', p.readText(probing.client))
    tell('processIdle', p.readText(idle.client))

    if (!p.can('filter')) {
      table()
      return
    }

    p.step('the peer\'s host is gone, or the way to it')
    /** A connection whose peer hears nothing more. */
    const cut = (): Connection => {
      const connection = p.connect()
      p.deafen(connection.server)
      return connection
    }
    const host = { sending: cut(), receiving: cut(), keepalive: cut(), idle: cut() }
    const way = { sending: cut(), receiving: cut(), keepalive: cut(), idle: cut() }
    keepalive(host.keepalive)
    keepalive(way.keepalive)
    for (const { client } of [host.sending, way.sending]) {
      sys.setsockoptInt(client, Level.TCP, Tcp.USER_TIMEOUT, PATIENCE)
      send(client)
    }
    let told = p.segments().length
    /** The router answers each segment that does not get through. */
    const router = (): void => {
      const segments = p.segments()
      const lost = segments.slice(told).filter(({ sourcePort, destinationPort }) => [way.sending, way.keepalive].some(({ clientPort, port }) => sourcePort === clientPort && destinationPort === port))
      told = segments.length
      for (const segment of lost) sendHostUnreachable(p, segment)
    }
    if (p.can('capture')) {
      const first = p.segmentsOf(way.sending).at(-1)!
      sendHostUnreachable(p, first)
      await p.pause(20)
      p.observe('unreachableFirst', failed(way.sending) ? fate(way.sending) : NOTHING)
    }

    p.step('what is known in the end')
    const waiting = [host.sending, host.keepalive, ...(p.can('capture') ? [way.sending, way.keepalive] : [])]
    await p.until('the timeouts', () => (p.can('capture') && router(), waiting.every(failed)), 5000).catch(() => undefined)
    tell('hostSending', fate(host.sending))
    tell('hostReceiving', fate(host.receiving))
    tell('hostKeepalive', fate(host.keepalive))
    tell('hostIdle', fate(host.idle))
    tell('unreachableSending', fate(way.sending))
    tell('unreachableReceiving', fate(way.receiving))
    tell('unreachableKeepalive', fate(way.keepalive))
    tell('unreachableIdle', fate(way.idle))
    table()
  },
})
