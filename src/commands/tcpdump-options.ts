/** The arguments of `sockscope tcpdump`, with the letters and long names of tcpdump(1), and what they select. */
import { availableParallelism } from 'node:os'
import { Command, CommanderError } from 'commander'
import { UserError } from '../errors.js'
import type { PrintOptions } from '../format/options.js'
import type { Io } from '../io.js'
import { selectLive, selectWrite, type LiveOptions, type WriteOptions } from './tcpdump-live-options.js'
import { readEspSecrets } from './tcpdump-secrets.js'

/** Everything the command line of one run says. */
export interface TcpdumpOptions {
  readonly print: PrintOptions
  /** -r, or the files that -V lists; neither: `live`. */
  readonly readFile: string | undefined
  readonly listFile: string | undefined
  /** -c; Infinity without it */
  readonly count: number
  /** --count: only the number of packets is printed */
  readonly onlyCount: boolean
  /** -N: host names without their domain */
  readonly shortNames: boolean
  /** -l, -U: every line at once */
  readonly lineBuffered: boolean
  readonly json: boolean
  /** The words after the options, joined by blanks: a filter. */
  readonly expression: string
  /** -F */
  readonly filterFile: string | undefined
  /** not -O */
  readonly optimize: boolean
  /** -d: 0 to 3 */
  readonly dumpFilter: number
  /** --threads */
  readonly threads: number
  /** -y */
  readonly linkType: string | undefined
  /** A capture on interfaces, or a list of what there is: when no file is read. */
  readonly live: LiveOptions | undefined
  /** -w and what goes with it */
  readonly write: WriteOptions | undefined
}

/** Each thread walks the whole file: more than a few gain nothing. */
const MAX_THREADS = 4
const MAX_SNAPSHOT = 262144
/** -T TYPE as tcpdump 4.99.3 takes them (in any case). */
export const PACKET_TYPES = [
  'aodv', 'carp', 'cnfp', 'domain', 'lmp', 'pgm', 'pgm_zmtp1', 'ptp', 'radius', 'resp', 'rpc', 'rtcp', 'rtp', 'snmp', 'someip', 'tftp', 'vat',
  'vxlan', 'wb', 'zmtp1',
]
export interface Raw {
  readonly [name: string]: string | boolean | number | readonly string[] | undefined
}

/** Counts how often a flag stood: -vvv, -v -v -v. */
const increase = (_value: unknown, before: number | undefined): number => (before ?? 0) + 1
/** Gathers what an option that may be repeated was given. */
const gather = (value: string, before: readonly string[] | undefined): readonly string[] => [...(before ?? []), value]

