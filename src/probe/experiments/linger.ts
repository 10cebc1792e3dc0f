/** close() with data still on its way: the three settings of SO_LINGER, what the peer gets, how long it took; and two ways to know that the peer's program has read everything. */
import { Level, Shut } from '../../socket/constants.js'
import { SyscallError } from '../../socket/errno.js'
import { experiment } from '../experiment.js'
import type { Tools } from '../probe.js'
import { connectOver, type WireConnection } from '../wire-connection.js'
import type { Wire } from '../wire.js'

const SO_LINGER = 13
/** One way, ms. */
const DELAY = 80
const ROUND_TRIP = 2 * DELAY
const SIZE = 20000
/** Seconds: the shortest that can be asked for. */
const SHORT = 1
const DATA = Buffer.alloc(SIZE, 'd')

const lingering = (seconds: number): Buffer => {
  const b = Buffer.alloc(8)
  b.writeInt32LE(1, 0)
  b.writeInt32LE(seconds, 4)
  return b
}

const AT_ONCE = { least: 0, most: DELAY - 1, unit: 'ms' } as const
const SHORT_WAIT = { least: SHORT * 1000 - 20, most: SHORT * 1000 + 500, unit: 'ms' } as const

export default experiment({
  needs: ['veth'],
  claims: {
    defaultTook: { says: 'by default close() returns at once, with the data still unacknowledged', source: 'UNP §7.5, figure 7.7; TLPI §61.9', expected: AT_ONCE },
    defaultGot: { says: 'and the peer gets all of it, then the end', source: 'UNP §7.5, figure 7.7', expected: `${SIZE}, end of file` },
    defaultOrphan: { says: 'the kernel goes on for nobody: the socket has no process any more', source: 'UNP §7.5; proc(5)', expected: 'FIN_WAIT1, inode 0' },
    abortTook: { says: 'with a time of 0 close() returns at once', source: 'UNP §7.5; socket(7)', expected: AT_ONCE },
    abortGot: { says: 'what had not reached the peer is thrown away, and the peer gets a reset', source: 'UNP §7.5; RFC 9293 §3.10.5', expected: 'ECONNRESET' },
    abortSegments: { says: 'no FIN is sent', source: 'UNP §7.5', expected: false },
    abortState: { says: 'there is no TIME_WAIT', source: 'UNP §7.5', expected: 'CLOSED' },
    timedTook: { says: 'with a time close() returns when the data and the FIN are acknowledged: after a round trip', source: 'UNP §7.5, figure 7.8; socket(7)', expected: { least: ROUND_TRIP, most: 5 * ROUND_TRIP, unit: 'ms' } },
    timedUnread: { says: 'acknowledged by the kernel: the peer\'s program may have read nothing yet', source: 'UNP §7.5, figure 7.9', expected: SIZE },
    timedLate: { says: 'without an acknowledgement it returns when the time is over', source: 'UNP §7.5, figure 7.10', expected: SHORT_WAIT },
    timedResult: { says: 'and does not say so, on Linux (the book: EWOULDBLOCK)', source: 'UNP §7.5, figure 7.10; inet_release() of Linux', expected: 'done' },
    nonblockingTook: { says: 'O_NONBLOCK does not keep it from waiting, on Linux (the book: it returns EWOULDBLOCK at once)', source: 'UNP §7.5; tcp_close() of Linux', expected: SHORT_WAIT },
    stillDelivered: { says: 'what was still unacknowledged is sent again all the same, and arrives', source: 'inet_release(), tcp_close() of Linux', expected: `${SIZE}, end of file` },
    shutdownTook: { says: 'shutdown(SHUT_WR) and read() until the end: it waits until the peer\'s program has closed, after reading', source: 'UNP §7.5, figure 7.11', expected: { least: ROUND_TRIP, most: 2000, unit: 'ms' } },
    shutdownRead: { says: 'by then the program had read everything', source: 'UNP §7.5, figure 7.11', expected: `${SIZE}, end of file` },
    ackTook: { says: 'an acknowledgement of the application, one byte, says the same without closing', source: 'UNP §7.5, figure 7.12', expected: { least: ROUND_TRIP, most: 2000, unit: 'ms' } },
    ackRead: { says: 'by then the program had read everything', source: 'UNP §7.5, figure 7.12', expected: SIZE },
  },
  run: async (p) => {
    const { sys } = p
    const wire = p.wire({ delay: DELAY })

    p.step('default: send and close()')
    const plain = await over(p, wire)
    sys.send(plain.left, DATA)
    p.observe('defaultTook', await p.took(() => sys.close(plain.left)))
    p.observe('defaultOrphan', `${p.state('left')}, inode ${p.row('left').inode}`)
    p.observe('defaultGot', await readAll(p, plain.right))
    sys.close(plain.right)

    p.step('SO_LINGER of 0 s: send and close()')
    const abort = await over(p, wire)
    const start = p.segments().length
    sys.setsockopt(abort.left, Level.SOCKET, SO_LINGER, lingering(0))
    wire.passes = (from, segment) => from === 'right' || segment === undefined || segment.length === 0 // the data is lost on the way
    sys.send(abort.left, DATA)
    p.observe('abortTook', await p.took(() => sys.close(abort.left)))
    p.observe('abortState', p.state('left'))
    p.observe('abortGot', await readAll(p, abort.right))
    p.observe('abortSegments', p.segments().slice(start).some(({ flags }) => flags.includes('F')))
    wire.passes = () => true
    sys.close(abort.right)

    p.step(`SO_LINGER of ${SHORT} s: send and close(), acknowledged`)
    const timed = await over(p, wire)
    sys.setsockopt(timed.left, Level.SOCKET, SO_LINGER, lingering(5))
    sys.send(timed.left, DATA)
    p.observe('timedTook', await p.took(() => sys.closeAsync(timed.left)))
    p.observe('timedUnread', p.row('right').receiveQueue - 1) // its FIN counts one

    p.step(`SO_LINGER of ${SHORT} s: send and close(), blocking and not, and no acknowledgement comes`)
    const late = await over(p, wire, false)
    const nonblocking = await over(p, wire)
    wire.passes = () => false
    for (const { left } of [late, nonblocking]) {
      sys.setsockopt(left, Level.SOCKET, SO_LINGER, lingering(SHORT))
      sys.send(left, DATA)
    }
    let result = ''
    const waits = [p.took(async () => (result = await outcome(sys.closeAsync(late.left)))), p.took(async () => outcome(sys.closeAsync(nonblocking.left)))]
    p.observe('timedLate', await waits[0]!)
    p.observe('timedResult', result)
    p.observe('nonblockingTook', await waits[1]!)
    wire.passes = () => true
    p.step('the acknowledgements come again')
    p.observe('stillDelivered', await readAll(p, late.right, 5000))

    p.step('shutdown(SHUT_WR), then read() until the end')
    const half = await over(p, wire)
    let got = ''
    p.observe('shutdownTook', await p.took(async () => {
      sys.send(half.left, DATA)
      sys.shutdown(half.left, Shut.WR)
      const peer = readAll(p, half.right).then((text) => {
        got = text
        sys.close(half.right)
      })
      await readAll(p, half.left)
      p.observe('shutdownRead', got)
      await peer
    }))

    p.step('an acknowledgement of the application')
    const asked = await over(p, wire)
    p.observe('ackTook', await p.took(async () => {
      sys.send(asked.left, DATA)
      const peer = readCount(p, asked.right, SIZE).then((count) => {
        sys.send(asked.right, Buffer.from('k'))
        return count
      })
      await readCount(p, asked.left, 1)
      p.observe('ackRead', await peer)
    }))
  },
})

