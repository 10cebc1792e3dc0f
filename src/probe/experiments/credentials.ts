/** Who is at the other end of a UNIX domain socket: SO_PEERCRED, and SCM_CREDENTIALS, which the kernel checks. */
import { Family, Level, Msg, SCM_CREDENTIALS, SockType } from '../../socket/constants.js'
import { So } from '../../socket/option-numbers.js'
import type { ControlMessage } from '../../socket/syscalls.js'
import { experiment } from '../experiment.js'

const SOURCE = 'TLPI §61.13.4; unix(7)'
const NOBODY = 65534
const INIT = 1

/** struct ucred. */
interface Credentials {
  readonly pid: number
  readonly uid: number
  readonly gid: number
}

function encode({ pid, uid, gid }: Credentials): ControlMessage {
  const data = Buffer.alloc(12)
  data.writeInt32LE(pid, 0)
  data.writeUInt32LE(uid, 4)
  data.writeUInt32LE(gid, 8)
  return { level: Level.SOCKET, type: SCM_CREDENTIALS, data }
}

const decode = (data: Uint8Array): Credentials => {
  const b = Buffer.from(data)
  return { pid: b.readInt32LE(0), uid: b.readUInt32LE(4), gid: b.readUInt32LE(8) }
}

const text = ({ pid, uid, gid }: Credentials): string => `pid ${pid}, uid ${uid}, gid ${gid}`
/** Takes the effective uid and gid of somebody without privileges; false where that is not permitted, or nobody has that number here. */
function became(id: number): boolean {
  const gid = process.getegid!()
  try {
    process.setegid!(id)
    process.seteuid!(id)
    return true
  } catch {
    process.setegid!(gid) // nothing was changed, or only this
    return false
  }
}

