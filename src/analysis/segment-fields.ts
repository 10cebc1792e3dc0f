/**
 * Where the fields of a segment stand in the rules' memory: first doubles, by their offset in doubles, then 32-bit numbers, by their offset in words.
 * Segment says what each means. Nothing is imported, so that the build folds these sums.
 */

/** Doubles. */
export const TIME = 0
export const GAP = TIME + 1
export const RTT = GAP + 1
export const SINCE_SENT = RTT + 1
/** In a damaged capture more than a second's. */
export const NANOS = SINCE_SENT + 1

/** What Conversations writes: 32-bit numbers. */
export const CONNECTION = (NANOS + 1) * 2
export const IS_FIRST = CONNECTION + 1
export const DIRECTION = IS_FIRST + 1
export const PACKET = DIRECTION + 1
export const PROTOCOL = PACKET + 1
export const FLAGS = PROTOCOL + 1
export const SEQUENCE = FLAGS + 1
export const ACKNOWLEDGMENT = SEQUENCE + 1
export const LENGTH = ACKNOWLEDGMENT + 1
export const WIRE_LENGTH = LENGTH + 1
export const RAW_WINDOW = WIRE_LENGTH + 1
/** IP identification (0 in IPv6), the TCP checksum, time to live or hop limit. */
export const IP_ID = RAW_WINDOW + 1
export const CHECKSUM = IP_ID + 1
export const TTL = CHECKSUM + 1
/** The options: SegmentOptions. */
export const IS_USUAL = TTL + 1
export const HAS_TIMESTAMP = IS_USUAL + 1
export const TIMESTAMP = HAS_TIMESTAMP + 1
export const ECHO = TIMESTAMP + 1
export const MSS = ECHO + 1
export const SCALE = MSS + 1
export const IS_SACK_PERMITTED = SCALE + 1
export const BLOCKS = IS_SACK_PERMITTED + 1
export const IS_DUPLICATE_SACK = BLOCKS + 1
export const EDGES = IS_DUPLICATE_SACK + 1

/** What the rules find. */
export const INITIAL = EDGES + 8
export const PEER_INITIAL = INITIAL + 1
export const WINDOW = PEER_INITIAL + 1
export const IS_SCALE_KNOWN = WINDOW + 1
export const FINDINGS = IS_SCALE_KNOWN + 1
export const REFERS = FINDINGS + 1
export const DUP_ACK_NUMBER = REFERS + 32
export const ACKNOWLEDGES = DUP_ACK_NUMBER + 1
export const IN_FLIGHT = ACKNOWLEDGES + 1
export const ORIGINATOR_STATE = IN_FLIGHT + 1
export const RESPONDER_STATE = ORIGINATOR_STATE + 1
export const ORIGINATOR_STATE_BEFORE = RESPONDER_STATE + 1
export const RESPONDER_STATE_BEFORE = ORIGINATOR_STATE_BEFORE + 1
export const IS_ORIGINATOR_ASSUMED = RESPONDER_STATE_BEFORE + 1
export const IS_RESPONDER_ASSUMED = IS_ORIGINATOR_ASSUMED + 1
export const IMPOSSIBLE = IS_RESPONDER_ASSUMED + 1
export const SACK_COUNT = IMPOSSIBLE + 1
export const SACK = SACK_COUNT + 1

/** Words in all. */
export const SIZE = SACK + 8
