/** The captures that `sockscope tcpdump` reads, one after the other, and what it says of each. */
import { readFileSync } from 'node:fs'
import { openCapture } from '../capture/file.js'
import type { FrameSource } from '../capture/source.js'
import { LinkType } from '../decode/link/link-type.js'
import { LINK_TYPE_NAMES } from '../decode/link/link-type-names.js'
import { UserError, reason } from '../errors.js'
import type { LineWriter } from '../format/line.js'
import type { Io } from '../io.js'
import type { TcpdumpOptions } from './tcpdump-options.js'

/** Opens one after the other for `take`, and closes it. @throws UserError of a capture that cannot be read */
export async function eachCapture(options: TcpdumpOptions, io: Io, take: (source: FrameSource, path: string) => Promise<void> | void): Promise<void> {
  for (const [index, path] of files(options).entries()) {
    const source = await openCapture(path)
    try {
      io.err(banner(source))
      if (!options.json) refuseUnknown(source)
      // Names in a cooked file are this machine's for another's numbers; tcpdump says so of its first file only.
      if (index === 0 && source.interfaces[0]?.linkType === LinkType.LINUX_SLL2) io.err('Warning: interface names might be incorrect')
      await take(source, path)
    } finally {
      source.close()
    }
  }
}

/** What --count says. */
export function writeCount(out: LineWriter, packets: number): void {
  out.dec(packets).text(packets === 1 ? ' packet' : ' packets').endLine()
}

/** The captures to read, in order. */
export function files(options: TcpdumpOptions): readonly string[] {
  if (options.readFile !== undefined) return [options.readFile]
  const path = options.listFile ?? '-'
  try {
    return readFileSync(path === '-' ? 0 : path, 'latin1').split('\n').filter((line) => line !== '').map((line) => Buffer.from(line, 'latin1').toString())
  } catch (error) {
    throw new UserError(`-V ${path}: ${reason(error)} (give a file that names captures, one a line)`)
  }
}

/** libpcap knows these numbers, with or without a printer; of others tcpdump reads no packet. @throws UserError */
function refuseUnknown({ label, interfaces: [first] }: FrameSource): void {
  if (first === undefined || LINK_TYPE_NAMES.has(first.linkType) || (first.linkType > 98 && first.linkType < 290)) return
  throw new UserError(`${label}: unknown link type ${first.linkType} (--json reads its packets all the same)`)
}

/** `reading from file F, link-type EN10MB (Ethernet), snapshot length 262144`, as tcpdump says on stderr. */
function banner(source: FrameSource): string {
  const [first] = source.interfaces
  const label = source.label === 'standard input' ? '-' : source.label
  if (first === undefined) return `reading from file ${label}`
  return `reading from file ${label}, link-type ${LINK_TYPE_NAMES.get(first.linkType) ?? first.linkType}, snapshot length ${first.snapLength}`
}
