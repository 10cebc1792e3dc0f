/**
 * Every TCP connection, UDP and ICMP conversation of a capture in one pass: frames go in, one reused Segment comes out for each that belongs to one, and what is
 * known of a connection stands in its row (record.ts). Memory is a fixed amount a connection; nothing is allocated for a segment.
 */
import { i32, u16 } from '../bytes.js'
import { Carriers } from '../decode/carrier/carriers.js'
import * as icmp4 from '../decode/icmp4.js'
import * as icmp6 from '../decode/icmp6.js'
import { Protocol } from '../decode/ip-protocol.js'
import * as ip4 from '../decode/ip4.js'
import * as ip6 from '../decode/ip6.js'
import { ICMP_HEADER, Layout, walk } from '../decode/layout.js'
import * as tcp from '../decode/tcp.js'
import { newFrame, type Frame } from '../frame.js'
import { Finding } from './findings.js'
import { Fragments } from './fragments.js'
import { KeyTable, type KeyTableState } from './key-table.js'
import { Place } from './place.js'
import * as R from './record.js'
import { RulesMemory } from './rules-memory.js'
import { Rules } from './rules.js'
import * as S from './segment-fields.js'
import { readOptions } from './segment-options.js'
import type { Segment } from './segment.js'

const SYN_ACK = tcp.Flag.SYN | tcp.Flag.ACK

/** Connections that are kept; packets of later ones are counted in `passedOver`. 1.3 kB each. */
const MOST_CONNECTIONS = 1 << 20

export interface ConversationsOptions {
  /** Leave packets that were captured twice out altogether: `take` returns null for them. */
  readonly dedup?: boolean
  /** Only conversation number `mine` (from 0) of `parts` equal shares: the others are for other threads. */
  readonly share?: { readonly parts: number; readonly mine: number }
}

/** All that is known, for another thread. */
export interface ConversationsState {
  readonly baseSeconds: number
  readonly end: number
  readonly frames: number
  readonly others: number
  readonly passedOver: number
  readonly capturedTwice: number
  readonly memory: ArrayBufferLike
  readonly rows: Int32Array
  readonly count: number
  readonly tables: readonly KeyTableState[]
}

export class Conversations {
  /** Connections and conversations so far. */
  count = 0
  /** Time of the latest frame, whatever was in it. */
  end = 0
  /** Frames taken, those that belong to no conversation, and those beyond MOST_CONNECTIONS. */
  frames = 0
  others = 0
  passedOver = 0
  /** Packets seen twice. */
  capturedTwice = 0
  readonly #dedup: 0 | 1
  /** What is kept of them: undefined where another thread followed them. */
  readonly #rules: Rules | undefined
  readonly #memory: RulesMemory
  /** Where the row of each stands. */
  #rows: Int32Array = new Int32Array(1 << 10)
  /** Never a small integer, so that times are reckoned as doubles from the start. */
  #base = Number.NaN
  readonly #parts: number
  readonly #mine: number
  readonly #layout = new Layout()
  readonly #fragments = new Fragments()
  #frame: Frame = newFrame()
  #isWalked = false
  readonly #place = new Place()
  readonly #tcp4 = new KeyTable(3)
  readonly #tcp6 = new KeyTable(9)
  readonly #any4 = new KeyTable(4)
  readonly #any6 = new KeyTable(10)

  /** @param memory the rules to follow them by; or that of conversations that another thread followed, to be read only @throws UserError where there is none */
  constructor(options: ConversationsOptions = {}, memory: RulesMemory = new Rules()) {
    this.#dedup = options.dedup === true ? 1 : 0
    this.#parts = options.share?.parts ?? 1
    this.#mine = options.share?.mine ?? 0
    this.#rules = memory instanceof Rules ? memory : undefined
    this.#memory = memory
    this.#layout.isZeroLengthWhole = true
    this.#layout.carriers = new Carriers()
  }

  /** What another thread needs to go on reading; these conversations are of no use from then on. */
  state(): ConversationsState {
    const { baseSeconds, count, end, frames, others, passedOver, capturedTwice } = this
    return {
      baseSeconds, count, end, frames, others, passedOver, capturedTwice, memory: this.words.buffer, rows: this.#rows, tables: this.#tables().map((table) => table.state()),
    }
  }

  /** Conversations of another thread, to be read only. */
  static restore(state: ConversationsState): Conversations {
    const all = new Conversations({}, new RulesMemory(state.memory))
    all.#base = state.baseSeconds
    all.#rows = state.rows
    all.count = state.count
    all.end = state.end
    all.frames = state.frames
    all.others = state.others
    all.passedOver = state.passedOver
    all.capturedTwice = state.capturedTwice
    all.#tables().forEach((table, i) => table.restore(state.tables[i]!))
    return all
  }

