/**
 * What a segment can be found to be: bits of `Segment.findings`. The rules are those of Wireshark's "TCP Analysis" (User's Guide), with the
 * differences that docs/analysis.md lists. A retransmission has RETRANSMISSION and at most one of the kinds behind it.
 */
export const Finding = {
  /** Bytes, a SYN or a FIN that were sent before, or that fill a gap and come too late to be merely out of order. */
  RETRANSMISSION: 1 << 0,
  /** The timer of the first unacknowledged segment ran out. */
  RTO: 1 << 1,
  /** The receiver had asked for it: duplicate ACKs or SACK blocks above it. */
  FAST: 1 << 2,
  /** The receiver had it already: acknowledged, or in a SACK block. */
  SPURIOUS: 1 << 3,
  /** A SYN or SYN-ACK again. */
  SYN_AGAIN: 1 << 4,
  /** The last segment of a flight, sent again before a timer could have run out: a loss probe (RFC 8985). */
  TAIL: 1 << 5,
  /** Fills a gap, and was sent before the segments that overtook it. */
  OUT_OF_ORDER: 1 << 6,
  /** Bytes before this segment are missing from the capture: lost, late, or not captured. */
  LOST_PREVIOUS: 1 << 7,
  /** Acknowledges bytes that the capture does not hold. */
  ACKED_UNSEEN: 1 << 8,
  DUP_ACK: 1 << 9,
  ZERO_WINDOW: 1 << 10,
  /** Fills the receiver's window to its last byte. */
  WINDOW_FULL: 1 << 11,
  ZERO_WINDOW_PROBE: 1 << 12,
  ZERO_WINDOW_PROBE_ACK: 1 << 13,
  KEEP_ALIVE: 1 << 14,
  KEEP_ALIVE_ACK: 1 << 15,
  WINDOW_UPDATE: 1 << 16,
  /** A SYN with other numbers on addresses and ports known from before: a new connection. Or a SYN-ACK with other numbers than its side had. */
  PORT_REUSE: 1 << 17,
  /** The same packet again, same bytes and IP identification, within milliseconds: captured (or delivered) twice, not sent twice. */
  CAPTURED_TWICE: 1 << 18,
  /** More bytes than the receiver's MSS: captured before segmentation offload cut it, or after receive offload joined it. */
  OVER_MSS: 1 << 19,
  /** Carries SACK blocks. */
  SACK: 1 << 20,
  /** Its first SACK block reports bytes received twice (RFC 2883). */
  DSACK: 1 << 21,
  /** An endpoint cannot be in the state that this segment shows: see `Segment.impossible`. */
  IMPOSSIBLE: 1 << 22,
} as const

/** Names in the order of the bits, lower snake case: as JSON has them. */
export const FINDING_NAMES: readonly string[] = Object.keys(Finding).map((name) => name.toLowerCase())

/** Number of a bit: what `Segment.refers` is indexed by. */
export const bitOf = (finding: number): number => 31 - Math.clz32(finding)

/** What tells of loss on the way. */
export const LOSS = Finding.RETRANSMISSION | Finding.OUT_OF_ORDER | Finding.LOST_PREVIOUS | Finding.ACKED_UNSEEN | Finding.DUP_ACK

/** Every kind of retransmission. */
export const KINDS = Finding.RTO | Finding.FAST | Finding.SPURIOUS | Finding.SYN_AGAIN | Finding.TAIL
