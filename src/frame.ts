/** One captured frame on its way from a source to the decoders. */

/**
 * One captured frame, lent: a source refills the same object, and `b` is its input buffer, so nothing of it may be
 * kept past the next call of the source.
 */
export interface Frame {
  /** Input buffer; the frame's bytes are `b[at] … b[end - 1]`. */
  b: Uint8Array
  at: number
  end: number
  /** Length on the wire, bytes; more than `end - at` when the capture kept only the start. */
  wireLength: number
  /** Time of capture: whole seconds since 1970 (as the file has it, unsigned 32-bit in pcap) and nanoseconds into that second (negative or more than one has, where a pcap file says so: a fraction has a sign there, for libpcap). */
  seconds: number
  nanos: number
  /** Link type (LINKTYPE_ number of the file format) of the interface it came from. */
  linkType: number
  /** Which interface of the source it came from, from 0. */
  interfaceId: number
}

/** An empty Frame to hand to a source. */
export const newFrame = (): Frame => ({ b: new Uint8Array(0), at: 0, end: 0, wireLength: 0, seconds: 0, nanos: 0, linkType: 0, interfaceId: 0 })
