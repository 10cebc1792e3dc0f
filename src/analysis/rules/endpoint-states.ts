/**
 * The state machine of one endpoint, as its segments show it: RFC 9293 §3.3.2, figure 61-4 of The Linux Programming Interface. Numbers of states are the
 * kernel's (src/procnet/tcp-state.ts); 0 is not known.
 */
import { Flag } from '../../decode/tcp.js'
import { TcpState } from '../../procnet/tcp-state.js'

/** What the segment that an endpoint takes in does to it: bits. */
export namespace Took {
  export const SYN = 1
  /** It acknowledges the endpoint's own SYN, its own FIN. */
  export const ACK_OF_SYN = 2
  export const ACK_OF_FIN = 4
  /** A FIN with nothing missing before it. */
  export const FIN = 8
  export const RST = 16
  /** Anything at all that is no SYN. */
  export const OTHER = 32
}

/** State of an endpoint after it sent a segment with `flags`. */
export function afterSending(state: i32, flags: i32): i32 {
  if (flags & Flag.RST) return TcpState.CLOSE
  if (flags & Flag.SYN) {
    if (flags & Flag.ACK) return state == 0 || state == TcpState.LISTEN || state == TcpState.SYN_SENT || state == TcpState.CLOSE ? TcpState.SYN_RECV : state
    return state == 0 || state == TcpState.LISTEN || state == TcpState.CLOSE ? TcpState.SYN_SENT : state
  }
  // Whoever sends anything else has a connection, seen or not.
  if (state == 0 || state == TcpState.SYN_SENT || state == TcpState.LISTEN) state = TcpState.ESTABLISHED
  if ((flags & Flag.FIN) == 0) return state
  if (state == TcpState.ESTABLISHED || state == TcpState.SYN_RECV) return TcpState.FIN_WAIT1
  return state == TcpState.CLOSE_WAIT ? TcpState.LAST_ACK : state
}

/** State of an endpoint after it took in what `took` says. */
export function afterReceiving(state: i32, took: i32): i32 {
  if (took & Took.RST) return TcpState.CLOSE
  if (took & Took.SYN) {
    // A SYN at a listener shows its effect in the answer only: whether anybody listens is not known before.
    if (state == TcpState.SYN_SENT) state = took & Took.ACK_OF_SYN ? TcpState.ESTABLISHED : TcpState.SYN_RECV
  } else if (took & Took.OTHER && state == 0) state = TcpState.ESTABLISHED
  if (took & Took.ACK_OF_SYN && state == TcpState.SYN_RECV) state = TcpState.ESTABLISHED
  if (took & Took.ACK_OF_FIN) {
    if (state == TcpState.FIN_WAIT1) state = TcpState.FIN_WAIT2
    else if (state == TcpState.CLOSING) state = TcpState.TIME_WAIT
    else if (state == TcpState.LAST_ACK) state = TcpState.CLOSE
  }
  if (took & Took.FIN) {
    if (state == TcpState.ESTABLISHED || state == TcpState.SYN_RECV) state = TcpState.CLOSE_WAIT
    else if (state == TcpState.FIN_WAIT1) state = TcpState.CLOSING
    else if (state == TcpState.FIN_WAIT2) state = TcpState.TIME_WAIT
  }
  return state
}
