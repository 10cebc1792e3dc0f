/** How small writes become segments: TCP_CORK around a header and sendfile(), its limit of 200 ms, MSG_MORE, TCP_NODELAY and Nagle's algorithm. */
import { Level, Msg } from '../../socket/constants.js'
import { experiment } from '../experiment.js'
import type { Connection, Tools } from '../probe.js'
import { connectOver } from '../wire-connection.js'

const TCP_NODELAY = 1
const TCP_CORK = 3
const BOOK = 'TLPI §61.4; tcp(7)'
const NAGLE = 'UNP §7.9; RFC 896; RFC 9293 §3.7.4'
const HEADER = 'HTTP/1.1 200 OK\r\n\r\n'
const BODY = 1000
/** One way, ms. */
const DELAY = 50

export default experiment({
  needs: ['capture'],
  claims: {
    plain: { says: 'a header by send() and a file by sendfile(): two segments', source: BOOK, expected: `${HEADER.length} ${BODY}` },
    corked: { says: 'with TCP_CORK around them: one segment', source: BOOK, expected: String(HEADER.length + BODY) },
    more: { says: 'with MSG_MORE on the header: one segment too', source: 'send(2); TLPI §61.3', expected: String(HEADER.length + BODY) },
    held: { says: 'while it is corked a partial segment is not sent', source: BOOK, expected: 0 },
    limit: { says: 'for 200 ms at most', source: BOOK, expected: { least: 190, most: 450, unit: 'ms' } },
    uncork: { says: 'taking the cork off sends it', source: BOOK, expected: '4' },
    closes: { says: 'so does close()', source: 'tcp(7)', expected: '4' },
    noDelayFlushes: { says: 'setting TCP_NODELAY sends what is corked', source: 'tcp(7)', expected: '4' },
    nagle: { says: 'small writes wait while one is unacknowledged: the second and third go together', source: NAGLE, expected: '1 2', needs: ['veth'] },
    nagleWait: { says: 'after the acknowledgement, a round trip later', source: NAGLE, expected: { least: 2 * DELAY, unit: 'ms' }, needs: ['veth'] },
    noDelay: { says: 'with TCP_NODELAY each goes at once', source: 'UNP §7.9; tcp(7)', expected: '1 1 1', needs: ['veth'] },
    noDelayWait: { says: 'without waiting for any acknowledgement', source: 'UNP §7.9; tcp(7)', expected: { least: 0, most: 2 * DELAY - 1, unit: 'ms' }, needs: ['veth'] },
  },
  run: async (p) => {
    const { sys } = p
    const file = p.file(Buffer.alloc(BODY, 'b'))
    const cork = (fd: number, on: boolean): void => sys.setsockoptInt(fd, Level.TCP, TCP_CORK, on ? 1 : 0)
    const header = (fd: number, flags = 0): number => sys.send(fd, Buffer.from(HEADER), flags)

    p.step('header and file')
    p.observe('plain', await sizes(p, HEADER.length + BODY, ({ client }) => {
      header(client)
      sys.sendfileAt(client, file, 0, BODY)
    }))
    p.step('the same, corked')
    p.observe('corked', await sizes(p, HEADER.length + BODY, ({ client }) => {
      cork(client, true)
      header(client)
      sys.sendfileAt(client, file, 0, BODY)
      cork(client, false)
    }))
    p.step('the same with MSG_MORE')
    p.observe('more', await sizes(p, HEADER.length + BODY, ({ client }) => {
      header(client, Msg.MORE)
      sys.sendfileAt(client, file, 0, BODY)
    }))

    p.step('corked for longer')
    let begin = 0
    await sizes(p, 4, async (connection) => {
      cork(connection.client, true)
      begin = performance.timeOrigin + performance.now()
      sys.send(connection.client, Buffer.from('four'))
      await p.pause(50)
      p.observe('held', dataOf(p, connection).length)
    }, (connection) => p.observe('limit', Math.round((dataOf(p, connection)[0]!.millis - begin) * 10) / 10))

    p.step('what ends it')
    const corked = (end: (connection: Connection) => void) => (connection: Connection): void => {
      cork(connection.client, true)
      sys.send(connection.client, Buffer.from('four'))
      end(connection)
    }
    p.observe('uncork', await sizes(p, 4, corked(({ client }) => cork(client, false)), undefined, 100))
    p.observe('closes', await sizes(p, 4, corked(({ client }) => sys.close(client)), undefined, 100))
    p.observe('noDelayFlushes', await sizes(p, 4, corked(({ client }) => sys.setsockoptInt(client, Level.TCP, TCP_NODELAY, 1)), undefined, 100))

    if (!p.can('veth')) return
    const wire = p.wire({ delay: DELAY })
    for (const [claim, wait, noDelay] of [['nagle', 'nagleWait', 0], ['noDelay', 'noDelayWait', 1]] as const) {
      p.step(`three writes of one byte over a wire of ${DELAY} ms each way${noDelay === 1 ? ', with TCP_NODELAY' : ''}`)
      p.forget('client', 'server')
      const { left, leftPort } = await connectOver(p, wire)
      const start = p.segments().length
      sys.setsockoptInt(left, Level.TCP, TCP_NODELAY, noDelay)
      for (const byte of 'abc') sys.send(left, Buffer.from(byte))
      await p.until('all three', () => p.row('right').receiveQueue === 3, 2000)
      const data = p.segments().slice(start).filter(({ sourcePort, length }) => sourcePort === leftPort && length > 0)
      p.observe(claim, data.map(({ length }) => length).join(' '))
      p.observe(wait, Math.round((data.at(-1)!.millis - data[0]!.millis) * 10) / 10)
    }
  },
})

const dataOf = (p: Tools, connection: Connection): ReturnType<Tools['segmentsOf']> => p.segmentsOf(connection).filter(({ sourcePort, length }) => sourcePort === connection.clientPort && length > 0)

/** Sizes of the segments in which the client's `count` bytes come, on a connection of its own; whatever does not come within `millis` is not there. */
async function sizes(p: Tools, count: number, act: (connection: Connection) => Promise<void> | void, look: (connection: Connection) => void = () => {}, millis = 1000): Promise<string> {
  const connection = p.connect()
  await act(connection)
  await p.until('the data', () => dataOf(p, connection).reduce((sum, { length }) => sum + length, 0) >= count, millis).catch(() => undefined)
  look(connection)
  return dataOf(p, connection).map(({ length }) => length).join(' ')
}
