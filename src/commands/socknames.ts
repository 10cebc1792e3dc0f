/**
 * `sockscope socknames`: what getsockname() and getpeername() say: of the sockets of Listing 61-3 of "The Linux Programming Interface" (its program
 * socknames), made anew here; or of sockets that other processes hold.
 */
import { readlinkSync } from 'node:fs'
import { isIP } from 'node:net'
import type { Command } from 'commander'
import { UserError } from '../errors.js'
import { addressFields, addressText, ipText } from '../format/socket-address.js'
import { escapeControls } from '../escape.js'
import type { Io } from '../io.js'
import { HostNames } from '../names/hosts.js'
import { Services } from '../names/services.js'
import { borrow, type OpenSocket } from '../socket/borrow.js'
import { Family, Level, SockType } from '../socket/constants.js'
import { SockDiag } from '../socket/diag.js'
import { failedWith } from '../socket/errno.js'
import type { SocketKind } from '../socket/kinds.js'
import { kindOfFd } from '../socket/read-options.js'
import { parseIp, type SocketAddress } from '../socket/sockaddr.js'
import { loadSyscalls, type Syscalls } from '../socket/syscalls.js'
import { unixByInode, type UnixSocket } from '../socket/unix-diag.js'
import { parse, pause, print, program, seconds, whole } from './arguments.js'
import { targets } from './live-sockets.js'
import { systemFile } from './netstat-names.js'
import { tcpPort } from './service-port.js'
import { nameOf } from './socket-report.js'

interface SocknamesOptions {
  readonly numeric?: true
  readonly hold: number
  readonly netstat?: true
  readonly ipv6?: true
  readonly unboundListen?: true
  readonly pid?: number
  readonly fd?: number
  readonly json?: true
}

const BACKLOG = 5
const SO_REUSEADDR = 2
const SO_RCVTIMEO = 20
const SO_SNDTIMEO = 21
/** Strangers may connect to the port first: so many are passed over. */
const STRANGERS = 100

const HELP_AFTER = `
Without --pid and a filter it is the experiment: a listening socket on the wildcard address, a connection to it, accept; then it holds
the three sockets so that netstat can be run beside it. A single number or service is a port; more words are a filter as netstat takes it.

Examples:
  sockscope socknames 55555                  beside it: netstat -a | egrep '(Address|55555)'
  sockscope socknames 55555 --netstat --hold 0
  sockscope socknames 0 -n                   an ephemeral port
  sockscope socknames --unbound-listen       listen() without bind()
  sudo sockscope socknames --pid 4242        both ends of all sockets of a process
  sudo sockscope socknames -n port 443 and state established

Exit status: 0 done; 1 the port is in use or not permitted, or no such process or socket; 2 used wrongly.
`

const command = (io: Io): Command =>
  program('socknames', io)
    .usage('[OPTIONS…] [SERVICE|PORT | FILTER…]')
    .description('Shows what getsockname() and getpeername() say, of a connection made for it or of sockets in other processes.')
    .argument('[words...]', 'a service or port (0, the default: one that the kernel picks), or a filter')
    .option('-n, --numeric', 'numbers instead of names')
    .option('--hold <seconds>', 'hold the sockets for so long', seconds('--hold', 0), 30)
    .option('--netstat', 'print the rows of the three sockets, as netstat -a has them')
    .option('-6, --ipv6', 'over IPv6')
    .option('--unbound-listen', 'listen() without bind() before it')
    .option('--pid <pid>', 'the sockets of a process', whole('--pid', 1, 4194304))
    .option('--fd <n>', 'only this descriptor; without --pid, one that was inherited', whole('--fd', 0, 1048576))
    .option('--json', 'one JSON object a socket (docs/socknames.md)')
    .addHelpText('after', HELP_AFTER)

export async function run(args: string[], io: Io): Promise<number> {
  const parser = command(io)
  if (!parse(parser, args)) return 0
  const options: SocknamesOptions = parser.opts()
  const words = parser.args
  if (options.pid !== undefined || options.fd !== undefined || words.length > 1) {
    const sockets = (await targets(options, words))!
    return showSockets(await loadSyscalls(), sockets, options, io)
  }
  const services = new Services(systemFile('/etc/services'))
  const port = tcpPort(words[0] ?? '0', services, 0, '; a filter has more than one word')
  const names = new Namer(options.numeric === true, services)
  return experiment(await loadSyscalls(), port, words[0], options, names, io)
}

/** `(localhost, 55555)`, as the book's inetAddressStr() has it: the host's name and the service's, each a number where it has none. */
class Namer {
  readonly #hosts: HostNames | undefined
  readonly #services: Services

  constructor(numeric: boolean, services: Services) {
    this.#hosts = numeric ? undefined : new HostNames()
    this.#services = services
  }

