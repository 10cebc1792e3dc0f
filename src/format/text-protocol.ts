/** Protocols of text lines, as tcpdump prints them: HTTP, FTP, SMTP, RTSP, SIP, WHOIS. */
import { TRUNCATED, type Printer } from './printer.js'

interface TextProtocol {
  /** In ` [|NAME]`; in capitals, in front of the text. */
  readonly name: string
  readonly title: string
  /** First words of a request. Without them any text will do; with them what is neither a request nor an answer stays unprinted. */
  readonly commands: ReadonlySet<string> | undefined
}

const protocol = (name: string, commands?: string): TextProtocol => ({
  name,
  title: name.toUpperCase(),
  commands: commands === undefined ? undefined : new Set(commands.split(' ')),
})

const HTTP = protocol(
  'http',
  'BASELINE-CONTROL BCOPY BDELETE BMOVE BPROPFIND BPROPPATCH CCM_POST CHECKIN CHECKOUT CONNECT COPY DELETE GET HEAD LABEL LOCK MERGE MKACTIVITY ' +
    'MKCOL MKWORKSPACE MOVE NOTIFY OPTIONS POLL POST PROPFIND PROPPATCH PUT REPORT RPC_CONNECT SEARCH SUBSCRIBE TRACE UNCHECKOUT UNLOCK UNSUBSCRIBE ' +
    'UPDATE VERSION-CONTROL',
)
const RTSP = protocol('rtsp', 'ANNOUNCE DESCRIBE GET_PARAMETER OPTIONS PAUSE PLAY RECORD REDIRECT SETUP SET_PARAMETER TEARDOWN')
const SIP = protocol('sip', 'ACK BYE CANCEL DO INFO INVITE MESSAGE NOTIFY OPTIONS PRACK PUBLISH QAUTH REFER REGISTER SPRACK SUBSCRIBE UPDATE')
const FTP = protocol('ftp')
const SMTP = protocol('smtp')
const WHOIS = protocol('whois')

/** A word longer than this is none. */
const MAX_WORD = 128

const CR = 13
const LF = 10
const TAB = 9
/** What may end a word: not every blank of C. */
const isSpace = (c: number): boolean => c === 32 || c === TAB || c === LF || c === CR
const isPrintable = (c: number): boolean => c >= 32 && c < 127

/** Behind `length N` of a segment; the same for the ones below. */
export const printHttp = (p: Printer, at: number, length: number): void => printOverTcp(p, at, length, HTTP)
export const printFtp = (p: Printer, at: number, length: number): void => printOverTcp(p, at, length, FTP)
export const printSmtp = (p: Printer, at: number, length: number): void => printOverTcp(p, at, length, SMTP)
export const printRtsp = (p: Printer, at: number, length: number): void => printOverTcp(p, at, length, RTSP)
export const printWhois = (p: Printer, at: number, length: number): void => printOverTcp(p, at, length, WHOIS)
/** Over UDP. */
export const printSip = (p: Printer, at: number, length: number): void => printText(p, at, length, SIP)

function printOverTcp(p: Printer, at: number, length: number, kind: TextProtocol): void {
  p.out.text(': ')
  printText(p, at, length, kind)
}

function printText(p: Printer, at: number, length: number, kind: TextProtocol): void {
  const { out } = p
  p.protocol = kind.name
  out.text(kind.title)
  const end = at + length
  if (kind.commands !== undefined && !isMessage(p, at, end, kind.commands)) return
  if (p.options.verbose === 0) {
    printLine(p, at, end, ': ')
    return
  }
  out.text(', length: ').dec(length)
  for (let next = at; next > 0 && next < end; ) next = printLine(p, next, end, '\n\t')
}

/** The first word is a command, or the second a code of three digits. */
function isMessage(p: Printer, at: number, end: number, commands: ReadonlySet<string>): boolean {
  const { b } = p
  const space = wordEnd(p, at, end)
  if (space < 0) return false
  if (startsLikeOne(b, at, space) && commands.has(wordText(b, at, space))) return true
  let code = space
  while (code < end && code < p.end && b[code] === 32) code++
  const codeEnd = wordEnd(p, code, end)
  if (codeEnd !== code + 3) return false
  for (let i = code; i < codeEnd; i++) if (b[i]! < 48 || b[i]! > 57) return false
  return true
}

/** Longest command: most payloads are told apart without making a string. */
const MAX_COMMAND = 16

/** Two letters that some command begins with, in either case, and no longer than the longest. */
function startsLikeOne(b: Uint8Array, at: number, end: number): boolean {
  if (end - at < 2 || end - at > MAX_COMMAND) return false
  const first = (b[at]! | 0x20) - 97
  const second = (b[at + 1]! | 0x20) - 97
  return first >= 0 && first < 26 && second >= 0 && second < 26 && ((STARTS[first]! >>> second) & 1) === 1
}

/** By first letter: bits of the second letters that a command of any protocol has. */
const STARTS = new Int32Array(26)
for (const { commands } of [HTTP, RTSP, SIP]) {
  for (const command of commands ?? []) STARTS[command.charCodeAt(0) - 65]! |= 1 << (command.charCodeAt(1) - 65)
}

function wordText(b: Uint8Array, at: number, end: number): string {
  let text = ''
  for (let i = at; i < end; i++) text += String.fromCharCode(b[i]!)
  return text.toUpperCase()
}

/** Offset behind the word at `at`, which a blank or the payload's end ends; -1 for no word, and where the capture stops first. */
function wordEnd(p: Printer, at: number, end: number): number {
  const { b } = p
  const stop = Math.min(end, p.end, at + MAX_WORD)
  let to = at
  while (to < stop && b[to]! > 32 && b[to]! < 127) to++
  // Only the payload's end or a blank ends a word.
  if (to < end && (to >= p.end || !isSpace(b[to]!))) return -1
  return to > at ? to : -1
}

/** One line behind `prefix`, if it is text, and ` [|…]` when the payload ends in it; returns the offset behind it, or 0 to stop. */
function printLine(p: Printer, at: number, end: number, prefix: string): number {
  const { b, out } = p
  let to = at
  let next = 0
  for (; to < end; to++) {
    if (to >= p.end) throw TRUNCATED
    const c = b[to]!
    if (c === LF) {
      next = to + 1
      break
    }
    if (c === CR) {
      if (to + 1 >= end) return 0
      if (to + 1 >= p.end) throw TRUNCATED
      if (b[to + 1] !== LF) return 0
      next = to + 2
      break
    }
    if (!isPrintable(c) && c !== TAB) return 0
  }
  out.text(prefix).raw(b, at, to)
  if (next === 0) p.truncated()
  return next
}
