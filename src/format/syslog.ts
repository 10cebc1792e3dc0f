/** Syslog over UDP — RFC 3164 — as tcpdump prints it. */
import { writeHex } from './dump.js'
import { TRUNCATED, type Printer } from './printer.js'
import { tableOf, word, writeVisible } from './tables.js'

const SEVERITIES = tableOf({ 0: 'emergency', 1: 'alert', 2: 'critical', 3: 'error', 4: 'warning', 5: 'notice', 6: 'info', 7: 'debug' })
const FACILITIES = tableOf({
  0: 'kernel', 1: 'user', 2: 'mail', 3: 'daemon', 4: 'auth', 5: 'syslog', 6: 'lpr', 7: 'news', 8: 'uucp', 9: 'cron', 10: 'authpriv', 11: 'ftp',
  12: 'ntp', 13: 'security', 14: 'console', 15: 'cron', 16: 'local0', 17: 'local1', 18: 'local2', 19: 'local3', 20: 'local4', 21: 'local5',
  22: 'local6', 23: 'local7',
})

/** More digits than these are no priority. */
const MAX_DIGITS = 3

export function printSyslog(p: Printer, at: number, length: number): void {
  const { b, out, options } = p
  p.protocol = 'syslog'
  if (p.u8(at) !== 60) return p.invalid()
  let priority = 0
  let text = at + 1
  for (; ; text++) {
    const c = p.u8(text)
    if (c === 62) break
    if (text - at > MAX_DIGITS || c < 48 || c > 57) return p.invalid()
    priority = priority * 10 + c - 48
  }
  text++
  const severity = priority & 7
  const facility = priority >> 3
  const facilityWord = word(FACILITIES, facility, 'unknown (%)')
  const severityWord = word(SEVERITIES, severity, '')
  if (options.verbose < 1) {
    out.text('SYSLOG ').text(facilityWord).byte(46).text(severityWord).text(', length: ').dec(length)
    return
  }
  out.text('SYSLOG, length: ').dec(length).text('\n\tFacility ').text(facilityWord).text(' (').dec(facility)
  out.text('), Severity ').text(severityWord).text(' (').dec(severity).text(')\n\tMsg: ')
  const end = at + length
  writeVisible(out, b, text, Math.min(end, p.end))
  if (end > p.end) throw TRUNCATED
  if (options.verbose > 1) writeHex(out, b, at, end)
}
