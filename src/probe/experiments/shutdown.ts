/** shutdown(): half-close, descriptors that are duplicated or inherited, SHUT_RD, and who gets SIGPIPE. */
import { once } from 'node:events'
import { Family, Msg, Shut, SockType } from '../../socket/constants.js'
import { experiment } from '../experiment.js'
import type { Tools } from '../probe.js'
import { connectOver } from '../wire-connection.js'

const BOOK = 'TLPI §61.2; shutdown(2)'

export default experiment({
  claims: {
    eof: { says: 'after SHUT_WR the peer reads what was sent, then the end of file', source: `${BOOK}; UNP §6.6`, expected: 'request, end of file' },
    answer: { says: 'data still flows the other way', source: `${BOOK}; UNP §6.6`, expected: 'answer' },
    fin: { says: 'SHUT_WR sends a FIN', source: 'TLPI §61.6.6; RFC 9293 §3.10.4', expected: 'F.', needs: ['capture'] },
    states: { says: 'the ends are then in FIN_WAIT2 and CLOSE_WAIT', source: 'TLPI §61.6.6, figure 61-4', expected: 'FIN_WAIT2 CLOSE_WAIT' },
    unacknowledged: { says: 'until the FIN is acknowledged, in FIN_WAIT1', source: 'TLPI §61.6.3, figure 61-4', expected: 'ESTABLISHED FIN_WAIT1 FIN_WAIT2', needs: ['veth'] },
    writeAfter: { says: 'writing after SHUT_WR fails', source: BOOK, expected: 'EPIPE' },
    closeOne: { says: 'close() of one of two descriptors keeps the connection: the peer sees no end', source: `${BOOK}; UNP §4.8`, expected: 'EAGAIN, ESTABLISHED' },
    duplicated: { says: 'shutdown() works on the connection, whatever duplicates there are: the peer sees the end', source: BOOK, expected: 'end of file' },
    duplicatedHere: { says: 'and the other descriptor can neither read nor write', source: BOOK, expected: 'end of file, EPIPE' },
    forkedClose: { says: 'close() keeps the connection while another process has the descriptor', source: `${BOOK}; UNP §4.8`, expected: 'EAGAIN, ESTABLISHED' },
    forked: { says: 'shutdown(SHUT_RDWR) reaches the other process: its read() finds the end', source: BOOK, expected: 'ended with status 0' },
    forkedPeer: { says: 'and the peer sees the end at once', source: BOOK, expected: 'end of file' },
    readSide: { says: 'after SHUT_RD a TCP socket with nothing to read says end of file', source: BOOK, expected: 'end of file' },
    readAfter: { says: 'data that the peer sends after SHUT_RD can be read all the same, on Linux', source: 'TLPI §61.6.6; tcp_recvmsg of Linux', expected: 'late' },
    readNothingSent: { says: 'SHUT_RD sends nothing to a TCP peer', source: 'TLPI §61.6.6; UNP §6.6', expected: 0, needs: ['capture'] },
    unixRead: { says: 'after SHUT_RD of a UNIX socket its peer cannot write', source: BOOK, expected: 'EPIPE' },
    noConnection: { says: 'shutdown() of a socket that is not connected fails', source: 'shutdown(2)', expected: 'ENOTCONN' },
    sigpipe: { says: 'writing to a connection that has ended kills a process that does not care', source: 'TLPI §61.3 (MSG_NOSIGNAL); UNP §5.13; send(2)', expected: 'killed by SIGPIPE' },
    noSignal: { says: 'with MSG_NOSIGNAL it fails instead', source: 'TLPI §61.3; send(2)', expected: 'EPIPE' },
  },
  run: async (p) => {
    const { sys } = p
    p.step('half-close')
    const half = p.connect()
    sys.send(half.client, Buffer.from('request'))
    const start = p.segments().length
    sys.shutdown(half.client, Shut.WR)
    await p.reaches('client', 'FIN_WAIT2')
    p.observe('states', `${p.state('client')} ${p.state('server')}`)
    if (p.can('capture')) p.observe('fin', p.segments().slice(start).find(({ sourcePort }) => sourcePort === half.clientPort)?.flags ?? 'none')
    p.observe('eof', `${p.readText(half.server)}, ${p.readText(half.server)}`)
    sys.send(half.server, Buffer.from('answer'))
    await p.until('the answer', () => p.row('client').receiveQueue > 0)
    p.observe('answer', p.readText(half.client))
    p.observe('writeAfter', p.attempt(() => (sys.send(half.client, Buffer.from('x'), Msg.NOSIGNAL), 'written')))

    p.step('two descriptors: close() of one')
    const two = p.connect()
    const copy = sys.dup(two.client)
    sys.close(copy)
    p.observe('closeOne', `${p.readText(two.server)}, ${p.state('server')}`)
    p.step('two descriptors: shutdown(SHUT_RDWR) of one')
    const other = sys.dup(two.client)
    sys.shutdown(two.client, Shut.RDWR)
    p.observe('duplicated', await arrived(p, two.server))
    p.observe('duplicatedHere', `${p.readText(other)}, ${p.attempt(() => (sys.send(other, Buffer.from('x'), Msg.NOSIGNAL), 'written'))}`)

    await inherited(p)

    p.step('SHUT_RD on TCP')
    const reading = p.connect()
    const before = p.segmentsOf(reading).length // what is late of a former connection is none of it
    sys.shutdown(reading.client, Shut.RD)
    p.observe('readSide', p.readText(reading.client))
    if (p.can('capture')) p.observe('readNothingSent', p.segmentsOf(reading).length - before)
    sys.send(reading.server, Buffer.from('late'))
    await p.until('the data', () => p.row('client').receiveQueue > 0)
    p.observe('readAfter', p.readText(reading.client))

    p.step('SHUT_RD on a UNIX socket')
    const [a, b] = sys.socketpair(Family.UNIX, SockType.STREAM)
    sys.shutdown(a, Shut.RD)
    p.observe('unixRead', p.attempt(() => (sys.send(b, Buffer.from('x'), Msg.NOSIGNAL), 'written')))

    p.step('shutdown() of a fresh socket')
    p.observe('noConnection', p.attempt(() => (sys.shutdown(p.tcp(), Shut.WR), 'done')))

    p.step('writing to an end that is gone')
    const [mine, theirs] = sys.socketpair(Family.UNIX, SockType.STREAM)
    sys.close(theirs)
    p.observe('noSignal', p.attempt(() => (sys.send(mine, Buffer.from('x'), Msg.NOSIGNAL), 'written')))
    const writer = p.child('cat', [], { stdio: ['pipe', mine, 'ignore'] })
    const ended = once(writer, 'exit') as Promise<[number | null, string | null]>
    writer.stdin!.on('error', () => {}) // it may be gone before it has all
    writer.stdin!.end('x')
    p.observe('sigpipe', endText(await p.within('cat', ended)))
    if (!p.can('veth')) return

    p.step('SHUT_WR over a wire of 40 ms each way')
    p.forget('client', 'server')
    const wire = p.wire({ delay: 40 })
    const { left } = await connectOver(p, wire)
    const states = p.record('left')
    sys.shutdown(left, Shut.WR)
    await p.reaches('left', 'FIN_WAIT2')
    p.observe('unacknowledged', states('left'))
  },
})

