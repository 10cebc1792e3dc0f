/** SOME/IP as tcpdump prints it — AUTOSAR FO R19-11, SOME/IP Protocol Specification §4.1. */
import type { Printer } from './printer.js'
import { tableOf, word } from './tables.js'

const HEADER = 16
const EVENT = 0x8000
const TYPES = tableOf({
  0x00: 'REQUEST', 0x01: 'REQUEST_NO_RETURN', 0x02: 'NOTIFICATION', 0x80: 'RESPONSE', 0x81: 'ERROR', 0x20: 'TP_REQUEST', 0x21: 'TP_REQUEST_NO_RETURN',
  0x22: 'TP_NOTIFICATION', 0xa0: 'TP_RESPONSE', 0xa1: 'TP_ERROR',
})
const CODES = [
  'E_OK', 'E_NOT_OK', 'E_UNKNOWN_SERVICE', 'E_UNKNOWN_METHOD', 'E_NOT_READY', 'E_NOT_REACHABLE', 'E_TIMEOUT', 'E_WRONG_PROTOCOL_VERSION',
  'E_WRONG_INTERFACE_VERSION', 'E_MALFORMED_MESSAGE', 'E_WRONG_MESSAGE_TYPE', 'E_E2E_REPEATED', 'E_E2E_WRONG_SEQUENCE', 'E_E2E', 'E_E2E_NOT_AVAILABLE',
  'E_E2E_NO_NEW_DATA',
]

export function printSomeIp(p: Printer, at: number, length: number): void {
  const { out } = p
  p.protocol = 'someip'
  out.text('SOMEIP')
  if (length < HEADER) return p.invalid()
  const message = p.u32(at)
  out.text(', service ').dec(message >>> 16).text(message & EVENT ? ', event ' : ', method ').dec(message & 0x7fff)
  const size = p.u32(at + 4)
  out.text(', len ').dec(size)
  const request = p.u32(at + 8)
  out.text(', client ').dec(request >>> 16).text(', session ').dec(request & 0xffff)
  const version = p.u8(at + 12)
  out.text(', pver ').dec(version)
  const interfaceVersion = p.u8(at + 13)
  out.text(', iver ').dec(interfaceVersion)
  const type = p.u8(at + 14)
  out.text(', msgtype ').text(word(TYPES, type, 'Unknown'))
  const code = p.u8(at + 15)
  out.text(', retcode ').text(CODES[code] ?? 'Unknown').byte(10)
}
