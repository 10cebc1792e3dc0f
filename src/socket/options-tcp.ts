/** Options of IPPROTO_TCP, of TLS on it and of MPTCP. Numbers: <linux/tcp.h>, <linux/tls.h>, <linux/mptcp.h>; behaviour: tcp(7), net/ipv4/tcp.c. */
import { Level } from './constants.js'
import { at } from './option.js'
import { choice, flag, int, mptcpInfo, name, structure, tcpInfoCodec, uint } from './values.js'

const option = at(Level.TCP, ['tcp'])
const SECONDS = 's'
const KEY = 'CAP_NET_ADMIN'
const REPAIR = 'CAP_NET_ADMIN'
const repair = 'belongs to checkpoint and restore: it asks for, or is, a state in which the connection is frozen'

export const TCP_OPTIONS = [
  option('TCP_NODELAY', 1, flag, 'rw', 'Turns the Nagle algorithm off: small pieces go out at once instead of waiting until what was sent before is acknowledged. For request and answer traffic; better still, write each request in one call. Setting it also sends what waits.', { on: ['tcp', 'mptcp'] }),
  option('TCP_MAXSEG', 2, int, 'rw', 'The largest payload of a segment. Before the connection it is the most that we announce and use (536 is shown, a mere default); afterwards it reads what is in use. It only goes down.', { unit: 'B', range: [88, 32767] }),
  option('TCP_CORK', 3, flag, 'rw', 'Holds partial segments back until it is turned off, the segment is full, or 200 ms pass: for a header by write() before a body by sendfile(). It wins over TCP_NODELAY.', { on: ['tcp', 'mptcp'] }),
  option('TCP_KEEPIDLE', 4, int, 'rw', 'Silence before the first keepalive probe, when SO_KEEPALIVE is on.', { unit: SECONDS, sysctl: 'net/ipv4/tcp_keepalive_time', range: [1, 32767], on: ['tcp', 'mptcp'] }),
  option('TCP_KEEPINTVL', 5, int, 'rw', 'Time between keepalive probes.', { unit: SECONDS, sysctl: 'net/ipv4/tcp_keepalive_intvl', range: [1, 32767], on: ['tcp', 'mptcp'] }),
  option('TCP_KEEPCNT', 6, int, 'rw', 'Keepalive probes without answer before the connection is given up.', { sysctl: 'net/ipv4/tcp_keepalive_probes', range: [1, 127], on: ['tcp', 'mptcp'] }),
  option('TCP_SYNCNT', 7, int, 'rw', 'How often a SYN is sent again before connect() fails with ETIMEDOUT; 6 is about two minutes.', { sysctl: 'net/ipv4/tcp_syn_retries', range: [1, 127] }),
  option('TCP_LINGER2', 8, int, 'rw', 'How long a closed socket stays in FIN_WAIT2 waiting for the FIN of the peer; negative: not at all. Not SO_LINGER.', { unit: SECONDS, sysctl: 'net/ipv4/tcp_fin_timeout' }),
  option('TCP_DEFER_ACCEPT', 9, int, 'rw', 'A listener is woken only when data came, not by the handshake, for about this long; rounded up to a number of retransmissions of the SYN-ACK, so it reads back as more than was set. For protocols in which the client speaks first.', { unit: SECONDS }),
  option('TCP_WINDOW_CLAMP', 10, int, 'rw', 'Upper limit of the window that we offer. It is state of the receive buffer too: automatic growth moves it.', { unit: 'B', range: [0, 2147483647] }),
  option('TCP_INFO', 11, tcpInfoCodec, 'r', 'A snapshot of the connection: state, round trip, window, losses, rates, times. Every field with its unit: sockopt --explain TCP_INFO. It grows with kernels, so believe the length that comes back.', { isState: true }),
  option('TCP_QUICKACK', 12, flag, 'rw', 'On: acknowledge at once; off: delay it. Not for good: the kernel leaves and enters the mode by itself, so set it again after each recv().', { isState: true }),
  option('TCP_CONGESTION', 13, name(16), 'rw', 'The congestion control algorithm, by name.', { since: '2.6.13', needs: 'CAP_NET_ADMIN for one that is not in net/ipv4/tcp_allowed_congestion_control', sysctl: 'net/ipv4/tcp_congestion_control', on: ['tcp', 'mptcp'] }),
  option('TCP_MD5SIG', 14, structure('tcp_md5sig', 216), 'w', 'A key with which segments to and from a peer are signed (RFC 2385): for BGP. The key cannot be read back.', { since: '2.6.20' }),
  option('TCP_THIN_LINEAR_TIMEOUTS', 16, flag, 'rw', 'For streams with little in flight: six timeouts of equal length before they double.', { since: '2.6.34', sysctl: 'net/ipv4/tcp_thin_linear_timeouts' }),
  option('TCP_THIN_DUPACK', 17, flag, 'rw', 'Once: retransmit after one duplicate acknowledgement. Since 4.11 it is accepted and does nothing; it reads 0.', { since: '2.6.34' }),
  option('TCP_USER_TIMEOUT', 18, uint, 'rw', 'How long sent data may stay unacknowledged, or a window shut, before the connection is dropped with ETIMEDOUT; 0 leaves it to tcp_retries2 (some 15 minutes). With SO_KEEPALIVE it takes the place of TCP_KEEPCNT.', { unit: 'ms', since: '2.6.37', range: [0, 2147483647] }),
  option('TCP_REPAIR', 19, int, 'rw', 'Takes the connection out of traffic so that its state can be moved to another host.', { since: '3.5', needs: REPAIR, disturbs: repair }),
  option('TCP_REPAIR_QUEUE', 20, choice({ 0: 'none', 1: 'receive', 2: 'send' }), 'rw', 'Which queue the other repair options speak of.', { since: '3.5', needs: REPAIR, disturbs: repair }),
  option('TCP_QUEUE_SEQ', 21, uint, 'rw', 'Sequence number of that queue.', { since: '3.5', needs: REPAIR, disturbs: repair }),
  option('TCP_REPAIR_OPTIONS', 22, structure('tcp_repair_opt[]', 64), 'w', 'What was agreed at the handshake, put back.', { since: '3.5', needs: REPAIR }),
  option('TCP_FASTOPEN', 23, int, 'rw', 'On a listener: how many Fast Open connections may wait; data then comes with the SYN.', { since: '3.7', sysctl: 'net/ipv4/tcp_fastopen', range: [0, 2147483647] }),
  option('TCP_TIMESTAMP', 24, uint, 'rw', 'The value of our time stamp clock for this connection, in ms (or us, bit 0 when set); setting it only under repair.', { since: '3.9', needs: 'repair mode', isState: true }),
  option('TCP_NOTSENT_LOWAT', 25, uint, 'rw', 'The socket is writable only while fewer unsent bytes wait: keeps what is queued fresh and small without losing speed. All ones: no limit.', { unit: 'B', since: '3.12', sysctl: 'net/ipv4/tcp_notsent_lowat', on: ['tcp', 'mptcp'] }),
  option('TCP_CC_INFO', 26, structure('tcp_cc_info', 64), 'r', 'What the algorithm tells of itself (vegas, dctcp, bbr); empty for cubic and reno.', { since: '4.1', isState: true }),
  option('TCP_SAVE_SYN', 27, choice({ 0: 'off', 1: 'network header on', 2: 'link header on' }), 'rw', 'A listener keeps the SYN of each connection, for fingerprints.', { since: '4.2', range: [0, 2] }),
  option('TCP_SAVED_SYN', 28, structure('bytes', 512), 'r', 'The SYN that was kept. Reading it FREES it: the owner finds nothing afterwards.', { since: '4.2', disturbs: 'takes the kept SYN away from its owner', isState: true }),
  option('TCP_REPAIR_WINDOW', 29, structure('tcp_repair_window', 20), 'rw', 'The windows, for repair.', { since: '4.8', needs: REPAIR, disturbs: repair }),
  option('TCP_FASTOPEN_CONNECT', 30, flag, 'rw', 'connect() waits for the first write() so that its data goes with the SYN.', { since: '4.11' }),
  option('TCP_ULP', 31, name(16), 'rw', 'A protocol put on top inside the kernel: `tls`, `mptcp`, `espintcp`. It cannot be taken off.', { since: '4.13' }),
  option('TCP_MD5SIG_EXT', 32, structure('tcp_md5sig', 216), 'w', 'TCP_MD5SIG for a whole prefix of addresses, or for one device.', { since: '4.14' }),
  option('TCP_FASTOPEN_KEY', 33, structure('secret', 32), 'rw', 'The secret that Fast Open cookies are made with. Whoever reads it can make cookies for any address.', { since: '4.15', sysctl: 'net/ipv4/tcp_fastopen_key', disturbs: 'gives away the secret of Fast Open cookies' }),
  option('TCP_FASTOPEN_NO_COOKIE', 34, flag, 'rw', 'Fast Open without cookies: only where nobody forges addresses.', { since: '4.15' }),
  option('TCP_ZEROCOPY_RECEIVE', 35, structure('tcp_zerocopy_receive', 64), 'r', 'Maps received pages into the reader. Reading it TAKES the data out of the queue.', { since: '4.18', disturbs: 'takes received data out of the queue', isState: true }),
  option('TCP_INQ', 36, flag, 'rw', 'Each recvmsg() brings how many bytes still wait.', { since: '4.18', on: ['tcp', 'mptcp'] }),
  option('TCP_TX_DELAY', 37, int, 'rw', 'Delays what is sent, to try a long path out; needs the fq discipline.', { unit: 'us', since: '5.3', range: [0, 2147483647] }),
  option('TCP_AO_ADD_KEY', 38, structure('tcp_ao_add', 0), 'w', 'A key of the authentication option (RFC 5925) that follows TCP_MD5SIG.', { since: '6.7' }),
  option('TCP_AO_DEL_KEY', 39, structure('tcp_ao_del', 0), 'w', 'Takes such a key away.', { since: '6.7' }),
  option('TCP_AO_INFO', 40, structure('tcp_ao_info_opt', 64), 'rw', 'Which key is in use, and counters.', { since: '6.7', needs: KEY, onlyNamed: true, isState: true }),
  option('TCP_AO_GET_KEYS', 41, structure('tcp_ao_getsockopt', 0), 'r', 'The keys themselves: secret.', { since: '6.7', disturbs: 'gives away keys', isState: true }),
  option('TCP_AO_REPAIR', 42, structure('tcp_ao_repair', 0), 'rw', 'Its state, for repair.', { since: '6.7', needs: REPAIR, disturbs: repair }),
  option('TCP_IS_MPTCP', 43, flag, 'r', 'Whether the connection is Multipath TCP in truth: off when it fell back.', { since: '6.9', isState: true, on: ['tcp', 'mptcp'] }),
  option('TCP_RTO_MAX_MS', 44, int, 'rw', 'Upper limit of the retransmission timeout.', { unit: 'ms', since: '6.15', sysctl: 'net/ipv4/tcp_rto_max_ms', range: [1000, 120000] }),
  option('TCP_RTO_MIN_US', 45, int, 'rw', 'Lower limit of it.', { unit: 'us', since: '6.16', sysctl: 'net/ipv4/tcp_rto_min_us', range: [1, 2147483647] }),
  option('TCP_DELACK_MAX_US', 46, int, 'rw', 'How long an acknowledgement may be delayed at most.', { unit: 'us', since: '6.16', range: [1, 2147483647] }),
]

