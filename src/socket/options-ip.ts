/**
 * Options of IPPROTO_IP, IPPROTO_IPV6, raw ICMP and multicast routing. Numbers: <linux/in.h>, <linux/in6.h>, <linux/icmp.h>, <linux/icmpv6.h>,
 * <linux/mroute.h>, <linux/mroute6.h>; behaviour: ip(7), ipv6(7), raw(7), RFC 3542. On an IPv6 socket those of IPPROTO_IP rule its IPv4-mapped traffic.
 */
import { Level } from './constants.js'
import { at } from './option.js'
import { bitSet, choice, flag, inAddr, int, mtuInfo, networkInt, portRange, structure, uint } from './values.js'

const PMTU = choice({ 0: 'dont', 1: 'want', 2: 'do', 3: 'probe', 4: 'interface', 5: 'omit' })
const MREQ = structure('ip_mreqn', 12)
const MREQ_SOURCE = structure('ip_mreq_source', 12)
const GROUP = structure('group_req', 136)
const GROUP_SOURCE = structure('group_source_req', 264)

const option = at(Level.IP, ['inet'])
export const IP_OPTIONS = [
  option('IP_TOS', 1, int, 'rw', 'The type-of-service byte of packets sent: six bits of DSCP and two of ECN. TCP keeps the ECN bits to itself. Setting it also sets SO_PRIORITY.', { range: [0, 255] }),
  option('IP_TTL', 2, int, 'rw', 'Time to live of unicast packets; -1 asks for the default.', { sysctl: 'net/ipv4/ip_default_ttl', range: [-1, 255] }),
  option('IP_HDRINCL', 3, flag, 'rw', 'The program writes the IP header itself; the kernel still fills in the checksum and the length, and the source and id when they are 0.', { on: ['raw'], needs: 'a raw socket' }),
  option('IP_OPTIONS', 4, structure('IP options', 44), 'rw', 'IP options of every packet sent. Most routers drop such packets.'),
  option('IP_ROUTER_ALERT', 5, flag, 'w', 'Packets with the router alert option come to this raw socket and are not forwarded.', { on: ['raw'] }),
  option('IP_RECVOPTS', 6, flag, 'rw', 'Each datagram brings its IP options.'),
  option('IP_RETOPTS', 7, flag, 'rw', 'The same, unprocessed: with time stamps and routes not filled in.'),
  option('IP_PKTINFO', 8, flag, 'rw', 'Each datagram brings its destination address and interface; sendmsg() may say the source the same way. What servers on the wildcard address need to answer from the right one.'),
  option('IP_PKTOPTIONS', 9, structure('control messages', 256), 'r', 'What the last packet of a stream brought of the things asked for.', { isState: true, onlyNamed: true }),
  option('IP_MTU_DISCOVER', 10, PMTU, 'rw', 'Path MTU discovery: dont fragments, want fragments when it must (the default), do sets DF and refuses what is too long with EMSGSIZE, probe sets DF and ignores what is known of the path, interface and omit use the interface\'s MTU and believe no message.', { sysctl: 'net/ipv4/ip_no_pmtu_disc', range: [0, 5] }),
  option('IP_RECVERR', 11, flag, 'rw', 'ICMP errors are kept in the error queue, with all they say, and reported on unconnected UDP sockets too.'),
  option('IP_RECVTTL', 12, flag, 'rw', 'Each datagram brings its time to live.'),
  option('IP_RECVTOS', 13, flag, 'rw', 'Each datagram brings its type-of-service byte.'),
  option('IP_MTU', 14, int, 'r', 'The path MTU known for the peer; ENOTCONN on a socket that has none.', { unit: 'B', isState: true }),
  option('IP_FREEBIND', 15, flag, 'rw', 'Lets bind() take an address that this host does not have yet.', { sysctl: 'net/ipv4/ip_nonlocal_bind' }),
  option('IP_IPSEC_POLICY', 16, structure('sadb_x_policy', 0), 'w', 'An IPsec policy of this socket alone, in the words of PF_KEY.', { needs: 'CAP_NET_ADMIN' }),
  option('IP_XFRM_POLICY', 17, structure('xfrm_userpolicy_info', 0), 'w', 'An IPsec policy of this socket alone, in those of the kernel; without a value it clears it.', { needs: 'CAP_NET_ADMIN' }),
  option('IP_PASSSEC', 18, flag, 'rw', 'Each datagram brings the security label of its sender, where there are labels.', { since: '2.6.17' }),
  option('IP_TRANSPARENT', 19, flag, 'rw', 'A proxy may bind to, and answer from, addresses of others.', { since: '2.6.28', needs: 'CAP_NET_ADMIN or CAP_NET_RAW' }),
  option('IP_ORIGDSTADDR', 20, flag, 'rw', 'Each datagram brings where it was going before a proxy rule took it. The header also calls it IP_RECVORIGDSTADDR.', { since: '2.6.29' }),
  option('IP_MINTTL', 21, int, 'rw', 'Drops packets whose time to live is less: 255 lets only neighbours through (RFC 5082, used by BGP).', { since: '2.6.34', range: [0, 255] }),
  option('IP_NODEFRAG', 22, flag, 'rw', 'Fragments sent by a raw socket are not put together by netfilter.', { since: '2.6.36', on: ['raw'] }),
  option('IP_CHECKSUM', 23, flag, 'rw', 'Each datagram brings its checksum as the card counted it.', { since: '4.0' }),
  option('IP_BIND_ADDRESS_NO_PORT', 24, flag, 'rw', 'bind() with port 0 leaves the port to connect(), which can then share it between different destinations: many more outgoing connections from one address.', { since: '4.2' }),
  option('IP_RECVFRAGSIZE', 25, flag, 'rw', 'Each datagram brings the size of its largest fragment.', { since: '4.14' }),
  option('IP_RECVERR_RFC4884', 26, flag, 'rw', 'Queued ICMP errors tell where their extensions begin.', { since: '5.9' }),
  option('IP_MULTICAST_IF', 32, inAddr, 'rw', 'The interface that multicast leaves by, given by its address (or an ip_mreqn with its index); 0.0.0.0 lets routing choose.'),
  option('IP_MULTICAST_TTL', 33, int, 'rw', 'Time to live of multicast; 1, the default, stays on the link.', { range: [-1, 255] }),
  option('IP_MULTICAST_LOOP', 34, flag, 'rw', 'Whether multicast that is sent comes back to members on this host. On by default, on the SENDING socket.'),
  option('IP_ADD_MEMBERSHIP', 35, MREQ, 'w', 'Joins a multicast group on an interface. Without an interface the routing table picks one, which on a host with several is a common fault.', { sysctl: 'net/ipv4/igmp_max_memberships' }),
  option('IP_DROP_MEMBERSHIP', 36, MREQ, 'w', 'Leaves it; closing the socket does so too.'),
  option('IP_UNBLOCK_SOURCE', 37, MREQ_SOURCE, 'w', 'Takes a blocked sender of a group back.'),
  option('IP_BLOCK_SOURCE', 38, MREQ_SOURCE, 'w', 'Stops one sender of a joined group.'),
  option('IP_ADD_SOURCE_MEMBERSHIP', 39, MREQ_SOURCE, 'w', 'Joins a group for one sender only (IGMPv3, source-specific).'),
  option('IP_DROP_SOURCE_MEMBERSHIP', 40, MREQ_SOURCE, 'w', 'Leaves a group for one sender.'),
  option('IP_MSFILTER', 41, structure('ip_msfilter', 512), 'rw', 'The whole list of senders of a group, wanted or unwanted. Reading asks for the group.', { sysctl: 'net/ipv4/igmp_max_msf', onlyNamed: true }),
  option('MCAST_JOIN_GROUP', 42, GROUP, 'w', 'Joins a group, IPv4 or IPv6, by interface index (RFC 3678).'),
  option('MCAST_BLOCK_SOURCE', 43, GROUP_SOURCE, 'w', 'Stops one sender, either family.'),
  option('MCAST_UNBLOCK_SOURCE', 44, GROUP_SOURCE, 'w', 'Takes a stopped sender back.'),
  option('MCAST_LEAVE_GROUP', 45, GROUP, 'w', 'Leaves a group.'),
  option('MCAST_JOIN_SOURCE_GROUP', 46, GROUP_SOURCE, 'w', 'Joins for one sender.'),
  option('MCAST_LEAVE_SOURCE_GROUP', 47, GROUP_SOURCE, 'w', 'Leaves for one sender.'),
  option('MCAST_MSFILTER', 48, structure('group_filter', 512), 'rw', 'The list of senders, either family. Reading asks for the group.', { onlyNamed: true }),
  option('IP_MULTICAST_ALL', 49, flag, 'rw', 'On, the default: a socket on the wildcard address gets groups that ANY socket of this host joined. Off: only those that it joined itself, which is what most programs expect.', { since: '2.6.31' }),
  option('IP_UNICAST_IF', 50, networkInt, 'rw', 'The interface that unicast leaves by, without binding to it; its index in network order.', { since: '3.4' }),
  option('IP_LOCAL_PORT_RANGE', 51, portRange, 'rw', 'Narrows the ephemeral ports of this socket within the sysctl.', { since: '6.3', sysctl: 'net/ipv4/ip_local_port_range' }),
  option('IP_PROTOCOL', 52, int, 'r', 'The protocol of a raw socket.', { since: '6.4', isState: true }),
]

