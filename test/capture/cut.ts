/** A pcap in which every record of another stands once for each length it could have been captured at. */

const FILE_HEADER = 24
const RECORD_HEADER = 16
/** Longer records are cut at every length up to here, and then at every 97th. */
const EVERY_LENGTH_TO = 140

/** `capture`: a whole little- or big-endian pcap file with 16-byte record headers. A record keeps its length on the wire. */
export function cutRecords(capture: Buffer): Buffer {
  const magic = capture.readUInt32LE(0)
  const little = magic === 0xa1b2c3d4 || magic === 0xa1b23c4d
  const read = (at: number): number => (little ? capture.readUInt32LE(at) : capture.readUInt32BE(at))
  const pieces = [capture.subarray(0, FILE_HEADER)]
  for (let at = FILE_HEADER; at + RECORD_HEADER <= capture.length; ) {
    const length = read(at + 8)
    for (let kept = 1; kept <= length; kept += kept < EVERY_LENGTH_TO ? 1 : 97) {
      const header = Buffer.from(capture.subarray(at, at + RECORD_HEADER))
      if (little) header.writeUInt32LE(kept, 8)
      else header.writeUInt32BE(kept, 8)
      pieces.push(header, capture.subarray(at + RECORD_HEADER, at + RECORD_HEADER + kept))
    }
    at += RECORD_HEADER + length
  }
  return Buffer.concat(pieces)
}
