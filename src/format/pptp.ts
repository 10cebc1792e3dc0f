/** PPTP's control connection as tcpdump prints it — RFC 2637. */
import { printTextToZero } from './packet-text.js'
import type { Printer } from './printer.js'
import { tableOf, word } from './tables.js'

const MAGIC = 0x1a2b3c4d
const HEADER = 12
const KINDS = tableOf({ 1: 'CTRL-MSG', 2: 'MGMT-MSG' })
const MESSAGES = [
  'NOT_DEFINED', 'SCCRQ', 'SCCRP', 'StopCCRQ', 'StopCCRP', 'ECHORQ', 'ECHORP', 'OCRQ', 'OCRP', 'ICRQ', 'ICRP', 'ICCN', 'CCRQ', 'CDN', 'WEN', 'SLI',
]

/**
 * What each message holds, in order: u16 and u32 numbers, x32 hexadecimal, t64 and t128 text (t64 as long as a field before it says: t64<FIELD),
 * r8 and r16 reserved, and fields of a form of their own.
 */
const LAYOUTS: readonly string[] = [
  '',
  'version r16 framings bearers u16:MAX_CHAN u16:FIRM_REV t64:HOSTNAME t64:VENDOR',
  'version result error framings bearers u16:MAX_CHAN u16:FIRM_REV t64:HOSTNAME t64:VENDOR',
  'reason r8 r16',
  'result error r16',
  'u32:ID',
  'u32:ID result error r16',
  'u16:CALL_ID u16:CALL_SER_NUM u32:MIN_BPS u32:MAX_BPS bearer framing u16:RECV_WIN u16:PROC_DELAY u16:PHONE_NO_LEN r16 t64:PHONE_NO<PHONE_NO_LEN t64:SUB_ADDR',
  'u16:CALL_ID u16:PEER_CALL_ID result error u16:CAUSE_CODE u32:CONN_SPEED u16:RECV_WIN u16:PROC_DELAY u32:PHY_CHAN_ID',
  'u16:CALL_ID u16:CALL_SER_NUM bearer u32:PHY_CHAN_ID u16:DIALED_NO_LEN u16:DIALING_NO_LEN t64:DIALED_NO<DIALED_NO_LEN t64:DIALING_NO<DIALING_NO_LEN t64:SUB_ADDR',
  'u16:CALL_ID u16:PEER_CALL_ID result error u16:RECV_WIN u16:PROC_DELAY r16',
  'u16:PEER_CALL_ID r16 u32:CONN_SPEED u16:RECV_WIN u16:PROC_DELAY framing',
  'u16:CALL_ID r16',
  'u16:CALL_ID result error u16:CAUSE_CODE r16 t128:CALL_STATS',
  'u16:PEER_CALL_ID r16 u32:CRC_ERR u32:FRAMING_ERR u32:HARDWARE_OVERRUN u32:BUFFER_OVERRUN u32:TIMEOUT_ERR u32:ALIGN_ERR',
  'u16:PEER_CALL_ID r16 x32:SEND_ACCM x32:RECV_ACCM',
]

const ERRORS = ['None', 'Not-Connected', 'Bad-Format', 'Bad-Value', 'No-Resource', 'Bad-Call-ID', 'PAC-Error']
const REASONS = [undefined, 'None', 'Stop-Protocol', 'Stop-Local-Shutdown']
const ECHO_RESULTS = [undefined, 'OK', 'General Error']
/** By message. */
const RESULTS: Readonly<Record<string, readonly (string | undefined)[]>> = {
  SCCRP: [
    undefined, 'Successful channel establishment', 'General error', 'Command channel already exists',
    'Requester is not authorized to establish a command channel', 'The protocol version of the requester is not supported',
  ],
  StopCCRP: ECHO_RESULTS,
  ECHORP: ECHO_RESULTS,
  OCRP: [undefined, 'Connected', 'General Error', 'No Carrier', 'Busy', 'No Dial Tone', 'Time-out', 'Do Not Accept'],
  ICRP: [undefined, 'Connect', 'General Error', 'Do Not Accept'],
  CDN: [undefined, 'Lost Carrier', 'General Error', 'Admin Shutdown', 'Request'],
}
const BEARERS = [undefined, 'A', 'D', 'Any']
const FRAMINGS = [undefined, 'A', 'S', 'E']

