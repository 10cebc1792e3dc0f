/** The arguments of `sockscope netstat`: those of net-tools 2.10, with its families, and ours. */
import { UserError } from '../errors.js'
import { getopt, type Grammar, type LongOption } from './getopt.js'

/** What net-tools' usage error ends with. */
export const EXIT_USAGE = 3

export interface NetstatOptions {
  readonly mode: 'sockets' | 'routes' | 'interfaces' | 'statistics' | 'masquerade'
  readonly tcp: boolean
  readonly udp: boolean
  readonly udplite: boolean
  readonly sctp: boolean
  readonly rawSockets: boolean
  readonly unix: boolean
  readonly inet: boolean
  readonly inet6: boolean
  readonly groups: boolean
  /** Some family, protocol or -g was asked for: then a missing table is an error. */
  readonly asked: boolean
  /** -S, --sctp itself was given. */
  readonly sctpAsked: boolean
  /** -A and its like, in order, as net-tools names them. */
  readonly families: readonly string[]
  readonly all: boolean
  readonly listening: boolean
  readonly numericHosts: boolean
  readonly numericPorts: boolean
  readonly numericUsers: boolean
  readonly extended: number
  readonly programs: boolean
  readonly timers: boolean
  readonly wide: boolean
  readonly verbose: boolean
  readonly symbolic: boolean
  readonly routeCache: boolean
  readonly continuous: boolean
  /** Seconds between two listings. */
  readonly interval: number
  // ours
  readonly raw: boolean
  readonly json: boolean
  readonly table: boolean
  readonly color: 'auto' | 'always' | 'never'
  readonly summary: boolean
  readonly changes: boolean
  readonly header: boolean
  readonly sort: string | undefined
  readonly columns: string | undefined
  readonly threads: boolean
  readonly netns: string | undefined
  readonly wait: string | undefined
  readonly timeout: number | undefined
  readonly procRoot: string | undefined
  /** Where TCP sockets come from: auto chooses by their number. */
  readonly source: 'auto' | 'diag' | 'proc'
  readonly info: boolean
  readonly bound: boolean
  readonly kill: boolean
  readonly yes: boolean
  readonly words: readonly string[]
}

/** What to do instead of a listing. */
export type Parsed =
  | { readonly kind: 'run'; readonly options: NetstatOptions }
  | { readonly kind: 'help' | 'version'; readonly raw: boolean }
  | { readonly kind: 'usage'; readonly message: string | undefined }
  | { readonly kind: 'refused'; readonly lines: readonly string[] }

const long = (name: string, is: string, argument: LongOption['argument'] = 'none'): LongOption => ({ name, is, argument })

const GRAMMAR: Grammar = {
  short: 'A:CFMNSUVWZacefghilnoprstuvwx?246',
  long: [
    long('tcpip', 'inet'), long('inet', 'inet'), long('ip', 'inet'), long('inet6', '6'), long('unix', 'x'), long('ax25', 'ax25'), long('ipx', 'ipx'),
    long('netrom', 'netrom'), long('appletalk', 'ddp'), long('ddp', 'ddp'), long('rose', 'rose'), long('x25', 'x25'), long('bluetooth', 'bluetooth'),
    long('ec', 'ec'), long('econet', 'ec'),
    long('protocol', 'A', 'required'), long('cache', 'C'), long('fib', 'F'), long('groups', 'g'), long('help', 'h'), long('interfaces', 'i'),
    long('masquerade', 'M'), long('symbolic', 'N'), long('route', 'r'), long('statistics', 's'), long('version', 'V'), long('continuous', 'c'),
    long('extend', 'e'), long('context', 'Z'), long('all', 'a'), long('listening', 'l'), long('numeric', 'n'), long('numeric-hosts', 'numeric-hosts'),
    long('numeric-ports', 'numeric-ports'), long('numeric-users', 'numeric-users'), long('programs', 'p'), long('timers', 'o'), long('tcp', 't'),
    long('udp', 'u'), long('udplite', 'U'), long('sctp', 'S'), long('l2cap', '2'), long('rfcomm', 'f'), long('raw', 'w'), long('verbose', 'v'),
    long('wide', 'W'), long('notrim', 'W'),
  ],
  more: [
    long('raw', 'raw'), long('json', 'json'), long('table', 'table'), long('color', 'color', 'optional'), long('summary', 'summary'),
    long('changes', 'changes'), long('no-header', 'no-header'), long('sort', 'sort', 'required'), long('columns', 'columns', 'required'),
    long('threads', 'threads'), long('netns', 'netns', 'required'), long('wait', 'wait', 'required'), long('timeout', 'timeout', 'required'),
    long('proc-root', 'proc-root', 'required'), long('source', 'source', 'required'), long('info', 'info'), long('bound', 'bound'), long('kill', 'kill'),
    long('yes', 'yes'),
  ],
}

