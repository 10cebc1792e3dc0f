/** `netstat -s`: counters in the words of net-tools 2.10, which every script greps for. Counters without words stand as `name: value`. */
import type { Counter, CounterGroup } from '../procnet/snmp.js'
import type { LineWriter } from './line.js'

/**
 * A counter's line (`%` is its value) and when it is printed: unless it is zero; `always`; or as a line of the histogram of ICMP
 * messages that came in (`input`) or went out (`output`).
 */
type Words = readonly [text: string, kind?: 'always' | 'input' | 'output']

/** By group of /proc/net/snmp and netstat; `Snmp6` are those of snmp6. */
const WORDS: Readonly<Record<string, Readonly<Record<string, Words>>>> = {
  Ip: {
    InReceives: ['% total packets received', 'always'],
    InHdrErrors: ['% with invalid headers'],
    InAddrErrors: ['% with invalid addresses'],
    ForwDatagrams: ['% forwarded', 'always'],
    InUnknownProtos: ['% with unknown protocol'],
    InDiscards: ['% incoming packets discarded', 'always'],
    InDelivers: ['% incoming packets delivered', 'always'],
    OutRequests: ['% requests sent out', 'always'],
    OutDiscards: ['% outgoing packets dropped'],
    OutNoRoutes: ['% dropped because of missing route'],
    ReasmTimeout: ['% fragments dropped after timeout'],
    ReasmReqds: ['% reassemblies required'],
    ReasmOKs: ['% packets reassembled ok'],
    ReasmFails: ['% packet reassemblies failed'],
    FragOKs: ['% outgoing packets fragmented ok'],
    FragFails: ['% outgoing packets failed fragmentation'],
    FragCreates: ['% fragments created'],
  },
  Icmp: {
    InMsgs: ['% ICMP messages received', 'always'],
    InErrors: ['% input ICMP message failed', 'always'],
    InDestUnreachs: ['destination unreachable: %', 'input'],
    InTimeExcds: ['timeout in transit: %', 'input'],
    InParmProbs: ['wrong parameters: %', 'input'],
    InSrcQuenchs: ['source quenches: %', 'input'],
    InRedirects: ['redirects: %', 'input'],
    InEchos: ['echo requests: %', 'input'],
    InEchoReps: ['echo replies: %', 'input'],
    InTimestamps: ['timestamp request: %', 'input'],
    InTimestampReps: ['timestamp reply: %', 'input'],
    InAddrMasks: ['address mask request: %', 'input'],
    InAddrMaskReps: ['address mask replies: %', 'input'],
    OutMsgs: ['% ICMP messages sent', 'always'],
    OutErrors: ['% ICMP messages failed', 'always'],
    OutDestUnreachs: ['destination unreachable: %', 'output'],
    OutTimeExcds: ['time exceeded: %', 'output'],
    OutParmProbs: ['wrong parameters: %', 'output'],
    OutSrcQuenchs: ['source quench: %', 'output'],
    OutRedirects: ['redirect: %', 'output'],
    OutEchos: ['echo requests: %', 'output'],
    OutEchoReps: ['echo replies: %', 'output'],
    OutTimestamps: ['timestamp requests: %', 'output'],
    OutTimestampReps: ['timestamp replies: %', 'output'],
    OutAddrMasks: ['address mask requests: %', 'output'],
    OutAddrMaskReps: ['address mask replies: %', 'output'],
  },
  Tcp: {
    ActiveOpens: ['% active connection openings', 'always'],
    PassiveOpens: ['% passive connection openings', 'always'],
    AttemptFails: ['% failed connection attempts', 'always'],
    EstabResets: ['% connection resets received', 'always'],
    CurrEstab: ['% connections established', 'always'],
    InSegs: ['% segments received', 'always'],
    OutSegs: ['% segments sent out', 'always'],
    RetransSegs: ['% segments retransmitted', 'always'],
    InErrs: ['% bad segments received', 'always'],
    OutRsts: ['% resets sent', 'always'],
  },
  Udp: {
    InDatagrams: ['% packets received', 'always'],
    NoPorts: ['% packets to unknown port received', 'always'],
    InErrors: ['% packet receive errors', 'always'],
    OutDatagrams: ['% packets sent', 'always'],
    RcvbufErrors: ['% receive buffer errors', 'always'],
    SndbufErrors: ['% send buffer errors', 'always'],
  },
  TcpExt: {
    SyncookiesSent: ['% SYN cookies sent'],
    SyncookiesRecv: ['% SYN cookies received'],
    SyncookiesFailed: ['% invalid SYN cookies received'],
    EmbryonicRsts: ['% resets received for embryonic SYN_RECV sockets'],
    PruneCalled: ['% packets pruned from receive queue because of socket buffer overrun'],
    RcvPruned: ['% packets pruned from receive queue'],
    OfoPruned: ['% packets dropped from out-of-order queue because of socket buffer overrun'],
    OutOfWindowIcmps: ['% ICMP packets dropped because they were out-of-window'],
    LockDroppedIcmps: ['% ICMP packets dropped because socket was locked'],
    TW: ['% TCP sockets finished time wait in fast timer'],
    TWRecycled: ['% time wait sockets recycled by time stamp'],
    PAWSActive: ['% active connections rejected because of time stamp'],
    PAWSEstab: ['% packets rejected in established connections because of timestamp'],
    DelayedACKs: ['% delayed acks sent'],
    DelayedACKLocked: ['% delayed acks further delayed because of locked socket'],
    DelayedACKLost: ['Quick ack mode was activated % times'],
    ListenOverflows: ['% times the listen queue of a socket overflowed'],
    ListenDrops: ['% SYNs to LISTEN sockets dropped'],
    TCPHPHits: ['% packet headers predicted', 'always'],
    TCPPureAcks: ['% acknowledgments not containing data payload received'],
    TCPHPAcks: ['% predicted acknowledgments'],
    TCPRenoRecovery: ['% times recovered from packet loss due to fast retransmit'],
    TCPSACKReorder: ['Detected reordering % times using SACK'],
    TCPRenoReorder: ['Detected reordering % times using reno fast retransmit'],
    TCPTSReorder: ['Detected reordering % times using time stamp'],
    TCPFullUndo: ['% congestion windows fully recovered without slow start'],
    TCPPartialUndo: ['% congestion windows partially recovered using Hoe heuristic'],
    TCPLossUndo: ['% congestion windows recovered without slow start after partial ack'],
    TCPRenoFailures: ['% timeouts after reno fast retransmit'],
    TCPLossFailures: ['% timeouts in loss state'],
    TCPFastRetrans: ['% fast retransmits'],
    TCPSlowStartRetrans: ['% retransmits in slow start'],
    TCPRcvCollapsed: ['% packets collapsed in receive queue due to low socket buffer'],
    TCPAbortOnData: ['% connections reset due to unexpected data'],
    TCPAbortOnClose: ['% connections reset due to early user close'],
    TCPAbortOnMemory: ['% connections aborted due to memory pressure'],
    TCPAbortOnTimeout: ['% connections aborted due to timeout'],
    TCPAbortOnLinger: ['% connections aborted after user close in linger timeout'],
    TCPAbortFailed: ['% times unable to send RST due to no memory'],
    TCPMemoryPressures: ['TCP ran low on memory % times'],
    TCPPrequeued: ['% packets directly queued to recvmsg prequeue'],
    TCPDirectCopyFromBacklog: ['% bytes directly in process context from backlog'],
    TCPHPHitsToUser: ['% packet headers predicted and directly queued to user'],
    TCPFACKReorder: ['Detected reordering % times using FACK'],
    TCPAbortOnSyn: ['% connections reset due to unexpected SYN'],
    TCPSchedulerFailed: ['% times receiver scheduled too late for direct processing'],
    TCPForwardRetrans: ['% forward retransmits'],
    PAWSPassive: ['% passive connections rejected because of time stamp'],
  },
  Snmp6: {
    Ip6InReceives: ['% total packets received', 'always'],
    Ip6InHdrErrors: ['% with invalid headers'],
    Ip6InTooBigErrors: ['% with packets too big'],
    Ip6InNoRoutes: ['% incoming packets with no route'],
    Ip6InAddrErrors: ['% with invalid addresses'],
    Ip6InUnknownProtos: ['% with unknown protocol'],
    Ip6InTruncatedPkts: ['% with truncated packets'],
    Ip6InDiscards: ['% incoming packets discarded', 'always'],
    Ip6InDelivers: ['% incoming packets delivered', 'always'],
    Ip6OutForwDatagrams: ['% forwarded', 'always'],
    Ip6OutRequests: ['% requests sent out', 'always'],
    Ip6OutDiscards: ['% outgoing packets dropped'],
    Ip6OutNoRoutes: ['% dropped because of missing route'],
    Ip6ReasmTimeout: ['% fragments dropped after timeout'],
    Ip6ReasmReqds: ['% reassemblies required'],
    Ip6ReasmOKs: ['% packets reassembled ok'],
    Ip6ReasmFails: ['% packet reassemblies failed'],
    Ip6FragOKs: ['% outgoing packets fragmented ok'],
    Ip6FragFails: ['% outgoing packets failed fragmentation'],
    Ip6FragCreates: ['% fragments created'],
    Ip6InMcastPkts: ['% incoming multicast packets'],
    Ip6OutMcastPkts: ['% outgoing multicast packets'],
    Icmp6InMsgs: ['% ICMP messages received', 'always'],
    Icmp6InErrors: ['% input ICMP message failed', 'always'],
    Icmp6OutMsgs: ['% ICMP messages sent', 'always'],
    Icmp6InDestUnreachs: ['destination unreachable: %', 'input'],
    Icmp6InPktTooBigs: ['packets too big: %', 'input'],
    Icmp6InTimeExcds: ['received ICMPv6 time exceeded: %', 'input'],
    Icmp6InParmProblems: ['parameter problem: %', 'input'],
    Icmp6InEchos: ['echo requests: %', 'input'],
    Icmp6InEchoReplies: ['echo replies: %', 'input'],
    Icmp6InGroupMembQueries: ['group member queries: %', 'input'],
    Icmp6InGroupMembResponses: ['group member responses: %', 'input'],
    Icmp6InGroupMembReductions: ['group member reductions: %', 'input'],
    Icmp6InRouterSolicits: ['router solicits: %', 'input'],
    Icmp6InRouterAdvertisements: ['router advertisement: %', 'input'],
    Icmp6InNeighborSolicits: ['neighbour solicits: %', 'input'],
    Icmp6InNeighborAdvertisements: ['neighbour advertisement: %', 'input'],
    Icmp6InRedirects: ['redirects: %', 'input'],
    Icmp6OutDestUnreachs: ['destination unreachable: %', 'output'],
    Icmp6OutPktTooBigs: ['packets too big: %', 'output'],
    Icmp6OutTimeExcds: ['sent ICMPv6 time exceeded: %', 'output'],
    Icmp6OutParmProblems: ['parameter problem: %', 'output'],
    Icmp6OutEchos: ['echo requests: %', 'output'],
    Icmp6OutEchoReplies: ['echo replies: %', 'output'],
    Icmp6OutGroupMembQueries: ['group member queries: %', 'output'],
    Icmp6OutGroupMembResponses: ['group member responses: %', 'output'],
    Icmp6OutGroupMembReductions: ['group member reductions: %', 'output'],
    Icmp6OutRouterSolicits: ['router solicits: %', 'output'],
    Icmp6OutNeighborSolicits: ['neighbor solicits: %', 'output'],
    Icmp6OutNeighborAdvertisements: ['neighbor advertisements: %', 'output'],
    Icmp6OutRedirects: ['redirects: %', 'output'],
    Udp6InDatagrams: ['% packets received', 'always'],
    Udp6NoPorts: ['% packets to unknown port received', 'always'],
    Udp6InErrors: ['% packet receive errors', 'always'],
    Udp6OutDatagrams: ['% packets sent', 'always'],
  },
}