const tls = at(Level.TLS, ['tcp'])
export const TLS_OPTIONS = [
  tls('TLS_TX', 1, structure('tls_crypto_info', 64), 'rw', 'Cipher, key and record number with which the kernel encrypts what is sent. The key is part of it.', { since: '4.13', disturbs: 'gives away the session key' }),
  tls('TLS_RX', 2, structure('tls_crypto_info', 64), 'rw', 'The same for what is received.', { since: '4.17', disturbs: 'gives away the session key' }),
  tls('TLS_TX_ZEROCOPY_RO', 3, flag, 'rw', 'sendfile() may encrypt in the card without a copy: the file must not change meanwhile.', { since: '5.19' }),
  tls('TLS_RX_EXPECT_NO_PAD', 4, flag, 'rw', 'The peer does not pad its TLS 1.3 records: saves a copy, and costs one when it does.', { since: '6.0' }),
]

const mptcp = at(Level.MPTCP, ['mptcp'])
export const MPTCP_OPTIONS = [
  mptcp('MPTCP_INFO', 1, mptcpInfo, 'r', 'A snapshot of the whole connection: subflows, addresses announced, flags, sequence numbers.', { since: '5.16', isState: true }),
  mptcp('MPTCP_TCPINFO', 2, structure('tcp_info[]', 4096), 'r', 'TCP_INFO of every subflow; asks for a header that says how much room there is.', { since: '5.16', isState: true, onlyNamed: true }),
  mptcp('MPTCP_SUBFLOW_ADDRS', 3, structure('mptcp_subflow_addrs[]', 4096), 'r', 'Addresses of every subflow; asks for such a header too.', { since: '5.16', isState: true, onlyNamed: true }),
  mptcp('MPTCP_FULL_INFO', 4, structure('mptcp_full_info', 4096), 'r', 'The three in one.', { since: '6.5', isState: true, onlyNamed: true }),
]
