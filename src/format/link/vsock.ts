/** Messages of virtual sockets as tcpdump prints them — Linux <linux/vsockmon.h>, virtio 1.2 §5.10. Little-endian. */
import { u16le, u32le, u64le } from '../../bytes.js'
import { writeUnknownData } from '../fields.js'
import type { Printer } from '../printer.js'
import { tableOf } from '../tables.js'

const HEADER = 32
const IN = { SOURCE: 0, DESTINATION: 8, SOURCE_PORT: 16, DESTINATION_PORT: 20, OPERATION: 24, TRANSPORT: 26 } as const
const VIRTIO = 2
const VIRTIO_HEADER = 44
const VIRTIO_IN = { LENGTH: 24, TYPE: 28, OPERATION: 30, FLAGS: 32, ALLOCATED: 36, FORWARDED: 40 } as const
const PAYLOAD = 4
const TRANSPORTS = tableOf({ 0: 'UNKNOWN', 1: 'NO_INFO', 2: 'VIRTIO' })
const OPERATIONS = tableOf({ 0: 'UNKNOWN', 1: 'CONNECT', 2: 'DISCONNECT', 3: 'CONTROL', 4: 'PAYLOAD' })
const VIRTIO_OPERATIONS = tableOf({
  0: 'INVALID', 1: 'REQUEST', 2: 'RESPONSE', 3: 'RST', 4: 'SHUTDOWN', 5: 'RW', 6: 'CREDIT UPDATE', 7: 'CREDIT REQUEST',
})

/** The lengths that it prints are those captured. */
export function printVsock(p: Printer, at: number): number {
  const { b, out, options } = p
  p.protocol = 'vsock'
  const captured = p.end - at
  if (captured < HEADER) {
    p.truncated()
    return captured
  }
  const transport = u16le(b, at + IN.TRANSPORT)
  const operation = u16le(b, at + IN.OPERATION)
  const size = HEADER + (transport === VIRTIO ? VIRTIO_HEADER : 0)
  const isCut = options.verbose > 0 && captured < size
  out.text(TRANSPORTS.get(transport) ?? `Invalid transport (${transport})`)
  if (options.verbose === 0) out.byte(32)
  else if (!isCut) {
    if (transport === VIRTIO) writeVirtio(p, at + HEADER)
    out.text('\n\t')
  }
  writeEnd(p, at + IN.SOURCE, at + IN.SOURCE_PORT)
  out.text(' > ')
  writeEnd(p, at + IN.DESTINATION, at + IN.DESTINATION_PORT)
  out.byte(32).text(OPERATIONS.get(operation) ?? ` invalid op (${operation})`).text(', length ').dec(captured)
  if (isCut) p.truncated()
  else if (options.verbose > 1 && operation === PAYLOAD) {
    if (captured > size) {
      out.text('\n')
      writeUnknownData(p, at + size, '\t', captured - size)
    } else p.truncated()
  }
  return HEADER
}

/** `3.1024` */
function writeEnd(p: Printer, at: number, port: number): void {
  p.out.big(u64le(p.b, at)).byte(46).dec(u32le(p.b, port))
}

/** ` (len 64, type STREAM, op RW, flags 0, buf_alloc 262144, fwd_cnt 0)` */
function writeVirtio(p: Printer, at: number): void {
  const { b, out } = p
  const type = u16le(b, at + VIRTIO_IN.TYPE)
  const operation = u16le(b, at + VIRTIO_IN.OPERATION)
  out.text(' (len ').dec(u32le(b, at + VIRTIO_IN.LENGTH)).text(', type ').text(type === 1 ? 'STREAM' : `Invalid type (${type})`)
  out.text(', op ').text(VIRTIO_OPERATIONS.get(operation) ?? `Invalid op (${operation})`).text(', flags ').hex(u32le(b, at + VIRTIO_IN.FLAGS))
  out.text(', buf_alloc ').dec(u32le(b, at + VIRTIO_IN.ALLOCATED)).text(', fwd_cnt ').dec(u32le(b, at + VIRTIO_IN.FORWARDED)).byte(41)
}
