/** SNMP as tcpdump prints it — RFC 1157 (v1), RFC 3416 and RFC 1901 (v2c), RFC 3412 and RFC 3414 (v3). */
import { integerOf, Kind, pduName, readValue, UNREADABLE, unsignedOf, type Value } from './ber.js'
import type { Printer } from './printer.js'
import { descend, readMib, type MibNode } from './snmp-mib.js'

const Version = { V1: 0, V2C: 1, V3: 3 } as const
const VERSIONS: readonly (string | undefined)[] = ['SNMPv1', 'SNMPv2c', undefined, 'SNMPv3']
const Pdu = { GET: 0, GET_NEXT: 1, RESPONSE: 2, SET: 3, TRAP: 4, GET_BULK: 5, INFORM: 6, TRAP_2: 7, REPORT: 8 } as const
const ERRORS = [
  'noError', 'tooBig', 'noSuchName', 'badValue', 'readOnly', 'genErr', 'noAccess', 'wrongType', 'wrongLength', 'wrongEncoding', 'wrongValue', 'noCreation',
  'inconsistentValue', 'resourceUnavailable', 'commitFailed', 'undoFailed', 'authorizationError', 'notWritable', 'inconsistentName',
]
const TRAPS = ['coldStart', 'warmStart', 'linkDown', 'linkUp', 'authenticationFailure', 'egpNeighborLoss', 'enterpriseSpecific']
const ENTERPRISE_TRAP = 6
const EXCEPTIONS = ['noSuchObject', 'noSuchInstance', 'endOfMibView']
const DEFAULT_COMMUNITY = 'public'
/** Security model and bits of msgFlags — RFC 3412 §6.4, §6.5. */
const USER_BASED = 3
const SecurityFlag = { AUTHENTICATED: 1, PRIVATE: 2, REPORTABLE: 4 } as const

/** A cursor over the values of one sequence. */
class Values {
  readonly p: Printer
  at: number
  left: number

  constructor(p: Printer, at: number, left: number) {
    this.p = p
    this.at = at
    this.left = left
  }

  next(): Value {
    const value = readValue(this.p, this.at, this.left)
    this.at += value.size
    this.left -= value.size
    return value
  }

  /** The next value, which must be of one kind: else `[what!=…]` and what it is. */
  want(kind: Kind, wrong: string): Value {
    const value = this.next()
    if (value.kind === kind) return value
    this.p.out.text(wrong)
    writeValue(this.p, value)
    throw UNREADABLE
  }

  integer(name: string): number {
    return integerOf(this.p, this.want(Kind.INTEGER, `[${name}!=INT]`))
  }

  string(name: string): Value {
    return this.want(Kind.STRING, `[${name}!=STR]`)
  }

  /** What stands in the sequence that is next. */
  enter(wrong: string): Values {
    const { at, length } = this.want(Kind.SEQUENCE, wrong)
    return new Values(this.p, at, length)
  }
}

/** Runs a part of the message; where it cannot be read, what encloses it goes on. */
function part(print: () => void): void {
  try {
    print()
  } catch (thrown) {
    if (thrown !== UNREADABLE) throw thrown
  }
}

const written = (p: Printer, s: string): void => {
  if (p.options.verbose > 0) p.out.text(s)
}

export function printSnmp(p: Printer, at: number, length: number): void {
  p.protocol = 'snmp'
  p.out.byte(32)
  part(() => { printMessage(p, new Values(p, at, length)) })
}

function printMessage(p: Printer, outer: Values): void {
  const { out } = p
  const message = outer.enter('[!init SEQ]')
  if (outer.left > 0) out.text('[').int(outer.left).text(' extra after iSEQ]')
  const version = message.integer('version')
  const name = version < 0 ? undefined : VERSIONS[version]
  if (name === undefined) {
    out.text('SNMP [version = ').int(version).byte(93)
    return
  }
  written(p, `{ ${name} `)
  if (version === Version.V3) part(() => { printVersion3(p, message) })
  else part(() => { printCommunity(p, message, version) })
  written(p, '} ')
}

function printCommunity(p: Printer, values: Values, version: number): void {
  const community = values.want(Kind.STRING, '[comm!=STR]')
  if (!isText(p, community, DEFAULT_COMMUNITY)) {
    p.out.text('C=')
    writeString(p, community)
    p.out.byte(32)
  }
  printPdu(p, values, version)
}

