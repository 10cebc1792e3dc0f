import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ALIASES, appliesTo, isOlderKernel, levels, LEVEL_NAMES, optionNamed, OPTIONS, optionsMatching, similar } from '../../src/socket/options.js'
import { kindNamed, kindOf, KINDS } from '../../src/socket/kinds.js'

const HEADERS = '/usr/include'
const haveHeaders = existsSync(`${HEADERS}/asm-generic/socket.h`)
if (!haveHeaders && process.env['CI'] === 'true') throw new Error('no kernel headers (linux-libc-dev), and nothing may be skipped here')

/** Which names of a header are options: those that match, and are not values, flags or types. */
const SOURCES: readonly { readonly file: string; readonly option: RegExp; readonly not?: RegExp; readonly decimalDefines?: true }[] = [
  { file: 'asm-generic/socket.h', option: /^SO_/ },
  { file: 'linux/in.h', option: /^(IP|MCAST)_/, not: /^IP_PMTUDISC_|^IP_DEFAULT_|^MCAST_(EXCLUDE|INCLUDE)$|_SIZE$/ },
  { file: 'linux/in6.h', option: /^IPV6_/, not: /_PMTUDISC_|^IPV6_(FL_|FLOWINFO_(FLOWLABEL|PRIORITY)|PRIORITY_|TLV_|PREFER_)/ },
  { file: 'linux/tcp.h', option: /^TCP_/, not: /^TCP_(FLAG|CA_|MSS_|REPAIR_O(N|FF)|NLA_|MD5SIG_(MAXKEYLEN|FLAG)|AO_|RECEIVE_ZEROCOPY|(NO|RECV|SEND)_QUEUE|QUEUES|RESERVED|DATA_OFFSET)/ },
  { file: 'linux/udp.h', option: /^UDP_/, not: /^UDP_ENCAP_/ },
  { file: 'linux/icmp.h', option: /^ICMP_FILTER$/ },
  { file: 'linux/icmpv6.h', option: /^ICMPV6_FILTER$/ },
  { file: 'linux/if_packet.h', option: /^PACKET_/, not: /^PACKET_(HOST|BROADCAST|MULTICAST|OTHERHOST|OUTGOING|LOOPBACK|USER|KERNEL|FASTROUTE|MR_.*|FANOUT_(HASH|LB|CPU|ROLLOVER|RND|QM|CBPF|EBPF|FLAG.*))$/ },
  { file: 'linux/netlink.h', option: /^NETLINK_(ADD_|DROP_|PKTINFO|BROADCAST_ERROR|NO_ENOBUFS|RX_RING|TX_RING|LISTEN|LIST|CAP_ACK|EXT_ACK|GET_STRICT)/ },
  { file: 'linux/vm_sockets.h', option: /^SO_VM_/ },
  { file: 'linux/sctp.h', option: /^SCTP_/, not: /^SCTP_(\w+_ASSOC|PR_SCTP_\w+|ENABLE_(RESET|CHANGE|STRRESET)\w*|STREAM_RESET_\w+|ASSOC_(RESET|CHANGE)_\w+|STREAM_CHANGE_\w+|BINDX_\w+|PR_(INDEX|POLICY|SET|TTL|RTX|PRIO)\w*)$/, decimalDefines: true },
  { file: 'linux/dccp.h', option: /^DCCP_SOCKOPT_/ },
  { file: 'linux/mptcp.h', option: /^MPTCP_(INFO|TCPINFO|SUBFLOW_ADDRS|FULL_INFO)$/ },
  { file: 'linux/tls.h', option: /^TLS_(TX|RX|TX_ZEROCOPY_RO|RX_EXPECT_NO_PAD)$/ },
  { file: 'linux/if_xdp.h', option: /^XDP_/, not: /^XDP_(SHARED|COPY|ZEROCOPY|USE_|UMEM_(UNALIGNED|PGOFF)|RING_|OPTIONS_|PGOFF|PKT|UMEM_TX)/ },
  { file: 'linux/rds.h', option: /^(RDS_(CANCEL_SENT_TO|GET_MR|FREE_MR|RECVERR|CONG_MONITOR|GET_MR_FOR_DEST)|SO_RDS_\w+)$/ },
  { file: 'linux/tipc.h', option: /^TIPC_(IMPORTANCE|SRC_DROPPABLE|DEST_DROPPABLE|CONN_TIMEOUT|NODE_RECVQ_DEPTH|SOCK_RECVQ_\w+|MCAST_\w+|GROUP_(JOIN|LEAVE)|NODELAY)$/ },
  { file: 'linux/can/raw.h', option: /^CAN_RAW_(FILTER|LOOPBACK|RECV|FD|JOIN|XL|ERR_FILTER)/ },
  { file: 'linux/can/isotp.h', option: /^CAN_ISOTP_(OPTS|RECV_FC|TX_STMIN|RX_STMIN|LL_OPTS)$/ },
  { file: 'linux/can/j1939.h', option: /^SO_J1939_/ },
  { file: 'linux/llc.h', option: /^LLC_OPT_/, not: /_MAX(_|$)|UNKNOWN/ },
  { file: 'linux/kcm.h', option: /^KCM_RECV_DISABLE$/ },
  { file: 'linux/if_alg.h', option: /^ALG_SET_/ },
  { file: 'linux/smc.h', option: /^SMC_LIMIT_HS$/ },
  { file: 'linux/nfc.h', option: /^NFC_LLCP_(RW|MIUX|REMOTE_\w+)$/ },
  { file: 'linux/caif/caif_socket.h', option: /^CAIFSO_/ },
  { file: 'linux/phonet.h', option: /^PNPIPE_/, not: /_ENCAP_/ },
  { file: 'linux/rxrpc.h', option: /^RXRPC_(SECURITY_KEY\w*|EXCLUSIVE_CONNECTION|MIN_\w+|UPGRADEABLE\w*|SUPPORTED_CMSG)$/ },
  { file: 'linux/ax25.h', option: /^AX25_/, not: /AX25_(MTU|MAX|SET_|NOUID)/ },
  { file: 'linux/netrom.h', option: /^NETROM_/, not: /_(MTU|NEIGH|NODE)$/ },
  { file: 'linux/rose.h', option: /^ROSE_(DEFER|T[123]|IDLE|QBITINCL|HOLDBACK)$/ },
  { file: 'linux/x25.h', option: /^X25_QBITINCL$/ },
  { file: 'linux/atm.h', option: /^SO_/ },
  { file: 'linux/if_pppol2tp.h', option: /^PPPOL2TP_SO_/ },
  { file: 'linux/mroute.h', option: /^MRT_/, not: /^MRT_(BASE|MAX|FLUSH_)/ },
  { file: 'linux/mroute6.h', option: /^MRT6_/, not: /^MRT6_(BASE|MAX|FLUSH_)/ },
  { file: 'linux/netfilter_ipv4.h', option: /^SO_ORIGINAL_DST$/ },
]
/** `_OLD` and the like are the numbers behind a name; these two are choices of it by the size of time_t. */
const BY_SIZE_OF_TIME = /^SO_(TIMESTAMP|TIMESTAMPNS|TIMESTAMPING|RCVTIMEO|SNDTIMEO|VM_SOCKETS_CONNECT_TIMEOUT)$/

