/** sendfile() against read() and write(): the same bytes, fewer calls; what it does to offsets; what it refuses. */
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { span } from '../../quantity.js'
import { Fcntl, Msg, O_NONBLOCK } from '../../socket/constants.js'
import { experiment } from '../experiment.js'
import type { Tools } from '../probe.js'

const BOOK = 'TLPI §61.4; sendfile(2)'
const SIZE = 8 << 20
/** Bytes of a read() and a write(). */
const BLOCK = 65536
/** Of those whose cost is compared: what stdio takes at once. (Of a BLOCK each the two cost about the same: most of it is TCP's.) */
const PAGE = 4096
const ROUNDS = 5

export default experiment({
  noCapture: true,
  claims: {
    equal: { says: 'the peer gets the bytes of the file', source: BOOK, expected: true },
    oneCall: { says: 'a blocking sendfile() sends a whole file in one call', source: BOOK, expected: 1 },
    readWriteCalls: { says: `read() and write() of ${BLOCK} bytes need two calls a block, and one to see the end`, source: 'TLPI §61.4, figure 61-1', expected: (2 * SIZE) / BLOCK + 1 },
    ratio: { says: `sendfile() costs the sender less: processor time of read() and write() of ${PAGE} bytes divided by its own, for ${BLOCK} bytes, the median of ${SIZE / BLOCK} times`, source: 'TLPI §61.4', expected: { least: 1.1 } },
    throughput: { says: 'on loopback, where the reader is the limit, both move about as much in a second: the rate of sendfile() divided by the other', source: 'TLPI §61.4', expected: { least: 0.2 } },
    offsetMoves: { says: 'with an offset it begins there and moves the offset on', source: BOOK, expected: 30 },
    positionStays: { says: 'and the position of the file stays', source: BOOK, expected: '0123456789' },
    positionMoves: { says: 'without one it begins at the position of the file and moves that on', source: BOOK, expected: 'klm' },
    atEnd: { says: 'at the end of the file it sends nothing', source: BOOK, expected: 0 },
    beyond: { says: 'asked for more than there is, it sends what there is', source: BOOK, expected: 6 },
    partial: { says: 'on a non-blocking socket it sends what has room', source: BOOK, expected: 'some of it', needs: ['filter'] },
    fromSocket: { says: 'it cannot read from a socket', source: BOOK, expected: 'EINVAL' },
    toFile: { says: 'it can write to a file, since Linux 2.6.33', source: 'sendfile(2)', expected: '0123456789' },
  },
  run: async (p) => {
    const { sys } = p

    p.step('offsets')
    const small = p.connect()
    const file = p.file('0123456789abcdefghijklmnopqrstuvwxyz')
    const { offset } = sys.sendfileAt(small.client, file, 20, 10)
    p.observe('offsetMoves', offset)
    const first = Buffer.alloc(10)
    p.observe('positionStays', first.subarray(0, sys.read(file, first)).toString())
    await p.until('the data', () => p.row('server').receiveQueue === 10)
    p.readText(small.server)
    sys.sendfile(small.client, file, 10)
    const next = Buffer.alloc(3)
    p.observe('positionMoves', next.subarray(0, sys.read(file, next)).toString())
    p.observe('beyond', sys.sendfileAt(small.client, file, 30, 1000).sent)
    p.observe('atEnd', sys.sendfileAt(small.client, file, 36, 1000).sent)

    p.step('what it refuses, and a file to a file')
    p.observe('fromSocket', String(p.attempt(() => sys.sendfile(small.client, small.server, 10))))
    const copy = p.file()
    sys.sendfileAt(copy, file, 0, 10)
    p.observe('toFile', contentOf(copy).toString('latin1'))

    p.step('a non-blocking socket')
    const data = Buffer.alloc(SIZE, createHash('sha256').update('sockscope').digest())
    const source = p.file(data)
    if (p.can('filter')) {
      const full = p.connect()
      p.deafen(full.server) // nothing is acknowledged, so its room ends
      sys.fcntl(full.client, Fcntl.SETFL, O_NONBLOCK)
      const { sent } = sys.sendfileAt(full.client, source, 0, SIZE)
      for (const fd of [full.client, full.server, full.listener]) sys.close(fd)
      p.observe('partial', sent > 0 && sent < SIZE ? 'some of it' : 'all or nothing', `${sent} of ${SIZE}`)
    }

    p.step('a whole file')
    const received = p.file()
    const one = await toProgram(p, received, (fd) => {
      let calls = 0
      for (let at = 0; at < SIZE; calls++) at = sys.sendfileAt(fd, source, at, SIZE - at).offset
      return calls
    })
    p.observe('oneCall', one.calls)
    p.observe('equal', contentOf(received).equals(data))

    p.step('the same with read() and write(), by turns')
    const block = Buffer.alloc(BLOCK)
    const readWrite = (fd: number): number => {
      const from = openSync(`/proc/self/fd/${source}`, 'r') // at its start again
      let calls = 0
      try {
        for (;;) {
          calls++
          const got = p.quiet.read(from, block)
          if (got === 0) return calls
          for (let at = 0; at < got; calls++) at += p.quiet.write(fd, block.subarray(at, got))
        }
      } finally {
        closeSync(from)
      }
    }
    const sendFile = (fd: number): number => {
      let calls = 0
      for (let at = 0; at < SIZE; calls++) at = p.quiet.sendfileAt(fd, source, at, SIZE - at).offset
      return calls
    }
    const nowhere = openSync('/dev/null', 'w')
    p.own(nowhere)
    const rounds: Record<'sendFile' | 'readWrite', Sent[]> = { sendFile: [], readWrite: [] }
    for (let i = 0; i < ROUNDS; i++) {
      rounds.sendFile.push(await toProgram(p, nowhere, sendFile))
      rounds.readWrite.push(await toProgram(p, nowhere, readWrite))
    }
    p.observe('readWriteCalls', rounds.readWrite[0]!.calls)
    const best = (of: keyof typeof rounds): number => Math.min(...rounds[of].map(({ millis }) => millis))
    const rate = (of: keyof typeof rounds): string => `${Math.round(SIZE / 1000 / best(of))} MB/s`
    p.observe('throughput', Math.round((best('readWrite') / best('sendFile')) * 100) / 100, `sendfile ${rate('sendFile')}, read and write ${rate('readWrite')}`)

    p.step('a block at a time, to an end that waits: what each costs')
    const calm = p.connect()
    const into = Buffer.alloc(BLOCK), page = Buffer.alloc(PAGE)
    const costs: Record<'sendFile' | 'readWrite', number[]> = { sendFile: [], readWrite: [] }
    const cost = (send: () => void): number => {
      const before = p.quiet.threadTime()
      send()
      const nanos = p.quiet.threadTime() - before
      p.quiet.recv(calm.server, into, Msg.WAITALL) // not meanwhile: whatever reads at the same time takes a part of TCP's work over, or leaves it, as it happens
      return nanos
    }
    const from = openSync(`/proc/self/fd/${source}`, 'r')
    p.own(from)
    for (let at = 0; at < SIZE; at += BLOCK) {
      costs.sendFile.push(cost(() => p.quiet.sendfileAt(calm.client, source, at, BLOCK)))
      costs.readWrite.push(cost(() => {
        for (let sent = 0; sent < BLOCK; ) sent += p.quiet.write(calm.client, page.subarray(0, p.quiet.read(from, page)))
      }))
    }
    const median = (of: keyof typeof costs): number => costs[of].toSorted((a, b) => a - b)[costs[of].length >> 1]!
    p.observe('ratio', Math.round((median('readWrite') / median('sendFile')) * 100) / 100, `sendfile ${span(median('sendFile'))}, read and write ${span(median('readWrite'))}`)
  },
})

interface Sent {
  readonly calls: number
  readonly millis: number
}

/** A connection whose other end is the standard input of a program that writes it to a file; ends when the program has all. */
async function toProgram(p: Tools, into: number, send: (fd: number) => number): Promise<Sent> {
  const { client, server, listener } = p.connect()
  const program = p.child('cat', [], { stdio: [server, into, 'ignore'] })
  const ended = once(program, 'exit')
  p.sys.close(server)
  p.sys.close(listener)
  await p.pause(10) // it starts
  const begin = performance.now()
  const calls = send(client)
  const millis = performance.now() - begin
  p.sys.close(client)
  await p.within('cat', ended, 4000)
  return { calls, millis }
}

/** All of a file that is open. */
const contentOf = (fd: number): Buffer => readFileSync(`/proc/self/fd/${fd}`)
