/**
 * struct tcp_info, what getsockopt(TCP_INFO) and INET_DIAG_INFO give. Source: <linux/tcp.h>; the fields past snd_wnd are Linux 6.2 to 6.18.
 * The structure grows at its end, so a field is there when the length that the kernel returned covers it, whatever header anyone compiled with.
 */
import { u16le, u32le, u64le } from '../bytes.js'

export interface TcpInfoField {
  /** The header's name without `tcpi_`. */
  readonly name: string
  readonly at: number
  /** Bytes; for a bit field, of the byte it is in. */
  readonly size: 1 | 2 | 4 | 8
  /** Of a bit field: its lowest bit and how many. */
  readonly bits?: readonly [number, number]
  /** `us`, `ms`, `B`, `B/s`, `packets`, `segments`… or '' for a plain number or a code. */
  readonly unit: string
  readonly story: string
  readonly since?: string
}

const field = (name: string, at: number, size: 1 | 2 | 4 | 8, unit: string, story: string, since?: string): TcpInfoField =>
  since === undefined ? { name, at, size, unit, story } : { name, at, size, unit, story, since }
const bits = (name: string, at: number, shift: number, width: number, unit: string, story: string, since?: string): TcpInfoField =>
  ({ ...field(name, at, 1, unit, story, since), bits: [shift, width] })

