/** Who may bind an address that is in use: every case of the book with each option on the first socket and on the second; and who gets the datagrams. */
import { Fcntl, Level, O_NONBLOCK } from '../../socket/constants.js'
import { ip4 } from '../../socket/sockaddr.js'
import type { Claim } from '../experiment.js'
import { experiment } from '../experiment.js'
import { inet, portOf, type Probe, type Tools } from '../probe.js'

const SO_REUSEADDR = 2
const SO_REUSEPORT = 15
const IP_MULTICAST_IF = 32
const IP_ADD_MEMBERSHIP = 35
const GROUP = '239.1.2.3'
const OPTIONS = [['none', 0], ['SO_REUSEADDR', SO_REUSEADDR], ['SO_REUSEPORT', SO_REUSEPORT]] as const
type OptionName = (typeof OPTIONS)[number][0]

interface Case {
  readonly says: string
  readonly source: string
  /** Option on both sockets with which the second is bound; with any other pair it is refused. */
  readonly bound: readonly OptionName[]
  /** Makes the first state with an option on its sockets; the port it is about. */
  readonly begin: (p: Tools, prepare: (fd: number) => void) => Promise<number> | number
  /** What is tried then. */
  readonly second: (p: Tools, prepare: (fd: number) => void, port: number) => void
}

const tcp = (p: Tools, address: string, port: number, prepare: (fd: number) => void, listens: boolean): number => {
  const fd = p.tcp()
  prepare(fd)
  p.sys.bind(fd, inet(address, port))
  if (listens) p.sys.listen(fd, 5)
  return portOf(p.quiet.getsockname(fd))
}
const udp = (p: Tools, address: string, port: number, prepare: (fd: number) => void): { readonly fd: number; readonly port: number } => {
  const fd = p.udp()
  prepare(fd)
  p.sys.bind(fd, inet(address, port))
  return { fd, port: portOf(p.quiet.getsockname(fd)) }
}
const BOOK = 'TLPI §61.10; UNP §7.5; socket(7)'
const BOTH: readonly OptionName[] = ['SO_REUSEADDR', 'SO_REUSEPORT']

const CASES: Readonly<Record<string, Case>> = {
  'time-wait': {
    says: 'a server restarts while a connection of it is in TIME_WAIT', source: BOOK, bound: BOTH,
    begin: async (p, prepare) => {
      const { listener, client, server, port } = p.connect({ prepareListener: prepare })
      for (const fd of [server, client, listener]) p.sys.close(fd)
      await p.reaches('server', 'TIME_WAIT')
      return port
    },
    second: (p, prepare, port) => tcp(p, '127.0.0.1', port, prepare, true),
  },
  child: {
    says: 'a server restarts while a child of it still has a connection', source: BOOK, bound: BOTH,
    begin: (p, prepare) => {
      const { listener, port } = p.connect({ prepareListener: prepare })
      p.sys.close(listener)
      return port
    },
    second: (p, prepare, port) => tcp(p, '127.0.0.1', port, prepare, true),
  },
  'wildcard-listens': {
    says: 'a specific address while the wildcard one listens (BSD lets SO_REUSEADDR do it, Linux does not)', source: `${BOOK}, which says so of Linux`, bound: ['SO_REUSEPORT'],
    begin: (p, prepare) => tcp(p, '0.0.0.0', 0, prepare, true),
    second: (p, prepare, port) => tcp(p, '127.0.0.1', port, prepare, true),
  },
  'wildcard-bound': {
    says: 'a specific address while the wildcard one is bound and does not listen', source: BOOK, bound: BOTH,
    begin: (p, prepare) => tcp(p, '0.0.0.0', 0, prepare, false),
    second: (p, prepare, port) => tcp(p, '127.0.0.1', port, prepare, false),
  },
  'same-listens': {
    says: 'the same address while it listens', source: BOOK, bound: ['SO_REUSEPORT'],
    begin: (p, prepare) => tcp(p, '127.0.0.1', 0, prepare, true),
    second: (p, prepare, port) => tcp(p, '127.0.0.1', port, prepare, true),
  },
  'same-bound': {
    says: 'the same address while it is bound and does not listen', source: BOOK, bound: BOTH,
    begin: (p, prepare) => tcp(p, '127.0.0.1', 0, prepare, false),
    second: (p, prepare, port) => tcp(p, '127.0.0.1', port, prepare, false),
  },
  udp: {
    says: 'the same address and port for UDP', source: BOOK, bound: BOTH,
    begin: (p, prepare) => udp(p, '127.0.0.1', 0, prepare).port,
    second: (p, prepare, port) => udp(p, '127.0.0.1', port, prepare),
  },
}