function printVersion3(p: Printer, values: Values): void {
  const { out } = p
  const end = values.at + values.left
  const header = values.enter('[!message]')
  written(p, '{ ')
  header.integer('msgID')
  header.integer('msgMaxSize')
  const flagBytes = header.string('msgFlags')
  if (flagBytes.length !== 1) {
    out.text('[msgFlags size ').int(flagBytes.length | 0).byte(93)
    return
  }
  const flags = p.u8(flagBytes.at)
  // Privacy without authentication is not a level of security.
  if (flags > 7 || (flags & 3) === SecurityFlag.PRIVATE) {
    out.text('[msgFlags=0x').text(flags.toString(16).toUpperCase().padStart(2, '0')).byte(93)
    return
  }
  out.text('F=').text(flags & SecurityFlag.AUTHENTICATED ? 'a' : '').text(flags & SecurityFlag.PRIVATE ? 'p' : '')
  out.text(flags & SecurityFlag.REPORTABLE ? 'r ' : ' ')
  const model = countedInteger(header, 'msgSecurityModel', 'message')
  written(p, '} ')
  if (model !== USER_BASED) {
    out.text('[security model ').int(model).byte(93)
    return
  }
  written(p, '{ USM ')
  // tcpdump goes on behind the last value of the header, even when its sequence is longer
  const rest = new Values(p, header.at, end - header.at)
  const parameters = rest.string('msgSecurityParameters')
  part(() => { printUserBased(p, parameters) })
  written(p, '} ')
  written(p, '{ ScopedPDU ')
  part(() => { printScoped(p, rest) })
  written(p, '} ')
}

/** The last value of a header: tcpdump complains only when more is left behind it than it is long itself. */
function countedInteger(values: Values, name: string, header: string): number {
  const value = values.want(Kind.INTEGER, `[${name}!=INT]`)
  complainOfRest(values, value, header)
  return integerOf(values.p, value)
}

function complainOfRest(values: Values, last: Value, header: string): void {
  if (last.size < values.left) values.p.out.text('[').int(values.left - last.size).text(` extra after ${header} SEQ]`)
}

function printUserBased(p: Printer, { at, length }: Value): void {
  const { out } = p
  const values = new Values(p, at, length).enter('[!usm]')
  values.string('msgAuthoritativeEngineID')
  const boots = values.integer('msgAuthoritativeEngineBoots')
  written(p, `B=${boots} `)
  const time = values.integer('msgAuthoritativeEngineTime')
  written(p, `T=${time} `)
  const user = values.string('msgUserName')
  out.text('U=')
  writeString(p, user)
  out.byte(32)
  values.string('msgAuthenticationParameters')
  complainOfRest(values, values.string('msgPrivacyParameters'), 'usm')
}

function printScoped(p: Printer, outer: Values): void {
  const { out } = p
  const values = outer.enter('[!scoped PDU]')
  const engine = values.string('contextEngineID')
  out.text('E=')
  writeOctets(p, engine)
  out.byte(32)
  const name = values.string('contextName')
  out.text('C=')
  writeString(p, name)
  out.byte(32)
  printPdu(p, values, Version.V3)
}

function printPdu(p: Printer, values: Values, version: number): void {
  const { out } = p
  const pdu = values.next()
  if (pdu.kind !== Kind.PDU) {
    out.text('[no PDU]')
    return
  }
  if (values.left > 0) out.text('[').int(values.left).text(' extra after PDU]')
  written(p, '{ ')
  writeValue(p, pdu)
  out.byte(32)
  if (version === Version.V1 && pdu.tag > Pdu.TRAP) {
    out.text('[v2 PDU in v1 message]')
    return
  }
  if (version === Version.V2C && pdu.tag === Pdu.TRAP) {
    out.text('[v1 PDU in v2 message]')
    return
  }
  const inside = new Values(p, pdu.at, pdu.length)
  part(() => {
    if (pdu.tag === Pdu.TRAP) printTrap(p, inside)
    else printRequest(p, inside, pdu.tag)
  })
  written(p, ' } ')
}

/** Requests and answers: they have the same fields. */
function printRequest(p: Printer, values: Values, tag: number): void {
  const { out } = p
  const request = values.integer('reqId')
  written(p, `R=${request} `)
  const isBulk = tag === Pdu.GET_BULK
  const mustBeZero = !isBulk && tag !== Pdu.RESPONSE
  const status = values.integer('errorStatus')
  const error = ERRORS[status] ?? `err=${status >>> 0}`
  if (isBulk) out.text(' N=').int(status)
  else if (status !== 0) out.text(mustBeZero ? `[errorStatus(${error})!=0]` : ` ${error}`)
  const index = values.integer('errorIndex')
  if (isBulk) out.text(' M=').int(index)
  else if (mustBeZero) {
    if (index !== 0) out.text(`[errorIndex(${index})!=0]`)
  } else if (index !== 0) out.text(status === 0 ? `[errorIndex(${index}) w/o errorStatus]` : `@${index}`)
  else if (status !== 0) out.text('[errorIndex==0]')
  printBindings(p, values, tag)
}

/** Trap of version 1 — RFC 1157 §4.1.6. */
function printTrap(p: Printer, values: Values): void {
  const { out } = p
  out.byte(32)
  writeValue(p, values.want(Kind.OBJECT, '[enterprise!=OID]'))
  out.byte(32)
  writeValue(p, values.want(Kind.ADDRESS, '[agent-addr!=INETADDR]'))
  const generic = values.integer('generic-trap')
  out.byte(32).text(TRAPS[generic] ?? `gt=${generic}`)
  const specific = values.integer('specific-trap')
  if (generic === ENTERPRISE_TRAP) out.text(' s=').int(specific)
  else if (specific !== 0) out.text(`[specific-trap(${specific})!=0]`)
  out.byte(32)
  writeValue(p, values.want(Kind.UNSIGNED, '[time-stamp!=TIMETICKS]'))
  printBindings(p, values, Pdu.TRAP)
}

