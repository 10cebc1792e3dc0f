/**
 * Options of UDP, UDP-Lite and of the other families. Numbers: <linux/udp.h>, if_packet.h, netlink.h, vm_sockets.h, sctp.h, dccp.h, if_xdp.h, rds.h,
 * tipc.h, can/*.h, llc.h, rxrpc.h, … ; UDPLITE_* from udplite(7), which no UAPI header has. What a kernel without the protocol says: EAFNOSUPPORT at socket().
 */
import { Level } from './constants.js'
import { at, type SocketOption } from './option.js'
import { bitSet, choice, counters, flag, groupBits, int, name, structure, timeval, u64, uint } from './values.js'

const udp = at(Level.UDP, ['udp', 'udplite'])
const lite = at(Level.UDPLITE, ['udplite'])
export const UDP_OPTIONS = [
  udp('UDP_CORK', 1, flag, 'rw', 'Gathers what is written into one datagram, sent when it is turned off.'),
  udp('UDP_ENCAP', 100, choice({ 0: 'none', 1: 'espinudp non-IKE', 2: 'espinudp', 3: 'l2tpinudp', 4: 'gtp0', 5: 'gtp1u', 6: 'rxrpc', 7: 'tcp-espintcp' }), 'rw', 'Datagrams of this socket are tunnelled packets, taken apart in the kernel.', { on: ['udp'], since: '2.6.12' }),
  udp('UDP_NO_CHECK6_TX', 101, flag, 'rw', 'Sends UDP over IPv6 without checksum, which only tunnels may (RFC 6935).', { since: '3.16' }),
  udp('UDP_NO_CHECK6_RX', 102, flag, 'rw', 'Takes such datagrams.', { since: '3.16' }),
  udp('UDP_SEGMENT', 103, int, 'rw', 'One long send is cut into datagrams of this size, in the kernel or the card; 0 off.', { unit: 'B', since: '4.18', on: ['udp'], range: [0, 65535] }),
  udp('UDP_GRO', 104, flag, 'rw', 'Datagrams of one flow are received as one long one, its control message saying how long each is.', { since: '5.0', on: ['udp'] }),
  lite('UDPLITE_SEND_CSCOV', 10, int, 'rw', 'How much of each datagram the checksum covers; 0 is all, 8 the header alone.', { unit: 'B', since: '2.6.20', range: [0, 65535] }),
  lite('UDPLITE_RECV_CSCOV', 11, int, 'rw', 'Drops datagrams whose checksum covers less.', { unit: 'B', since: '2.6.20', range: [0, 65535] }),
]

const packet = at(Level.PACKET, ['packet'])
export const PACKET_OPTIONS = [
  packet('PACKET_ADD_MEMBERSHIP', 1, structure('packet_mreq', 16), 'w', 'Joins multicast, all multicast, or promiscuous mode on an interface, for as long as the socket lives.'),
  packet('PACKET_DROP_MEMBERSHIP', 2, structure('packet_mreq', 16), 'w', 'Leaves it.'),
  packet('PACKET_RECV_OUTPUT', 3, flag, '-', 'Once: receive outgoing frames. Packet sockets do that anyway; not in the kernel.'),
  packet('PACKET_RX_RING', 5, structure('tpacket_req', 28), 'w', 'Makes a ring of memory shared with the kernel to receive into.'),
  packet('PACKET_STATISTICS', 6, counters('tpacket_stats', ['packets', 'drops']), 'r', 'Packets and drops since it was last read: reading SETS THEM BACK to 0, so a capture whose counts somebody else reads reports too few.', { disturbs: 'sets the counters of the capture back to 0', isState: true }),
  packet('PACKET_COPY_THRESH', 7, int, 'w', 'Frames too long for a ring slot are copied to the socket queue as well, when longer than this.', { unit: 'B' }),
  packet('PACKET_AUXDATA', 8, flag, 'rw', 'Each frame brings its length, status and VLAN tag, which the card has taken out.', { since: '2.6.21' }),
  packet('PACKET_ORIGDEV', 9, flag, 'rw', 'Frames tell the interface they came in by rather than the bond or bridge above it.', { since: '2.6.21' }),
  packet('PACKET_VERSION', 10, choice({ 0: 'TPACKET_V1', 1: 'TPACKET_V2', 2: 'TPACKET_V3' }), 'rw', 'Layout of the ring.', { since: '2.6.27', range: [0, 2] }),
  packet('PACKET_HDRLEN', 11, int, 'r', 'Length of a ring header of the version that the value asks for.', { unit: 'B', since: '2.6.27', isState: true, onlyNamed: true }),
  packet('PACKET_RESERVE', 12, uint, 'rw', 'Room before each frame in the ring.', { unit: 'B', since: '2.6.27' }),
  packet('PACKET_TX_RING', 13, structure('tpacket_req', 28), 'w', 'Makes a ring to send from.', { since: '2.6.31' }),
  packet('PACKET_LOSS', 14, flag, 'rw', 'Bad frames of the sending ring are skipped, not reported.', { since: '2.6.31' }),
  packet('PACKET_VNET_HDR', 15, flag, 'rw', 'Frames carry a virtio header: checksum and segmentation left to do.', { since: '2.6.34' }),
  packet('PACKET_TX_TIMESTAMP', 16, int, '-', 'Kind of a control message in the error queue, not an option.', { since: '3.8' }),
  packet('PACKET_TIMESTAMP', 17, bitSet({ 0x10: 'software', 0x40: 'raw_hardware' }), 'rw', 'Whose time stamps the ring carries: bits as in SO_TIMESTAMPING.', { since: '2.6.36' }),
  packet('PACKET_FANOUT', 18, uint, 'rw', 'Spreads the traffic over the sockets of a group: low half its number, high half how (hash, turn by turn, processor, …).', { since: '3.1' }),
  packet('PACKET_TX_HAS_OFF', 19, flag, 'rw', 'The sending ring says for each frame where it begins.', { since: '3.12' }),
  packet('PACKET_QDISC_BYPASS', 20, flag, 'rw', 'Frames go to the card without a queueing discipline: faster, and dropped when it is busy.', { since: '3.14' }),
  packet('PACKET_ROLLOVER_STATS', 21, structure('tpacket_rollover_stats', 24), 'r', 'How often a full socket of a group handed on.', { since: '4.2', isState: true }),
  packet('PACKET_FANOUT_DATA', 22, int, 'w', 'The BPF program of a group.', { since: '4.3' }),
  packet('PACKET_IGNORE_OUTGOING', 23, flag, 'rw', 'Frames that this host sends are not received.', { since: '4.20' }),
  packet('PACKET_VNET_HDR_SZ', 24, int, 'rw', 'Size of the virtio header, 0, 10 or 12.', { unit: 'B', since: '6.5' }),
]

