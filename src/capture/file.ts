/** Captures in files and on standard input. What a file is, its first bytes say, never its name. */

import { u16, u32 } from '../bytes.js'
import { UserError } from '../errors.js'
import { before, Input, isGzip, openPath } from './input.js'
import { FILE_HEADER, isPcap, PcapWalker, readHeader } from './pcap.js'
import { isPcapng, PcapngWalker } from './pcapng.js'
import type { CaptureNotes } from './pcapng-notes.js'
import type { Frame, FrameSource, SourceInterface } from './source.js'
import type { Walker } from './walker.js'

/**
 * Opens a pcap or pcapng capture, gzipped or not. `-` is standard input.
 * @param notes takes what a pcapng file says beside its packets
 * @throws UserError when it cannot be read, is no such capture, or ends inside its header
 */
export async function openCapture(path: string, notes?: CaptureNotes): Promise<FrameSource> {
  const label = path === '-' ? 'standard input' : path
  const { reader, isStream } = path === '-' ? (await import('./stdin.js')).openStdin(label) : openPath(path)
  let input = new Input(reader)
  try {
    await input.atLeast(4)
    const gzip = isGzip(input.b, input.at) && input.end >= 2
    if (gzip) {
      const { GzipReader } = await import('./gzip.js')
      input = new Input(new GzipReader(before(input.b.slice(0, input.end), reader), label))
      await input.atLeast(4)
    }
    if (input.end === 0) throw new UserError(`${label}: is empty${gzip ? ' once unpacked' : ''}, not a pcap or pcapng file (capture again, or copy the whole file)`)
    return new FileSource(label, isStream, gzip, input, await openWalker(input, label, notes))
  } catch (error) {
    input.close()
    throw error
  }
}

async function openWalker(input: Input, label: string, notes: CaptureNotes | undefined): Promise<Walker> {
  if (input.end < 4) {
    throw new UserError(`${label}: cut at byte ${input.end}: expected a pcap or pcapng header, found ${input.end} bytes (copy the whole file)`)
  }
  if (isPcap(input.b, 0)) {
    if (!(await input.atLeast(FILE_HEADER))) {
      throw new UserError(`${label}: cut at byte ${input.end}: expected a pcap header of ${FILE_HEADER} bytes, found ${input.end} (copy the whole file)`)
    }
    const walker = new PcapWalker(readHeader(input.b, 0, label))
    input.at = FILE_HEADER
    return walker
  }
  if (!isPcapng(input.b, 0)) throw new UserError(`${label}: not a pcap or pcapng file: ${strange(input)}`)
  const walker = new PcapngWalker(notes)
  while (!walker.open(input)) if (!(await input.more())) break
  return walker
}

/** Frames of an Input, found by a Walker. */
class FileSource implements FrameSource {
  readonly label: string
  readonly isStream: boolean
  readonly interfaces: readonly SourceInterface[]
  readonly #input: Input
  readonly #walker: Walker
  readonly #unpacked: string
  #over = false

  constructor(label: string, isStream: boolean, gzip: boolean, input: Input, walker: Walker) {
    this.label = label
    this.isStream = isStream
    this.interfaces = walker.interfaces
    this.#unpacked = gzip ? ' of the unpacked data' : ''
    this.#input = input
    this.#walker = walker
  }

  next(frame: Frame): boolean {
    return this.#walker.next(this.#input, frame)
  }

  offsetOf(frame: Frame): number | undefined {
    return this.#unpacked === '' && !this.isStream ? this.#input.base + frame.at : undefined
  }

  commentsOf(frame: Frame): readonly Uint8Array[] {
    return this.#walker.comments?.(this.#input, frame) ?? []
  }

  skip(most: number): number {
    return this.#walker.skip?.(this.#input, most) ?? 0
  }

