/** A pcap-filter(7) expression over frames in memory: compiled by libpcap, once for each link type that occurs. */
import type { Frame } from '../frame.js'
import { translate, type Filter } from './bpf.js'
import type { Libpcap } from './libpcap.js'

/** What a file can keep of a frame: libpcap's MAXIMUM_SNAPLEN. */
const SNAP_LENGTH = 262144

export class FrameFilter {
  readonly #libpcap: Libpcap
  readonly #expression: string
  readonly #optimize: boolean
  readonly #byLinkType = new Map<number, Filter>()
  #linkType = -1
  #filter: Filter = () => 0

  constructor(libpcap: Libpcap, expression: string, optimize: boolean) {
    this.#libpcap = libpcap
    this.#expression = expression
    this.#optimize = optimize
  }

  /** Compiles for a link type before its first frame, so that a wrong expression is said at once. @throws UserError */
  prepare(linkType: number): void {
    if (linkType === this.#linkType) return
    let filter = this.#byLinkType.get(linkType)
    if (filter === undefined) {
      filter = translate(this.#libpcap.compile(linkType, SNAP_LENGTH, this.#expression, this.#optimize))
      this.#byLinkType.set(linkType, filter)
    }
    this.#linkType = linkType
    this.#filter = filter
  }

  /** Whether the frame passes. */
  passes(frame: Frame): boolean {
    if (frame.linkType !== this.#linkType) this.prepare(frame.linkType)
    return this.#filter(frame.b, frame.at, frame.end, frame.wireLength) !== 0
  }
}