const netlink = at(Level.NETLINK, ['netlink'])
export const NETLINK_OPTIONS = [
  netlink('NETLINK_ADD_MEMBERSHIP', 1, int, 'w', 'Joins a group of messages, by number.', { since: '2.6.14' }),
  netlink('NETLINK_DROP_MEMBERSHIP', 2, int, 'w', 'Leaves it.', { since: '2.6.14' }),
  netlink('NETLINK_PKTINFO', 3, flag, 'rw', 'Each message brings the group it was sent to.', { since: '2.6.14' }),
  netlink('NETLINK_BROADCAST_ERROR', 4, flag, 'rw', 'A message that no listener had room for fails at its sender.', { since: '2.6.30' }),
  netlink('NETLINK_NO_ENOBUFS', 5, flag, 'rw', 'Lost messages are not told by ENOBUFS: then nobody knows that they were lost.', { since: '2.6.30' }),
  netlink('NETLINK_RX_RING', 6, structure('nl_mmap_req', 16), '-', 'A shared ring to receive from: removed in 4.6.', { since: '3.10' }),
  netlink('NETLINK_TX_RING', 7, structure('nl_mmap_req', 16), '-', 'A shared ring to send from: removed in 4.6.', { since: '3.10' }),
  netlink('NETLINK_LISTEN_ALL_NSID', 8, flag, 'rw', 'Messages of all namespaces that have an id here.', { since: '4.2', needs: 'CAP_NET_BROADCAST' }),
  netlink('NETLINK_LIST_MEMBERSHIPS', 9, groupBits, 'r', 'The groups that were joined.', { since: '4.2', isState: true }),
  netlink('NETLINK_CAP_ACK', 10, flag, 'rw', 'Acknowledgements repeat only the header of what they answer.', { since: '4.3' }),
  netlink('NETLINK_EXT_ACK', 11, flag, 'rw', 'Errors come with a text and the attribute at fault.', { since: '4.12' }),
  netlink('NETLINK_GET_STRICT_CHK', 12, flag, 'rw', 'Requests are checked strictly, and dumps filtered in the kernel.', { since: '4.20' }),
]

/** Of level AF_VSOCK, whose number is 40, not of SOL_VSOCK: vm_sockets(7). */
export const VSOCK_OPTIONS = ([
    ['SO_VM_SOCKETS_BUFFER_SIZE', 0, u64, 'rw', 'Receive buffer.', { unit: 'B' }],
    ['SO_VM_SOCKETS_BUFFER_MIN_SIZE', 1, u64, 'rw', 'The least it may be.', { unit: 'B' }],
    ['SO_VM_SOCKETS_BUFFER_MAX_SIZE', 2, u64, 'rw', 'The most it may be.', { unit: 'B' }],
    ['SO_VM_SOCKETS_PEER_HOST_VM_ID', 3, int, '-', 'Id of the virtual machine of the peer, from its host: VMware\'s; not in the kernel.', {}],
    ['SO_VM_SOCKETS_TRUSTED', 5, flag, '-', 'Whether the peer is trusted: VMware\'s; not in the kernel.', {}],
    ['SO_VM_SOCKETS_CONNECT_TIMEOUT', 6, timeval, 'rw', 'How long connect() waits.', { unit: 's' }],
    ['SO_VM_SOCKETS_NONBLOCK_TXRX', 7, flag, '-', 'For users inside the kernel.', {}],
    ['SO_VM_SOCKETS_CONNECT_TIMEOUT_NEW', 8, timeval, 'rw', 'The same with 64-bit seconds.', { unit: 's', since: '5.16' }],
  ] as const).map(([title, number, codec, access, story, extra]): SocketOption => ({ on: ['vsock'], since: '3.9', ...extra, name: title, level: 40, number, codec, access, story }))