const endText = ([status, signal]: readonly [number | null, string | null]): string => (signal === null ? `ended with status ${status}` : `killed by ${signal}`)

/** What a read finds once something is there. */
async function arrived(p: Tools, fd: number): Promise<string> {
  let text = 'EAGAIN'
  await p.until('data or the end', () => (text = p.readText(fd)) !== 'EAGAIN').catch(() => undefined)
  return text
}

/** Another process has the client's descriptor as its standard input and reads from it. */
async function inherited(p: Tools & { observe: (claim: 'forked' | 'forkedClose' | 'forkedPeer', seen: string) => void }): Promise<void> {
  p.step('another process has the descriptor: close() here')
  const { client, server } = p.connect()
  const kept = p.sys.dup(client)
  const reader = p.child('cat', [], { stdio: [client, 'ignore', 'ignore'] })
  const ended = once(reader, 'exit') as Promise<[number | null, string | null]>
  p.sys.close(client)
  p.sys.close(kept)
  p.observe('forkedClose', `${p.readText(server)}, ${p.state('server')}`)

  p.step('another process has the descriptor: shutdown(SHUT_RDWR) here')
  reader.kill()
  await p.within('cat', ended)
  const again = p.connect()
  const second = p.child('cat', [], { stdio: [again.client, 'ignore', 'ignore'] })
  const over = once(second, 'exit') as Promise<[number | null, string | null]>
  p.sys.shutdown(again.client, Shut.RDWR)
  p.observe('forkedPeer', await arrived(p, again.server))
  p.observe('forked', endText(await p.within('cat', over)))
}
