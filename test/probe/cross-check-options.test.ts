/** Claims about options, errors, times and messages, against what strace saw of the calls. */
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { hasTool, isRoot } from '../run.js'
import { straced, type Transcript } from './strace.js'

const canTrace = hasTool('strace', ['-V']) && isRoot()

/** Each row: a claim, and its value as the calls alone say it. */
type Rows = readonly (readonly [claim: string, value: (t: Transcript) => unknown])[]

function crossCheck(name: string, rows: Rows): void {
  describe.skipIf(!canTrace)(name, () => {
    let t: Transcript
    beforeAll(() => {
      t = straced(name)
    })
    it.each(rows.map(([claim, value]) => ({ claim, value })))('$claim', ({ claim, value }) => {
      expect(t.claims.get(claim)?.verdict, t.claims.get(claim)?.reason).toBe('holds')
      expect(t.observed(claim)).toEqual(value(t))
    })
  })
}

/** The values of an option that getsockopt() was asked for, in order. */
const optionValues = (t: Transcript, step: string, option: string): (number | string)[] =>
  t.calls(step, new RegExp(`^getsockopt\\(\\d+, SOL_SOCKET, ${option}, `)).map(({ line }) => {
    const value = /\[(\w+)\], \[4\]/.exec(line)?.[1] ?? '?'
    return /^\d+$/.test(value) ? Number(value) : value
  })
const set = (t: Transcript, step: string, option: string): (number | string)[] => t.results(step, new RegExp(`^setsockopt\\(\\d+, SOL_SOCKET, ${option}, `))