interface Defined {
  readonly name: string
  /** As far as the line says. */
  readonly number: number | undefined
  /** `#define NAME 12`, not an enum or a hexadecimal flag. */
  readonly isDecimalDefine: boolean
}

function definitions(file: string): Defined[] {
  const found: Defined[] = []
  for (const line of readFileSync(`${HEADERS}/${file}`, 'utf8').split('\n')) {
    const match = /^\s*#\s*define\s+([A-Z][A-Z0-9_]*)[ \t]+(\S+)/.exec(line) ?? /^\s*([A-Z][A-Z0-9_]*)\s*(?:=\s*(\w+)\s*)?,/.exec(line)
    if (match === null) continue
    const number = match[2] === undefined ? Number.NaN : Number(match[2].replace(/,$/, ''))
    found.push({ name: match[1]!, number: Number.isNaN(number) ? undefined : number, isDecimalDefine: /^\s*#/.test(line) && /^\d+$/.test(match[2]!) })
  }
  return found
}

describe('the catalogue', () => {
  const named = SOURCES.filter(({ file }) => existsSync(`${HEADERS}/${file}`))
  it.skipIf(!haveHeaders)('has every option of the headers, by its number', () => {
    const missing: string[] = []
    let compared = 0
    for (const { file, option, not, decimalDefines } of named) {
      for (const { name, number, isDecimalDefine } of definitions(file)) {
        if (decimalDefines === true && !isDecimalDefine) continue
        if (!option.test(name) || not?.test(name) === true || BY_SIZE_OF_TIME.test(name)) continue
        const known = OPTIONS.find((one) => one.name === (ALIASES.get(name) ?? name))
        if (known === undefined) missing.push(`${file}: ${name}`)
        else if (number !== undefined) {
          compared++
          if (known.number !== number) missing.push(`${file}: ${name} is ${number}, not ${known.number}`)
        }
      }
    }
    expect(missing).toEqual([])
    expect(compared).toBeGreaterThan(250)
  })

  it('says of each what a person needs', () => {
    for (const option of OPTIONS) {
      expect(option.name).toMatch(/^[A-Z][A-Z0-9_]+$/)
      expect(LEVEL_NAMES.has(option.level), option.name).toBe(true)
      expect(option.story.length, option.name).toBeGreaterThan(5)
      expect(option.on.length, option.name).toBeGreaterThan(0)
      if (option.since !== undefined) expect(option.since, option.name).toMatch(/^[2-6]\.\d+/)
    }
    expect(new Set(OPTIONS.map(({ name }) => name)).size).toBe(OPTIONS.length)
    const places = OPTIONS.filter(({ access }) => access !== '-').map(({ level, number, on }) => `${level}/${number}/${on[0]}`)
    expect(places.filter((place, i) => places.indexOf(place) !== i)).toEqual([])
  })

  it('reads nothing by itself that disturbs or is secret', () => {
    const disturbing = OPTIONS.filter(({ disturbs }) => disturbs !== undefined).map(({ name }) => name)
    expect(disturbing).toEqual(expect.arrayContaining(['SO_ERROR', 'TCP_ZEROCOPY_RECEIVE', 'TCP_REPAIR', 'TCP_REPAIR_QUEUE', 'TCP_REPAIR_WINDOW', 'TCP_QUEUE_SEQ', 'TCP_FASTOPEN_KEY', 'TCP_SAVED_SYN', 'PACKET_STATISTICS', 'TLS_TX', 'TLS_RX', 'SCTP_SOCKOPT_PEELOFF', 'SCTP_SOCKOPT_CONNECTX3', 'SO_ATTACH_FILTER']))
  })

  it.each(['SO_BROADCAST', 'SO_DEBUG', 'SO_DONTROUTE', 'SO_ERROR', 'SO_KEEPALIVE', 'SO_LINGER', 'SO_OOBINLINE', 'SO_RCVBUF', 'SO_SNDBUF', 'SO_RCVTIMEO', 'SO_REUSEADDR', 'SO_REUSEPORT', 'TCP_CORK', 'TCP_NODELAY', 'TCP_DEFER_ACCEPT', 'TCP_USER_TIMEOUT', 'SO_MEMINFO', 'SO_PEERCRED'])(
    'tells the full story of %s',
    (name) => expect(optionNamed(name)!.story.length).toBeGreaterThan(95),
  )

  it.each([
    ['SO_RCVBUF', 'SO_RCVBUF'], ['rcvbuf', 'SO_RCVBUF'], ['so_rcvbuf', 'SO_RCVBUF'], ['nodelay', 'TCP_NODELAY'], ['ttl', 'IP_TTL'], ['v6only', 'IPV6_V6ONLY'],
    ['SO_GET_FILTER', 'SO_ATTACH_FILTER'], ['statistics', 'PACKET_STATISTICS'], ['cork', 'TCP_CORK'], ['send_cscov', 'UDPLITE_SEND_CSCOV'],
  ])('%s names %s', (word, name) => expect(optionNamed(word)?.name).toBe(name))

  it.each([['__proto__'], ['constructor'], ['toString'], ['nope'], ['']])('%j names nothing', (word) => expect(optionNamed(word)).toBeUndefined())

  it('matches patterns', () => {
    expect(optionsMatching('tcp_keep*').map(({ name }) => name)).toEqual(['TCP_KEEPIDLE', 'TCP_KEEPINTVL', 'TCP_KEEPCNT'])
    expect(optionsMatching('*buf').map(({ name }) => name)).toEqual(expect.arrayContaining(['SO_SNDBUF', 'SO_RCVBUF']))
    expect(optionsMatching('so_*buf*force').map(({ name }) => name)).toEqual(['SO_SNDBUFFORCE', 'SO_RCVBUFFORCE'])
    expect(optionsMatching('zz*')).toEqual([])
    expect(optionsMatching(`${'*a'.repeat(200)}*`)).toEqual([])
    expect(similar('rcvbuff')).toContain('SO_RCVBUF')
  })

  it('knows levels and kinds', () => {
    expect(['tcp', 'TCP', 'IPPROTO_TCP', 'SOL_TCP'].map(levels)).toEqual([[6], [6], [6], [6]])
    expect(levels('socket')).toEqual([1])
    expect(levels('nope')).toEqual([])
    expect(kindNamed('unix-stream')?.name).toBe('unix')
    expect(kindOf(2, 1, 6).name).toBe('tcp')
    expect(kindOf(2, 3, 89)).toMatchObject({ name: 'raw', protocol: 89 })
    expect(kindOf(16, 3, 4)).toMatchObject({ name: 'netlink', protocol: 4 })
    expect(kindOf(10, 1, 262).name).toBe('mptcp6')
    expect(kindOf(99, 1, 0).name).toBe('family 99')
    expect(new Set(KINDS.map(({ name }) => name)).size).toBe(KINDS.length)
    const tcp = kindNamed('tcp')!.groups
    expect(appliesTo(optionNamed('IPV6_V6ONLY')!, tcp)).toBe(false)
    expect(appliesTo(optionNamed('IP_TTL')!, kindNamed('tcp6')!.groups)).toBe(true)
  })

  it('compares kernels', () => {
    expect(isOlderKernel('6.7', '6.1.0-18-amd64')).toBe(true)
    expect(isOlderKernel('6.7', '6.18.44')).toBe(false)
    expect(isOlderKernel('2.6.37', '2.6.32-573.el6')).toBe(true)
    expect(isOlderKernel('4.1', '4.1.0')).toBe(false)
  })
})
