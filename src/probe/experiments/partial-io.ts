/** read() and write() of a stream socket move fewer bytes than were asked for; readn() and writen() move all. */
import { Fcntl, Level, Msg, O_NONBLOCK, Poll } from '../../socket/constants.js'
import { experiment } from '../experiment.js'
import { readn, writen } from '../transfer.js'

const SO_SNDBUF = 7
const SO_RCVBUF = 8
const SO_SNDTIMEO = 21
const SIZE = 1 << 20
const BOOK = 'TLPI §61.1'

export default experiment({
  noCapture: true,
  claims: {
    partialRead: { says: 'recv() gives what is there, though more was asked for', source: `${BOOK}; recv(2)`, expected: '100 of 1000' },
    partialWrite: { says: 'send() with MSG_DONTWAIT takes what has room', source: `${BOOK}; send(2)`, expected: 'some of it' },
    full: { says: 'and fails when there is no room at all', source: `${BOOK}; send(2)`, expected: 'EAGAIN' },
    notWritable: { says: 'poll() then does not call the socket writable', source: 'TLPI §63.2.3; poll(2)', expected: false },
    nonblocking: { says: 'O_NONBLOCK makes every send() do so', source: `${BOOK}; fcntl(2)`, expected: 'EAGAIN' },
    timeout: { says: 'a send() that SO_SNDTIMEO ends says how much it took', source: 'socket(7)', expected: 'some of it' },
    writable: { says: 'when the peer has read, there is room again', source: 'TLPI §63.2.3', expected: true },
    writen: { says: 'writen() sends everything', source: `${BOOK}, Listing 61-1`, expected: SIZE },
    writenCalls: { says: 'in more than one call', source: `${BOOK}, Listing 61-1`, expected: { least: 2, unit: 'calls' } },
    readn: { says: 'readn() reads everything', source: `${BOOK}, Listing 61-1`, expected: SIZE },
    equal: { says: 'in order, byte for byte', source: 'tcp(7)', expected: true },
    blocking: { says: 'a blocking send() takes everything, in one call', source: `${BOOK}; send(2)`, expected: SIZE },
    early: { says: 'readn() gives fewer bytes when the peer ends midway', source: `${BOOK}, Listing 61-1`, expected: '300 of 1000' },
  },
  run: async (p) => {
    const { sys } = p
    const data = Buffer.from(Uint8Array.from({ length: SIZE }, (_, i) => (i * 31 + (i >> 8)) & 255))
    const small = (fd: number): void => {
      sys.setsockoptInt(fd, Level.SOCKET, SO_SNDBUF, 8192)
      sys.setsockoptInt(fd, Level.SOCKET, SO_RCVBUF, 8192)
    }
    p.step('connect, with small buffers')
    const { client, server } = p.connect({ prepareClient: small, prepareListener: small })

    p.step('100 bytes are there, 1000 are asked for')
    sys.send(client, data.subarray(0, 100))
    await p.until('the data', () => p.row('server').receiveQueue === 100)
    p.observe('partialRead', `${sys.recv(server, Buffer.alloc(1000))} of 1000`)

    p.step('more is sent than has room')
    const taken = sys.send(client, data, Msg.DONTWAIT)
    p.observe('partialWrite', taken > 0 && taken < SIZE ? 'some of it' : 'all or nothing', `${taken} of ${SIZE}`)
    // acknowledgements that were held back make room once more
    let more = ''
    for (let full = 0; full < 3; full = more === 'EAGAIN' ? full + 1 : 0) {
      await p.pause(30)
      more = String(p.attempt(() => sys.send(client, data, Msg.DONTWAIT)))
    }
    p.observe('full', more)
    p.observe('notWritable', (sys.poll([{ fd: client, events: Poll.OUT }], 0)[0]! & Poll.OUT) !== 0)
    sys.fcntl(client, Fcntl.SETFL, O_NONBLOCK)
    p.observe('nonblocking', String(p.attempt(() => sys.send(client, data, 0))))
    sys.fcntl(client, Fcntl.SETFL, 0)

    p.step('the peer reads')
    await p.until('room', () => {
      for (let got = p.read(server); typeof got !== 'string' && got.length > 0; got = p.read(server));
      return (sys.poll([{ fd: client, events: Poll.OUT }], 0)[0]! & Poll.OUT) !== 0 && p.row('client').sendQueue === 0
    }, 3000).catch(() => undefined)
    p.observe('writable', (sys.poll([{ fd: client, events: Poll.OUT }], 0)[0]! & Poll.OUT) !== 0)

    p.step('send() with SO_SNDTIMEO of 100 ms')
    const limit = Buffer.alloc(16)
    limit.writeBigInt64LE(100_000n, 8)
    sys.setsockopt(client, Level.SOCKET, SO_SNDTIMEO, limit)
    const within = await sys.sendAsync(client, data)
    p.observe('timeout', within > 0 && within < SIZE ? 'some of it' : 'all or nothing', `${within} of ${SIZE}`)
    sys.setsockopt(client, Level.SOCKET, SO_SNDTIMEO, Buffer.alloc(16))
    await readn(p, server, Buffer.alloc(within))

    p.step('writen() and readn()')
    const into = Buffer.alloc(SIZE)
    const [written, read] = await Promise.all([writen(p, client, data), readn(p, server, into)])
    p.observe('writen', written.bytes)
    p.observe('writenCalls', written.calls)
    p.observe('readn', read.bytes, `${read.calls} calls`)
    p.observe('equal', into.equals(data))

    p.step('a blocking send()')
    const [all] = await Promise.all([sys.sendAsync(client, data), readn(p, server, into)])
    p.observe('blocking', all)

    p.step('the peer ends midway')
    sys.send(client, data.subarray(0, 300))
    sys.close(client)
    p.observe('early', `${(await readn(p, server, Buffer.alloc(1000))).bytes} of 1000`)
  },
})
