/** A filter's tree to a predicate over records. What names mean (services, users, states) the caller says. */
import { isIP } from 'node:net'
import { wrongWord, type Direction, type Node, type Range, type Word } from './syntax.js'

/** What a filter may ask of a socket. */
export interface FilterRecord {
  /** tcp, udp, udplite, raw, unix */
  readonly protocol: string
  /** 4, 6, or 0 for a socket without addresses. A v4-mapped address counts as 4. */
  readonly family: 0 | 4 | 6
  /** 4 or 16 bytes, network order. */
  readonly local: Uint8Array
  readonly remote: Uint8Array
  readonly localPort: number
  readonly remotePort: number
  /** The state's key: `close_wait`. */
  readonly state: string
  readonly listening: boolean
  readonly uid: number
  readonly inode: number
  readonly receiveQueue: number
  readonly sendQueue: number
  readonly path: string
  readonly owners: Iterable<{ readonly pid: number; readonly name: string }>
}

export interface Meanings {
  /** Ports of a service's name. */
  readonly service: (name: string) => readonly number[]
  /** uid of a user's name. */
  readonly user: (name: string) => number | undefined
  /** Key of a state by any of its names. */
  readonly state: (name: string) => string | undefined
}

export type Test = (record: FilterRecord) => boolean

/** The predicate of a tree. */
export function compile(node: Node, meanings: Meanings): Test {
  switch (node.kind) {
    case 'and': {
      const [left, right] = [compile(node.left, meanings), compile(node.right, meanings)]
      return (record) => left(record) && right(record)
    }
    case 'or': {
      const [left, right] = [compile(node.left, meanings), compile(node.right, meanings)]
      return (record) => left(record) || right(record)
    }
    case 'not': {
      const operand = compile(node.operand, meanings)
      return (record) => !operand(record)
    }
    case 'protocol': return protocol(node.name)
    case 'listening': return (record) => record.listening
    case 'port': return port(node.direction, node.words.map((word) => portRange(word, meanings)).flat())
    case 'host': case 'net': return network(node.direction, prefixOf(node.word, node.kind))
    case 'state': {
      const wanted = new Set(node.words.map((word) => meanings.state(word.text) ?? fail(word, 'a state: listen, established, syn-sent, close-wait…')))
      return (record) => wanted.has(record.state)
    }
    case 'pid': {
      const wanted = numbers(node.words)
      return (record) => some(record.owners, ({ pid }) => wanted.has(pid))
    }
    case 'inode': {
      const wanted = numbers(node.words)
      return (record) => wanted.has(record.inode)
    }
    case 'user': {
      const wanted = new Set(node.words.map((word) => (/^\d+$/.test(word.text) ? Number(word.text) : meanings.user(word.text) ?? fail(word, 'a user of this system, or a number'))))
      return (record) => wanted.has(record.uid)
    }
    case 'prog': {
      const matches = glob(node.words[0]!.text)
      return (record) => some(record.owners, ({ name }) => matches(name))
    }
    case 'path': {
      const matches = glob(node.words[0]!.text)
      return (record) => record.protocol === 'unix' && matches(record.path)
    }
    case 'queue': return queue(node)
    default: return node satisfies never
  }
}

/** Whether the tree asks who owns a socket. */
export function asksOwners(node: Node): boolean {
  switch (node.kind) {
    case 'and': case 'or': return asksOwners(node.left) || asksOwners(node.right)
    case 'not': return asksOwners(node.operand)
    default: return node.kind === 'pid' || node.kind === 'prog'
  }
}

function fail(word: Word, expected: string): never {
  throw wrongWord(word, 0, expected)
}

function some<T>(items: Iterable<T>, test: (item: T) => boolean): boolean {
  for (const item of items) if (test(item)) return true
  return false
}

function protocol(name: string): Test {
  if (name === 'ip' || name === 'inet') return (record) => record.family === 4
  if (name === 'ip6' || name === 'inet6') return (record) => record.family === 6
  return (record) => record.protocol === name
}

function portRange(word: Word, meanings: Meanings): Range[] {
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(word.text)
  if (match !== null) {
    const from = Number(match[1])
    const to = match[2] === undefined ? from : Number(match[2])
    if (from > to || to > 65535) fail(word, 'ports from 0 to 65535, the lower first')
    return [[from, to]]
  }
  const ports = meanings.service(word.text)
  if (ports.length === 0) fail(word, 'a port: a number, a range or a service of this system')
  return ports.map((one): Range => [one, one])
}