/** Words of -A, and the family each is. */
const FAMILIES: ReadonlyMap<string, string> = new Map(
  ['inet', 'inet6', 'unix', 'ipx', 'ax25', 'netrom', 'ddp', 'x25', 'rose', 'econet', 'bluetooth', 'ash'].map((name): [string, string] => [name, name]),
).set('ip', 'inet').set('tcpip', 'inet').set('appletalk', 'ddp').set('ec', 'econet')

const SECONDS = /^\d+(\.\d+)?$/
const takesNext = (is: string, word: string): boolean => is === 'c' && SECONDS.test(word)

/** Reads the arguments; what they say together is checked as net-tools does. */
export function parseArguments(args: readonly string[]): Parsed {
  const given = getopt(args, GRAMMAR, takesNext)
  const raw = given.options.some(({ is }) => is === 'raw')
  const count = new Map<string, number>()
  const values = new Map<string, string | undefined>()
  const families: string[] = []
  for (const { is, value } of given.options) {
    count.set(is, (count.get(is) ?? 0) + 1)
    values.set(is, value)
    if (is === 'h') return { kind: 'help', raw }
    if (is === 'V') return { kind: 'version', raw }
    if (is === '?') return { kind: 'usage', message: undefined }
    if (is === 'Z') return { kind: 'refused', lines: ['SELinux is not enabled on this machine.'] }
    if (is === 'A') {
      for (const word of value!.split(',')) {
        const family = FAMILIES.get(word)
        if (family === undefined || family === 'ash') return { kind: 'refused', lines: [`Unknown address family \`${word}'.`] }
        families.push(family)
      }
    } else if (is === '4' || is === 'inet') families.push('inet')
    else if (is === '6') families.push('inet6')
    else if (is === 'x') families.push('unix')
    else if (is === '2' || is === 'f') families.push('bluetooth')
    else if (is === 'ec') families.push('econet')
    else if (FAMILIES.has(is)) families.push(FAMILIES.get(is)!)
  }
  if (given.error !== undefined) return { kind: 'usage', message: given.error }

  const has = (is: string): boolean => count.has(is)
  const modes = (['r', 'i', 's', 'M'] as const).filter(has)
  if (modes.length > 1) return { kind: 'usage', message: undefined }
  if (families.includes('bluetooth')) {
    return { kind: 'refused', lines: ["netstat: feature `AF BLUETOOTH' not supported.", "Please recompile `net-tools' with newer kernel source or full configuration."] }
  }

  let [tcp, udp, udplite, sctp, rawSockets] = [has('t'), has('u'), has('U'), has('S'), has('w')]
  let [inet, inet6] = [families.includes('inet'), families.includes('inet6')]
  const unix = families.includes('unix')
  const protocols = tcp || udp || udplite || sctp || rawSockets
  const groups = has('g')
  const dead = families.filter((family) => DEAD_FAMILIES.has(family))
  const asked = protocols || inet || inet6 || unix || groups || dead.length > 0
  const sctpAsked = sctp
  if (!protocols && (inet || inet6 || !asked || has('s'))) [tcp, udp, udplite, sctp, rawSockets] = [true, true, true, true, true]
  if ((tcp || udp || udplite || sctp || rawSockets) && !inet && !inet6) [inet, inet6] = [true, true]
  const mode = MODES[modes[0] ?? '']!
  const numeric = has('n')
  return {
    kind: 'run',
    options: {
      mode, tcp, udp, udplite, sctp, rawSockets, inet, inet6, groups, asked, sctpAsked, families,
      unix: unix || !asked,
      all: has('a'),
      listening: has('l'),
      numericHosts: numeric || has('numeric-hosts'),
      numericPorts: numeric || has('numeric-ports'),
      numericUsers: numeric || has('numeric-users'),
      extended: count.get('e') ?? 0,
      programs: has('p'),
      timers: has('o'),
      wide: has('W'),
      verbose: has('v'),
      symbolic: has('N'),
      routeCache: has('C'),
      continuous: has('c'),
      interval: positive(values.get('c') ?? '1', '-c'),
      raw,
      json: has('json'),
      table: has('table'),
      color: colorOf(has('color'), values.get('color')),
      summary: has('summary'),
      changes: has('changes'),
      header: !has('no-header'),
      sort: values.get('sort'),
      columns: values.get('columns'),
      threads: has('threads'),
      netns: values.get('netns'),
      wait: values.get('wait'),
      timeout: has('timeout') ? positive(values.get('timeout') ?? '', '--timeout') : undefined,
      procRoot: values.get('proc-root'),
      source: sourceOf(values.get('source') ?? 'auto'),
      info: has('info'),
      bound: has('bound'),
      kill: has('kill'),
      yes: has('yes'),
      words: given.words,
    },
  }
}

/** Families that net-tools knows and no kernel of today has: what it calls each. */
export const DEAD_FAMILIES: ReadonlyMap<string, string> = new Map([
  ['ipx', 'AF IPX'], ['ax25', 'AF AX25'], ['x25', 'AF X25'], ['netrom', 'AF NETROM'], ['ddp', 'AF DDP'], ['rose', 'AF ROSE'],
])