const xdp = at(Level.XDP, ['xdp'])
export const XDP_OPTIONS = [
  xdp('XDP_MMAP_OFFSETS', 1, structure('xdp_mmap_offsets', 128), 'r', 'Where in the mapping the parts of each ring are.', { since: '4.18', isState: true }),
  xdp('XDP_RX_RING', 2, int, 'w', 'Makes the ring of received frames.', { since: '4.18' }),
  xdp('XDP_TX_RING', 3, int, 'w', 'Makes the ring of frames to send.', { since: '4.18' }),
  xdp('XDP_UMEM_REG', 4, structure('xdp_umem_reg', 32), 'w', 'Gives the memory that frames live in.', { since: '4.18' }),
  xdp('XDP_UMEM_FILL_RING', 5, int, 'w', 'Makes the ring of empty frames given to the kernel.', { since: '4.18' }),
  xdp('XDP_UMEM_COMPLETION_RING', 6, int, 'w', 'Makes the ring of sent frames given back.', { since: '4.18' }),
  xdp('XDP_STATISTICS', 7, structure('xdp_statistics', 48), 'r', 'Frames dropped, bad descriptors, full and empty rings: 64-bit counters.', { since: '4.18', isState: true }),
  xdp('XDP_OPTIONS', 8, bitSet({ 1: 'zerocopy' }), 'r', 'Whether frames really go without a copy.', { since: '5.3', isState: true }),
]