const ip6 = at(Level.IPV6, ['inet6'])
const PACKET_OPTION = structure('IPv6 extension header', 512)
export const IPV6_OPTIONS = [
  ip6('IPV6_ADDRFORM', 1, int, 'rw', 'Turns a socket connected to an IPv4-mapped address into an IPv4 one, for good; reading gives the family.', { isState: true }),
  ip6('IPV6_2292PKTINFO', 2, flag, 'rw', 'IPV6_RECVPKTINFO as the obsolete RFC 2292 had it.'),
  ip6('IPV6_2292HOPOPTS', 3, flag, 'rw', 'IPV6_RECVHOPOPTS after RFC 2292.'),
  ip6('IPV6_2292DSTOPTS', 4, flag, 'rw', 'IPV6_RECVDSTOPTS after RFC 2292.'),
  ip6('IPV6_2292RTHDR', 5, flag, 'rw', 'IPV6_RECVRTHDR after RFC 2292.'),
  ip6('IPV6_2292PKTOPTIONS', 6, structure('control messages', 512), 'rw', 'What the last packet of a stream brought, after RFC 2292.', { onlyNamed: true, isState: true }),
  ip6('IPV6_CHECKSUM', 7, int, 'rw', 'Where in the payload of a raw socket the checksum is, which the kernel then fills in and checks; -1 nowhere. Fixed at 2 for ICMPv6.', { unit: 'B', on: ['raw'], range: [-1, 65535] }),
  ip6('IPV6_2292HOPLIMIT', 8, flag, 'rw', 'IPV6_RECVHOPLIMIT after RFC 2292.'),
  ip6('IPV6_NEXTHOP', 9, structure('sockaddr_in6', 28), '-', 'The next router of what is sent: in the header, not in the kernel.'),
  ip6('IPV6_AUTHHDR', 10, int, '-', 'An authentication header: in the header, not in the kernel.'),
  ip6('IPV6_FLOWINFO', 11, flag, 'rw', 'Each packet brings its flow label and traffic class.'),
  ip6('IPV6_UNICAST_HOPS', 16, int, 'rw', 'Hop limit of unicast packets; -1 asks for the default, which it then reads.', { sysctl: 'net/ipv6/conf/all/hop_limit', range: [-1, 255] }),
  ip6('IPV6_MULTICAST_IF', 17, int, 'rw', 'Index of the interface that multicast leaves by; 0 lets routing choose.', { range: [0, 2147483647] }),
  ip6('IPV6_MULTICAST_HOPS', 18, int, 'rw', 'Hop limit of multicast; 1 stays on the link.', { range: [-1, 255] }),
  ip6('IPV6_MULTICAST_LOOP', 19, flag, 'rw', 'Whether multicast that is sent comes back to members on this host.'),
  ip6('IPV6_ADD_MEMBERSHIP', 20, structure('ipv6_mreq', 20), 'w', 'Joins a group on an interface. RFC 3493 calls it IPV6_JOIN_GROUP.'),
  ip6('IPV6_DROP_MEMBERSHIP', 21, structure('ipv6_mreq', 20), 'w', 'Leaves it.'),
  ip6('IPV6_ROUTER_ALERT', 22, int, 'w', 'Packets with this router alert value come to this raw socket; -1 undoes it.', { on: ['raw'] }),
  ip6('IPV6_MTU_DISCOVER', 23, PMTU, 'rw', 'As IP_MTU_DISCOVER; routers never fragment IPv6.', { range: [0, 5] }),
  ip6('IPV6_MTU', 24, int, 'rw', 'The path MTU of a connected socket; setting it, at least 1280, keeps to less. ENOTCONN without a peer.', { unit: 'B', isState: true }),
  ip6('IPV6_RECVERR', 25, flag, 'rw', 'As IP_RECVERR.'),
  ip6('IPV6_V6ONLY', 26, flag, 'rw', 'On: IPv6 only. Off, the default on Linux: a socket on :: takes IPv4 too, as mapped addresses, so another bind() of 0.0.0.0 on that port fails. Before bind() only; portable servers set it.', { sysctl: 'net/ipv6/bindv6only' }),
  ip6('IPV6_JOIN_ANYCAST', 27, structure('ipv6_mreq', 20), 'w', 'Answers for an anycast address.', { needs: 'CAP_NET_ADMIN' }),
  ip6('IPV6_LEAVE_ANYCAST', 28, structure('ipv6_mreq', 20), 'w', 'Stops doing so.'),
  ip6('IPV6_MULTICAST_ALL', 29, flag, 'rw', 'As IP_MULTICAST_ALL.', { since: '4.20' }),
  ip6('IPV6_ROUTER_ALERT_ISOLATE', 30, flag, 'rw', 'Router alerts of other network namespaces stay away.', { since: '5.1', on: ['raw'] }),
  ip6('IPV6_RECVERR_RFC4884', 31, flag, 'rw', 'As IP_RECVERR_RFC4884.', { since: '5.9' }),
  ip6('IPV6_FLOWLABEL_MGR', 32, structure('in6_flowlabel_req', 32), 'rw', 'Leases flow labels. Reading asks for the label.', { onlyNamed: true }),
  ip6('IPV6_FLOWINFO_SEND', 33, flag, 'rw', 'sin6_flowinfo of the address is used when sending.'),
  ip6('IPV6_IPSEC_POLICY', 34, structure('sadb_x_policy', 0), 'w', 'As IP_IPSEC_POLICY.', { needs: 'CAP_NET_ADMIN' }),
  ip6('IPV6_XFRM_POLICY', 35, structure('xfrm_userpolicy_info', 0), 'w', 'As IP_XFRM_POLICY.', { needs: 'CAP_NET_ADMIN' }),
  ip6('IPV6_HDRINCL', 36, flag, 'rw', 'The program of a raw socket writes the whole IPv6 header.', { since: '4.5', on: ['raw'] }),
  ip6('IPV6_RECVPKTINFO', 49, flag, 'rw', 'Each packet brings its destination address and interface.', { since: '2.6.14' }),
  ip6('IPV6_PKTINFO', 50, structure('in6_pktinfo', 20), 'rw', 'Source address and interface of everything sent from now on.', { since: '2.6.14', onlyNamed: true }),
  ip6('IPV6_RECVHOPLIMIT', 51, flag, 'rw', 'Each packet brings its hop limit.', { since: '2.6.14' }),
  ip6('IPV6_HOPLIMIT', 52, int, 'w', 'The hop limit as a control message of sendmsg(); as an option it does nothing.', { since: '2.6.14' }),
  ip6('IPV6_RECVHOPOPTS', 53, flag, 'rw', 'Each packet brings its hop-by-hop header.', { since: '2.6.14' }),
  ip6('IPV6_HOPOPTS', 54, PACKET_OPTION, 'rw', 'A hop-by-hop header of everything sent.', { since: '2.6.14', needs: 'CAP_NET_RAW' }),
  ip6('IPV6_RTHDRDSTOPTS', 55, PACKET_OPTION, 'rw', 'A destination header before the routing header of everything sent.', { since: '2.6.14', needs: 'CAP_NET_RAW' }),
  ip6('IPV6_RECVRTHDR', 56, flag, 'rw', 'Each packet brings its routing header.', { since: '2.6.14' }),
  ip6('IPV6_RTHDR', 57, PACKET_OPTION, 'rw', 'A routing header of everything sent.', { since: '2.6.14', needs: 'CAP_NET_RAW for most types' }),
  ip6('IPV6_RECVDSTOPTS', 58, flag, 'rw', 'Each packet brings its destination header.', { since: '2.6.14' }),
  ip6('IPV6_DSTOPTS', 59, PACKET_OPTION, 'rw', 'A destination header of everything sent.', { since: '2.6.14', needs: 'CAP_NET_RAW' }),
  ip6('IPV6_RECVPATHMTU', 60, flag, 'rw', 'A change of the path MTU is told by an empty message.', { since: '2.6.35' }),
  ip6('IPV6_PATHMTU', 61, mtuInfo, 'r', 'The path MTU of a connected socket; ENOTCONN without one.', { unit: 'B', since: '2.6.35', isState: true }),
  ip6('IPV6_DONTFRAG', 62, flag, 'rw', 'Datagrams that are too long are refused, not fragmented.', { since: '2.6.35' }),
  ip6('IPV6_USE_MIN_MTU', 63, int, '-', 'Always keep to 1280 bytes: in the header (RFC 3542), not in the kernel.'),
  ip6('IPV6_RECVTCLASS', 66, flag, 'rw', 'Each packet brings its traffic class.', { since: '2.6.14' }),
  ip6('IPV6_TCLASS', 67, int, 'rw', 'Traffic class of what is sent, as IP_TOS; -1 asks for the default.', { since: '2.6.14', range: [-1, 255] }),
  ip6('IPV6_AUTOFLOWLABEL', 70, flag, 'rw', 'Flow labels are made from the addresses and ports of a connection.', { since: '3.17', sysctl: 'net/ipv6/auto_flowlabels' }),
  ip6('IPV6_ADDR_PREFERENCES', 72, bitSet({ 1: 'temporary', 2: 'public', 4: 'care-of', 256: 'public or temporary by sysctl', 1024: 'home', 2048: 'no CGA' }), 'rw', 'Which of our addresses is taken as a source (RFC 5014).', { since: '2.6.26', sysctl: 'net/ipv6/conf/all/use_tempaddr' }),
  ip6('IPV6_MINHOPCOUNT', 73, int, 'rw', 'As IP_MINTTL.', { since: '2.6.35', range: [0, 255] }),
  ip6('IPV6_ORIGDSTADDR', 74, flag, 'rw', 'As IP_ORIGDSTADDR; also called IPV6_RECVORIGDSTADDR.', { since: '2.6.37' }),
  ip6('IPV6_TRANSPARENT', 75, flag, 'rw', 'As IP_TRANSPARENT.', { since: '2.6.37', needs: 'CAP_NET_ADMIN or CAP_NET_RAW' }),
  ip6('IPV6_UNICAST_IF', 76, networkInt, 'rw', 'As IP_UNICAST_IF.', { since: '3.4' }),
  ip6('IPV6_RECVFRAGSIZE', 77, flag, 'rw', 'As IP_RECVFRAGSIZE.', { since: '4.14' }),
  ip6('IPV6_FREEBIND', 78, flag, 'rw', 'As IP_FREEBIND, for IPv6 alone.', { since: '5.0', sysctl: 'net/ipv6/ip_nonlocal_bind' }),
]