  /** All memory in which rows stand, as 32-bit numbers and as doubles; what is added from then on they do not hold. */
  get words(): Int32Array {
    this.#memory.look()
    return this.#memory.words
  }

  get doubles(): Float64Array {
    this.#memory.look()
    return this.#memory.doubles
  }

  /** Where the row of a connection stands: in `words`, and in `doubles` at half of it. */
  rowOf(connection: number): number {
    return this.#rows[connection]!
  }

  #tables(): readonly KeyTable[] {
    return [this.#tcp4, this.#tcp6, this.#any4, this.#any6]
  }

  /** Of the frame that was taken last, until the next is asked of its source: payload bytes and all else that Segment does not say. */
  get layout(): Layout {
    if (!this.#isWalked) walk(this.#layout, this.#frame)
    this.#isWalked = true
    return this.#layout
  }

  /** Seconds since 1970 that all times count from: the first frame's. */
  get baseSeconds(): number {
    return this.frames === 0 ? 0 : this.#base
  }

  /** Takes the frame with this number (from 1). The segment, or null when it belongs to no conversation. Never throws, whatever the bytes. */
  take(frame: Frame, packet: number): Segment | null {
    if (this.frames++ === 0) this.#base = frame.seconds
    this.#frame = frame
    const p = this.#place, rules = this.#rules!, w = rules.segment.words, time = (frame.seconds - this.#base) * 1e9 + frame.nanos
    if (time > this.end) this.end = time
    // Nearly all frames are of one form, which needs no walk.
    this.#isWalked = !p.isUsual(frame)
    if (!this.#isWalked && this.#parts > 1 && shareOf(p.b, p.source, p.destination, 4, p.transport, this.#parts) !== this.#mine) return null
    w[S.PACKET] = packet
    rules.segment.doubles[S.TIME] = time
    rules.segment.doubles[S.NANOS] = frame.nanos
    w[S.WIRE_LENGTH] = frame.wireLength
    w[S.FINDINGS] = 0
    if (this.#isWalked) {
      const l = this.#layout
      walk(l, frame)
      if (l.isFragment && !this.#fragments.take(l, frame)) return this.#other()
      if (!l.hasTransport) return this.#other()
      w[S.PROTOCOL] = l.protocol
      if (l.protocol !== Protocol.TCP) return this.#takeOther(l, rules)
      if (l.payloadLength < 0) return this.#other()
      p.set(l)
      if (this.#parts > 1 && shareOf(p.b, p.source, p.destination, l.addressLength, p.transport, this.#parts) !== this.#mine) return null
    }
    w[S.PROTOCOL] = Protocol.TCP
    return this.#takeTcp(p, rules)
  }

  #other(): null {
    this.others++
    return null
  }

  #takeTcp(p: Place, rules: Rules): Segment | null {
    const { b, transport: at } = p, w = rules.segment.words
    const sourcePort = tcp.sourcePort(b, at), destinationPort = tcp.destinationPort(b, at)
    const table = p.ipVersion === 4 ? this.#tcp4 : this.#tcp6, key = table.key
    const reversed = setKey(key, b, p.source, p.destination, p.ipVersion === 4, sourcePort, destinationPort)
    const flags = tcp.flags(b, at), sequence = tcp.signedSeq(b, at)
    w[S.FLAGS] = flags
    w[S.LENGTH] = p.length
    w[S.SEQUENCE] = sequence
    w[S.ACKNOWLEDGMENT] = tcp.signedAck(b, at)
    w[S.RAW_WINDOW] = tcp.window(b, at)
    w[S.CHECKSUM] = tcp.checksum(b, at)
    w[S.IP_ID] = p.ipVersion === 4 ? ip4.id(b, p.network) : 0
    readOptions(w, b, at, p.payload, p.end)
    const entry = p.ipVersion === 4 ? table.findThree(key[0]!, key[1]!, key[2]!) : table.find()
    let connection = entry < 0 ? -1 : table.valueOf(entry), former = -1, formerRow = -1
    if (connection >= 0 && (flags & SYN_ACK) === tcp.Flag.SYN && rules.isReuse(this.#rows[connection]!, Number(reversed), sequence)) {
      former = connection
      formerRow = this.#rows[former]!
      connection = -1
    }
    w[S.IS_FIRST] = connection < 0 ? 1 : 0
    if (connection < 0) {
      connection = this.#open(table, entry, Protocol.TCP, p.ipVersion)
      if (connection < 0) return null
      // A SYN-ACK comes from the responder.
      const isAnswer = (flags & SYN_ACK) === SYN_ACK
      rules.words[this.#rows[connection]! + R.REVERSED] = isAnswer === reversed ? 0 : 1
    }
    const row = this.#rows[connection]!
    w[S.CONNECTION] = connection
    w[S.DIRECTION] = (rules.words[row + R.REVERSED] === 1) === reversed ? 0 : 1
    const isWhole = rules.take(row, former, formerRow, this.#dedup) !== 0
    if (!isWhole || w[S.FINDINGS]! & Finding.CAPTURED_TWICE) this.capturedTwice++
    return isWhole ? rules.segment : null
  }

  /** A new row for the key in `table`; -1 when there are too many. */
  #open(table: KeyTable, entry: number, protocol: number, ipVersion: 4 | 6): number {
    const rules = this.#rules!, row = this.count < MOST_CONNECTIONS ? rules.addRow() : 0
    if (row === 0) {
      this.passedOver++
      return -1
    }
    const connection = this.count++
    if (connection === this.#rows.length) {
      const rows = new Int32Array(connection * 2)
      rows.set(this.#rows)
      this.#rows = rows
    }
    this.#rows[connection] = row
    if (entry < 0) entry = table.add(connection)
    else table.setValue(entry, connection)
    rules.words[row + R.PROTOCOL] = protocol
    rules.words[row + R.ENTRY] = (entry << 1) | (ipVersion === 6 ? 1 : 0)
    return connection
  }

  #takeOther(l: Layout, rules: Rules): Segment | null {
    const { b, transport: at } = l, w = rules.segment.words
    let sourcePort = 0, destinationPort = 0
    const isPing = l.protocol !== Protocol.UDP && isEcho(l.protocol, b[at]!)
    if (l.protocol === Protocol.UDP) {
      sourcePort = l.sourcePort
      destinationPort = l.destinationPort
    } else if (isPing) sourcePort = destinationPort = u16(b, at + 4)
    const table = l.ipVersion === 4 ? this.#any4 : this.#any6
    const key = table.key, reversed = setKey(key, b, l.source, l.finalDestination, l.ipVersion === 4, sourcePort, destinationPort)
    key[key.length - 1] = l.protocol
    const packet = w[S.PACKET]!
    if (this.#parts > 1 && shareOf(b, l.source, l.finalDestination, l.addressLength, l.protocol === Protocol.UDP ? at : -1, this.#parts) !== this.#mine) {
      // what an error quotes may be ours all the same
      if (l.protocol !== Protocol.UDP && !isPing) this.#noteError(l, packet)
      return null
    }
    w[S.LENGTH] = Math.max(0, l.payloadLength)
    w[S.FLAGS] = 0
    w[S.TTL] = b[l.network + (l.ipVersion === 4 ? 8 : 7)]!
    const entry = table.find()
    let connection = entry < 0 ? -1 : table.valueOf(entry)
    w[S.IS_FIRST] = connection < 0 ? 1 : 0
    if (connection < 0) {
      connection = this.#open(table, entry, l.protocol, l.ipVersion === 6 ? 6 : 4)
      if (connection < 0) return null
      rules.words[this.#rows[connection]! + R.REVERSED] = reversed ? 1 : 0
    }
    const row = this.#rows[connection]!
    w[S.CONNECTION] = connection
    w[S.DIRECTION] = (rules.words[row + R.REVERSED] === 1) === reversed ? 0 : 1
    rules.count(row)
    if (isPing) rules.words[row + R.SEEN]! |= R.Seen.ECHO
    else if (l.protocol !== Protocol.UDP) this.#noteError(l, packet)
    return rules.segment
  }

  /** An ICMP error: the conversation of the packet that it quotes is told. */
  #noteError(l: Layout, packet: number): void {
    const { b, transport: at } = l, type = b[at]!, code = b[at + 1]!
    const isShort = l.protocol === Protocol.ICMP
    // what says that nothing can be reached; not what says how else to reach it
    if (isShort ? !((type === icmp4.Type.UNREACHABLE && code !== icmp4.Unreachable.FRAGMENTATION_NEEDED) || type === icmp4.Type.TIME_EXCEEDED) : type !== icmp6.Type.UNREACHABLE && type !== icmp6.Type.TIME_EXCEEDED) return
    const inner = at + ICMP_HEADER
    const ports = inner + (isShort ? Math.max(ip4.MIN_HEADER, ip4.headerLength(b, inner)) : ip6.HEADER)
    if (ports + 4 > l.dataEnd) return
    const protocol = isShort ? ip4.protocol(b, inner) : ip6.nextHeader(b, inner)
    const isTcp = protocol === Protocol.TCP
    if (!isTcp && protocol !== Protocol.UDP) return
    const table = isTcp ? (isShort ? this.#tcp4 : this.#tcp6) : isShort ? this.#any4 : this.#any6
    setKey(table.key, b, inner + (isShort ? ip4.SOURCE_AT : ip6.SOURCE_AT), inner + (isShort ? ip4.DESTINATION_AT : ip6.DESTINATION_AT), isShort, u16(b, ports), u16(b, ports + 2))
    if (!isTcp) table.key[table.key.length - 1] = protocol
    const entry = table.find()
    if (entry < 0) return
    const u = this.#rules!.words, row = this.#rows[table.valueOf(entry)]!
    if (u[row + R.ICMP_PACKET] !== 0) return
    u[row + R.ICMP_PACKET] = packet
    u[row + R.ICMP_CODE] = (isShort ? 0 : 1 << 16) | (type << 8) | code
  }

  /** Protocol number of a connection. */
  protocolOf(connection: number): number {
    return this.#memory.words[this.#rows[connection]! + R.PROTOCOL]!
  }

  /** The address of a side (0 originator, 1 responder): 4 or 16 bytes. */
  addressOf(connection: number, side: 0 | 1): Uint8Array {
    const { table, entry, words, isSecond } = this.#endpoint(connection, side), address = new Uint8Array(words * 4)
    for (let i = 0; i < words; i++) {
      const word = table.word(entry, isSecond ? words + i : i)
      address[i * 4] = word >>> 24
      address[i * 4 + 1] = word >>> 16
      address[i * 4 + 2] = word >>> 8
      address[i * 4 + 3] = word
    }
    return address
  }

  /** Port of a side; the identifier of an ICMP echo; 0 without any. */
  portOf(connection: number, side: 0 | 1): number {
    const { table, entry, words, isSecond } = this.#endpoint(connection, side)
    const ports = table.word(entry, words * 2)
    return isSecond ? ports & 0xffff : ports >>> 16
  }

  #endpoint(connection: number, side: 0 | 1): { readonly table: KeyTable; readonly entry: number; readonly words: 1 | 4; readonly isSecond: boolean } {
    const u = this.#memory.words, row = this.#rows[connection]!
    const where = u[row + R.ENTRY]!, isLong = (where & 1) === 1, isTcp = u[row + R.PROTOCOL] === Protocol.TCP
    return {
      table: isTcp ? (isLong ? this.#tcp6 : this.#tcp4) : isLong ? this.#any6 : this.#any4,
      entry: where >>> 1,
      words: isLong ? 4 : 1,
      isSecond: (u[row + R.REVERSED] === 1) !== (side === 1),
    }
  }
}

/** Echo requests and replies of ICMP and ICMPv6: their identifier tells one ping from another. */
function isEcho(protocol: number, type: number): boolean {
  if (protocol === Protocol.ICMP) return type === icmp4.Type.ECHO || type === icmp4.Type.ECHO_REPLY
  return type === icmp6.Type.ECHO || type === icmp6.Type.ECHO_REPLY
}

/** Which of `parts` shares a packet belongs to, the same for both directions: by its addresses, and the ports at `ports` (-1: it has none). */
function shareOf(b: Uint8Array, source: number, destination: number, addressLength: number, ports: number, parts: number): number {
  let hash = ports < 0 ? 0 : u16(b, ports) ^ u16(b, ports + 2)
  for (let i = 0; i < addressLength; i += 4) hash = Math.imul(hash ^ i32(b, source + i) ^ i32(b, destination + i), 0x9e3779b1)
  return ((hash ^ (hash >>> 15)) >>> 8) % parts
}

/**
 * Writes the addresses and ports of a packet into `key`, the endpoint with the lower port (equal ports: the lower address) first, whoever sent it.
 * @returns whether the packet came from the second
 */
function setKey(key: Int32Array, b: Uint8Array, source: number, destination: number, isShort: boolean, sourcePort: number, destinationPort: number): boolean {
  if (isShort) {
    const from = i32(b, source), to = i32(b, destination)
    if (sourcePort > destinationPort || (sourcePort === destinationPort && from > to)) {
      key[0] = to
      key[1] = from
      key[2] = (destinationPort << 16) | sourcePort
      return true
    }
    key[0] = from
    key[1] = to
    key[2] = (sourcePort << 16) | destinationPort
    return false
  }
  for (let i = 0; i < 4; i++) {
    key[i] = i32(b, source + i * 4)
    key[4 + i] = i32(b, destination + i * 4)
  }
  let reversed = sourcePort > destinationPort
  for (let i = 0; i < 4 && sourcePort === destinationPort; i++) {
    if (key[i] === key[4 + i]) continue
    reversed = key[i]! > key[4 + i]!
    break
  }
  key[8] = (sourcePort << 16) | destinationPort
  if (!reversed) return false
  for (let i = 0; i < 4; i++) {
    const word = key[i]!
    key[i] = key[4 + i]!
    key[4 + i] = word
  }
  key[8] = (destinationPort << 16) | sourcePort
  return true
}