const ASSOC = 'asks for an association'
const sctp = at(Level.SCTP, ['sctp'])
const SCTP: readonly (readonly [name: string, number: number, codec: SocketOption['codec'], access: SocketOption['access'], story: string, unit?: string])[] = [
  ['SCTP_RTOINFO', 0, counters('sctp_rtoinfo', ['assoc', 'initial', 'max', 'min']), 'rw', 'First, greatest and least retransmission timeout.', 'ms'],
  ['SCTP_ASSOCINFO', 1, structure('sctp_assocparams', 20), 'rw', 'Retransmissions before an association is given up, windows, and the life of a cookie.'],
  ['SCTP_INITMSG', 2, structure('sctp_initmsg', 8), 'rw', 'Streams asked for, and how often and long an INIT is tried.'],
  ['SCTP_NODELAY', 3, flag, 'rw', 'TCP_NODELAY for SCTP.'],
  ['SCTP_AUTOCLOSE', 4, int, 'rw', 'Closes associations that were idle for so long; one-to-many sockets only.', 's'],
  ['SCTP_SET_PEER_PRIMARY_ADDR', 5, structure('sctp_setpeerprim', 136), 'w', 'Asks the peer to send to this address of ours.'],
  ['SCTP_PRIMARY_ADDR', 6, structure('sctp_setprim', 136), 'rw', 'Which address of the peer we send to.'],
  ['SCTP_ADAPTATION_LAYER', 7, uint, 'rw', 'A number told to the peer at the start, for layers above.'],
  ['SCTP_DISABLE_FRAGMENTS', 8, flag, 'rw', 'Messages that need fragmenting are refused with EMSGSIZE.'],
  ['SCTP_PEER_ADDR_PARAMS', 9, structure('sctp_paddrparams', 160), 'rw', 'Heartbeat, path MTU and delayed acknowledgement of one address.'],
  ['SCTP_DEFAULT_SEND_PARAM', 10, structure('sctp_sndrcvinfo', 32), 'rw', 'Stream, protocol id and flags of messages that say none.'],
  ['SCTP_EVENTS', 11, structure('sctp_event_subscribe', 14), 'rw', 'Which notifications come between the messages.'],
  ['SCTP_I_WANT_MAPPED_V4_ADDR', 12, flag, 'rw', 'IPv4 addresses come as IPv6-mapped ones.'],
  ['SCTP_MAXSEG', 13, structure('sctp_assoc_value', 8), 'rw', 'Largest piece of a message in a chunk.', 'B'],
  ['SCTP_STATUS', 14, structure('sctp_status', 176), 'r', 'State of an association: windows, pending data, streams, primary address.'],
  ['SCTP_GET_PEER_ADDR_INFO', 15, structure('sctp_paddrinfo', 152), 'r', 'State of one address of the peer.'],
  ['SCTP_DELAYED_ACK_TIME', 16, structure('sctp_sack_info', 12), 'rw', 'How long and how often acknowledgements are delayed; also called SCTP_DELAYED_SACK.', 'ms'],
  ['SCTP_CONTEXT', 17, structure('sctp_assoc_value', 8), 'rw', 'A number that comes with messages that failed.'],
  ['SCTP_FRAGMENT_INTERLEAVE', 18, int, 'rw', 'Whether parts of long messages may come between each other.'],
  ['SCTP_PARTIAL_DELIVERY_POINT', 19, int, 'rw', 'From how much on a long message is delivered in parts.', 'B'],
  ['SCTP_MAX_BURST', 20, structure('sctp_assoc_value', 8), 'rw', 'Packets sent in one go.', 'packets'],
  ['SCTP_AUTH_CHUNK', 21, structure('sctp_authchunk', 1), 'w', 'A chunk type that must come authenticated.'],
  ['SCTP_HMAC_IDENT', 22, structure('sctp_hmacalgo', 16), 'rw', 'Authentication algorithms that we accept.'],
  ['SCTP_AUTH_KEY', 23, structure('sctp_authkey', 8), 'w', 'A shared key.'],
  ['SCTP_AUTH_ACTIVE_KEY', 24, structure('sctp_authkeyid', 8), 'rw', 'Which key is in use.'],
  ['SCTP_AUTH_DELETE_KEY', 25, structure('sctp_authkeyid', 8), 'w', 'Takes a key away.'],
  ['SCTP_PEER_AUTH_CHUNKS', 26, structure('sctp_authchunks', 264), 'r', 'Chunk types that the peer wants authenticated.'],
  ['SCTP_LOCAL_AUTH_CHUNKS', 27, structure('sctp_authchunks', 264), 'r', 'Those that we want.'],
  ['SCTP_GET_ASSOC_NUMBER', 28, uint, 'r', 'How many associations a one-to-many socket has.'],
  ['SCTP_GET_ASSOC_ID_LIST', 29, structure('sctp_assoc_ids', 4096), 'r', 'Their ids.'],
  ['SCTP_AUTO_ASCONF', 30, flag, 'rw', 'Addresses that this host gains or loses are told to the peer.'],
  ['SCTP_PEER_ADDR_THLDS', 31, structure('sctp_paddrthlds', 144), 'rw', 'After how many errors an address is failed, or nearly.'],
  ['SCTP_RECVRCVINFO', 32, flag, 'rw', 'Each message brings stream, number and protocol id.'],
  ['SCTP_RECVNXTINFO', 33, flag, 'rw', 'Each message brings those of the next one.'],
  ['SCTP_DEFAULT_SNDINFO', 34, structure('sctp_sndinfo', 16), 'rw', 'SCTP_DEFAULT_SEND_PARAM in its newer form.'],
  ['SCTP_AUTH_DEACTIVATE_KEY', 35, structure('sctp_authkeyid', 8), 'w', 'A key is not used for sending any more.'],
  ['SCTP_REUSE_PORT', 36, flag, 'rw', 'SO_REUSEPORT for one-to-one sockets.'],
  ['SCTP_PEER_ADDR_THLDS_V2', 37, structure('sctp_paddrthlds_v2', 144), 'rw', 'SCTP_PEER_ADDR_THLDS with a limit for switching the primary address.'],
  ['SCTP_SOCKOPT_BINDX_ADD', 100, structure('sockaddr[]', 0), 'w', 'More local addresses: sctp_bindx(3).'],
  ['SCTP_SOCKOPT_BINDX_REM', 101, structure('sockaddr[]', 0), 'w', 'Fewer of them.'],
  ['SCTP_SOCKOPT_PEELOFF', 102, structure('sctp_peeloff_arg_t', 8), 'r', 'Takes an association out into a socket of its own: sctp_peeloff(3). Reading it DOES it.'],
  ['SCTP_SOCKOPT_CONNECTX_OLD', 107, structure('sockaddr[]', 0), 'w', 'connect() to several addresses, the first form.'],
  ['SCTP_GET_PEER_ADDRS', 108, structure('sctp_getaddrs', 4096), 'r', 'All addresses of the peer.'],
  ['SCTP_GET_LOCAL_ADDRS', 109, structure('sctp_getaddrs', 4096), 'r', 'All addresses of ours.'],
  ['SCTP_SOCKOPT_CONNECTX', 110, structure('sockaddr[]', 0), 'w', 'connect() to several addresses: sctp_connectx(3).'],
  ['SCTP_SOCKOPT_CONNECTX3', 111, structure('sctp_getaddrs_old', 16), 'r', 'The same with the new association as its result. Reading it CONNECTS.'],
  ['SCTP_GET_ASSOC_STATS', 112, structure('sctp_assoc_stats', 256), 'r', 'Counters of an association. Reading them starts the greatest observed timeout afresh.'],
  ['SCTP_PR_SUPPORTED', 113, structure('sctp_assoc_value', 8), 'rw', 'Whether messages may be given up (partial reliability).'],
  ['SCTP_DEFAULT_PRINFO', 114, structure('sctp_default_prinfo', 12), 'rw', 'When they are, unless a message says.'],
  ['SCTP_PR_ASSOC_STATUS', 115, structure('sctp_prstatus', 24), 'r', 'How many were.'],
  ['SCTP_PR_STREAM_STATUS', 116, structure('sctp_prstatus', 24), 'r', 'How many were, in one stream.'],
  ['SCTP_RECONFIG_SUPPORTED', 117, structure('sctp_assoc_value', 8), 'rw', 'Whether streams may be reset.'],
  ['SCTP_ENABLE_STREAM_RESET', 118, structure('sctp_assoc_value', 8), 'rw', 'Which resets the peer may ask for.'],
  ['SCTP_RESET_STREAMS', 119, structure('sctp_reset_streams', 8), 'w', 'Numbers of streams start again.'],
  ['SCTP_RESET_ASSOC', 120, uint, 'w', 'Those of the whole association do.'],
  ['SCTP_ADD_STREAMS', 121, structure('sctp_add_streams', 8), 'w', 'More streams.'],
  ['SCTP_SOCKOPT_PEELOFF_FLAGS', 122, structure('sctp_peeloff_flags_arg_t', 12), 'r', 'SCTP_SOCKOPT_PEELOFF with flags. Reading it DOES it.'],
  ['SCTP_STREAM_SCHEDULER', 123, structure('sctp_assoc_value', 8), 'rw', 'In which order streams are served.'],
  ['SCTP_STREAM_SCHEDULER_VALUE', 124, structure('sctp_stream_value', 8), 'rw', 'Weight of one stream.'],
  ['SCTP_INTERLEAVING_SUPPORTED', 125, structure('sctp_assoc_value', 8), 'rw', 'Whether messages may be interleaved (RFC 8260).'],
  ['SCTP_SENDMSG_CONNECT', 126, structure('sockaddr', 0), 'w', 'Used inside sendmsg(); not for programs.'],
  ['SCTP_EVENT', 127, structure('sctp_event', 8), 'rw', 'One notification, on or off.'],
  ['SCTP_ASCONF_SUPPORTED', 128, structure('sctp_assoc_value', 8), 'rw', 'Whether addresses may change during an association.'],
  ['SCTP_AUTH_SUPPORTED', 129, structure('sctp_assoc_value', 8), 'rw', 'Whether chunks may be authenticated.'],
  ['SCTP_ECN_SUPPORTED', 130, structure('sctp_assoc_value', 8), 'rw', 'Whether congestion marks are used.'],
  ['SCTP_EXPOSE_POTENTIALLY_FAILED_STATE', 131, structure('sctp_assoc_value', 8), 'rw', 'Whether nearly failed addresses are told; also called SCTP_EXPOSE_PF_STATE.'],
  ['SCTP_REMOTE_UDP_ENCAPS_PORT', 132, structure('sctp_udpencaps', 136), 'rw', 'UDP port of the peer for SCTP inside UDP.'],
  ['SCTP_PLPMTUD_PROBE_INTERVAL', 133, structure('sctp_probeinterval', 136), 'rw', 'How often the path MTU is probed.', 'ms'],
]
const SCTP_DISTURBS: ReadonlyMap<string, string> = new Map([
  ['SCTP_SOCKOPT_PEELOFF', 'takes an association away from the socket'],
  ['SCTP_SOCKOPT_PEELOFF_FLAGS', 'takes an association away from the socket'],
  ['SCTP_SOCKOPT_CONNECTX3', 'connects the socket'],
  ['SCTP_GET_ASSOC_STATS', 'starts a statistic afresh'],
])
const SCTP_PLAIN = new Set([flag, int, uint])
export const SCTP_OPTIONS = SCTP.map(([title, number, codec, access, story, unit]) => {
  const disturbs = SCTP_DISTURBS.get(title)
  return sctp(title, number, codec, access, SCTP_PLAIN.has(codec) || access === 'w' ? story : `${story} Reading ${ASSOC} where there are several.`, {
    ...(unit === undefined ? {} : { unit }),
    ...(disturbs === undefined ? {} : { disturbs }),
    ...(access === 'r' ? { isState: true as const } : {}),
  })
})