const raw = at(Level.RAW, ['raw', 'icmp'])
const icmp6 = at(Level.ICMPV6, ['raw'])
export const RAW_OPTIONS = [
  raw('ICMP_FILTER', 1, uint, 'rw', 'Which ICMP types a raw ICMP socket does not get: bit n set drops type n.'),
  icmp6('ICMPV6_FILTER', 1, structure('icmp6_filter', 32), 'rw', 'Which ICMPv6 types a raw ICMPv6 socket gets; the header calls bits that are set blocked.'),
]

const mroute = at(Level.IP, ['raw'])
const mroute6 = at(Level.IPV6, ['raw'])
const ROUTER = { needs: 'CAP_NET_ADMIN, and a raw IGMP (for IPv6: ICMPv6) socket' } as const
const VERBS: readonly (readonly [suffix: string, story: string, access: 'w' | 'rw' | 'r'])[] = [
  ['INIT', 'Makes this socket the multicast router of the namespace: one at a time.', 'w'],
  ['DONE', 'Stops being it.', 'w'],
  ['ADD_VIF', 'Adds an interface to route between.', 'w'],
  ['DEL_VIF', 'Takes it away.', 'w'],
  ['ADD_MFC', 'Adds a route: a source, a group, where it comes in and goes out.', 'w'],
  ['DEL_MFC', 'Takes it away.', 'w'],
  ['VERSION', 'Version of this interface.', 'r'],
  ['ASSERT', 'Whether packets that come in by the wrong interface are reported.', 'rw'],
  ['PIM', 'Whether PIM is supported: wrong-interface reports for whole packets.', 'rw'],
  ['TABLE', 'Which routing table this socket governs.', 'w'],
  ['ADD_MFC_PROXY', 'Adds a route for any source (a proxy).', 'w'],
  ['DEL_MFC_PROXY', 'Takes it away.', 'w'],
  ['FLUSH', 'Empties the routes, the interfaces, or both.', 'w'],
]
export const ROUTING_OPTIONS = [
  ...VERBS.map(([suffix, story, access], i) => mroute(`MRT_${suffix}`, 200 + i, int, access, story, { ...ROUTER, onlyNamed: true })),
  ...VERBS.map(([suffix, story, access], i) => mroute6(`MRT6_${suffix.replace('VIF', 'MIF')}`, 200 + i, int, access, `${story} For IPv6.`, { ...ROUTER, onlyNamed: true })),
]

const netfilter = at(Level.IP, ['inet'])
const netfilter6 = at(Level.IPV6, ['inet6'])
export const NETFILTER_OPTIONS = [
  netfilter('SO_ORIGINAL_DST', 80, structure('sockaddr_in', 16), 'r', 'Where a redirected TCP connection was going: netfilter\'s, for transparent proxies. ENOENT when it was not redirected.', { onlyNamed: true, isState: true, on: ['tcp'] }),
  netfilter6('IP6T_SO_ORIGINAL_DST', 80, structure('sockaddr_in6', 28), 'r', 'The same for IPv6.', { onlyNamed: true, isState: true, on: ['tcp'], since: '3.8' }),
]
