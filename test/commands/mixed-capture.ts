/** A large capture in which nearly every packet is of another kind, and many depend on those before them. */
import { closeSync, openSync, writeSync } from 'node:fs'
import { type Sample, damager, randoms } from '../fuzz/damage.js'

const hex = (n: number, bytes: number): string => (n % 2 ** (bytes * 8)).toString(16).padStart(bytes * 2, '0')
const MACS = '020000000002020000000001'

const ip4 = (protocol: number, payload: string, from = '0a000001', to = '0a000002'): string => `4500${hex(payload.length / 2 + 20, 2)}0001000040${hex(protocol, 1)}0000${from}${to}${payload}`
const udp = (from: number, to: number, payload: string): string => ip4(17, `${hex(from, 2)}${hex(to, 2)}${hex(payload.length / 2 + 8, 2)}0000${payload}`)
const ethernet = (packet: string): string => `${MACS}${packet[0] === '6' ? '86dd' : '0800'}${packet}`

/** Segments of one conversation, both ways in turn; each prints numbers relative to the first. */
class Conversation {
  readonly #port: number
  readonly #sent: number[]
  #from = 0

  constructor(port: number) {
    this.#port = port
    // no two alike, so that one's numbers are never right for another
    this.#sent = [port * 1009, port * 7919]
  }

  next(payload = '61626364', portOfServer = 5001): string {
    this.#from = 1 - this.#from
    const [source, destination] = this.#from === 0 ? [this.#port, portOfServer] : [portOfServer, this.#port]
    const segment = `${hex(source, 2)}${hex(destination, 2)}${hex(this.#sent[this.#from]!, 4)}${hex(this.#sent[1 - this.#from]!, 4)}501803e800000000${payload}`
    this.#sent[this.#from]! += payload.length / 2
    return this.#from === 0 ? ip4(6, segment) : ip4(6, segment, '0a000002', '0a000001')
  }
}

/** Packets whose text depends on earlier ones: `n` counts up. */
function dependants(): ((n: number) => string)[] {
  const inner = Array.from({ length: 12 }, (_, i) => new Conversation(40_000 + i))
  const outer = Array.from({ length: 8 }, (_, i) => new Conversation(41_000 + i))
  const frame = (i: number): string => ethernet(inner[i]!.next())
  return [
    () => ethernet(udp(50_000, 4789, `0800000000000100${frame(0)}`)),
    () => ethernet(udp(50_000, 4790, `0c00000300000100${frame(1)}`)),
    () => ethernet(udp(50_000, 6081, `0000655800000100${frame(2)}`)),
    () => ethernet(udp(50_000, 8472, `0800000000000100${frame(3)}`)),
    () => ethernet(ip4(47, `00000800${inner[4]!.next()}`)),
    () => ethernet(ip4(4, inner[5]!.next())),
    () => ethernet(ip4(1, `0303000000000000${inner[6]!.next()}`)),
    () => { const sa = inner[7]!.next(); return ethernet(outer[0]!.next(`01${hex(8 + sa.length / 2, 2)}000a000001${sa}`, 639)) },
    () => { const data = frame(8); return ethernet(outer[1]!.next(`010a${hex(18 + data.length / 2, 2)}0000000100000001${hex(data.length / 2, 2)}00010000${data}`, 6653)) },
    () => `${MACS}8100 0005 0800${inner[9]!.next()}`.replaceAll(' ', ''),
    () => `${MACS}8864 11000001${hex(inner.length + 60, 2)}0021${inner[10]!.next()}`.replaceAll(' ', ''),
    // MPLS, one label
    () => `${MACS}8847 00064140${inner[11]!.next()}`.replaceAll(' ', ''),
    // NFS null call and its answer, which prints as NFS only when the call is known
    (n) => ethernet(udp(800, 2049, `${hex(n, 4)}0000000000000002000186a30000000300000001${'00'.repeat(16)}${'00'.repeat(36)}`)),
    (n) => ethernet(ip4(17, `08010320002400 00${hex(n - 1, 4)}00000001${'00'.repeat(20)}`.replaceAll(' ', ''), '0a000002', '0a000001')),
    // Rx: a call to the file server, and its answer
    (n) => ethernet(udp(7001, 7000, `${hex(n, 4)}0000000400000001000000010000000101050000000000010000008200000001${'00'.repeat(12)}`)),
    (n) => ethernet(ip4(17, `1b581b59003000 00${hex(n - 1, 4)}0000000400000001000000010000000101040000000000010000000000000000`.replaceAll(' ', ''), '0a000002', '0a000001')),
    // ISAKMP, phase 1 of an exchange that the next one belongs to
    (n) => ethernet(udp(500, 500, `${hex(n, 8)}0000000000000000011002000000000000000020${'0000000c'}`)),
    (n) => ethernet(udp(500, 500, `${hex(n - 1, 8)}${hex(n, 8)}01100200000000000000001c`)),
    () => ethernet(outer[2]!.next()), () => ethernet(outer[3]!.next('485454502f312e3120323030204f4b0d0a', 80)), () => ethernet(outer[4]!.next('16030100', 443)),
    () => ethernet(udp(50_000, 53, '123401000001000000000000016100000100 01'.replaceAll(' ', ''))),
    () => ethernet(udp(50_000, 9, '00')),
  ]
}

/** Writes a pcap of at least `bytes`: samples, whole and damaged, between packets that depend on earlier ones. Damage may turn any of them into another. */
export function writeMixedCapture(path: string, samples: readonly Sample[], bytes: number): void {
  const fd = openSync(path, 'w')
  const header = Buffer.alloc(24)
  header.writeUInt32LE(0xa1b2c3d4, 0)
  header.writeUInt16LE(2, 4)
  header.writeUInt16LE(4, 6)
  header.writeUInt32LE(262144, 16)
  header.writeUInt32LE(1, 20)
  writeSync(fd, header)
  const random = randoms(91)
  const damage = damager(92)
  const dependant = dependants()
  const frames = samples.filter(({ frame, type }) => type === '' && (frame.linkType === 1 || frame.linkType === 101)).map(({ frame }) => {
    if (frame.linkType === 1) return frame
    const b = Buffer.concat([Buffer.from(`${MACS}${frame.b[frame.at]! >> 4 === 6 ? '86dd' : '0800'}`, 'hex'), frame.b.subarray(frame.at, frame.end)])
    return { ...frame, b, at: 0, end: b.length, wireLength: b.length, linkType: 1 }
  })
  let pieces: Buffer[] = []
  let gathered = 0
  for (let n = 1, size = 0; size < bytes; n++) {
    const kind = random(10)
    let packet: Uint8Array
    let wire = 0
    if (kind < 7) packet = Buffer.from(dependant[kind < 6 ? n % dependant.length : random(dependant.length)]!(n), 'hex')
    else {
      const chosen = frames[random(frames.length)]!
      const frame = kind === 9 ? chosen : damage(chosen)
      packet = frame.b.subarray(frame.at, frame.end)
      wire = frame.wireLength
    }
    const record = Buffer.alloc(16)
    record.writeUInt32LE(1_700_000_000 + (n >> 4) - (random(50) === 0 ? 3 : 0), 0)
    record.writeUInt32LE(random(1_000_000), 4)
    record.writeUInt32LE(packet.length, 8)
    record.writeUInt32LE(Math.max(wire, packet.length), 12)
    pieces.push(record, Buffer.from(packet))
    gathered += 16 + packet.length
    if (gathered > 1 << 20) {
      writeSync(fd, Buffer.concat(pieces))
      size += gathered
      gathered = 0
      pieces = []
    }
  }
  closeSync(fd)
}