const dccp = at(Level.DCCP, ['dccp'])
const DCCP_END = { since: '2.6.14' } as const
export const DCCP_OPTIONS = [
  dccp('DCCP_SOCKOPT_PACKET_SIZE', 1, int, '-', 'Accepted and ignored. All of DCCP left the kernel with 6.16.', DCCP_END),
  dccp('DCCP_SOCKOPT_SERVICE', 2, uint, 'rw', 'Service code, which both ends must agree on.', DCCP_END),
  dccp('DCCP_SOCKOPT_CHANGE_L', 3, int, '-', 'Feature negotiation by hand: obsolete.', DCCP_END),
  dccp('DCCP_SOCKOPT_CHANGE_R', 4, int, '-', 'The same from the other side: obsolete.', DCCP_END),
  dccp('DCCP_SOCKOPT_GET_CUR_MPS', 5, int, 'r', 'Largest packet now.', { ...DCCP_END, unit: 'B', isState: true }),
  dccp('DCCP_SOCKOPT_SERVER_TIMEWAIT', 6, flag, 'rw', 'The server, not the client, holds TIMEWAIT.', { since: '2.6.24' }),
  dccp('DCCP_SOCKOPT_SEND_CSCOV', 10, int, 'rw', 'How much of each packet the checksum covers.', { since: '2.6.21' }),
  dccp('DCCP_SOCKOPT_RECV_CSCOV', 11, int, 'rw', 'The least it may cover of what is received.', { since: '2.6.21' }),
  dccp('DCCP_SOCKOPT_AVAILABLE_CCIDS', 12, structure('u8[]', 8), 'r', 'Congestion controls that this kernel has.', { since: '2.6.28', isState: true }),
  dccp('DCCP_SOCKOPT_CCID', 13, structure('u8[]', 8), 'w', 'Congestion control of both directions.', { since: '2.6.28' }),
  dccp('DCCP_SOCKOPT_TX_CCID', 14, int, 'rw', 'That of what is sent.', { since: '2.6.28' }),
  dccp('DCCP_SOCKOPT_RX_CCID', 15, int, 'rw', 'That of what is received.', { since: '2.6.28' }),
  dccp('DCCP_SOCKOPT_QPOLICY_ID', 16, choice({ 0: 'simple', 1: 'priority' }), 'rw', 'Which packet of a full send queue goes first.', { since: '2.6.38' }),
  dccp('DCCP_SOCKOPT_QPOLICY_TXQLEN', 17, int, 'rw', 'Length of that queue; 0 no limit.', { unit: 'packets', since: '2.6.38' }),
  dccp('DCCP_SOCKOPT_CCID_RX_INFO', 128, structure('ccid info', 64), 'r', 'What the receiving congestion control tells; 128 to 191 are its own.', { ...DCCP_END, isState: true }),
  dccp('DCCP_SOCKOPT_CCID_TX_INFO', 192, structure('ccid info', 64), 'r', 'What the sending one tells; 192 to 255 are its own.', { ...DCCP_END, isState: true }),
]

type Row = readonly [name: string, number: number, codec: SocketOption['codec'], access: SocketOption['access'], story: string, extra?: Partial<SocketOption>]
const table = (level: number, on: SocketOption['on'], extra: Partial<SocketOption>, rows: readonly Row[]): SocketOption[] =>
  rows.map(([title, number, codec, access, story, more]) => ({ on, ...extra, ...more, name: title, level, number, codec, access, story }))