const MODES: Readonly<Record<string, NetstatOptions['mode']>> = { '': 'sockets', r: 'routes', i: 'interfaces', s: 'statistics', M: 'masquerade' }

function positive(text: string, option: string): number {
  const seconds = Number(text)
  if (!SECONDS.test(text) || !(seconds > 0) || seconds > 1e6) throw new UserError(`${option} ${text}: not a number of seconds (say ${option} 5)`, EXIT_USAGE)
  return seconds
}

function sourceOf(word: string): 'auto' | 'diag' | 'proc' {
  if (word !== 'auto' && word !== 'diag' && word !== 'proc') throw new UserError(`--source ${word}: not known (auto, diag or proc)`, EXIT_USAGE)
  return word
}

function colorOf(given: boolean, value: string | undefined): 'auto' | 'always' | 'never' {
  if (!given) return 'auto'
  const word = value ?? 'always'
  if (word !== 'auto' && word !== 'always' && word !== 'never') throw new UserError(`--color=${word}: not known (auto, always or never)`, EXIT_USAGE)
  return word
}

/** The usage text of net-tools 2.10, which its users and their scripts know. */
export const USAGE = `usage: netstat [-vWeenNcCF] [<Af>] -r         netstat {-V|--version|-h|--help}
       netstat [-vWnNcaeol] [<Socket> ...]
       netstat { [-vWeenNac] -i | [-cnNe] -M | -s [-6tuw] }

        -r, --route              display routing table
        -i, --interfaces         display interface table
        -g, --groups             display multicast group memberships
        -s, --statistics         display networking statistics (like SNMP)
        -M, --masquerade         display masqueraded connections

        -v, --verbose            be verbose
        -W, --wide               don't truncate IP addresses
        -n, --numeric            don't resolve names
        --numeric-hosts          don't resolve host names
        --numeric-ports          don't resolve port names
        --numeric-users          don't resolve user names
        -N, --symbolic           resolve hardware names
        -e, --extend             display other/more information
        -p, --programs           display PID/Program name for sockets
        -o, --timers             display timers
        -c, --continuous         continuous listing

        -l, --listening          display listening server sockets
        -a, --all                display all sockets (default: connected)
        -F, --fib                display Forwarding Information Base (default)
        -C, --cache              display routing cache instead of FIB
        -Z, --context            display SELinux security context for sockets

  <Socket>={-t|--tcp} {-u|--udp} {-U|--udplite} {-S|--sctp} {-w|--raw}
           {-x|--unix} --ax25 --ipx --netrom
  <AF>=Use '-6|-4' or '-A <af>' or '--<af>'; default: inet
  List of possible address families (which support routing):
`
/** The rest of it, which net-tools prints on stderr always. */
export const USAGE_FAMILIES = [
  '    inet (DARPA Internet) inet6 (IPv6) ax25 (AMPR AX.25) ',
  '    netrom (AMPR NET/ROM) rose (AMPR ROSE) ipx (Novell IPX) ',
  '    ddp (Appletalk DDP) x25 (CCITT X.25) ',
]

/** What --help adds about our own options. */
export const MORE_HELP = `
More than net-tools has:
        --raw                    names as they are, control bytes too; every other form as net-tools prints it (raw sockets: -w)
        --json                   one JSON object a socket (docs/netstat.md has the schema)
        --table                  a table fitted to the terminal, coloured by state (--color=auto|always|never)
        --columns A,B,C          these columns; --sort COLUMN[:desc]; --no-header
        --summary                counts by protocol and state, and by process
        -c [SECONDS]             repeat every SECONDS; with --changes print only what appeared, vanished or changed state
        --netns all|PID|NAME|PATH  other network namespaces, each row marked
        --wait STATE|FILTER      end with 0 when a socket matches, with 1 after --timeout SECONDS
        --threads                owners in threads that have a descriptor table of their own, too
        --info                   a line more for each socket: TCP_INFO, congestion control, memory, device, backlog limit; peers of unix sockets
        --bound                  also sockets that are bound and do not listen (with -a or -l; Linux 6.8)
        --source auto|diag|proc  TCP, UDP and UDP-Lite from the kernel's socket diagnosis or from /proc: the same rows in the same order
        --kill FILTER            close the sockets that match, after listing them and asking (--yes: do not ask)
        --proc-root DIR          read DIR in place of /proc

Words after the options are a filter:
  port 443 · src port 22 · dst host 10.0.0.1 · net 10.0.0.0/8 · tcp · udp · unix · state established,close-wait
  pid 812 · prog nginx · user www-data · inode 4711 · listening · recv-q > 0 · path /run/x.sock
  joined by: and or not ( )

Examples:
  netstat -tlnp                                        who listens
  netstat -tan state close-wait and prog java          connections that java does not close
  netstat -tan --summary                               counts
  netstat -tln --wait 'port 8080' --timeout 30         wait for a server to come up
`