function command(io: Io): Command {
  return new Command('tcpdump')
    .usage('[-i INTERFACE | -r FILE] [OPTIONS…] [EXPRESSION] [-- COMMAND ARGS…]')
    .description('Print or write the packets of an interface or a capture file: byte for byte as tcpdump 4.99.3 does, in the form of the book, or as JSON.')
    .helpOption('-h, --help', 'this text')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        io.out(Buffer.from(text))
      },
      writeErr: () => {},
    })
    .allowExcessArguments(true)
    .argument('[expression...]', 'print only packets that match: pcap-filter(7)')
    .option('-r, --read <file>', 'read packets from FILE, `-` for standard input: pcap, pcapng, or either under gzip')
    .option('-V, --read-list <file>', 'read the captures that FILE names, one a line')
    .option('-c, --packets <n>', 'stop after N packets')
    .option('--count', 'print only how many packets there are')
    .option('-n', 'numbers: no names of hosts and ports (-nn is the same)', increase)
    .option('-N', 'host names without their domain')
    .option('-S, --absolute-tcp-sequence-numbers', 'TCP sequence numbers as they are, not relative')
    .option('-t', 'no time; -tt seconds since 1970, -ttt since the line before, -tttt with the date, -ttttt since the first', increase)
    .option('--micro', 'times with six digits (the default)')
    .option('--nano', 'times with nine digits')
    .option('--time-stamp-precision <precision>', '`micro` or `nano`')
    .option('-v', 'more: header fields and checksums; -vv and -vvv still more', increase)
    .option('-q', 'less: short lines', increase)
    .option('-e', 'print the link-layer header')
    .option('-x', 'print the packet in hexadecimal; -xx with its link-layer header', increase)
    .option('-X', 'print it in hexadecimal and as text; -XX with its link-layer header', increase)
    .option('-A', 'print it as text; -AA with its link-layer header', increase)
    .option('-#, --number', 'print the number of the packet first')
    .option('-K, --dont-verify-checksums', 'do not check checksums')
    .option('-T <type>', `take the payload to be of TYPE: ${PACKET_TYPES.join(', ')}`)
    .option('-M <secret>', 'check TCP-MD5 signatures with SECRET')
    .option('-E <secrets>', 'decrypt IPsec ESP with SECRETS: `SPI@ADDRESS ALGORITHM:KEY`, `ALGORITHM:KEY`, `file NAME`, separated by commas')
    .option('-b', 'AS numbers of BGP as ASDOT')
    .option('-u', 'NFS handles undecoded')
    .option('-H', 'try to see 802.11s draft mesh headers')
    .option('-l', 'hand on every line at once')
    .option('-U, --packet-buffered', 'hand on every packet at once, also to a file that is written')
    .option('--style <style>', '`modern` as tcpdump prints today, `classic` as in the book', 'modern')
    .option('--json', 'one JSON object a packet (docs/json.md)')
    .option('--threads <n>', 'threads that print a large file; as many as there are processors, up to 4, unless given')
    .option('--version', 'the version')
    .option('-d, --dump-filter', 'print the compiled filter; -dd as C, -ddd as numbers', increase)
    .option('-O, --no-optimize', 'do not optimise the filter')
    .option('-F, --filter-file <file>', 'the filter stands in FILE; the expression is passed over')
    .option('-f', 'refused with -r, as by tcpdump')
    .option('-a, --ignored-a', 'no effect')
    .option('-m <module>', 'no effect')
    .optionsGroup('Capturing (no effect on a file):')
    .option('-i, --interface <name>', 'capture there: a name, a number of -D, or `any`; several -i are merged by time', gather)
    .option('-D, --list-interfaces', 'list the interfaces')
    .option('-L, --list-data-link-types', 'list the link types that the interface can be captured with')
    .option('-J, --list-time-stamp-types', 'list the kinds of time stamps that the interface has')
    .option('-s, --snapshot-length <n>', 'keep at most N bytes of a packet; 0 is the default, 262144')
    .option('-p, --no-promiscuous-mode', 'do not ask for packets that are for other hosts')
    .option('-I, --monitor-mode', 'monitor mode (802.11)')
    .option('-Q, --direction <direction>', '`in`, `out` or `inout`')
    .option('-B, --buffer-size <kib>', 'size of the ring that the kernel fills, KiB')
    .option('-j, --time-stamp-type <type>', 'which clock stamps the packets (-J lists them)')
    .option('-y, --linktype <type>', 'link type to capture with (-L lists them), or to compile -d for')
    .option('--immediate-mode', 'take each packet as it comes; the ring holds far fewer')
    .option('--engine <engine>', '`libpcap` itself (the default), or the npm package `pcap`, which does less')
    .option('--process', 'print the program and process id that own the socket of each packet: curl.4711 Out')
    .option('--pid <pid>', 'only packets of that process; may be repeated', gather)
    .option('--prog <name>', 'only packets of programs of that name; may be repeated', gather)
    .option('--netns <name>', 'capture in that network namespace: a name of `ip netns`, a process id, a path')
    .option('-Z, --relinquish-privileges <user>', 'root becomes USER once all is open; `root` stays (default: `tcpdump`, else `nobody`)')
    .optionsGroup('Writing:')
    .option('-w, --write <file>', 'write the packets to FILE (`-`: standard output) instead of printing them')
    .option('--print', 'print them as well')
    .option('--pcapng', 'write pcapng, which keeps the names of interfaces, the filter and what was dropped')
    .option('-C <megabytes>', 'begin another file when this one has more than so many million bytes')
    .option('-G <seconds>', 'begin another file after SECONDS; its name may hold strftime(3) forms')
    .option('-W <count>', 'with -C: so many files, then the first is written anew; with -G: end after so many')
    .option('-z <command>', 'run COMMAND FILE on each file that -C or -G closes; not on the last, as tcpdump')
    .addHelpText('after', HELP_AFTER)
}