export const TCP_INFO_FIELDS: readonly TcpInfoField[] = [
  field('state', 0, 1, '', 'TCP state as the kernel numbers it: 1 is ESTABLISHED, 10 LISTEN.'),
  field('ca_state', 1, 1, '', 'Congestion state: 0 open, 1 disorder, 2 window reduction, 3 recovery, 4 loss.'),
  field('retransmits', 2, 1, '', 'Timeouts in a row for the segment at the head; back to 0 when it is acknowledged.'),
  field('probes', 3, 1, '', 'Window or keepalive probes sent and not yet answered.'),
  field('backoff', 4, 1, '', 'How many times the retransmission timeout was doubled.'),
  field('options', 5, 1, 'bits', 'What was agreed: 1 timestamps, 2 SACK, 4 window scale, 8 ECN, 16 ECN seen, 32 data in the SYN acknowledged, 64 microsecond timestamps, 128 accurate ECN.'),
  bits('snd_wscale', 6, 0, 4, 'bits', 'The peer shifts its window by this.'),
  bits('rcv_wscale', 6, 4, 4, 'bits', 'We shift ours by this; fixed by the receive buffer at the time of the SYN.'),
  bits('delivery_rate_app_limited', 7, 0, 1, '', '1 when the application, not the network, held delivery_rate down.', '4.9'),
  bits('fastopen_client_fail', 7, 1, 2, '', 'Why Fast Open failed: 1 no cookie, 2 data not acknowledged, 3 SYN sent again.', '5.5'),
  field('rto', 8, 4, 'us', 'Retransmission timeout now.'),
  field('ato', 12, 4, 'us', 'How long an acknowledgement may be delayed.'),
  field('snd_mss', 16, 4, 'B', 'Largest payload we send in a segment now.'),
  field('rcv_mss', 20, 4, 'B', 'Our guess of the largest the peer sends.'),
  field('unacked', 24, 4, 'packets', 'In flight and not acknowledged. On a listener: connections that wait in the accept queue.'),
  field('sacked', 28, 4, 'packets', 'Acknowledged out of order. On a listener: the most the accept queue may hold.'),
  field('lost', 32, 4, 'packets', 'Thought lost.'),
  field('retrans', 36, 4, 'packets', 'Sent again and not yet acknowledged.'),
  field('fackets', 40, 4, 'packets', 'Forward acknowledgement: always 0 since 4.15.'),
  field('last_data_sent', 44, 4, 'ms', 'Since data was last sent.'),
  field('last_ack_sent', 48, 4, 'ms', 'Never kept: always 0.'),
  field('last_data_recv', 52, 4, 'ms', 'Since data last came.'),
  field('last_ack_recv', 56, 4, 'ms', 'Since an acknowledgement last came.'),
  field('pmtu', 60, 4, 'B', 'Path MTU.'),
  field('rcv_ssthresh', 64, 4, 'B', 'The window we may offer for now.'),
  field('rtt', 68, 4, 'us', 'Smoothed round trip.'),
  field('rttvar', 72, 4, 'us', 'Its mean deviation.'),
  field('snd_ssthresh', 76, 4, 'segments', 'Slow start ends here; 2147483647 until a loss.'),
  field('snd_cwnd', 80, 4, 'segments', 'Congestion window: times snd_mss it is the bytes that may be in flight.'),
  field('advmss', 84, 4, 'B', 'The MSS that we announced.'),
  field('reordering', 88, 4, 'packets', 'How far out of order the path may deliver before it counts as loss.'),
  field('rcv_rtt', 92, 4, 'us', 'Round trip as the receiving side guesses it; 0 when it did not.'),
  field('rcv_space', 96, 4, 'B', 'What the application reads in a round trip: sizes the automatic receive buffer.'),
  field('total_retrans', 100, 4, 'packets', 'Sent again over the whole life.'),
  field('pacing_rate', 104, 8, 'B/s', 'Rate at which segments are let out; all ones: not paced.', '3.15'),
  field('max_pacing_rate', 112, 8, 'B/s', 'Its limit (SO_MAX_PACING_RATE); all ones: none.', '3.15'),
  field('bytes_acked', 120, 8, 'B', 'Acknowledged by the peer; the SYN counts one.', '4.1'),
  field('bytes_received', 128, 8, 'B', 'Received in order.', '4.1'),
  field('segs_out', 136, 4, 'segments', 'Sent, acknowledgements too.', '4.2'),
  field('segs_in', 140, 4, 'segments', 'Received, acknowledgements too.', '4.2'),
  field('notsent_bytes', 144, 4, 'B', 'Written by the application and not yet sent once.', '4.6'),
  field('min_rtt', 148, 4, 'us', 'Least round trip of the last minutes; all ones: none yet.', '4.6'),
  field('data_segs_in', 152, 4, 'segments', 'Received with data.', '4.6'),
  field('data_segs_out', 156, 4, 'segments', 'Sent with data.', '4.6'),
  field('delivery_rate', 160, 8, 'B/s', 'Most recent rate at which data arrived at the peer.', '4.9'),
  field('busy_time', 168, 8, 'us', 'Time with data to send.', '4.10'),
  field('rwnd_limited', 176, 8, 'us', 'Of that, waiting for the window of the peer.', '4.10'),
  field('sndbuf_limited', 184, 8, 'us', 'Of that, held by too small a send buffer.', '4.10'),
  field('delivered', 192, 4, 'packets', 'Arrived at the peer, out of order too.', '4.18'),
  field('delivered_ce', 196, 4, 'packets', 'Of those, marked by a congested router (ECN).', '4.18'),
  field('bytes_sent', 200, 8, 'B', 'Sent, repeats too.', '4.19'),
  field('bytes_retrans', 208, 8, 'B', 'Sent again.', '4.19'),
  field('dsack_dups', 216, 4, 'segments', 'Duplicates that the peer reported (D-SACK): repeats that were not needed.', '4.19'),
  field('reord_seen', 220, 4, '', 'Times the path delivered out of order.', '4.19'),
  field('rcv_ooopack', 224, 4, 'packets', 'Received out of order.', '5.4'),
  field('snd_wnd', 228, 4, 'B', 'Window of the peer, scaled.', '5.4'),
  field('rcv_wnd', 232, 4, 'B', 'Window that we offer, scaled.', '6.2'),
  field('rehash', 236, 4, '', 'Times the flow hash was changed to find another path.', '6.2'),
  field('total_rto', 240, 2, '', 'Retransmission timeouts, those of the SYN too.', '6.7'),
  field('total_rto_recoveries', 242, 2, '', 'Recoveries from them.', '6.7'),
  field('total_rto_time', 244, 4, 'ms', 'Time spent in them.', '6.7'),
  field('received_ce', 248, 4, 'segments', 'Received with a congestion mark.', '6.18'),
  field('delivered_e1_bytes', 252, 4, 'B', 'Accurate ECN: delivered with ECT(1).', '6.18'),
  field('delivered_e0_bytes', 256, 4, 'B', 'Accurate ECN: delivered with ECT(0).', '6.18'),
  field('delivered_ce_bytes', 260, 4, 'B', 'Accurate ECN: delivered with CE.', '6.18'),
  field('received_e1_bytes', 264, 4, 'B', 'Accurate ECN: received with ECT(1).', '6.18'),
  field('received_e0_bytes', 268, 4, 'B', 'Accurate ECN: received with ECT(0).', '6.18'),
  field('received_ce_bytes', 272, 4, 'B', 'Accurate ECN: received with CE.', '6.18'),
  field('accecn_fail_mode', 276, 2, 'bits', 'Accurate ECN: what went wrong when it was agreed.', '6.18'),
  field('accecn_opt_seen', 278, 2, '', 'Accurate ECN: whether its TCP option came.', '6.18'),
]

/** The value of a field, or undefined where the structure of this kernel ends before it. A 64-bit one that is no safe integer is a bigint. */
export function tcpInfoValue(b: Uint8Array, { at, size, bits: bitField }: TcpInfoField, from = 0, end = b.length): number | bigint | undefined {
  if (from + at + size > end || end > b.length) return undefined
  const i = from + at
  if (size === 8) {
    const big = u64le(b, i)
    return big <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(big) : big
  }
  const n = size === 1 ? b[i]! : size === 2 ? u16le(b, i) : u32le(b, i)
  return bitField === undefined ? n : (n >> bitField[0]) & ((1 << bitField[1]) - 1)
}

/** Every field that this kernel gives, by name. */
export function tcpInfo(b: Uint8Array, from = 0, end = b.length): ReadonlyMap<string, number | bigint> {
  const values = new Map<string, number | bigint>()
  for (const field of TCP_INFO_FIELDS) {
    const value = tcpInfoValue(b, field, from, end)
    if (value !== undefined) values.set(field.name, value)
  }
  return values
}
