/** What the first bytes of data on a TCP connection say: the first line of a text, an HTTP request and its status, the server that a TLS client asks for. */
import * as http from '../decode/http.js'
import * as tls from '../decode/tls.js'
import { escapeBytes } from '../escape.js'

/** Bytes of a line that are kept. */
const MOST_LINE = 240

/** All texts are from strangers, made safe: controls are escaped. '' where there is none. */
export class Opening {
  /** First line of each side, where it is text. */
  readonly lines: [originator: string, responder: string] = ['', '']
  /** Request line of HTTP/1, and what was answered: `404 Not Found`. */
  request = ''
  status = ''
  /** The server that the originator names: HTTP's Host, TLS's server name. */
  server = ''
  readonly #taken = [false, false]

  /**
   * Takes data of a side; all but its first is passed over.
   * @returns the server that it names (HTTP's Host, TLS's server name), lent; undefined when it names none
   */
  take(direction: 0 | 1, b: Uint8Array, at: number, end: number): { readonly name: Uint8Array; readonly source: 'HTTP' | 'TLS' } | undefined {
    if (this.#taken[direction] === true || at < 0 || at >= end) return undefined
    this.#taken[direction] = true
    const to = http.lineEnd(b, at, end)
    const line = b.subarray(at, Math.min(to, at + MOST_LINE))
    this.lines[direction] = isText(line) ? escapeBytes(line) : ''
    if (direction === 1) {
      const status = http.statusAt(b, at, to)
      if (status >= 0 && this.request !== '') this.status = escapeBytes(b.subarray(status, Math.min(to, status + MOST_LINE)))
      return undefined
    }
    const isRequest = http.isRequest(b, at, to, end)
    if (isRequest) this.request = escapeBytes(b.subarray(at, Math.min(to, at + MOST_LINE)))
    const name = isRequest ? http.field(b, to, end, 'host:') : tls.serverName(b, at, end)
    if (name === undefined || isAddress(name)) return undefined
    this.server = escapeBytes(name.subarray(0, MOST_LINE))
    return { name, source: isRequest ? 'HTTP' : 'TLS' }
  }

  /** Nothing more is taken. */
  get isOver(): boolean {
    return this.#taken[0] === true && this.#taken[1] === true
  }
}

/** Whether what HTTP's Host names is an address, with or without a port: that is no name. */
const isAddress = (name: Uint8Array): boolean => /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[?[\da-f]*:[\da-f.]*:[\da-f:.]*\]?)(?::\d*)?$/i.test(Buffer.from(name.subarray(0, 64)).toString('latin1'))

/** Whether a line is text: no control byte, and UTF-8 or nearly all of it ASCII (old texts have letters of other encodings). It may be cut inside a character. */
function isText(line: Uint8Array): boolean {
  if (line.some((byte) => byte < 0x20 && byte !== 0x09)) return false
  if (line.filter((byte) => byte >= 0x80).length * 4 <= line.length) return true
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(line, { stream: true })
    return true
  } catch {
    return false
  }
}