const HELP_AFTER = `
Long options may be cut short where no other begins alike. Options may stand behind the expression.

Examples:
  sockscope tcpdump -nn -r capture.pcap           as tcpdump prints it
  sockscope tcpdump -nnvXr capture.pcapng.gz      with header fields, checksums and a dump
  sockscope tcpdump -nn -r FILE tcp port 443 and host 10.0.0.1
  sockscope tcpdump -n --style classic -r FILE    S 1:1(0) win 5840 <mss 1460>, as in the book
  ssh host tcpdump -U -w - | sockscope tcpdump -lnr -
  sockscope tcpdump --json -r FILE | jq .tcp.flags
  sudo sockscope tcpdump -nn -i eth0 tcp port 443 packets as they happen; Ctrl-C ends it and loses none
  sudo sockscope tcpdump -i any -w all.pcap -C 100 -W 10
  sudo sockscope tcpdump -nn -i any --prog sshd  packets of sshd, each line with its process id
  sudo sockscope tcpdump -nn -i any -- curl -s http://example.com/   runs it and shows only its packets

Exit status: 0 everything was read, or a capture ended by a signal or -c; 1 an option was wrong, the file missing,
damaged or cut (what was whole is printed first), the interface not there or gone, the disk full; 141 the reader of our output went away.
With -- COMMAND its own status; 126 it may not be run, 127 there is none (docs/live.md).
docs/output.md says where a line differs from tcpdump's, and why.
`

