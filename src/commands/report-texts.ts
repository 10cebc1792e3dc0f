/** What captures say of themselves, gathered for the report: bounded, whatever the files hold. */
import type { CaptureNotes, NoteKind } from '../capture/pcapng-notes.js'
import { escapeBytes } from '../escape.js'
import type { ReportNote } from '../format/report-html.js'

/** Texts of sections and interfaces, and of packets, that are kept; bytes of one. */
const MOST_OF_FILES = 200
const MOST_OF_PACKETS = 500
const MOST_BYTES = 2000

const KINDS: Readonly<Record<NoteKind, string>> = { comment: 'comment', hardware: 'hardware', system: 'system', application: 'written by', name: 'name', description: 'description' }

export class CaptureTexts {
  readonly notes: ReportNote[] = []
  /** Those that were left out. */
  more = 0
  /** Packets that each interface dropped, by file and interface: the last that was said, for counts grow. */
  readonly #dropped = new Map<string, bigint>()
  readonly #files: readonly string[]
  readonly #name: (address: Uint8Array, name: Uint8Array) => void
  #ofFiles = 0

  /** @param name takes the names of hosts */
  constructor(files: readonly string[], name: (address: Uint8Array, name: Uint8Array) => void) {
    this.#files = files
    this.#name = name
  }

  /** Who takes the notes of the capture with this number. */
  of(file: number): CaptureNotes {
    const prefix = this.#files.length > 1 ? `${this.#files[file]!}, ` : ''
    return {
      name: this.#name,
      dropped: (number, packets) => {
        if (this.#dropped.size < MOST_OF_FILES) this.#dropped.set(`${file} ${number}`, packets)
      },
      text: (of, number, kind, value) => {
        if (this.#ofFiles === MOST_OF_FILES) this.more++
        else {
          this.#ofFiles++
          this.notes.push({ where: `${prefix}${of} ${number}`, connection: undefined, kind: KINDS[kind], text: textOf(value) })
        }
      },
    }
  }

  /** Packets that all interfaces dropped; undefined: no capture says. */
  get dropped(): bigint | undefined {
    return this.#dropped.size === 0 ? undefined : [...this.#dropped.values()].reduce((sum, one) => sum + one, 0n)
  }

  /** @param connection that the packet belongs to */
  packet(packet: number, connection: number | undefined, comments: readonly Uint8Array[]): void {
    for (const comment of comments) {
      if (this.notes.length - this.#ofFiles === MOST_OF_PACKETS) this.more++
      else this.notes.push({ where: `packet ${packet}`, connection, kind: KINDS.comment, text: textOf(comment) })
    }
  }
}

/** Lines of safe text, cut to MOST_BYTES, without the NUL that some writers count in. */
function textOf(bytes: Uint8Array): string {
  const nul = bytes.indexOf(0), whole = nul < 0 ? bytes : bytes.subarray(0, nul)
  const lines: string[] = []
  for (let at = 0, kept = whole.subarray(0, MOST_BYTES); at <= kept.length; ) {
    const end = kept.indexOf(10, at), to = end < 0 ? kept.length : end
    lines.push(escapeBytes(kept.subarray(at, to > at && kept[to - 1] === 13 ? to - 1 : to)))
    at = to + 1
  }
  return `${lines.join('\n').trimEnd()}${whole.length > MOST_BYTES ? '…' : ''}`
}