const matrix = Object.entries(CASES).flatMap(([id, { says, source, bound }]) =>
  OPTIONS.flatMap(([first]) => OPTIONS.map(([second]): [string, Claim] => [
    `${id}/${first}/${second}`,
    { says: `${says}: ${first} on the first, ${second} on the second`, source, expected: first === second && bound.includes(first) ? 'bound' : 'EADDRINUSE' },
  ])))

export default experiment({
  claims: {
    ...(Object.fromEntries(matrix) as Record<string, Claim>),
    addresses: { says: 'two addresses of the host on one port need no option', source: 'UNP §7.5', expected: 'bound' },
    secondListen: { says: 'of two bound with SO_REUSEADDR only one can listen', source: BOOK, expected: 'EADDRINUSE' },
    unicastReuse: { says: 'a datagram for two with SO_REUSEADDR goes to the one bound last', source: 'UNP §7.5 (to one of them); udp(7)', expected: 'second' },
    unicastPort: { says: 'with SO_REUSEPORT it goes to one of them', source: 'socket(7)', expected: 1 },
    multicastReuse: { says: 'a multicast datagram goes to each of two with SO_REUSEADDR', source: 'UNP §7.5, §21.6', expected: 2 },
    multicastPort: { says: 'and to each of two with SO_REUSEPORT', source: 'UNP §7.5', expected: 2 },
    specificFirst: { says: 'a connection goes to the listener on the more specific address', source: 'UNP §7.5, §4.4', expected: 'specific' },
  },
  run: async (p: Probe) => {
    const { sys } = p
    const setting = (option: number) => (fd: number): void => {
      if (option !== 0) sys.setsockoptInt(fd, Level.SOCKET, option, 1)
    }
    for (const [id, { says, begin, second: again }] of Object.entries(CASES)) {
      for (const [first, one] of OPTIONS) {
        for (const [second, other] of OPTIONS) {
          p.step(`${says}: ${first}, ${second}`)
          const port = await begin(p, setting(one))
          p.observe(`${id}/${first}/${second}`, p.attempt(() => (again(p, setting(other), port), 'bound')))
          await p.closeAll()
        }
      }
    }

    p.step('two addresses on one port')
    const taken = tcp(p, '127.0.0.1', 0, setting(0), true)
    p.observe('addresses', p.attempt(() => (tcp(p, '127.0.0.2', taken, setting(0), true), 'bound')))

    p.step('two bound with SO_REUSEADDR listen')
    const one = p.tcp()
    const other = p.tcp()
    for (const fd of [one, other]) setting(SO_REUSEADDR)(fd)
    sys.bind(one, inet('127.0.0.1', 0))
    sys.bind(other, sys.getsockname(one))
    sys.listen(one, 5)
    p.observe('secondListen', p.attempt(() => (sys.listen(other, 5), 'listens')))

    for (const [unicast, multicast, option] of [['unicastReuse', 'multicastReuse', SO_REUSEADDR], ['unicastPort', 'multicastPort', SO_REUSEPORT]] as const) {
      p.step(`datagrams for two with ${OPTIONS.find(([, number]) => number === option)![0]}`)
      const first = udp(p, '0.0.0.0', 0, setting(option))
      const second = udp(p, '0.0.0.0', first.port, setting(option))
      const pair = [first.fd, second.fd]
      const sender = p.udp()
      sys.sendto(sender, Buffer.from('one'), 0, inet('127.0.0.1', first.port))
      const got = pair.map((fd) => p.readText(fd) === 'one')
      p.observe(unicast, option === SO_REUSEADDR ? (got[1] === true && got[0] === false ? 'second' : got.join(', ')) : got.filter(Boolean).length, `first ${got[0] === true ? 'yes' : 'no'}, second ${got[1] === true ? 'yes' : 'no'}`)
      const loopback = ip4('127.0.0.1')
      for (const fd of pair) sys.setsockopt(fd, Level.IP, IP_ADD_MEMBERSHIP, Buffer.concat([ip4(GROUP), loopback]))
      sys.setsockopt(sender, Level.IP, IP_MULTICAST_IF, loopback)
      sys.sendto(sender, Buffer.from('all'), 0, inet(GROUP, first.port))
      p.observe(multicast, pair.filter((fd) => p.readText(fd) === 'all').length)
    }

    p.step('a connection while the wildcard and a specific address listen (SO_REUSEPORT)')
    const wildcard = p.tcp()
    setting(SO_REUSEPORT)(wildcard)
    sys.bind(wildcard, inet('0.0.0.0', 0))
    sys.listen(wildcard, 5)
    const specific = p.listen({ port: portOf(sys.getsockname(wildcard)), prepare: setting(SO_REUSEPORT) })
    sys.connect(p.tcp(), inet('127.0.0.1', specific.port))
    sys.fcntl(specific.fd, Fcntl.SETFL, O_NONBLOCK)
    const at = p.attempt(() => sys.accept4(specific.fd))
    p.observe('specificFirst', typeof at === 'string' ? 'wildcard' : 'specific')
  },
})