/** Reads the command line; undefined when help or version was asked for and has been printed. Throws UserError. */
export function parseOptions(args: readonly string[], io: Io): TcpdumpOptions | undefined {
  const end = args.indexOf('--')
  const own = end < 0 ? args : args.slice(0, end), rest = end < 0 ? [] : args.slice(end + 1)
  const program = command(io)
  try {
    program.parse(expandLongNames(own, program), { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode === 0) return undefined
    throw new UserError(`${error.message.replace(/^error: /, '')} (see sockscope tcpdump --help)`)
  }
  const raw: Raw = program.opts()
  if (raw['version'] === true) {
    io.out(Buffer.from('sockscope tcpdump: prints as tcpdump 4.99.3\n'))
    return undefined
  }
  return select(raw, program.args, rest)
}

/** getopt_long's rule: a long name may be cut short where only one option begins so. */
function expandLongNames(args: readonly string[], program: Command): string[] {
  const names = [...program.options.flatMap((option) => option.long ?? []), '--help']
  const done = args.indexOf('--')
  return args.map((arg, at) => {
    if (!arg.startsWith('--') || arg === '--' || (done >= 0 && at > done)) return arg
    const [given = '', ...value] = arg.split('=')
    if (names.includes(given)) return arg
    const meant = names.filter((name) => name.startsWith(given))
    if (meant.length > 1) throw new UserError(`option ${given} is ambiguous: ${meant.join(', ')} (give more of the name)`)
    return meant[0] === undefined ? arg : [meant[0], ...value].join('=')
  })
}

/** @param rest what stands behind `--`: a command to run, or with a file more of the filter */
function select(raw: Raw, first: readonly string[], rest: readonly string[]): TcpdumpOptions {
  const readFile = text(raw['read'])
  const listFile = text(raw['readList'])
  if (readFile !== undefined && listFile !== undefined) throw new UserError('-V and -r: mutually exclusive (give one of them)')
  const dumpFilter = counted(raw['dumpFilter'])
  // -d is for the interface of -i, but no interface is guessed for it.
  const isLive = readFile === undefined && listFile === undefined && (dumpFilter === 0 || raw['interface'] !== undefined)
  const runs = isLive && dumpFilter === 0
  const words = runs ? first : [...first, ...rest], command = runs ? rest : []
  if (raw['f'] === true && !isLive) throw new UserError('-f: cannot be used with -V or -r (leave it out)')
  const time = counted(raw['t'])
  if (time > 5) throw new UserError('-t: only -t, -tt, -ttt, -tttt and -ttttt are supported (give fewer)')
  const snapshot = text(raw['snapshotLength'])
  if (snapshot !== undefined && !(isDigits(snapshot) && Number(snapshot) <= MAX_SNAPSHOT)) {
    throw new UserError(`-s ${snapshot}: invalid snapshot length (it must be 0 to ${MAX_SNAPSHOT})`)
  }
  const style = text(raw['style'])
  if (style !== 'modern' && style !== 'classic') throw new UserError(`--style ${style}: no such style (modern or classic)`)
  const packets = text(raw['packets'])
  if (packets !== undefined && !(isDigits(packets) && Number(packets) > 0)) throw new UserError(`-c ${packets}: invalid packet count (give a number from 1)`)
  return {
    print: {
      verbose: Math.min(counted(raw['v']), 4),
      quiet: Math.min(counted(raw['q']), 2),
      link: raw['e'] === true,
      numeric: counted(raw['n']) > 0,
      absolute: raw['absoluteTcpSequenceNumbers'] === true,
      checksums: raw['dontVerifyChecksums'] !== true,
      time,
      nano: nanoseconds(raw),
      dump: dumpForm(raw),
      number: raw['number'] === true,
      type: packetType(text(raw['T'])),
      secret: text(raw['M']),
      espSecrets: espSecrets(text(raw['E'])),
      asDot: raw['b'] === true,
      rawNfsHandles: raw['u'] === true,
      mesh: raw['H'] === true,
      style,
    },
    readFile,
    listFile,
    count: packets === undefined ? Infinity : Number(packets),
    onlyCount: raw['count'] === true,
    shortNames: raw['N'] === true,
    lineBuffered: raw['l'] === true || raw['packetBuffered'] === true,
    json: raw['json'] === true,
    expression: words.join(' '),
    filterFile: text(raw['filterFile']),
    optimize: raw['optimize'] !== false,
    dumpFilter,
    threads: threadsOf(text(raw['threads'])),
    linkType: text(raw['linktype']),
    live: isLive ? selectLive(raw, command) : undefined,
    write: selectWrite(raw),
  }
}

const espSecrets = (given: string | undefined): string | undefined => (given === undefined ? undefined : readEspSecrets(given))
const text = (value: Raw[string]): string | undefined => (typeof value === 'string' ? value : undefined)
const counted = (value: Raw[string]): number => (typeof value === 'number' ? value : 0)
const isDigits = (value: string): boolean => /^\d{1,15}$/.test(value)

function threadsOf(given: string | undefined): number {
  if (given === undefined) return Math.min(availableParallelism(), MAX_THREADS)
  if (!isDigits(given) || Number(given) < 1 || Number(given) > 64) throw new UserError(`--threads ${given}: invalid number of threads (1 to 64)`)
  return Number(given)
}

/** -X beats -x beats -A; each doubled when it stood twice. */
function dumpForm(raw: Raw): PrintOptions['dump'] {
  if (counted(raw['X']) > 0) return counted(raw['X']) > 1 ? 'XX' : 'X'
  if (counted(raw['x']) > 0) return counted(raw['x']) > 1 ? 'xx' : 'x'
  if (counted(raw['A']) > 0) return counted(raw['A']) > 1 ? 'AA' : 'A'
  return 'none'
}

function nanoseconds(raw: Raw): boolean {
  const precision = text(raw['timeStampPrecision'])
  if (precision !== undefined && precision !== 'nano' && precision !== 'micro') {
    throw new UserError(`--time-stamp-precision=${precision}: unsupported time stamp precision (micro or nano)`)
  }
  return precision === undefined ? raw['nano'] === true : precision === 'nano'
}

function packetType(type: string | undefined): string {
  if (type === undefined) return ''
  const name = type.toLowerCase()
  if (!PACKET_TYPES.includes(name)) throw new UserError(`-T ${type}: unknown packet type (${PACKET_TYPES.join(', ')})`)
  return name
}
