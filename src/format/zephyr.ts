/** Zephyr notices as tcpdump prints them — Athena Technical Plan E.4.1: fields of text, a zero byte behind each. */
import type { Printer } from './printer.js'
import { writeVisibleByte } from './tables.js'

const KINDS = ['unsafe', 'unacked', 'acked', 'hm-ack', 'hm-ctl', 'serv-ack', 'serv-nak', 'client-ack', 'stat']
const SERVER_ACK = 5
/** tcpdump makes some of its text in a buffer of this size. */
const BUFFER = 255
const EXPOSURES = ['NONE', 'OPSTAFF', 'REALM-VISIBLE', 'REALM-ANNOUNCED', 'NET-VISIBLE', 'NET-ANNOUNCED']
const REALM_OPERATIONS: Readonly<Record<string, string | undefined>> = {
  ADD_SUBSCRIBE: ' realm add-subs', REQ_SUBSCRIBE: ' realm req-subs', RLM_SUBSCRIBE: ' realm rlm-sub', RLM_UNSUBSCRIBE: ' realm rlm-unsub',
}
const CLIENT_OPERATIONS: Readonly<Record<string, string | undefined>> = { GIMME: ' ret', GIMMEDEFS: ' gimme-defs', CLEARSUB: ' clear-subs' }

/** The fields in turn. */
class Fields {
  readonly p: Printer
  at: number
  left: number
  /** A field had no end. */
  lost = false

  constructor(p: Printer, at: number, length: number) {
    this.p = p
    this.at = at
    this.left = length
  }

  /** The next field as Latin-1, or '' when there is none. */
  text(): string {
    let text = ''
    for (; this.left > 0; this.at++, this.left--) {
      const c = this.p.u8(this.at)
      if (c !== 0) {
        text += String.fromCharCode(c)
        continue
      }
      this.at++
      this.left--
      return text
    }
    this.lost = true
    return ''
  }

  skip(count: number): void {
    for (let i = 0; i < count; i++) this.text()
  }

  /** A hexadecimal number, as strtol(3) reads it. */
  number(): number {
    const match = /^[\t-\r ]*([-+]?)(?:0x(?=[0-9a-f]))?([0-9a-f]*)/i.exec(this.text())!
    const digits = BigInt(`0x${match[2]! || '0'}`)
    const most = match[1] === '-' ? 2n ** 63n : 2n ** 63n - 1n
    const limited = digits > most ? most : digits
    return Number(BigInt.asIntN(32, match[1] === '-' ? -limited : limited))
  }
}

export function printZephyr(p: Printer, at: number, length: number): void {
  const { out } = p
  p.protocol = 'zephyr'
  const fields = new Fields(p, at, length)
  const version = fields.text()
  if (fields.lost) return p.invalid()
  if (!version.startsWith('ZEPH')) return
  fields.number()
  const kind = fields.number()
  fields.skip(5) // identifier, port, authentication
  const notice = { class: fields.text(), instance: fields.text(), operation: fields.text(), sender: fields.text(), recipient: fields.text() }
  fields.skip(4) // format, checksum, parts
  if (fields.lost) return p.invalid()
  out.text(' zephyr')
  if (!version.startsWith('0.2', 4)) return writeText(p, ' v', version.slice(4))
  out.byte(32).text(KINDS[kind] ?? `type ${kind}`)
  if (kind === SERVER_ACK) {
    const answer = fields.text()
    if (!fields.lost && answer !== 'SENT') writeText(p, '/', lower(answer))
  }
  if (notice.sender !== '') writeText(p, ' ', notice.sender)
  if (!printOperation(p, notice, kind, fields)) printMessage(p, notice)
}

interface Notice {
  readonly class: string
  readonly instance: string
  readonly operation: string
  readonly recipient: string
}

function writeText(p: Printer, title: string, text: string): void {
  p.out.text(title)
  for (const c of text) writeVisibleByte(p.out, c.charCodeAt(0))
}

const lower = (text: string): string => text.slice(0, BUFFER).replace(/[A-Z]/g, (c) => c.toLowerCase())
const triple = (first: string, second: string, third: string): string => `<${first},${second},${third === '' ? '*' : third}>`.slice(0, BUFFER)

function printMessage(p: Printer, notice: Notice): void {
  writeText(p, ' to ', triple(notice.class, notice.instance, notice.recipient))
  if (notice.operation !== '') writeText(p, ' op ', notice.operation)
}

/** What the classes that Zephyr itself uses say; false for all others. */
function printOperation(p: Printer, notice: Notice, kind: number, fields: Fields): boolean {
  const { out } = p
  const { instance, operation } = notice
  switch (notice.class) {
    case 'USER_LOCATE':
      if (operation === 'USER_HIDE') out.text(' hide')
      else if (operation === 'USER_UNHIDE') out.text(' unhide')
      else writeText(p, ' locate ', instance)
      return true
    case 'ZEPHYR_ADMIN':
      writeText(p, ' zephyr-admin ', lower(operation))
      return true
    case 'ZEPHYR_CTL':
      return printControl(p, notice, kind, fields)
    case 'HM_CTL':
      writeText(p, ' hm_ctl ', lower(instance))
      writeText(p, ' ', lower(operation))
      return true
    case 'HM_STAT':
      if (instance !== 'HMST_CLIENT' || operation !== 'GIMMESTATS') return false
      out.text(' get-client-stats')
      return true
    case 'WG_CTL':
      writeText(p, ' wg_ctl ', lower(instance))
      writeText(p, ' ', lower(operation))
      return true
    case 'LOGIN':
      if (operation === 'USER_FLUSH') out.text(' flush_locs')
      else if (EXPOSURES.includes(operation)) writeText(p, ' set-exposure ', lower(operation))
      else return false
      return true
    default:
      return false
  }
}

function printControl(p: Printer, { instance, operation }: Notice, kind: number, fields: Fields): boolean {
  const { out } = p
  if (instance === 'HM') writeText(p, ' ', lower(operation))
  else if (instance === 'REALM') out.text(REALM_OPERATIONS[operation] ?? '')
  else if (instance !== 'CLIENT') return false
  else if (operation === 'SUBSCRIBE' || operation === 'SUBSCRIBE_NODEFS' || operation === 'UNSUBSCRIBE') {
    out.text(operation === 'SUBSCRIBE' ? ' sub' : ' unsub').text(operation === 'SUBSCRIBE_NODEFS' ? '-nodefs' : '')
    if (kind === SERVER_ACK) return true
    const subscription = triple(fields.text(), fields.text(), fields.text())
    if (!fields.lost) writeText(p, ' ', subscription)
  } else if (CLIENT_OPERATIONS[operation] !== undefined) out.text(CLIENT_OPERATIONS[operation])
  else writeText(p, ' ', lower(operation))
  return true
}
