/** Time Synchronization Protocol of 4.3BSD as tcpdump prints it — timed(8), <protocols/timed.h>. */
import { printTextToZero } from './packet-text.js'
import type { Printer } from './printer.js'

const TYPES = [
  'ANY', 'ADJTIME', 'ACK', 'MASTERREQ', 'MASTERACK', 'SETTIME', 'MASTERUP', 'SLAVEUP', 'ELECTION', 'ACCEPT', 'REFUSE', 'CONFLICT', 'RESOLVE', 'QUIT',
  'DATE', 'DATEREQ', 'DATEACK', 'TRACEON', 'TRACEOFF', 'MSITE', 'MSITEREQ', 'TEST', 'SETDATE', 'SETDATEREQ', 'LOOP',
]
const NAME_AT = 12
const MAX_NAME = 256

export function printTimed(p: Printer, at: number): void {
  const { out } = p
  p.protocol = 'timed'
  const type = p.u8(at)
  const name = TYPES[type]
  out.text(name === undefined ? `(tsp_type 0x${type.toString(16)})` : `TSP_${name}`)
  const version = p.u8(at + 1)
  out.text(' vers ').dec(version)
  const sequence = p.u16(at + 2)
  out.text(' seq ').dec(sequence)
  switch (name) {
    case 'LOOP': {
      const hops = p.u8(at + 4)
      out.text(' hopcnt ').dec(hops)
      break
    }
    case 'SETTIME':
    case 'ADJTIME':
    case 'SETDATE':
    case 'SETDATEREQ': {
      const seconds = p.u32(at + 4) | 0
      const micros = p.u32(at + 8) | 0
      if (micros < 0) return
      out.text(' time ').text(timeText(seconds, micros))
      break
    }
    default:
  }
  out.text(' name ')
  printTextToZero(p, at + NAME_AT, MAX_NAME)
}

/** A difference may be negative: its microseconds count upwards from its seconds. */
function timeText(seconds: number, micros: number): string {
  if (seconds >= 0 || micros === 0) return `${seconds}.${padded(micros)}`
  return `${seconds + 1 === 0 ? '-' : ''}${seconds + 1}.${padded(1000000 - micros)}`
}

/** C's %06d. */
const padded = (n: number): string => (n < 0 ? `-${String(-n).padStart(5, '0')}` : String(n).padStart(6, '0'))