export function printPptp(p: Printer, at: number): void {
  const { out, options } = p
  p.protocol = 'pptp'
  out.text(': pptp')
  if (options.verbose > 0) {
    const length = p.u16(at)
    out.text(' Length=').dec(length)
    const kind = p.u16(at + 2)
    out.byte(32).text(word(KINDS, kind, 'UNKNOWN-MSG-TYPE'))
  }
  const magic = p.u32(at + 4)
  if (magic !== MAGIC) out.text(' UNEXPECTED Magic-Cookie!!(').hex(magic, 8).byte(41)
  if (options.verbose > 0 || magic !== MAGIC) out.text(' Magic-Cookie=').hex(magic, 8)
  const type = p.u16(at + 8)
  const message = MESSAGES[type]
  if (message === undefined) out.text(' UNKNOWN_CTRL_MSGTYPE(').dec(type).byte(41)
  else out.text(' CTRL_MSGTYPE=').text(message)
  writeReserved(p, p.u16(at + 10))
  if (message !== undefined) printFields(p, at + HEADER, message, LAYOUTS[type]!)
}

function printFields(p: Printer, at: number, message: string, layout: string): void {
  const numbers = new Map<string, number>()
  for (const field of layout.split(' ')) at += printField(p, at, message, field, numbers)
}

/** Prints one field and returns its size. */
function printField(p: Printer, at: number, message: string, field: string, numbers: Map<string, number>): number {
  const { out } = p
  const [form, label = ''] = field.split(':')
  switch (form) {
    case 'u16': {
      const n = p.u16(at)
      numbers.set(label, n)
      out.text(` ${label}(${n})`)
      return 2
    }
    case 'u32':
      out.text(` ${label}(${p.u32(at)})`)
      return 4
    case 'x32':
      out.text(` ${label}(0x${p.u32(at).toString(16).padStart(8, '0')})`)
      return 4
    case 't64':
    case 't128': {
      const size = Number(form.slice(1))
      const [name, counted] = label.split('<')
      out.text(` ${name!}(`)
      printTextToZero(p, at, Math.min(size, counted === undefined ? size : (numbers.get(counted) ?? 0)))
      out.byte(41)
      return size
    }
    case 'r8':
      writeReserved(p, p.u8(at))
      return 1
    case 'r16':
      writeReserved(p, p.u16(at))
      return 2
    case 'version': {
      const version = p.u16(at)
      out.text(` PROTO_VER(${version >> 8}.${version & 0xff})`)
      return 2
    }
    case 'reason':
      return writeCode(p, 'REASON', p.u8(at), REASONS)
    case 'result':
      return writeCode(p, 'RESULT_CODE', p.u8(at), RESULTS[message]!)
    case 'error':
      return writeCode(p, 'ERR_CODE', p.u8(at), ERRORS)
    case 'framings': {
      out.text(' FRAME_CAP(')
      const n = p.u32(at)
      out.text(n & 1 ? 'A' : '').text(n & 2 ? 'S)' : ')')
      return 4
    }
    case 'bearers': {
      const n = p.u32(at)
      out.text(' BEARER_CAP(').text(n & 2 ? 'D' : '').text(n & 1 ? 'A)' : ')')
      return 4
    }
    case 'bearer':
      out.text(` BEARER_TYPE(${BEARERS[p.u32(at)] ?? '?'})`)
      return 4
    case 'framing':
      out.text(` FRAME_TYPE(${FRAMINGS[p.u32(at)] ?? '?'})`)
      return 4
    default:
      return 0
  }
}

/** ` ERR_CODE(2)`, with -v its meaning too. */
function writeCode(p: Printer, label: string, code: number, meanings: readonly (string | undefined)[]): 1 {
  p.out.text(` ${label}(${code}`)
  if (p.options.verbose > 0) p.out.byte(58).text(meanings[code] ?? '?')
  p.out.byte(41)
  return 1
}

function writeReserved(p: Printer, n: number): void {
  if (n !== 0) p.out.text(' [ERROR: reserved=').dec(n).text(' must be zero]')
}