function printBindings(p: Printer, outer: Values, tag: number): void {
  const { out } = p
  const isQuestion = tag === Pdu.GET || tag === Pdu.GET_NEXT || tag === Pdu.GET_BULK
  const bindings = outer.enter('[!SEQ of varbind]')
  if (outer.left > 0) out.text('[').int(outer.left).text(' extra after SEQ of varbind]')
  while (bindings.left > 0) {
    out.byte(32)
    const binding = bindings.enter('[!varbind]')
    writeValue(p, binding.want(Kind.OBJECT, '[objName!=OID]'))
    if (!isQuestion) out.byte(61)
    const value = binding.next()
    if (value.kind === Kind.NULL) continue
    if (isQuestion) out.text('[objVal!=NULL]')
    writeValue(p, value)
  }
}

function writeValue(p: Printer, value: Value): void {
  const { out } = p
  switch (value.kind) {
    case Kind.OTHER:
      return writeOctets(p, value)
    case Kind.NULL:
      return
    case Kind.OBJECT:
      return writeObject(p, value)
    case Kind.INTEGER:
      out.int(integerOf(p, value))
      return
    case Kind.UNSIGNED:
      out.dec(Number(BigInt.asUintN(32, unsignedOf(p, value))))
      return
    case Kind.UNSIGNED64:
      out.big(unsignedOf(p, value))
      return
    case Kind.STRING:
      return writeString(p, value)
    case Kind.SEQUENCE:
      out.text('Seq(').dec(value.length).byte(41)
      return
    case Kind.ADDRESS:
      if (value.length !== 4) out.text('[inetaddr len!=4]')
      for (let i = 0; i < value.length; i++) out.text(i === 0 ? '' : '.').dec(p.b[value.at + i]!)
      return
    case Kind.EXCEPTION:
      out.text(`[${EXCEPTIONS[value.tag]!}]`)
      return
    case Kind.PDU:
      out.text(pduName(value.tag)).byte(40).dec(value.length).byte(41)
      return
    default:
      out.text('[BE_ANY!?]')
  }
}

function writeOctets(p: Printer, { at, length }: Value): void {
  for (let i = 0; i < length; i++) p.out.byte(95).hex2(p.b[at + i]!)
}

/** Text in quotes, other bytes in hexadecimal. */
function writeString(p: Printer, { at, length }: Value): void {
  const { out, b } = p
  const bytes = b.subarray(at, at + length)
  if (bytes.every((c) => c >= 0x20 && c < 0x7f)) {
    out.byte(34).raw(bytes).byte(34)
    return
  }
  for (const [i, c] of bytes.entries()) {
    if (i > 0) out.byte(95)
    out.hex2(c)
  }
}

const isText = (p: Printer, { at, length }: Value, text: string): boolean =>
  length === text.length && Array.from(text).every((c, i) => p.b[at + i] === c.charCodeAt(0))

/** Prefixes that have a short form (as encoded: the first two numbers are one byte), and that form. */
const SHORT: ReadonlyArray<readonly [path: readonly number[], short: string]> = [
  [[43, 6, 1, 2, 1], ''], [[43, 6, 1, 4, 1], 'E:'], [[43, 6, 1, 3], 'X:'], [[43, 6, 1, 6, 3], 'S:'],
]

function writeObject(p: Printer, { at, length }: Value): void {
  const { out, b } = p
  const end = at + length
  let node: MibNode | undefined
  let isFirst = true
  let dot = true
  if (p.names !== undefined) {
    node = mibOf(p)
    const short = length > 2 ? SHORT.find(([path]) => path.length <= length && path.every((n, i) => b[at + i] === n)) : undefined
    if (short !== undefined) {
      out.text(short[1])
      node = descend(node, [1, 3, ...short[0].slice(1)])
      at += short[0].length
      isFirst = false
      dot = false
    }
  }
  const writeNumber = (n: number): void => {
    node = node?.children.get(n)
    if (dot) out.byte(46)
    if (node === undefined) out.dec(n >>> 0)
    else out.text(node.name)
  }
  for (let n = 0; at < end; at++) {
    n = (n << 7) + (b[at]! & 0x7f)
    if (b[at]! & 0x80) continue
    if (isFirst) {
      // X.690 §8.19.4: the first two numbers are one
      const first = Math.min(Math.trunc(n / 40), 2)
      writeNumber(first)
      n -= first * 40
      isFirst = false
    }
    writeNumber(n)
    dot = true
    n = 0
  }
}

function mibOf(p: Printer): MibNode {
  let mib = p.memory.get('mib') as MibNode | undefined
  if (mib === undefined) {
    mib = readMib()
    p.memory.set('mib', mib)
  }
  return mib
}