export default experiment({
  claims: {
    off: { says: 'a receiver that did not ask (SO_PASSCRED) gets none', source: SOURCE, expected: 'none' },
    byKernel: { says: 'with SO_PASSCRED each message carries those of its sender, whether it gave them or not', source: SOURCE, expected: 'its own' },
    given: { says: 'a sender may give its own', source: SOURCE, expected: 'its own' },
    forgedPid: { says: 'an ordinary process cannot name another pid', source: SOURCE, expected: 'refused' },
    forgedUid: { says: 'nor another uid', source: SOURCE, expected: 'refused' },
    forgedGid: { says: 'nor another gid', source: SOURCE, expected: 'refused' },
    nothingSent: { says: 'the refused messages were not sent', source: SOURCE, expected: 'EAGAIN' },
    privileged: { says: 'with CAP_SYS_ADMIN and CAP_SETUID it can', source: SOURCE, expected: `pid ${INIT}, uid ${NOBODY}, gid ${NOBODY}`, needs: ['root'], optional: true },
    peer: { says: 'SO_PEERCRED says who made the other end of a socket pair', source: 'unix(7)', expected: 'this process' },
    peerAtConnect: { says: 'of a connection it says who connected, at that moment: who holds it now, and under what uid, does not matter', source: 'unix(7)', expected: 'as at connect()', needs: ['root'], optional: true },
    readOnly: { says: 'and it cannot be set', source: 'unix(7)', expected: 'ENOPROTOOPT' },
    noPeer: { says: 'over TCP there is none', source: 'socket(7)', expected: 'nobody' },
  },
  run: (p) => {
    const { sys } = p
    const own: Credentials = { pid: process.pid, uid: process.geteuid!(), gid: process.getegid!() }
    const [a, b] = sys.socketpair(Family.UNIX, SockType.DGRAM)
    const send = (credentials?: Credentials): number => sys.sendmsg(a, [Buffer.from('x')], credentials === undefined ? [] : [encode(credentials)])
    const receive = (): string => {
      const message = p.attempt(() => sys.recvmsg(b, [Buffer.alloc(1)], 64, Msg.DONTWAIT))
      if (typeof message === 'string') return message
      const found = message.control.find(({ level, type }) => level === Level.SOCKET && type === SCM_CREDENTIALS)
      return found === undefined ? 'none' : text(decode(found.data))
    }
    const peerOf = (fd: number): Credentials => {
      const value = Buffer.alloc(12)
      sys.getsockopt(fd, Level.SOCKET, So.PEERCRED, value)
      return decode(value)
    }
    /** With an effective uid of no privilege, where we are root and may become somebody else. */
    const ordinary = <T>(act: () => T): T => {
      const isOther = own.uid === 0 && became(NOBODY)
      try {
        return act()
      } finally {
        if (isOther) {
          process.seteuid!(0)
          process.setegid!(own.gid)
        }
      }
    }
    const whose = (seen: string): string => (seen === text(own) ? 'its own' : seen)

    p.step('without and with SO_PASSCRED')
    send()
    p.observe('off', receive())
    sys.setsockoptInt(b, Level.SOCKET, So.PASSCRED, 1)
    send()
    const byKernel = receive()
    p.observe('byKernel', whose(byKernel), byKernel)
    send(own)
    const given = receive()
    p.observe('given', whose(given), given)

    p.step('forged, without privilege')
    const forge = (change: Partial<Credentials>): string => {
      const now: Credentials = ordinary(() => ({ pid: process.pid, uid: process.geteuid!(), gid: process.getegid!() }))
      const answer = ordinary(() => p.attempt(() => send({ ...now, ...change })))
      return typeof answer === 'string' ? answer : 'sent'
    }
    const isOrdinary = ordinary(() => process.geteuid!()) !== 0
    const told = (claim: 'forgedPid' | 'forgedUid' | 'forgedGid', answer: string): void => {
      if (answer !== 'sent' || isOrdinary) p.observe(claim, answer === 'EPERM' || answer === 'EINVAL' ? 'refused' : answer, answer)
      else p.cannot(claim, `needs CAP_SETUID, to be an ordinary process: this one may (${receive()} was sent)`)
    }
    told('forgedPid', forge({ pid: INIT }))
    told('forgedUid', forge({ uid: own.uid + 1 }))
    told('forgedGid', forge({ gid: own.gid + 1 }))
    p.observe('nothingSent', receive())

    p.step('SO_PEERCRED')
    const peer = peerOf(a)
    p.observe('peer', text(peer) === text(own) ? 'this process' : 'another', text(peer))
    p.observe('readOnly', p.attempt(() => (sys.setsockopt(a, Level.SOCKET, So.PEERCRED, Buffer.alloc(12)), 'set')))
    const { server } = p.connect()
    p.observe('noPeer', peerOf(server).pid === 0 ? 'nobody' : 'somebody')
    if (!p.can('root')) return

    p.step('forged, with privilege')
    const answer = p.attempt(() => send({ pid: INIT, uid: NOBODY, gid: NOBODY }))
    if (typeof answer === 'number') p.observe('privileged', receive())
    else p.cannot('privileged', `needs CAP_SYS_ADMIN and CAP_SETUID (${answer})`)

    p.step('who connected, and who holds it now')
    const listener = sys.socket(Family.UNIX, SockType.STREAM)
    const name = { family: 'unix', kind: 'abstract', name: Buffer.from(`sockscope-credentials-${process.pid}`) } as const
    sys.bind(listener, name)
    sys.listen(listener, 1)
    const client = sys.socket(Family.UNIX, SockType.STREAM)
    const uid = ordinary(() => {
      sys.connect(client, name)
      return process.geteuid!()
    })
    const { fd: accepted } = sys.accept4(listener)
    const then = peerOf(accepted)
    if (uid === own.uid) p.cannot('peerAtConnect', 'needs CAP_SETUID and CAP_SETGID, to connect as somebody else')
    else p.observe('peerAtConnect', then.uid === NOBODY && then.pid === process.pid ? 'as at connect()' : text(then), text(then))
  },
})