  /** After a throw the source is at its end. */
  async more(): Promise<boolean> {
    if (this.#over) return false
    const input = this.#input, walker = this.#walker
    try {
      if (walker.damage === undefined && (await input.more())) return true
    } catch (error) {
      this.close()
      throw error
    }
    const damage = walker.damage
    const left = input.end - input.at
    this.close()
    if (damage !== undefined) {
      throw new UserError(`${this.label}: damaged at byte ${damage.offset}${this.#unpacked}: ${damage.text} (${this.#whole()})`)
    }
    if (left === 0) return false
    throw new UserError(`${this.label}: cut at byte ${input.base + input.end}${this.#unpacked}: ${walker.cut(input)} (${this.#whole()})`)
  }

  close(): void {
    if (this.#over) return
    this.#over = true
    this.#input.close()
  }

  #whole(): string {
    const count = this.#walker.packets
    return count === 0 ? 'no packet before it is whole' : count === 1 ? 'the packet before it is whole' : `the ${count} packets before it are whole`
  }
}

/** First bytes of files that people take for captures, with what to do about them. */
const KNOWN: readonly { readonly magic: string; readonly is: string }[] = [
  { magic: '28b52ffd', is: 'it is zstd data (unpack it first: zstd -dc FILE, piped into standard input)' },
  { magic: 'fd377a585a00', is: 'it is xz data (unpack it first: xz -dc FILE, piped into standard input)' },
  { magic: '425a68', is: 'it is bzip2 data (unpack it first: bzip2 -dc FILE, piped into standard input)' },
  { magic: '04224d18', is: 'it is lz4 data (unpack it first: lz4 -dc FILE, piped into standard input)' },
  { magic: '1f9d', is: 'it is compress data (unpack it first: gzip -dc FILE, piped into standard input)' },
  { magic: '1f8b', is: 'it is gzip data inside gzip data (unpack it once: gzip -dc FILE, piped into standard input)' },
  { magic: '504b0304', is: 'it is a zip archive (unpack it first)' },
  { magic: '736e6f6f70000000', is: 'it is a snoop capture (convert it: editcap FILE NEW.pcapng)' },
  { magic: '6274736e6f6f7000', is: 'it is a btsnoop capture (convert it: editcap FILE NEW.pcapng)' },
  { magic: '52545353', is: 'it is a Network Monitor 1 capture (convert it: editcap FILE NEW.pcapng)' },
  { magic: '474d4255', is: 'it is a Network Monitor 2 capture (convert it: editcap FILE NEW.pcapng)' },
  { magic: '58435000', is: 'it is a NetXRay capture (convert it: editcap FILE NEW.pcapng)' },
  { magic: '69707472616365', is: 'it is an iptrace capture (convert it: editcap FILE NEW.pcapng)' },
  { magic: '54524e534e49464620', is: 'it is a Sniffer capture (convert it: editcap FILE NEW.pcapng)' },
  { magic: 'a1b234cd', is: 'it is a variant of pcap that no tool reads any more (magic number a1b234cd)' },
  { magic: 'cd34b2a1', is: 'it is a variant of pcap that no tool reads any more (magic number a1b234cd)' },
  { magic: 'a12b3c4d', is: 'it is a Navtel variant of pcap (magic number a12b3c4d)' },
  { magic: '4d3c2ba1', is: 'it is a Navtel variant of pcap (magic number a12b3c4d)' },
  { magic: '7f454c46', is: 'it is a program' },
]

/** What a file seems to be that is neither pcap nor pcapng, from what was read of it. */
function strange(input: Input): string {
  const b = input.b.subarray(0, Math.min(input.end, 512))
  const start = Buffer.from(b.buffer, 0, Math.min(b.length, 16)).toString('hex')
  const known = KNOWN.find(({ magic }) => start.startsWith(magic))
  if (known !== undefined) return known.is
  if (b.every((byte) => byte === 0)) return 'it starts with zero bytes only (copy the file again)'
  if (isText(b)) return 'it is text (a hex dump becomes a capture with text2pcap)'
  if (isErf(b)) return 'it looks like an ERF capture (convert it: editcap FILE NEW.pcapng)'
  return `it starts with the bytes ${Buffer.from(b.buffer, 0, 4).toString('hex')} (expected a1b2c3d4, a1b23c4d, a1b2cd34 or 0a0d0d0a)`
}

const isText = (b: Uint8Array): boolean =>
  b.every((byte) => byte >= 0x80 || (byte >= 0x20 && byte < 0x7f) || (byte >= 0x09 && byte <= 0x0d)) && isUtf8(b)

/** The last three bytes may be the start of a character. */
function isUtf8(b: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(b, { stream: true })
    return true
  } catch {
    return false
  }
}

/** ERF has no magic number: a 64-bit little-endian time, type, flags, record length, loss count, wire length. */
function isErf(b: Uint8Array): boolean {
  if (b.length < 16) return false
  const seconds = ((b[7]! << 24) | (b[6]! << 16)) >>> 0, type = b[8]! & 0x7f
  return seconds > 0x3000_0000 && seconds < 0x9000_0000 && type >= 1 && type <= 48 && u16(b, 10) >= 16 && u16(b, 10) <= 0x4000 && u32(b, 12) >>> 16 < 0xffff
}
