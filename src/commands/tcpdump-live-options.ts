/** The part of tcpdump's command line that is about interfaces and about files that are written. */
import { UserError } from '../errors.js'
import type { Direction } from '../capture/libpcap-live.js'
import type { Raw } from './tcpdump-options.js'

export interface LiveOptions {
  /** -i, each as given; none: the first that -D lists */
  readonly interfaces: readonly string[]
  /** -D, -L, -J: only a list is printed */
  readonly list: 'interfaces' | 'link types' | 'time stamp types' | undefined
  readonly snapLength: number
  /** not -p */
  readonly promiscuous: boolean
  /** -I */
  readonly monitor: boolean
  readonly direction: Direction
  /** -B in bytes; undefined: ours */
  readonly bufferSize: number | undefined
  readonly timeStampType: string | undefined
  readonly immediate: boolean
  /** -Z */
  readonly user: string | undefined
  /** --engine: libpcap through FFI, or the npm package pcap */
  readonly engine: 'libpcap' | 'pcap'
  /** --netns: a name, a process, a path */
  readonly namespace: string | undefined
  /** undefined: nobody asks who owns what */
  readonly process: ProcessOptions | undefined
}

/** --process, --pid, --prog, `-- COMMAND ARGS…` */
export interface ProcessOptions {
  readonly pids: readonly number[]
  readonly names: readonly string[]
  /** Empty: none is run */
  readonly command: readonly string[]
}

export interface WriteOptions {
  /** `-` is standard output */
  readonly path: string
  readonly pcapng: boolean
  readonly print: boolean
  /** -C in bytes, -G, -W; Infinity or 0: not given */
  readonly fileBytes: number
  readonly fileSeconds: number
  readonly fileCount: number
  /** -z */
  readonly command: string | undefined
}

const MAX_SNAPSHOT = 262144

export function selectLive(raw: Raw, command: readonly string[]): LiveOptions {
  const direction = text(raw['direction']) ?? 'inout'
  if (direction !== 'in' && direction !== 'out' && direction !== 'inout') throw new UserError(`-Q ${direction}: unknown direction (in, out or inout)`)
  const buffer = text(raw['bufferSize']), engine = text(raw['engine']) ?? 'libpcap'
  if (engine !== 'libpcap' && engine !== 'pcap') throw new UserError(`--engine ${engine}: no such engine (libpcap or pcap)`)
  const interfaces = (raw['interface'] as readonly string[] | undefined) ?? []
  return {
    interfaces,
    list:
      raw['listInterfaces'] === true ? 'interfaces'
      : raw['listDataLinkTypes'] === true ? 'link types'
      : raw['listTimeStampTypes'] === true ? 'time stamp types'
      : undefined,
    snapLength: Number(text(raw['snapshotLength']) ?? 0) || MAX_SNAPSHOT,
    promiscuous: raw['promiscuousMode'] !== false,
    monitor: raw['monitorMode'] === true,
    direction,
    bufferSize: buffer === undefined ? undefined : number(`-B ${buffer}`, buffer, 'packet buffer size', (1 << 21) - 1) * 1024,
    timeStampType: text(raw['timeStampType']),
    immediate: raw['immediateMode'] === true,
    user: text(raw['relinquishPrivileges']),
    engine,
    namespace: text(raw['netns']),
    process: selectProcess(raw, command),
  }
}

function selectProcess(raw: Raw, command: readonly string[]): ProcessOptions | undefined {
  const pids = ((raw['pid'] as readonly string[] | undefined) ?? []).map((pid) => number(`--pid ${pid}`, pid, 'process id', 1 << 22))
  const names = (raw['prog'] as readonly string[] | undefined) ?? []
  return raw['process'] === true || pids.length > 0 || names.length > 0 || command.length > 0 ? { pids, names, command } : undefined
}

/** Links, which as files are not followed, but these mean no file. */
const STDOUT = ['/dev/stdout', '/dev/fd/1', '/proc/self/fd/1']

export function selectWrite(raw: Raw): WriteOptions | undefined {
  const given = text(raw['write'])
  if (given === undefined) return undefined
  const path = STDOUT.includes(given) ? '-' : given
  const bytes = text(raw['C']), seconds = text(raw['G']), count = text(raw['W'])
  const rotates = bytes !== undefined || seconds !== undefined
  if (rotates && path === '-') throw new UserError('-w -: standard output cannot be followed by another file (leave out -C and -G, or name a file)')
  return {
    path,
    pcapng: raw['pcapng'] === true,
    print: raw['print'] === true,
    fileBytes: bytes === undefined ? Infinity : number(`-C ${bytes}`, bytes, 'file size', 1_000_000_000) * 1_000_000,
    fileSeconds: seconds === undefined ? Infinity : number(`-G ${seconds}`, seconds, 'number of seconds', 1_000_000_000),
    fileCount: count === undefined ? 0 : number(`-W ${count}`, count, 'number of output files', 1_000_000_000),
    command: text(raw['z']),
  }
}

const text = (value: Raw[string]): string | undefined => (typeof value === 'string' ? value : undefined)

function number(option: string, given: string, what: string, most: number): number {
  const value = /^\d{1,15}$/.test(given) ? Number(given) : 0
  if (value < 1 || value > most) throw new UserError(`${option}: invalid ${what} (give a number from 1 to ${most})`)
  return value
}
