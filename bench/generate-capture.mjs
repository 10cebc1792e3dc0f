// A capture of made-up TCP connections with right checksums: SYN, SYN-ACK, ACK, then data and ACKs with timestamps, now and then a FIN.
import { closeSync, openSync, writeSync } from 'node:fs'

const FILE_HEADER = 24
const RECORD_HEADER = 16
const ETHERNET = 14
const IP = 20
const PAYLOADS = [16, 32, 100, 512, 1448]
const SERVER_PORTS = [80, 443, 5432, 55555]

/** The same numbers each run (a linear congruential generator). */
function randomNumbers(seed) {
  let state = seed >>> 0
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32
}

function onesComplement(b, from, to, start) {
  let sum = start
  for (let at = from; at < to; at += 2) sum += at + 1 < to ? b.readUInt16BE(at) : b[at] << 8
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000)
  return ~sum & 0xffff
}

/** Writes a pcap of `packets` segments on `connections` connections to `path`. */
export function generateCapture(path, packets, connections) {
  const random = randomNumbers(61)
  const fd = openSync(path, 'w')
  const buffer = Buffer.alloc(4 << 20)
  let used = 0
  const header = Buffer.alloc(FILE_HEADER)
  header.writeUInt32LE(0xa1b2c3d4, 0)
  header.writeUInt16LE(2, 4)
  header.writeUInt16LE(4, 6)
  header.writeUInt32LE(262144, 16)
  header.writeUInt32LE(1, 20)
  writeSync(fd, header)
  const conversations = Array.from({ length: connections }, (_, n) => ({
    ends: [
      { address: 0x0a000000 + ((n * 40503) & 0xffff), port: 32768 + ((n * 11) % 28000), seq: (n * 2654435761) >>> 0 },
      { address: 0x0a010000 + (n & 0xff), port: SERVER_PORTS[n % 4], seq: (n * 40503 * 65537) >>> 0 },
    ],
    step: 0,
  }))
  let micros = 1_700_000_000 * 1e6
  for (let n = 0; n < packets; n++) {
    const conversation = conversations[Math.floor(random() * connections)]
    const step = conversation.step++
    let from = random() < 0.5 ? 0 : 1
    let flags = 0x10
    let payload = 0
    if (step < 3) {
      from = step === 1 ? 1 : 0
      flags = [0x02, 0x12, 0x10][step]
    } else {
      const choice = random()
      if (choice < 0.45) {
        payload = PAYLOADS[Math.floor(random() * PAYLOADS.length)]
        flags = 0x18
      } else if (choice < 0.46) flags = 0x11
    }
    const isSyn = (flags & 2) !== 0
    const tcpHeader = isSyn ? 40 : 32
    const ipLength = IP + tcpHeader + payload
    const length = ETHERNET + ipLength
    if (used + RECORD_HEADER + length > buffer.length) {
      writeSync(fd, buffer, 0, used)
      used = 0
    }
    micros += Math.floor(random() * 40)
    const [source, target] = [conversation.ends[from], conversation.ends[1 - from]]
    const b = buffer
    b.writeUInt32LE(Math.floor(micros / 1e6), used)
    b.writeUInt32LE(micros % 1e6, used + 4)
    b.writeUInt32LE(length, used + 8)
    b.writeUInt32LE(length, used + 12)
    const frame = used + RECORD_HEADER
    b.fill(0, frame, frame + length)
    b.write('020000000002020000000001', frame, 'hex')
    b.writeUInt16BE(0x0800, frame + 12)
    const ip = frame + ETHERNET
    b.writeUInt16BE(0x4500, ip)
    b.writeUInt16BE(ipLength, ip + 2)
    b.writeUInt16BE(n & 0xffff, ip + 4)
    b.writeUInt32BE(0x40004006, ip + 6)
    b.writeUInt16BE(0, ip + 10)
    b.writeUInt32BE(source.address, ip + 12)
    b.writeUInt32BE(target.address, ip + 16)
    b.writeUInt16BE(onesComplement(b, ip, ip + IP, 0), ip + 10)
    const tcp = ip + IP
    const clock = Math.floor(micros / 1000) >>> 0
    b.writeUInt16BE(source.port, tcp)
    b.writeUInt16BE(target.port, tcp + 2)
    b.writeUInt32BE(source.seq, tcp + 4)
    b.writeUInt32BE(flags & 0x10 ? target.seq : 0, tcp + 8)
    b.writeUInt16BE(((tcpHeader / 4) << 12) | flags, tcp + 12)
    b.writeUInt16BE(501, tcp + 14)
    if (isSyn) b.write('020405b40402080a', tcp + 20, 'hex')
    else b.write('0101080a', tcp + 20, 'hex')
    b.writeUInt32BE(clock, tcp + (isSyn ? 28 : 24))
    b.writeUInt32BE(step === 0 ? 0 : (clock - 3) >>> 0, tcp + (isSyn ? 32 : 28))
    if (isSyn) b.write('01030307', tcp + 36, 'hex')
    for (let i = 0; i < payload; i++) b[tcp + tcpHeader + i] = 97 + (i % 26)
    const pseudo = Math.floor(source.address / 65536) + (source.address & 0xffff) + Math.floor(target.address / 65536) + (target.address & 0xffff) + 6 + tcpHeader + payload
    b.writeUInt16BE(onesComplement(b, tcp, tcp + tcpHeader + payload, pseudo), tcp + 16)
    source.seq = (source.seq + payload + (isSyn ? 1 : 0) + (flags & 1)) >>> 0
    used += RECORD_HEADER + length
  }
  writeSync(fd, buffer, 0, used)
  closeSync(fd)
}