function port(direction: Direction, ranges: readonly Range[]): Test {
  const within = (n: number): boolean => ranges.some(([from, to]) => n >= from && n <= to)
  // A raw socket has a protocol where others have a port.
  return (record) => record.family !== 0 && record.protocol !== 'raw' && ((direction !== 'dst' && within(record.localPort)) || (direction !== 'src' && within(record.remotePort)))
}

interface Prefix {
  readonly address: Uint8Array
  readonly bits: number
}

function prefixOf(word: Word, kind: 'host' | 'net'): Prefix {
  const slash = word.text.indexOf('/')
  const text = slash < 0 || kind === 'host' ? word.text : word.text.slice(0, slash)
  const address = parseAddress(text)
  const expected = kind === 'host' ? 'an address: 10.0.0.1 or fd00::1' : 'an address and its bits: 10.0.0.0/8 or fd00::/8'
  if (address === undefined) fail(word, expected)
  const whole = address.length * 8
  if (kind === 'host' || slash < 0) return { address, bits: whole }
  const bits = word.text.slice(slash + 1)
  if (!/^\d{1,3}$/.test(bits) || Number(bits) > whole) fail(word, `at most ${whole} bits`)
  return { address, bits: Number(bits) }
}

/** The bytes of an address; undefined for what is none. A v4-mapped one gives four. */
export function parseAddress(text: string): Uint8Array | undefined {
  const version = isIP(text)
  if (version === 4) return Uint8Array.from(text.split('.'), Number)
  if (version !== 6) return undefined
  const bytes = new Uint8Array(16)
  const host = new URL(`http://[${text.split('%')[0]}]`).hostname.slice(1, -1)
  const [head = '', tail] = host.split('::')
  const groups = (part: string): number[] => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)))
  const before = groups(head)
  const after = tail === undefined ? [] : groups(tail)
  for (const [i, group] of before.entries()) bytes.set([group >> 8, group & 255], i * 2)
  for (const [i, group] of after.entries()) bytes.set([group >> 8, group & 255], 16 - after.length * 2 + i * 2)
  const mapped = bytes.subarray(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255
  return mapped ? bytes.slice(12) : bytes
}

function network(direction: Direction, { address, bits }: Prefix): Test {
  const family = address.length === 4 ? 4 : 6
  const whole = bits >> 3
  const rest = bits & 7
  const within = (b: Uint8Array): boolean => {
    for (let i = 0; i < whole; i++) if (b[i] !== address[i]) return false
    return rest === 0 || (b[whole]! ^ address[whole]!) >> (8 - rest) === 0
  }
  return (record) => record.family === family && ((direction !== 'dst' && within(record.local)) || (direction !== 'src' && within(record.remote)))
}

function numbers(words: readonly Word[]): ReadonlySet<number> {
  return new Set(words.map((word) => (/^\d{1,15}$/.test(word.text) ? Number(word.text) : fail(word, 'a number'))))
}

/** Equality, `*` standing for any text. Linear: each piece is looked for once. */
function glob(pattern: string): (text: string) => boolean {
  const pieces = pattern.split('*')
  if (pieces.length === 1) return (text) => text === pattern
  const first = pieces[0]!
  const last = pieces.at(-1)!
  const middle = pieces.slice(1, -1)
  return (text) => {
    if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false
    let at = first.length
    for (const piece of middle) {
      const found = text.indexOf(piece, at)
      if (found < 0 || found + piece.length > text.length - last.length) return false
      at = found + piece.length
    }
    return true
  }
}

function queue({ queue: which, comparison, value }: Extract<Node, { kind: 'queue' }>): Test {
  const read = which === 'recv-q' ? (record: FilterRecord) => record.receiveQueue : (record: FilterRecord) => record.sendQueue
  switch (comparison) {
    case '<': return (record) => read(record) < value
    case '<=': return (record) => read(record) <= value
    case '=': return (record) => read(record) === value
    case '!=': return (record) => read(record) !== value
    case '>=': return (record) => read(record) >= value
    case '>': return (record) => read(record) > value
    default: return comparison satisfies never
  }
}
