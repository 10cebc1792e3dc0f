/** Telnet commands — RFC 854, 855 and the options' own RFCs — as tcpdump prints them. Text is not shown. */
import { TRUNCATED, type Printer } from './printer.js'
import { tableOf } from './tables.js'

const SE = 240
const SB = 250
const WILL = 251
const DONT = 254
const IAC = 255

const COMMANDS = tableOf({
  236: 'EOF', 237: 'SUSP', 238: 'ABORT', 239: 'EOR', 240: 'SE', 241: 'NOP', 242: 'DMARK', 243: 'BRK', 244: 'IP', 245: 'AO', 246: 'AYT', 247: 'EC',
  248: 'EL', 249: 'GA', 250: 'SB', 251: 'WILL', 252: 'WONT', 253: 'DO', 254: 'DONT', 255: 'IAC',
})

const OPTIONS: readonly string[] = [
  'BINARY', 'ECHO', 'RCP', 'SUPPRESS GO AHEAD', 'NAME', 'STATUS', 'TIMING MARK', 'RCTE', 'NAOL', 'NAOP', 'NAOCRD', 'NAOHTS', 'NAOHTD', 'NAOFFD',
  'NAOVTS', 'NAOVTD', 'NAOLFD', 'EXTEND ASCII', 'LOGOUT', 'BYTE MACRO', 'DATA ENTRY TERMINAL', 'SUPDUP', 'SUPDUP OUTPUT', 'SEND LOCATION',
  'TERMINAL TYPE', 'END OF RECORD', 'TACACS UID', 'OUTPUT MARKING', 'TTYLOC', '3270 REGIME', 'X.3 PAD', 'NAWS', 'TSPEED', 'LFLOW', 'LINEMODE',
  'XDISPLOC', 'OLD-ENVIRON', 'AUTHENTICATION', 'ENCRYPT', 'NEW-ENVIRON',
]
const AUTHENTICATION = 37
const ENCRYPT = 38

const SUBOPTIONS: readonly string[] = ['IS', 'SEND', 'INFO']
const AUTHENTICATION_COMMANDS: readonly string[] = ['IS', 'SEND', 'REPLY', 'NAME']
const AUTHENTICATION_TYPES = tableOf({
  0: 'NULL', 1: 'KERBEROS_V4', 2: 'KERBEROS_V5', 3: 'SPX', 4: 'MINK', 5: 'SRP', 6: 'RSA', 7: 'SSL', 10: 'LOKI', 11: 'SSA', 12: 'KEA_SJ',
  13: 'KEA_SJ_INTEG', 14: 'DSS', 15: 'NTLM',
})
const ENCRYPT_TYPES = tableOf({
  0: 'NULL', 1: 'DES_CFB64', 2: 'DES_OFB64', 3: 'DES3_CFB64', 4: 'DES3_OFB64', 6: 'CAST5_40_CFB64', 7: 'CAST5_40_OFB64', 8: 'CAST128_CFB64',
  9: 'CAST128_OFB64',
})
const ENCRYPT_COMMANDS: readonly string[] = ['IS', 'SUPPORT', 'REPLY', 'START', 'END', 'REQUEST-START', 'REQUEST-END', 'END_KEYID', 'DEC_KEYID']

/** ` [telnet WILL ECHO, DO NAWS]`: the commands in front of the segment's first byte of text. */
export function printTelnet(p: Printer, at: number, length: number): void {
  const { out, options } = p
  p.protocol = 'telnet'
  const start = at
  const end = at + length
  const inDetail = options.verbose > 2 && options.dump[0] === 'X'
  let first = true
  while (at < end && p.u8(at) === IAC && p.b[at] === IAC) {
    const next = commandEnd(p, at, end)
    if (next < 0) break
    if (!inDetail) out.text(first ? ' [telnet ' : ', ')
    else {
      if (first) out.text('\nTelnet:')
      writeBytes(p, start, at, next)
    }
    first = false
    printCommand(p, at, next, end)
    at = next
  }
  if (!first) out.byte(inDetail ? 10 : 93)
}

/** With -X at -vvv each command has a line of its own, behind its bytes; words begin in one column. */
function writeBytes(p: Printer, start: number, at: number, next: number): void {
  const { out, b } = p
  const PER_LINE = 16
  const COLUMN = 8
  const size = next - at
  const captured = Math.min(size, p.end - at)
  for (let n = 0; n < captured; n += PER_LINE) {
    out.byte(10)
    out.dumpLine(b, at + n, Math.min(PER_LINE, captured - n), at + n - start, false)
  }
  if (captured < size) throw TRUNCATED
  out.text(size > COLUMN ? '\n\t\t\t\t' : `${' '.repeat((COLUMN - size) * 3)}\t`)
}

/** Offset behind the command at `at`; -1 where the payload ends inside it or it is not known. */
function commandEnd(p: Printer, at: number, end: number): number {
  if (at + 1 >= end) return -1
  const command = p.u8(at + 1)
  if (!COMMANDS.has(command)) return -1
  if (command < SB || command === IAC) return at + 2
  if (at + 2 >= end) return -1
  p.need(at + 2, 1)
  if (command !== SB) return at + 3
  let to = at + 3
  for (; to + 1 < end; to++) {
    p.need(to, 2)
    if (p.b[to] === IAC && p.b[to + 1] === SE) return to + 2
  }
  p.need(to, 1)
  return p.b[to] === IAC ? to + 2 : -1
}

function printCommand(p: Printer, at: number, next: number, end: number): void {
  const { b, out } = p
  const command = b[at + 1]!
  if (command === IAC) {
    out.text('IAC IAC')
    return
  }
  out.text(COMMANDS.get(command)!)
  if (command < SB) return
  const option = b[at + 2]!
  out.byte(32)
  writeName(p, OPTIONS[option], option)
  if (command >= WILL && command <= DONT) return
  printSuboption(p, option, at + 3, next - 2)
  out.text(' SE')
  if (next > end) throw TRUNCATED
}

/** The first byte of a suboption by name, of two options the second too, the rest in hexadecimal. */
function printSuboption(p: Printer, option: number, at: number, end: number): void {
  const { b, out } = p
  if (at < end) {
    const names = option === AUTHENTICATION ? AUTHENTICATION_COMMANDS : option === ENCRYPT ? ENCRYPT_COMMANDS : SUBOPTIONS
    out.byte(32)
    writeName(p, names[b[at]!], b[at]!)
    at++
  }
  if ((option === AUTHENTICATION || option === ENCRYPT) && at < end) {
    out.byte(32)
    writeName(p, (option === ENCRYPT ? ENCRYPT_TYPES : AUTHENTICATION_TYPES).get(b[at]!), b[at]!)
    at++
  }
  for (; at < end; at++) {
    out.byte(32)
    writeName(p, undefined, b[at]!)
  }
}

/** The name, or the number as C's %#x writes it. */
function writeName(p: Printer, name: string | undefined, n: number): void {
  if (name !== undefined) p.out.text(name)
  else if (n === 0) p.out.byte(48)
  else p.out.text('0x').hex(n)
}
