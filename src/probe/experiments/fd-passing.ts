/** Open files sent through a UNIX domain socket: SCM_RIGHTS. */
import { readFileSync, readlinkSync } from 'node:fs'
import { FD_CLOEXEC, Family, Fcntl, Level, Msg, O_NONBLOCK, SCM_RIGHTS, SockType } from '../../socket/constants.js'
import type { ControlMessage, ReceivedMessage } from '../../socket/syscalls.js'
import { experiment } from '../experiment.js'
import type { Tools } from '../probe.js'

const SOURCE = 'TLPI §61.13.3; UNP §15.7; unix(7)'
/** Bytes of a cmsghdr. */
const HEADER = 16
/** SCM_MAX_FD, <net/scm.h>. */
const MOST = 253

const rights = (...fds: readonly number[]): ControlMessage => {
  const data = Buffer.alloc(4 * fds.length)
  fds.forEach((fd, i) => data.writeInt32LE(fd, 4 * i))
  return { level: Level.SOCKET, type: SCM_RIGHTS, data }
}

/** Descriptors of a message, ours from now on. */
function taken(p: Tools, { control }: ReceivedMessage): number[] {
  const fds = control.filter(({ level, type }) => level === Level.SOCKET && type === SCM_RIGHTS).flatMap(({ data }) => Array.from({ length: data.length >> 2 }, (_, i) => Buffer.from(data).readInt32LE(4 * i)))
  for (const fd of fds) p.own(fd)
  return fds
}

/** Where a descriptor's file is read next: what two descriptors of one open file share. */
const position = (fd: number): number => Number(/^pos:\s*(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'latin1'))?.[1])

export default experiment({
  claims: {
    sameFile: { says: 'the descriptor that comes out stands for the same file', source: SOURCE, expected: 'the same file' },
    otherNumber: { says: 'its number is another, the lowest that is free', source: SOURCE, expected: 'another number' },
    sharedOffset: { says: 'it is the same open file, not the file opened again: reading moves the position of both', source: SOURCE, expected: 'hel|lo, both at 5' },
    senderCloses: { says: 'the sender may close its own before it is received', source: SOURCE, expected: 'still open' },
    inFlight: { says: 'a socket on its way stays open: its peer sees no end of file', source: 'unix(7)', expected: 'EAGAIN' },
    discarded: { says: 'one that nobody takes is closed with the socket it waits in', source: 'unix(7)', expected: 'end of file' },
    connection: { says: 'a connection can be handed on, and is served by whoever has it', source: 'TLPI §61.13.3', expected: 'served' },
    plain: { says: 'recvmsg() without MSG_CMSG_CLOEXEC gives one that survives exec()', source: 'recvmsg(2)', expected: 0 },
    cloexec: { says: 'with it close-on-exec is set', source: 'recvmsg(2)', expected: FD_CLOEXEC },
    statusFlags: { says: 'O_NONBLOCK comes along, being of the open file', source: 'fcntl(2)', expected: true },
    several: { says: 'several come in one message, in order', source: SOURCE, expected: 'in order' },
    cut: { says: 'where the control buffer has room for one of two, MSG_CTRUNC is set and one comes', source: 'unix(7)', expected: '1, MSG_CTRUNC' },
    noRoom: { says: 'without control buffer the descriptors are lost, with MSG_CTRUNC', source: 'recvmsg(2)', expected: '0, MSG_CTRUNC' },
    most: { says: '253 are taken', source: 'unix(7)', expected: MOST },
    tooMany: { says: 'one more is refused', source: 'unix(7)', expected: 'EINVAL' },
    badDescriptor: { says: 'a number that is no open descriptor is refused', source: SOURCE, expected: 'EBADF' },
    dataNeeded: { says: 'on a stream socket, without a byte of data nothing is sent', source: 'unix(7); TLPI §61.13.3', expected: 'EAGAIN' },
  },
  run: (p) => {
    const { sys } = p
    const [a, b] = sys.socketpair(Family.UNIX, SockType.STREAM)
    const send = (...fds: readonly number[]): number => sys.sendmsg(a, [Buffer.from('x')], [rights(...fds)])
    const receive = (count: number, flags = 0): ReceivedMessage => sys.recvmsg(b, [Buffer.alloc(1)], count === 0 ? 0 : HEADER + 4 * count, Msg.DONTWAIT | flags)

    p.step('a file')
    const file = p.file('hello')
    send(file)
    const [copy] = taken(p, receive(1)) as [number]
    p.observe('sameFile', readlinkSync(`/proc/self/fd/${copy}`) === readlinkSync(`/proc/self/fd/${file}`) ? 'the same file' : 'another file')
    p.observe('otherNumber', copy === file ? 'the same number' : 'another number', `${file}, then ${copy}`)
    p.observe('plain', sys.fcntl(copy, Fcntl.GETFD))
    const [first, rest] = [Buffer.alloc(3), Buffer.alloc(10)]
    sys.read(copy, first)
    const length = sys.read(file, rest)
    const places = [position(file), position(copy)]
    p.observe('sharedOffset', `${first.toString('latin1')}|${rest.toString('latin1', 0, length)}, ${places[0] === places[1] ? `both at ${places[0]}` : places.join(' and ')}`)

    p.step('the sender closes its own first')
    const [inner, outer] = sys.socketpair(Family.UNIX, SockType.STREAM)
    sys.fcntl(inner, Fcntl.SETFL, O_NONBLOCK)
    send(inner)
    sys.close(inner)
    p.observe('inFlight', p.readText(outer))
    const [again] = taken(p, receive(1, Msg.CMSG_CLOEXEC)) as [number]
    sys.send(outer, Buffer.from('still open'))
    p.observe('senderCloses', p.readText(again))
    p.observe('cloexec', sys.fcntl(again, Fcntl.GETFD))
    p.observe('statusFlags', (sys.fcntl(again, Fcntl.GETFL) & O_NONBLOCK) !== 0)

    p.step('a TCP connection')
    const { client, server } = p.connect()
    send(server)
    sys.close(server)
    const [handed] = taken(p, receive(1)) as [number]
    sys.send(handed, Buffer.from('served'))
    p.observe('connection', p.readText(client))

    p.step('several, and too little room')
    send(file, client)
    const both = taken(p, receive(2))
    const targets = (fds: readonly number[]): string => fds.map((fd) => readlinkSync(`/proc/self/fd/${fd}`)).join(' ')
    p.observe('several', targets(both) === targets([file, client]) ? 'in order' : 'another order')
    const told = (message: ReceivedMessage): string => `${taken(p, message).length}${(message.flags & Msg.CTRUNC) === 0 ? '' : ', MSG_CTRUNC'}`
    send(file, client)
    p.observe('cut', told(receive(1)))
    send(file)
    p.observe('noRoom', told(receive(0)))

    p.step('limits')
    p.observe('tooMany', p.attempt(() => send(...Array.from({ length: MOST + 1 }, () => file))))
    p.attempt(() => send(...Array.from({ length: MOST }, () => file)))
    const message = p.attempt(() => receive(MOST))
    p.observe('most', typeof message === 'string' ? message : taken(p, message).length)
    p.observe('badDescriptor', p.attempt(() => send(99999)))
    p.attempt(() => sys.sendmsg(a, [], [rights(file)]))
    p.observe('dataNeeded', p.attempt(() => taken(p, receive(1)).length))

    p.step('nobody takes it')
    const [left, right] = sys.socketpair(Family.UNIX, SockType.STREAM)
    send(left)
    sys.close(left)
    sys.close(b)
    p.observe('discarded', p.readText(right))
  },
})