const TYPES = 'SO_TYPE of three kinds of socket'
crossCheck('type', [
  ['stream', (t) => optionValues(t, TYPES, 'SO_TYPE')[0]],
  ['datagram', (t) => optionValues(t, TYPES, 'SO_TYPE')[1]],
  ['seqpacket', (t) => optionValues(t, TYPES, 'SO_TYPE')[2]],
  ['plain', (t) => optionValues(t, TYPES, 'SO_TYPE')[3]],
  ['duplicate', (t) => optionValues(t, TYPES, 'SO_TYPE')[4]],
  ['readOnly', (t) => set(t, TYPES, 'SO_TYPE')[0]],
  ['protocol', (t) => optionValues(t, 'protocol and domain', 'SO_PROTOCOL')[0]],
  ['domain', (t) => optionValues(t, 'protocol and domain', 'SO_DOMAIN')[0]],
  ['fresh', (t) => optionValues(t, 'listen()', 'SO_ACCEPTCONN')[0]],
  ['listening', (t) => optionValues(t, 'listen()', 'SO_ACCEPTCONN')[1]],
  ['notSocket', (t) => t.results('a pipe', /^getsockopt\(/)[0]],
])

const WITHOUT = 'sendto() without SO_BROADCAST'
crossCheck('broadcast', [
  ['initially', (t) => optionValues(t, WITHOUT, 'SO_BROADCAST')[0]],
  ['refused', (t) => t.results(WITHOUT, /^sendto\(.*inet_addr\("127\.255\.255\.255"\)/)[0]],
  ['connectRefused', (t) => t.results(WITHOUT, /^connect\(.*inet_addr\("127\.255\.255\.255"\)/)[0]],
  ['sent', (t) => t.results('and with it', /^sendto\(.*inet_addr\("127\.255\.255\.255"\)/)[0]],
  ['wildcard', (t) => t.reads('and with it').slice(0, 2).join(' ')],
  ['bound', (t) => t.reads('and with it')[2]],
  ['unicast', (t) => t.reads('and with it')[3]],
  ['otherPort', (t) => t.reads('and with it')[4]],
  ['stream', (t) => (t.results('TCP', /^connect\(/)[0] === 0 ? 'connected' : 'refused')],
])

const ROUTED = 'a datagram through the gateway'
crossCheck('dontroute', [
  ['initially', (t) => optionValues(t, ROUTED, 'SO_DONTROUTE')[0]],
  ['routed', (t) => t.results(ROUTED, /^sendto\(.*"192\.0\.2\.1"/)[0]],
  ['flag', (t) => t.results(ROUTED, /^sendto\(.*MSG_DONTROUTE.*"192\.0\.2\.1"/)[0]],
  ['flagOnly', (t) => t.results(ROUTED, /^sendto\(.*"192\.0\.2\.1"/)[2]],
  ['refused', (t) => t.results('SO_DONTROUTE', /^sendto\(.*"192\.0\.2\.1"/)[0]],
  ['near', (t) => t.results('SO_DONTROUTE', /^sendto\(.*"10\.0\.0\.2"/)[0]],
  ['here', (t) => t.results('SO_DONTROUTE', /^sendto\(.*"10\.0\.0\.1"/)[0]],
  ['connect', (t) => t.results('SO_DONTROUTE', /^connect\(.*"192\.0\.2\.1"/)[0]],
])

crossCheck('seqpacket', [
  ['connected', (t) => (t.results('connect', /^connect\(.*sockscope-seqpacket/)[0] === 0 ? 'connected' : 'refused')],
  ['boundaries', (t) => t.reads('three messages').join('|')],
  ['excess', (t) => t.reads('a buffer that is too small', /, 4, MSG_DONTWAIT,/).join('|')],
  ['truncated', (t) => t.calls('a buffer that is too small', /^recvmsg\(.*msg_flags=MSG_TRUNC\}/).length === 1],
  ['whole', (t) => t.results('a buffer that is too small', /^recvfrom\(.*MSG_TRUNC/)[0]],
  ['datagram', (t) => t.reads('the same with datagrams and with a stream', /, 4, /).join('|')],
  ['stream', (t) => t.reads('the same with datagrams and with a stream', /, 5, /).join('|')],
  ['tooLong', (t) => t.results('a message longer than the send buffer', /^sendto\(/)[0]],
  ['peekKeeps', (t) => t.reads('MSG_PEEK').join('|')],
  ['endOfFile', (t) => t.reads('the end').join('|')],
  ['pipe', (t) => t.results('the end', /^sendto\(/).at(-1)],
  ['hangUp', (t) => t.calls('the end', /^poll\(.*revents=POLLIN\|POLLHUP/).length === 1],
])

const UDP = 'UDP: one datagram of several buffers'
const MESSAGES = 'several datagrams a call'
crossCheck('scatter-gather', [
  ['noSender', (t) => (/msg_namelen=128 => 0,/.test(t.calls('TCP: three buffers, one call', /^recvmsg\(.*iov_len=3/)[0]!.line) ? 'nobody' : 'somebody')],
  ['sender', (t) => {
    const port = /sin_port=htons\((\d+)\)/
    const from = port.exec(t.calls(UDP, /^recvmsg\(.*iov_len=4/)[0]!.line)![1]
    const [, sender] = /^sendmsg\((\d+),/.exec(t.calls(UDP, /^sendmsg\(.*iov_base="header"/)[0]!.line)!
    return port.exec(t.calls(UDP, new RegExp(`^getsockname\\(${sender},`))[0]!.line)![1] === from ? 'the sender' : 'another'
  }],
  ['gathered', (t) => t.results('TCP: three buffers, one call', /^sendmsg\(.*iov_base="head".*iov_base="er ".*iov_base="body"/)[0]],
  ['scattered', (t) => [...t.calls('TCP: three buffers, one call', /^recvmsg\(.*iov_len=3/)[0]!.line.matchAll(/iov_base="((?:[^"\\]|\\.)*)"/g)].map(([, text]) => text!.replaceAll('\\0', '')).join('|')],
  ['oneDatagram', (t) => t.reads(UDP)[0]],
  ['excess', (t) => `${[...t.calls(UDP, /^recvmsg\(.*iov_len=4/)[0]!.line.matchAll(/iov_base="(\w*)"/g)].map(([, text]) => text).join('|')}${t.calls(UDP, /^recvmsg\(.*msg_flags=MSG_TRUNC\}/).length === 1 ? ', MSG_TRUNC' : ''}`],
  ['empty', (t) => t.results(UDP, /^recvfrom\(/).at(-1)],
  ['most', (t) => t.results('many buffers', /^sendmsg\(/)[0]],
  ['tooMany', (t) => t.results('many buffers', /^sendmsg\(/)[1]],
  ['sendmmsg', (t) => [...t.calls(MESSAGES, /^sendmmsg\(/)[0]!.line.matchAll(/msg_len=(\d+)/g)].map(([, length]) => length).join(' ')],
  ['recvmmsg', (t) => [...t.calls(MESSAGES, /^recvmmsg\(/)[0]!.line.matchAll(/iov_base="(\w+)"/g)].map(([, text]) => text).join('|')],
  ['recvmmsgMore', (t) => t.results(MESSAGES, /^recvmmsg\(.*MSG_WAITFORONE/)[0]],
  ['recvmmsgNone', (t) => t.results(MESSAGES, /^recvmmsg\(/).at(-1)],
])

crossCheck('socketpair-pipe', [
  ['kind', (t) => t.calls('a real pipe', /^statx\(/).map(({ line }) => ({ S_IFSOCK: 'socket', S_IFIFO: 'FIFO' })[/stx_mode=(S_IF\w+)/.exec(line)![1]!]).join(', not ')],
  ['carries', (t) => t.reads('a pipe of sockets')[0]],
  ['readEnd', (t) => t.results('a pipe of sockets', /^write\(\d+, "x"/)[0]],
  ['writeEnd', (t) => t.reads('a pipe of sockets')[1]],
  ['stream', (t) => t.reads('a pipe of sockets')[2]],
  ['pipeReadEnd', (t) => t.results('a real pipe', /^write\(\d+, "x"/)[0]],
  ['capacity', (t) => t.results('a real pipe', /^fcntl\(\d+, F_GETPIPE_SZ/)[0]],
  ['filled', (t) => t.results('a real pipe', /^write\(\d+, "\\0/)[0]],
  ['socketCapacity', (t) => t.results('a real pipe', /^sendto\(/)[0]],
  ['endOfFile', (t) => t.reads('the writer ends').join('|')],
  ['hangUp', (t) => t.calls('the writer ends', /^poll\(.*POLLHUP/).length === 1],
  ['noReader', (t) => t.results('the reader ends', /^write\(\d+, "x"/)[0]],
  ['pipeNoReader', (t) => t.results('the reader ends', /^write\(\d+, "x"/)[1]],
])

const rights = (t: Transcript, step: string, call: 'sendmsg' | 'recvmsg'): string[] => t.calls(step, new RegExp(`^${call}\\(.*SCM_RIGHTS`)).map(({ line }) => /SCM_RIGHTS, cmsg_data=\[([\d, .]+)/.exec(line)?.[1] ?? '')
crossCheck('fd-passing', [
  ['sameFile', (t) => {
    const [copy, file] = t.calls('a file', /^readlink\("\/proc\/self\/fd\//).map(({ line }) => /^readlink\("[^"]*", "([^"]*)"/.exec(line)![1])
    return copy === file ? 'the same file' : 'another file'
  }],
  ['sharedOffset', (t) => {
    const texts = t.calls('a file', /^read\(\d+, "(hel|lo)"/).map(({ line }) => /"(\w+)"/.exec(line)![1])
    const places = new Set(t.calls('a file', /^read\(\d+, "pos:/).map(({ line }) => /pos:\\t(\d+)/.exec(line)![1]))
    return `${texts.join('|')}, ${places.size === 1 ? `both at ${[...places][0]}` : 'apart'}`
  }],
  ['statusFlags', (t) => t.calls('the sender closes its own first', /^fcntl\(\d+, F_GETFL\).*O_NONBLOCK/).length > 0],
  ['several', (t) => {
    const [a, b, c, d] = t.calls('several, and too little room', /^readlink\(/).map(({ line }) => /^readlink\("[^"]*", "([^"]*)"/.exec(line)![1])
    return a === c && b === d && a !== b ? 'in order' : 'another order'
  }],
  ['most', (t) => (Number(/cmsg_len=(\d+), cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS/.exec(t.calls('limits', /^recvmsg\(.*SCM_RIGHTS/)[0]!.line)![1]) - 16) / 4],
  ['otherNumber', (t) => (rights(t, 'a file', 'sendmsg')[0] === rights(t, 'a file', 'recvmsg')[0] ? 'the same number' : 'another number')],
  ['plain', (t) => t.results('a file', /^fcntl\(\d+, F_GETFD/)[0]],
  ['inFlight', (t) => t.reads('the sender closes its own first')[0]],
  ['senderCloses', (t) => t.reads('the sender closes its own first')[1]],
  ['cloexec', (t) => t.results('the sender closes its own first', /^fcntl\(\d+, F_GETFD/)[0]],
  ['connection', (t) => t.reads('a TCP connection')[0]],
  ['cut', (t) => t.calls('several, and too little room', /^recvmsg\(.*SCM_RIGHTS, cmsg_data=\[\d+\].*MSG_CTRUNC/).map(() => '1, MSG_CTRUNC')[0]],
  ['noRoom', (t) => t.calls('several, and too little room', /^recvmsg\(.*msg_controllen=0, msg_flags=MSG_CTRUNC/).map(() => '0, MSG_CTRUNC')[0]],
  ['tooMany', (t) => t.results('limits', /^sendmsg\(/)[0]],
  ['badDescriptor', (t) => t.results('limits', /^sendmsg\(.*cmsg_data=\[99999\]/)[0]],
  ['dataNeeded', (t) => t.results('limits', /^recvmsg\(/).at(-1)],
  ['discarded', (t) => t.reads('nobody takes it').at(-1)],
])

const credentials = (t: Transcript, step: string): string[] => t.calls(step, /^recvmsg\(.*SCM_CREDENTIALS/).map(({ line }) => {
  const [, pid, uid, gid] = /cmsg_data=\{pid=(\d+), uid=(\d+), gid=(\d+)\}/.exec(line)!
  return `pid ${pid}, uid ${uid}, gid ${gid}`
})
const FORGED = 'forged, without privilege'
const refused = (t: Transcript, i: number): string => (['EPERM', 'EINVAL'].includes(String(t.results(FORGED, /^sendmsg\(.*SCM_CREDENTIALS/)[i])) ? 'refused' : 'sent')
crossCheck('credentials', [
  ['off', (t) => (/cmsg_type/.test(t.calls('without and with SO_PASSCRED', /^recvmsg\(/)[0]!.line) ? 'some' : 'none')],
  ['forgedPid', (t) => refused(t, 0)],
  ['forgedUid', (t) => refused(t, 1)],
  ['forgedGid', (t) => refused(t, 2)],
  ['nothingSent', (t) => t.results(FORGED, /^recvmsg\(/)[0]],
  ['privileged', (t) => credentials(t, 'forged, with privilege')[0]],
  ['readOnly', (t) => set(t, 'SO_PEERCRED', 'SO_PEERCRED')[0]],
  ['noPeer', (t) => (t.calls('SO_PEERCRED', /^getsockopt\(.*SO_PEERCRED, \{pid=0, uid=-1/).length === 1 ? 'nobody' : 'somebody')],
])
describe.skipIf(!canTrace)('credentials', () => {
  it('those of the kernel and those given are the worker\'s', () => {
    const t = straced('credentials')
    const [, pid] = /sockscope-credentials-(\d+)/.exec(t.everything)!
    const own = `pid ${pid}, uid ${process.getuid!()}, gid ${process.getgid!()}`
    expect(credentials(t, 'without and with SO_PASSCRED')).toEqual([own, own])
    expect([t.claims.get('byKernel')!.detail, t.claims.get('given')!.detail, t.claims.get('peer')!.detail]).toEqual([own, own, own])
  })
})

const errors = (t: Transcript, step: string): string[] => optionValues(t, step, 'SO_ERROR').map(String)
const RESET = 'a reset, asked for with SO_ERROR, read, and written to'
const NOBODY = 'UDP to a port where nobody is'
crossCheck('error', [
  ['refused', (t) => errors(t, 'a port where nobody listens')[0]],
  ['once', (t) => errors(t, 'a port where nobody listens')[1]],
  ['refusedReady', (t) => t.calls('a port where nobody listens', /^poll\(.*revents=POLLIN\|POLLOUT\|POLLERR/).map(() => 'readable writable POLLERR')[0]],
  ['readOnly', (t) => set(t, 'a port where nobody listens', 'SO_ERROR')[0]],
  ['reset', (t) => errors(t, RESET)[0]],
  ['resetOnce', (t) => errors(t, RESET)[1]],
  ['afterRead', (t) => t.reads(RESET)[0]],
  ['afterWrite', (t) => t.results(RESET, /^sendto\(\d+, "x"/)[0]],
  ['byRead', (t) => t.reads(RESET)[1]],
  ['byReadOnce', (t) => errors(t, RESET)[2]],
  ['byWrite', (t) => t.results(RESET, /^sendto\(\d+, "x"/).slice(1, 3).join(' then ')],
  ['dataFirst', (t) => t.reads(RESET).slice(2).join('|')],
  ['timedOut', (t) => errors(t, 'a peer that hears nothing')[0]],
  ['datagram', (t) => errors(t, NOBODY)[0]],
  ['datagramNext', (t) => t.results(NOBODY, /^sendto\(\d+, "x", 1, MSG_NOSIGNAL/).join(' then ')],
  ['unconnected', (t) => errors(t, NOBODY).at(-1)],
  ['unreachable', (t) => errors(t, 'a neighbour that does not answer ARP').at(-1)],
])

const THREE = 'three bytes with MSG_OOB, two after them'
const TWO = 'two urgent bytes before either is read'
const marks = (t: Transcript, step: string): boolean[] => t.calls(step, /^ioctl\(\d+, SIOCATMARK/).map(({ line }) => line.includes('[1]'))
crossCheck('oob', [
  ['none', (t) => t.reads(THREE, /MSG_OOB/)[0]],
  ['oneByte', (t) => t.reads(THREE, /MSG_OOB/)[1]],
  ['once', (t) => t.reads(THREE, /MSG_OOB/)[2]],
  ['exceptional', (t) => t.calls(THREE, /^poll\(.*revents=POLLIN\|POLLPRI/).length > 0],
  ['before', (t) => marks(t, THREE)[0]],
  ['atMark', (t) => marks(t, THREE)[1]],
  ['stops', (t) => t.reads(THREE, /, 65536, MSG_DONTWAIT/)[0]],
  ['after', (t) => t.reads(THREE, /, 65536, MSG_DONTWAIT/)[1]],
  ['signal', (t) => [...t.everything.matchAll(/--- (SIGURG) \{/g)].map(([, name]) => name).join(' ')],
  ['overwritten', (t) => t.reads(TWO, /MSG_OOB/)[0]],
  ['lost', (t) => t.reads(TWO, /, 65536, MSG_DONTWAIT/)[0]],
  ['demoted', (t) => t.reads(TWO, /, 65536, MSG_DONTWAIT/)[1]],
  ['inline', (t) => t.reads('SO_OOBINLINE', /MSG_OOB/)[0]],
  ['inlineStream', (t) => {
    const [first, second] = t.reads('SO_OOBINLINE', /, 65536, MSG_DONTWAIT/)
    return `${first}|${marks(t, 'SO_OOBINLINE')[0] === true ? 'mark' : 'no mark'}|${second}`
  }],
])

/** A setting of the whole machine. */
const setting = (name: string): number => Number(readFileSync(`/proc/sys/net/core/${name}`, 'latin1'))
const sizes = (t: Transcript, step: string, option: string): (number | string)[] => optionValues(t, step, option)
const FRESH = 'what a fresh socket has, and what is granted'
crossCheck('buffers', [
  ['clamped', (t) => (sizes(t, FRESH, 'SO_RCVBUF')[4] === 2 * setting('rmem_max') ? 'twice rmem_max' : 'another size')],
  ['sendClamped', (t) => (sizes(t, FRESH, 'SO_SNDBUF')[4] === 2 * setting('wmem_max') ? 'twice wmem_max' : 'another size')],
  ['grows', (t) => {
    const [before, after] = sizes(t, 'the window of a socket whose buffer nobody set', 'SO_RCVBUF')
    return Number(after) > Number(before) ? 'larger' : 'as it was'
  }],
  ['fixed', (t) => (new Set(sizes(t, 'SO_RCVBUF 200000 before connect()', 'SO_RCVBUF')).size === 1 ? 'as it was' : 'another')],
  ['receiveDefault', (t) => sizes(t, FRESH, 'SO_RCVBUF')[0]],
  ['sendDefault', (t) => sizes(t, FRESH, 'SO_SNDBUF')[0]],
  ['datagramDefault', (t) => `${sizes(t, FRESH, 'SO_RCVBUF')[1]} ${sizes(t, FRESH, 'SO_SNDBUF')[1]}`],
  ['doubled', (t) => sizes(t, FRESH, 'SO_RCVBUF')[2]],
  ['sendDoubled', (t) => sizes(t, FRESH, 'SO_SNDBUF')[2]],
  ['granted', (t) => sizes(t, FRESH, 'SO_RCVBUF')[3]],
  ['sendGranted', (t) => sizes(t, FRESH, 'SO_SNDBUF')[3]],
  ['floor', (t) => sizes(t, FRESH, 'SO_RCVBUF')[5]],
  ['sendFloor', (t) => sizes(t, FRESH, 'SO_SNDBUF')[5]],
  ['tooLate', (t) => sizes(t, 'SO_RCVBUF 4096 before connect(), 200000 after it', 'SO_RCVBUF')[1]],
  ['lowWater', (t) => (t.calls('low-water marks', /^poll\(/)[0]!.result === 0 ? 'not readable' : 'readable')],
  ['lowWaterReached', (t) => (t.calls('low-water marks', /^poll\(/)[1]!.result === 0 ? 'not readable' : 'readable')],
  ['lowWaterEnd', (t) => (t.calls('low-water marks', /^poll\(/)[2]!.result === 0 ? 'not readable' : 'readable')],
  ['lowWaterRead', (t) => t.results('low-water marks', /^recvfrom\(\d+, .*, 100, MSG_DONTWAIT/)[0]],
  ['sendLowWater', (t) => `${sizes(t, 'low-water marks', 'SO_SNDLOWAT')[0]}, ${set(t, 'low-water marks', 'SO_SNDLOWAT')[0]}`],
  ['unsentWithout', (t) => unsent(t)[0]],
  ['unsent', (t) => unsent(t)[1]],
])
const unsent = (t: Transcript): number[] => t.calls('writable until the buffer is full, or until so much is unsent', /^ioctl\(\d+, (?:SIOCOUTQNSD|0x894b)/i).map(({ line }) => Number(/\[(\d+)\]/.exec(line)?.[1] ?? Number.NaN))

const END = 'what is known in the end'
/** What became of the n-th connection that was asked: its pending error; `nothing` where there was none and no end of file either. */
const fate = (t: Transcript, n: number): string => {
  const asked = t.calls(END, /^(getsockopt\(\d+, SOL_SOCKET, SO_ERROR|recvfrom\()/)
  const at = asked.indexOf(asked.filter(({ line }) => line.startsWith('getsockopt'))[n]!)
  const error = /SO_ERROR, \[(\w+)\]/.exec(asked[at]!.line)![1]!
  return error !== '0' ? error : asked[at + 1]?.errno === 'EAGAIN' ? 'nothing' : 'something'
}
const CRASH = 'the peer\'s process crashes'
crossCheck('detect', [
  ...['hostSending', 'hostReceiving', 'hostKeepalive', 'hostIdle', 'unreachableSending', 'unreachableReceiving', 'unreachableKeepalive', 'unreachableIdle'].map((claim, n) => [claim, (t: Transcript) => fate(t, n)] as const),
  ['processSending', (t) => [t.reads(CRASH)[0], ...t.results(CRASH, /^sendto\(\d+, "x"/)].join(', ')],
  ['processReceiving', (t) => t.reads(CRASH)[1]],
  ['processKeepalive', (t) => t.reads(CRASH)[2]],
  ['processIdle', (t) => t.reads(CRASH)[3]],
])

const tcpOption = (t: Transcript, name: string): number => Number(/\[(\d+)\]/.exec(t.calls('defaults', new RegExp(`^getsockopt\\(\\d+, SOL_TCP, ${name}`))[0]!.line)![1])
const OVER = 'the silence is over'
crossCheck('keepalive', [
  ['off', (t) => optionValues(t, 'defaults', 'SO_KEEPALIVE')[0]],
  ['idle', (t) => tcpOption(t, 'TCP_KEEPIDLE')],
  ['interval', (t) => tcpOption(t, 'TCP_KEEPINTVL')],
  ['count', (t) => tcpOption(t, 'TCP_KEEPCNT')],
  ['dead', (t) => errors(t, OVER)[0]],
  ['forgotten', (t) => errors(t, OVER)[1]],
])

const FULL = 'the normal connection is filled, then the urgent message'
crossCheck('priority', [
  ['joined', (t) => {
    const text = /^(?:sendto|recvfrom)\(\d+, "((?:[^"\\]|\\.)*)"/
    const cookie = text.exec(t.calls('the normal connection', /^sendto\(\d+, ".*", 16, MSG_NOSIGNAL/)[0]!.line)![1]
    return text.exec(t.calls('the priority connection', /^recvfrom\(.*, 17, MSG_DONTWAIT/)[1]!.line)![1] === `P${cookie}` ? 'joined' : 'turned away'
  }],
  ['forged', (t) => t.reads('the priority connection', /, 65536, MSG_DONTWAIT/).map((text) => (text === 'end of file' ? 'closed' : text))[0]],
  ['second', (t) => t.reads('the priority connection', /, 65536, MSG_DONTWAIT/).map((text) => (text === 'end of file' ? 'closed' : text))[1]],
  ['undisturbed', (t) => {
    const sum = (step: string, what: RegExp): number => t.calls(step, what).reduce((all, { result }) => all + Math.max(result, 0), 0)
    return sum(FULL, /^sendto\(.*MSG_DONTWAIT/) === sum('the rest', /^recvfrom\(/) ? 'whole' : 'damaged'
  }],
  ['cookie', (t) => t.results('the normal connection', /^recvfrom\(\d+, .*, 65536, MSG_DONTWAIT/)[0]],
  ['full', (t) => t.results(FULL, /^sendto\(\d+, .*MSG_DONTWAIT/).at(-1)],
  ['overtakes', (t) => t.calls(FULL, /^poll\(\[\{fd=\d+, events=POLLIN\}, \{fd=\d+, events=POLLIN\}\], 2, 0\) = 2 /).map(() => 'priority normal')[0]],
  ['whole', (t) => t.reads(FULL)[0]],
])

describe.skipIf(!canTrace)('tcp-vs-udp', () => {
  it('the times are those between the first call and the answer, of one of the tries', () => {
    const t = straced('tcp-vs-udp')
    const told = (claim: string): number => Number(/^([\d.]+) ms/.exec(t.claims.get(claim)!.detail!)![1])
    /** Of every exchange the server's read comes first, then the client's. */
    const answers = (step: string): number[] => t.calls(step, /^recvfrom\(\d+, "x"/).filter((_, i) => i % 2 === 1).map(({ at }) => at * 1000)
    const nearest = (claim: string, begins: readonly number[], ends: readonly number[]): number => Math.min(...begins.map((begin, i) => Math.abs(told(claim) - (ends[i]! - begin))))
    expect(nearest('datagram', t.calls('UDP', /^sendto\(\d+, "x"/).filter((_, i) => i % 2 === 0).map(({ at }) => at * 1000), answers('UDP'))).toBeLessThan(20)
    expect(nearest('stream', t.calls('TCP', /^connect\(/).map(({ at }) => at * 1000), answers('TCP'))).toBeLessThan(20)
    expect(new Set(t.results('TCP', /^connect\(/))).toEqual(new Set(['EINPROGRESS']))
  })
})

describe.skipIf(!canTrace)('timeouts', () => {
  let t: Transcript
  beforeAll(() => {
    t = straced('timeouts')
  })
  it.each([
    { claim: 'receive', step: 'recv()', call: /^recvfrom\(\d+, .*, 100, 0, NULL/ },
    { claim: 'accept', step: 'accept()', call: /^accept4\(/ },
    { claim: 'send', step: 'send()', call: /^sendto\(.*, MSG_NOSIGNAL, NULL, 0\).*EAGAIN/ },
    { claim: 'connect', step: 'connect() to a listener that hears nothing', call: /^connect\(/ },
  ])('$claim() returned when the kernel says so, and with that errno', ({ claim, step, call }) => {
    const [seen] = t.calls(step, call)
    expect(t.observed(claim)).toBe(seen!.errno)
    expect(t.observed(`${claim}Took`)).toBeGreaterThanOrEqual(Math.floor(seen!.took * 10) / 10 - 1)
    expect(t.observed(`${claim}Took`)).toBeLessThan(seen!.took + 60) // what strace itself adds
    expect(seen!.took).toBeGreaterThan(110)
  })
  it('the user timeout ended the connection', () => {
    expect(t.observed('userTimeout')).toBe(errors(t, 'TCP_USER_TIMEOUT, the peer deaf')[0])
    expect(t.observed('domain')).toBe(set(t, 'a limit that is none', 'SO_RCVTIMEO_OLD')[0])
    expect(t.observed('partial')).toBe(t.results('recv()', /MSG_WAITALL/)[0])
  })
})