/** Families that a server seldom meets: what each option is, in a line. */
export const RARE_OPTIONS: readonly SocketOption[] = [
  ...table(Level.CAN_RAW, ['can'], { since: '2.6.25' }, [
    ['CAN_RAW_FILTER', 1, structure('can_filter[]', 4096), 'rw', 'Which frame ids are received; an empty list receives none.'],
    ['CAN_RAW_ERR_FILTER', 2, uint, 'rw', 'Which error classes come as frames.'],
    ['CAN_RAW_LOOPBACK', 3, flag, 'rw', 'Frames sent come to other sockets of this host; on by default.'],
    ['CAN_RAW_RECV_OWN_MSGS', 4, flag, 'rw', 'Frames sent come back to their own sender too.'],
    ['CAN_RAW_FD_FRAMES', 5, flag, 'rw', 'CAN FD frames of up to 64 bytes are allowed.', { since: '3.6' }],
    ['CAN_RAW_JOIN_FILTERS', 6, flag, 'rw', 'All filters must match rather than one.', { since: '4.1' }],
    ['CAN_RAW_XL_FRAMES', 7, flag, 'rw', 'CAN XL frames of up to 2048 bytes are allowed.', { since: '6.2' }],
  ]),
  ...table(Level.CAN_ISOTP, ['isotp'], { since: '5.10' }, [
    ['CAN_ISOTP_OPTS', 1, structure('can_isotp_options', 12), 'rw', 'Padding, extended addresses, half duplex.'],
    ['CAN_ISOTP_RECV_FC', 2, structure('can_isotp_fc_options', 3), 'rw', 'Flow control that we ask of the sender.'],
    ['CAN_ISOTP_TX_STMIN', 3, uint, 'rw', 'Least gap between frames sent, whatever the receiver asks.', { unit: 'ns' }],
    ['CAN_ISOTP_RX_STMIN', 4, uint, 'rw', 'Frames received sooner are ignored.', { unit: 'ns' }],
    ['CAN_ISOTP_LL_OPTS', 5, structure('can_isotp_ll_options', 3), 'rw', 'Link layer: frame type and length.'],
  ]),
  ...table(Level.CAN_J1939, ['j1939'], { since: '5.4' }, [
    ['SO_J1939_FILTER', 1, structure('j1939_filter[]', 512), 'w', 'Which messages are received.'],
    ['SO_J1939_PROMISC', 2, flag, 'rw', 'Also those that are for others.'],
    ['SO_J1939_SEND_PRIO', 3, int, 'rw', 'Priority of what is sent, 0 first to 7 last.', { range: [0, 7] }],
    ['SO_J1939_ERRQUEUE', 4, flag, 'rw', 'How a long message fares comes through the error queue.'],
  ]),
  ...table(Level.TIPC, ['tipc'], {}, [
    ['TIPC_IMPORTANCE', 127, choice({ 0: 'low', 1: 'medium', 2: 'high', 3: 'critical' }), 'rw', 'Which messages are dropped last under load.', { range: [0, 3] }],
    ['TIPC_SRC_DROPPABLE', 128, flag, 'rw', 'Messages may be dropped at the sending node.'],
    ['TIPC_DEST_DROPPABLE', 129, flag, 'rw', 'Undeliverable messages are dropped, not returned.'],
    ['TIPC_CONN_TIMEOUT', 130, uint, 'rw', 'How long connect() waits.', { unit: 'ms' }],
    ['TIPC_NODE_RECVQ_DEPTH', 131, uint, 'r', 'Messages that wait in all of the node: always 0 now.', { isState: true }],
    ['TIPC_SOCK_RECVQ_DEPTH', 132, uint, 'r', 'Messages that wait in this socket.', { isState: true }],
    ['TIPC_MCAST_BROADCAST', 133, int, 'w', 'Multicast goes by broadcast where it can.', { since: '4.11' }],
    ['TIPC_MCAST_REPLICAST', 134, int, 'w', 'Multicast goes as many copies.', { since: '4.11' }],
    ['TIPC_GROUP_JOIN', 135, structure('tipc_group_req', 16), 'rw', 'Joins a communication group.', { since: '4.15' }],
    ['TIPC_GROUP_LEAVE', 136, int, 'w', 'Leaves it.', { since: '4.15' }],
    ['TIPC_SOCK_RECVQ_USED', 137, uint, 'r', 'Memory of what waits.', { unit: 'B', since: '4.18', isState: true }],
    ['TIPC_NODELAY', 138, flag, 'rw', 'Small messages are not bundled.', { since: '5.5' }],
  ]),
  ...table(Level.RDS, ['rds'], { since: '2.6.30' }, [
    ['RDS_CANCEL_SENT_TO', 1, structure('sockaddr', 16), 'w', 'Drops what waits to be sent to a peer.'],
    ['RDS_GET_MR', 2, structure('rds_get_mr_args', 24), 'w', 'Registers memory for remote access.'],
    ['RDS_FREE_MR', 3, structure('rds_free_mr_args', 16), 'w', 'Gives it back.'],
    ['RDS_RECVERR', 5, flag, 'rw', 'Errors of sending are reported.'],
    ['RDS_CONG_MONITOR', 6, flag, 'w', 'Congestion of ports is reported.'],
    ['RDS_GET_MR_FOR_DEST', 7, structure('rds_get_mr_for_dest_args', 144), 'w', 'RDS_GET_MR before the connection stands.'],
    ['SO_RDS_TRANSPORT', 8, choice({ 0: 'infiniband', 1: 'gap', 2: 'tcp' }), 'rw', 'Which transport carries it.', { since: '4.2' }],
    ['SO_RDS_MSG_RXPATH_LATENCY', 10, structure('rds_rx_trace_so', 8), 'w', 'Messages bring where their time went.', { since: '4.11' }],
  ]),
  ...table(Level.RXRPC, ['rxrpc'], { since: '2.6.22' }, [
    ['RXRPC_SECURITY_KEY', 1, name(256), 'w', 'Description of the key that a client uses.'],
    ['RXRPC_SECURITY_KEYRING', 2, name(256), 'w', 'Key ring of a server.'],
    ['RXRPC_EXCLUSIVE_CONNECTION', 3, int, 'w', 'Calls share their connection with no other socket.'],
    ['RXRPC_MIN_SECURITY_LEVEL', 4, choice({ 0: 'plain', 1: 'auth', 2: 'encrypt' }), 'w', 'The least that is accepted.'],
    ['RXRPC_UPGRADEABLE_SERVICE', 5, structure('u16[2]', 4), 'w', 'A service that may be upgraded to another.', { since: '4.14' }],
    ['RXRPC_SUPPORTED_CMSG', 6, int, 'r', 'The highest control message that is known.', { since: '4.14', isState: true }],
  ]),
  ...table(Level.LLC, ['llc'], {}, [
    ['LLC_OPT_RETRY', 1, int, 'rw', 'Most retransmissions.', { range: [0, 100] }],
    ['LLC_OPT_SIZE', 2, int, 'rw', 'Largest PDU.', { unit: 'B', range: [0, 4196] }],
    ['LLC_OPT_ACK_TMR_EXP', 3, int, 'rw', 'Wait for an acknowledgement.', { unit: 's', range: [0, 60] }],
    ['LLC_OPT_P_TMR_EXP', 4, int, 'rw', 'Length of a poll cycle.', { unit: 's', range: [0, 60] }],
    ['LLC_OPT_REJ_TMR_EXP', 5, int, 'rw', 'Wait after a reject.', { unit: 's', range: [0, 60] }],
    ['LLC_OPT_BUSY_TMR_EXP', 6, int, 'rw', 'Wait while the peer is busy.', { unit: 's', range: [0, 60] }],
    ['LLC_OPT_TX_WIN', 7, int, 'rw', 'Send window.', { unit: 'packets', range: [0, 127] }],
    ['LLC_OPT_RX_WIN', 8, int, 'rw', 'Receive window.', { unit: 'packets', range: [0, 127] }],
    ['LLC_OPT_PKTINFO', 9, flag, 'rw', 'Each packet brings where it was going.', { since: '3.3' }],
  ]),
  ...table(Level.KCM, ['kcm'], { since: '4.6' }, [['KCM_RECV_DISABLE', 1, flag, 'rw', 'This socket of a multiplexor takes no messages.']]),
  ...table(Level.ALG, ['alg'], { since: '2.6.38' }, [
    ['ALG_SET_KEY', 1, structure('key', 0), 'w', 'The key of a cipher or hash in the kernel.'],
    ['ALG_SET_IV', 2, structure('af_alg_iv', 0), 'w', 'Initialisation vector: a control message, not an option.'],
    ['ALG_SET_OP', 3, int, 'w', 'Encrypt or decrypt: a control message, not an option.'],
    ['ALG_SET_AEAD_ASSOCLEN', 4, int, 'w', 'Length of the associated data: a control message.', { since: '3.19' }],
    ['ALG_SET_AEAD_AUTHSIZE', 5, int, 'w', 'Length of the tag: given as the length of an empty value.', { since: '3.19' }],
    ['ALG_SET_DRBG_ENTROPY', 6, structure('bytes', 0), 'w', 'Entropy of a generator under test.', { since: '5.10' }],
  ]),
  ...table(Level.SMC, ['smc'], { since: '5.16' }, [['SMC_LIMIT_HS', 1, flag, 'rw', 'Too many handshakes at once fall back to TCP.']]),
  ...table(Level.NFC, ['nfc'], { since: '3.10' }, [
    ['NFC_LLCP_RW', 0, int, 'rw', 'Receive window.', { range: [0, 15] }],
    ['NFC_LLCP_MIUX', 1, int, 'rw', 'Extension of the unit of information.', { unit: 'B' }],
    ['NFC_LLCP_REMOTE_MIU', 2, int, 'r', 'Unit of information of the peer.', { unit: 'B', isState: true }],
    ['NFC_LLCP_REMOTE_LTO', 3, int, 'r', 'Link timeout of the peer.', { unit: '10 ms', isState: true }],
    ['NFC_LLCP_REMOTE_RW', 4, int, 'r', 'Receive window of the peer.', { isState: true }],
  ]),
  ...table(Level.CAIF, ['caif'], { since: '2.6.35' }, [
    ['CAIFSO_LINK_SELECT', 127, int, 'w', 'Low latency or high bandwidth.'],
    ['CAIFSO_REQ_PARAM', 128, structure('bytes', 256), 'rw', 'Parameters sent with a request.'],
    ['CAIFSO_RSP_PARAM', 129, structure('bytes', 256), 'r', 'Parameters that the modem answered.', { isState: true }],
  ]),
  ...table(Level.PNPIPE, ['phonet'], { since: '2.6.28' }, [
    ['PNPIPE_ENCAP', 1, choice({ 0: 'none', 1: 'ip' }), 'rw', 'The pipe carries IP and becomes an interface.'],
    ['PNPIPE_IFINDEX', 2, int, 'r', 'Index of that interface.', { isState: true }],
    ['PNPIPE_HANDLE', 3, int, 'rw', 'Handle of the pipe.', { since: '2.6.36' }],
    ['PNPIPE_INITSTATE', 4, flag, 'rw', 'Whether a new pipe begins enabled.', { since: '3.2' }],
  ]),
  ...table(Level.X25, ['x25'], {}, [['X25_QBITINCL', 1, flag, 'rw', 'The first byte of each message is the Q bit.']]),
  ...table(Level.AX25, ['ax25'], {}, [
    ['AX25_WINDOW', 1, int, 'rw', 'Window.', { unit: 'packets' }],
    ['AX25_T1', 2, int, 'rw', 'Timer of acknowledgement.', { unit: 's' }],
    ['AX25_N2', 3, int, 'rw', 'Tries before the link is dropped.', { range: [1, 31] }],
    ['AX25_T3', 4, int, 'rw', 'Timer of an idle link.', { unit: 's' }],
    ['AX25_T2', 5, int, 'rw', 'Delay of acknowledgements.', { unit: 's' }],
    ['AX25_BACKOFF', 6, choice({ 0: 'none', 1: 'linear', 2: 'exponential' }), 'rw', 'How timers grow.', { range: [0, 2] }],
    ['AX25_EXTSEQ', 7, flag, 'rw', 'Sequence numbers modulo 128.'],
    ['AX25_PIDINCL', 8, flag, 'rw', 'The first byte of each message is the protocol id.'],
    ['AX25_IDLE', 9, int, 'rw', 'An idle link is closed after this.', { unit: 'minutes' }],
    ['AX25_PACLEN', 10, int, 'rw', 'Largest packet.', { unit: 'B' }],
    ['AX25_IAMDIGI', 12, flag, 'rw', 'This socket acts as a digipeater.'],
    ['AX25_KILL', 99, int, '-', 'A request of ioctl(), not an option.'],
  ]),
  ...table(Level.NETROM, ['netrom'], {}, [
    ['NETROM_T1', 1, int, 'rw', 'Timer of acknowledgement.', { unit: 's' }],
    ['NETROM_T2', 2, int, 'rw', 'Delay of acknowledgements.', { unit: 's' }],
    ['NETROM_N2', 3, int, 'rw', 'Tries.', { range: [1, 31] }],
    ['NETROM_T4', 6, int, 'rw', 'Wait while the peer is busy.', { unit: 's' }],
    ['NETROM_IDLE', 7, int, 'rw', 'An idle link is closed after this.', { unit: 'minutes' }],
  ]),
  ...table(Level.ROSE, ['rose'], {}, [
    ['ROSE_DEFER', 1, flag, 'rw', 'accept() decides before the call is answered.'],
    ['ROSE_T1', 2, int, 'rw', 'Timer of a call.', { unit: 's' }],
    ['ROSE_T2', 3, int, 'rw', 'Timer of a reset.', { unit: 's' }],
    ['ROSE_T3', 4, int, 'rw', 'Timer of a clear.', { unit: 's' }],
    ['ROSE_IDLE', 5, int, 'rw', 'An idle link is closed after this.', { unit: 'minutes' }],
    ['ROSE_QBITINCL', 6, flag, 'rw', 'The first byte of each message is the Q bit.'],
    ['ROSE_HOLDBACK', 7, int, 'rw', 'Wait before acknowledgement.', { unit: 's' }],
  ]),
  ...table(Level.ATM, ['atm'], {}, [
    // __SO_ENCODE packs level, number and size into one int: level << 22 | number << 16 | bytes
    ['SO_SETCLP', (264 << 22) | 4, int, 'rw', 'Cells may be lost first.'],
    ['SO_CIRANGE', (264 << 22) | (1 << 16) | 2, structure('atm_cirange', 2), 'rw', 'Bits of circuit ids in use.'],
    ['SO_ATMQOS', (264 << 22) | (2 << 16) | 88, structure('atm_qos', 88), 'rw', 'Traffic contract.'],
    ['SO_ATMSAP', (264 << 22) | (3 << 16) | 116, structure('atm_sap', 116), 'rw', 'Service access point.'],
    ['SO_ATMPVC', (264 << 22) | (4 << 16) | 16, structure('sockaddr_atmpvc', 16), 'r', 'Address of a permanent circuit.', { isState: true }],
    ['SO_MULTIPOINT', (264 << 22) | (5 << 16) | 4, int, 'r', 'Whether it may have many ends.', { isState: true }],
  ]),
  ...table(Level.PPPOL2TP, ['l2tp'], { since: '2.6.23' }, [
    ['PPPOL2TP_SO_DEBUG', 1, int, 'rw', 'Once: messages to log. Since 5.10 it does nothing.'],
    ['PPPOL2TP_SO_RECVSEQ', 2, flag, 'rw', 'Sequence numbers are expected.'],
    ['PPPOL2TP_SO_SENDSEQ', 3, flag, 'rw', 'Sequence numbers are sent.'],
    ['PPPOL2TP_SO_LNSMODE', 4, flag, 'rw', 'This end decides on sequence numbers.'],
    ['PPPOL2TP_SO_REORDERTO', 5, int, 'rw', 'How long packets wait to be put in order; 0 not at all.', { unit: 'ms' }],
  ]),
]