  async words(address: SocketAddress): Promise<{ readonly host: string; readonly service: string } | undefined> {
    if (address.family !== 'inet' && address.family !== 'inet6') return undefined
    const text = ipText(address.address)
    const isAny = address.address.every((byte) => byte === 0)
    if (this.#hosts !== undefined && !isAny && isIP(text) !== 0) await this.#hosts.resolve([text])
    const host = isAny ? undefined : this.#hosts?.cached(text)
    const service = this.#hosts === undefined ? undefined : this.#services.lookup(address.port, 'tcp')
    return { host: escapeControls(host ?? text), service: escapeControls(service ?? String(address.port)) }
  }

  async text(address: SocketAddress): Promise<string> {
    const words = await this.words(address)
    return words === undefined ? addressText(address) : `(${words.host}, ${words.service})`
  }
}

/** The book's program. */
async function experiment(sys: Syscalls, port: number, word: string | undefined, options: SocknamesOptions, names: Namer, io: Io): Promise<number> {
  const open: number[] = []
  const made = (type: () => number): number => {
    const fd = type()
    open.push(fd)
    return fd
  }
  try {
    const family = options.ipv6 === true ? Family.INET6 : Family.INET
    const listenFd = made(() => socketOf(sys, family))
    sys.setsockoptInt(listenFd, Level.SOCKET, SO_REUSEADDR, 1)
    if (options.unboundListen !== true) bind(sys, listenFd, wildcard(options.ipv6 === true, port), word ?? String(port))
    else if (word !== undefined) throw new UserError(`${word}: --unbound-listen takes no port: the kernel picks one`, 2)
    listen(sys, listenFd, word ?? String(port))
    const bound = sys.getsockname(listenFd)
    const boundPort = 'port' in bound ? bound.port : 0
    const connFd = made(() => socketOf(sys, family))
    bounded(sys, connFd)
    sys.connect(connFd, loopback(options.ipv6 === true, boundPort))
    const acceptFd = made(() => acceptFrom(sys, listenFd, connFd))
    const rows: (readonly [call: string, fd: string, address: SocketAddress])[] = [
      ...(options.unboundListen === true ? [['getsockname', 'listenFd', bound] as const] : []),
      ['getsockname', 'connFd', sys.getsockname(connFd)],
      ['getsockname', 'acceptFd', sys.getsockname(acceptFd)],
      ['getpeername', 'connFd', sys.getpeername(connFd)],
      ['getpeername', 'acceptFd', sys.getpeername(acceptFd)],
    ]
    for (const [call, fd, address] of rows) {
      if (options.json === true) print(io, `${JSON.stringify({ call, fd, ...(await namesJson(names, address)), ...addressFields('local', address) })}\n`.replaceAll('"local_', '"'))
      else print(io, `${`${call}(${fd}):`.padEnd(23)}${await names.text(address)}\n`)
    }
    if (options.netstat === true) await printRows(boundPort, options, io)
    if (options.hold > 0) {
      io.err(`sockscope socknames: holding port ${boundPort} for ${options.hold} s; look at it with: netstat -a${options.numeric === true ? 'n' : ''} | egrep '(Address|${boundPort})'`)
      await pause(options.hold * 1000)
    }
    return 0
  } finally {
    for (const fd of open) sys.close(fd)
  }
}

async function namesJson(names: Namer, address: SocketAddress): Promise<Record<string, string>> {
  const words = await names.words(address)
  return words === undefined ? {} : { host: words.host, service: words.service }
}

function socketOf(sys: Syscalls, family: number): number {
  try {
    return sys.socket(family, SockType.STREAM)
  } catch (error) {
    if (failedWith(error, 'EAFNOSUPPORT')) throw new UserError(`this kernel has no ${family === Family.INET6 ? 'IPv6' : 'IPv4'}`)
    throw error
  }
}

/** No call on it waits for more than five seconds. */
function bounded(sys: Syscalls, fd: number): void {
  const limit = Buffer.alloc(16)
  limit.writeBigInt64LE(5n, 0)
  sys.setsockopt(fd, Level.SOCKET, SO_SNDTIMEO, limit)
  sys.setsockopt(fd, Level.SOCKET, SO_RCVTIMEO, limit)
}

const inet6 = (address: string, port: number): SocketAddress => ({ family: 'inet6', address: parseIp(address)!, port, flowInfo: 0, scopeId: 0 })
const inet4 = (address: string, port: number): SocketAddress => ({ family: 'inet', address: parseIp(address)!, port })
const wildcard = (ipv6: boolean, port: number): SocketAddress => (ipv6 ? inet6('::', port) : inet4('0.0.0.0', port))
const loopback = (ipv6: boolean, port: number): SocketAddress => (ipv6 ? inet6('::1', port) : inet4('127.0.0.1', port))

function bind(sys: Syscalls, fd: number, address: SocketAddress, word: string): void {
  try {
    sys.bind(fd, address)
  } catch (error) {
    throw refused(error, word)
  }
}

function listen(sys: Syscalls, fd: number, word: string): void {
  try {
    sys.listen(fd, BACKLOG)
  } catch (error) {
    throw refused(error, word)
  }
}

function refused(error: unknown, word: string): unknown {
  if (failedWith(error, 'EADDRINUSE')) return new UserError(`port ${word}: in use (sudo netstat -tlnp shows by whom; 0 lets the kernel pick a free one)`)
  if (failedWith(error, 'EACCES')) return new UserError(`port ${word}: privileged (run with sudo, or take one from 1024 on; net/ipv4/ip_unprivileged_port_start is the limit)`)
  if (failedWith(error, 'EADDRNOTAVAIL')) return new UserError(`port ${word}: this host has no such address (is IPv6 off?)`)
  return error
}

/** Accepts our own connection: one that a stranger made meanwhile is closed. */
function acceptFrom(sys: Syscalls, listenFd: number, connFd: number): number {
  const ours = addressText(sys.getsockname(connFd))
  bounded(sys, listenFd)
  for (let i = 0; i < STRANGERS; i++) {
    const { fd, peer } = sys.accept4(listenFd)
    if (addressText(peer) === ours) return fd
    sys.close(fd)
  }
  throw new UserError('the port is so busy that our own connection was not among those accepted (take another)')
}

/** The book's `netstat -a | egrep '(Address|PORT)'`. */
async function printRows(port: number, options: SocknamesOptions, io: Io): Promise<void> {
  let text = ''
  const { run: netstat } = await import('./netstat.js')
  await netstat([options.numeric === true ? '-tan' : '-ta', 'port', String(port)], {
    ...io,
    isTerminal: false,
    out: (chunk) => {
      text += Buffer.from(chunk).toString()
    },
    err: (line) => {
      io.err(line)
    },
  })
  print(io, text.split('\n').filter((line) => line !== '' && !line.startsWith('Active ')).map((line) => `${line}\n`).join(''))
}

interface Named {
  readonly at: OpenSocket
  readonly kind: SocketKind
  readonly local: SocketAddress | undefined
  readonly peer: SocketAddress | undefined
}

/** Both ends of sockets of other processes. */
async function showSockets(sys: Syscalls, sockets: readonly OpenSocket[], options: SocknamesOptions, io: Io): Promise<number> {
  const names = new Namer(options.numeric === true, new Services(systemFile('/etc/services')))
  const all: Named[] = []
  for (const at of sockets) {
    const read = (fd: number): Named => ({ at, kind: kindOfFd(sys, fd), local: nameOf(() => sys.getsockname(fd)), peer: nameOf(() => sys.getpeername(fd)) })
    try {
      all.push(at.pid === process.pid ? read(at.fd) : borrow(sys, at, read))
    } catch (error) {
      if (!(error instanceof UserError) || sockets.length === 1) throw error
      io.err(`sockscope socknames: ${error.message}`)
    }
  }
  if (all.length === 0) throw new UserError('none of the sockets could be looked at')
  const unix = all.some(({ local }) => local?.family === 'unix') ? unixPeers(sys) : undefined
  for (const { at, kind, local, peer } of all) {
    const other = sameNamespace(at.pid) ? unix?.get(at.inode)?.peer : undefined
    const peerInode = other === undefined || other === 0 ? undefined : other
    if (options.json === true) {
      print(io, `${JSON.stringify({ socket: kind.name, pid: at.pid, fd: at.fd, inode: at.inode, ...addressFields('local', local), ...addressFields('peer', peer), ...(peerInode === undefined ? {} : { peer_inode: peerInode }) })}\n`)
      continue
    }
    const peerText = peer === undefined ? '(not connected)' : `${await names.text(peer)}${peerInode === undefined ? '' : `, socket ${peerInode}`}`
    print(io, `pid ${at.pid} fd ${at.fd}, ${kind.name}, socket ${at.inode}\n`)
    print(io, `  getsockname(fd ${at.fd}): ${local === undefined ? '(none)' : await names.text(local)}\n  getpeername(fd ${at.fd}): ${peerText}\n`)
  }
  return 0
}

function unixPeers(sys: Syscalls): ReadonlyMap<number, UnixSocket> | undefined {
  const diag = new SockDiag(sys)
  try {
    return unixByInode(diag)
  } finally {
    diag.close()
  }
}

/** sock_diag tells of our own network namespace only. */
function sameNamespace(pid: number): boolean {
  try {
    return readlinkSync(`/proc/${pid}/ns/net`) === readlinkSync('/proc/self/ns/net')
  } catch {
    return false // gone meanwhile, or not ours to look at: nothing is said of its peers
  }
}
