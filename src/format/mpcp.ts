/** Multi-Point Control Protocol of Ethernet passive optical networks as tcpdump prints it — IEEE 802.3 §64.3, §77.3. */
import { writeUnknownData } from './fields.js'
import type { Printer } from './printer.js'
import { bits, tableOf } from './tables.js'

const HEADER = 6
const Opcode = { PAUSE: 1, GATE: 2, REPORT: 3, REGISTER_REQUEST: 4, REGISTER: 5, REGISTER_ACK: 6 } as const
const OPCODES = tableOf({ 1: 'Pause', 2: 'Gate', 3: 'Report', 4: 'Register Request', 5: 'Register', 6: 'Register ACK' })

export function printMpcp(p: Printer, at: number, length: number): void {
  const { out } = p
  p.protocol = 'mpcp'
  const opcode = p.u16(at)
  const timestamp = p.u32(at + 2)
  out.text('MPCP, Opcode ').text(OPCODES.get(opcode) ?? `Unknown (${opcode})`)
  if (opcode !== Opcode.PAUSE) out.text(', Timestamp ').dec(timestamp).text(' ticks')
  out.text(', length ').dec(length)
  if (p.options.verbose === 0) return
  const body = at + HEADER
  switch (opcode) {
    case Opcode.PAUSE:
      return
    case Opcode.GATE:
      return printGate(p, body)
    case Opcode.REPORT:
      return printReport(p, body)
    case Opcode.REGISTER_REQUEST:
      p.need(body, 2)
      out.text('\n\tFlags [ ').text(bits(REQUEST_FLAGS, p.u8(body), 'Reserved')).text(' ], Pending-Grants ').dec(p.u8(body + 1))
      return
    case Opcode.REGISTER:
      p.need(body, 6)
      out.text('\n\tAssigned-Port ').dec(p.u16(body)).text(', Flags [ ').text(bits(REGISTER_FLAGS, p.u8(body + 2), 'Reserved'))
      out.text(' ]\n\tSync-Time ').dec(p.u16(body + 3)).text(' ticks, Echoed-Pending-Grants ').dec(p.u8(body + 5))
      return
    case Opcode.REGISTER_ACK:
      p.need(body, 5)
      out.text('\n\tEchoed-Assigned-Port ').dec(p.u16(body + 1)).text(', Flags [ ').text(p.u8(body) & 1 ? 'ACK' : 'Reserved')
      out.text(' ]\n\tEchoed-Sync-Time ').dec(p.u16(body + 3)).text(' ticks')
      return
    default:
      writeUnknownData(p, at, '\n\t', length)
  }
}

const GRANT_FLAGS = [[0x08, 'Discovery'], [0x10, 'Force Grant #1'], [0x20, 'Force Grant #2'], [0x40, 'Force Grant #3'], [0x80, 'Force Grant #4']] as const
const REQUEST_FLAGS = [[1, 'Register'], [3, 'De-Register']] as const
const REGISTER_FLAGS = [[1, 'Re-Register'], [2, 'De-Register'], [3, 'ACK'], [4, 'NACK']] as const
const QUEUES = [[1, 'Q0'], [2, 'Q1'], [4, 'Q2'], [8, 'Q3'], [16, 'Q4'], [32, 'Q5'], [64, 'Q6'], [128, 'Q7']] as const

function printGate(p: Printer, at: number): void {
  const { out } = p
  const head = p.u8(at)
  const grants = head & 7
  out.text('\n\tGrant Numbers ').dec(grants).text(', Flags [ ').text(bits(GRANT_FLAGS, head, '?')).text(' ]')
  at++
  for (let grant = 1; grant <= grants; grant++, at += 6) {
    p.need(at, 6)
    out.text('\n\tGrant #').dec(grant).text(', Start-Time ').dec(p.u32(at)).text(' ticks, duration ').dec(p.u16(at + 4)).text(' ticks')
  }
  const sync = p.u16(at)
  out.text('\n\tSync-Time ').dec(sync).text(' ticks')
}

/** One set less than there are is printed, and each under the number of the last. */
function printReport(p: Printer, at: number): void {
  const { out } = p
  const sets = p.u8(at++)
  out.text('\n\tTotal Queue-Sets ').dec(sets)
  for (let set = 1; set < sets; set++) {
    const queues = p.u8(at++)
    out.text('\n\t  Queue-Set #').dec(sets).text(', Report-Bitmap [ ').text(bits(QUEUES, queues, 'Unknown')).text(' ]')
    for (let queue = 0; queue < 8; queue++) {
      if ((queues & (1 << queue)) === 0) continue
      const duration = p.u16(at)
      out.text('\n\t    Q').dec(queue + 1).text(' Report, Duration ').dec(duration).text(' ticks')
      at += 2
    }
  }
}