/** Counters that net-tools does not print. */
const HIDDEN: Readonly<Record<string, readonly string[]>> = { Ip: ['DefaultTTL'], Tcp: ['RtoAlgorithm', 'RtoMin', 'RtoMax', 'MaxConn'] }

/** Which protocols' groups are printed; a group that is none of theirs is always. */
export interface StatisticsSelection {
  readonly tcp: boolean
  readonly udp: boolean
  readonly raw: boolean
}

function selects(selection: StatisticsSelection, group: string): boolean {
  switch (group) {
    case 'Ip': case 'Icmp': case 'Ip6': case 'Icmp6': return selection.raw
    case 'Tcp': case 'TcpExt': return selection.tcp
    case 'Udp': case 'Udp6': return selection.udp
    default: return true
  }
}

/** Prints groups one after another; where the indentation of a histogram stands is kept between them, as net-tools does. */
export class StatisticsWriter {
  readonly #out: LineWriter
  readonly #selection: StatisticsSelection
  #histogram: 'input' | 'output' | undefined

  constructor(out: LineWriter, selection: StatisticsSelection) {
    this.#out = out
    this.#selection = selection
  }

  /** A group of /proc/net/snmp or /proc/net/netstat. */
  group({ name, counters }: CounterGroup): void {
    if (!selects(this.#selection, name)) {
      this.#histogram = undefined
      return
    }
    this.#out.text(name).text(':').endLine()
    const words = Object.hasOwn(WORDS, name) ? WORDS[name]! : {}
    for (const counter of counters) if (HIDDEN[name]?.includes(counter.name) !== true) this.#counter(counter, words)
  }

  /** The counters of snmp6, grouped by the start of their names: `Ip6`, `Icmp6`, `UdpLite6`. */
  snmp6(counters: readonly Counter[]): void {
    let group = ''
    for (const counter of counters) {
      const six = counter.name.indexOf('6')
      const own = six < 0 ? '' : counter.name.slice(0, six + 1)
      if (own === '' || !selects(this.#selection, own)) {
        this.#histogram = undefined
        continue
      }
      if (own !== group) this.#out.text(own).text(':').endLine()
      group = own
      this.#counter(counter, WORDS['Snmp6']!)
    }
  }

  #counter({ name, value }: Counter, words: Readonly<Record<string, Words>>): void {
    const known = Object.hasOwn(words, name) ? words[name] : undefined
    const [text, kind] = known ?? [`${name}: %`]
    if (kind === 'input' || kind === 'output') {
      if (this.#histogram !== kind) {
        this.#indent().text('ICMP ').text(kind).text(' histogram:').endLine()
        this.#histogram = kind
      }
    } else if (known !== undefined && (kind === 'always' || value !== '0')) this.#histogram = undefined
    if (value === '0' && kind !== 'always') return
    this.#indent().text(text.replace('%', value)).endLine()
  }

  #indent(): LineWriter {
    return this.#out.text(this.#histogram === undefined ? '    ' : '        ')
  }
}