/** A connection over the wire; blocking, if asked for. */
async function over(p: Tools, wire: Wire, nonblocking = true): Promise<WireConnection> {
  const connection = await connectOver(p, wire)
  if (!nonblocking) p.sys.fcntl(connection.left, 4, 0)
  return connection
}

const outcome = async (closing: Promise<number>): Promise<string> => {
  try {
    await closing
    return 'done'
  } catch (error) {
    if (error instanceof SyscallError) return error.code
    throw error
  }
}

/** Reads until the end or an error: `20000, end of file`. */
async function readAll(p: Tools, fd: number, millis = 2000): Promise<string> {
  let count = 0
  let end = ''
  await p.until('the end', () => {
    for (;;) {
      const got = p.read(fd)
      if (got === 'EAGAIN') return false
      if (typeof got === 'string' || got.length === 0) {
        end = typeof got === 'string' ? got : 'end of file'
        return true
      }
      count += got.length
    }
  }, millis)
  return count === 0 ? end : `${count}, ${end}`
}

/** Reads until there are `wanted` bytes. */
async function readCount(p: Tools, fd: number, wanted: number): Promise<number> {
  let count = 0
  await p.until('the data', () => {
    const got = p.read(fd)
    if (typeof got !== 'string') count += got.length
    return count >= wanted
  }, 2000)
  return count
}
