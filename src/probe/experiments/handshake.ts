/** A connection is made: its three segments, what they agree on, and the states both ends go through (over a wire, as loopback is too fast to see them). */
import { experiment } from '../experiment.js'
import { inet } from '../probe.js'
import { LEFT_ADDRESS, RIGHT_ADDRESS } from '../wire.js'
import { accepted, beginConnect, listenAtRight } from '../wire-connection.js'

const DELAY = 100
/** tcpi_options of struct tcp_info (<linux/tcp.h>). */
const Agreed = { TIMESTAMPS: 1, SACK: 2, WSCALE: 4, ECN: 8 } as const
const FIGURE = 'TLPI §61.6.4, figure 61-5; RFC 9293 §3.5'
const CAPTURE = { needs: ['capture'] } as const

export default experiment({
  claims: {
    segments: { says: 'three segments make a connection', source: FIGURE, expected: 'S S. .', ...CAPTURE },
    synNumber: { says: 'the SYN of the client takes one sequence number', source: 'RFC 9293 §3.4; TLPI §61.6.4', expected: 1, ...CAPTURE },
    synAckNumber: { says: 'the SYN of the server takes one too', source: 'RFC 9293 §3.4; TLPI §61.6.4', expected: 1, ...CAPTURE },
    noData: { says: 'none of the three carries data', source: FIGURE, expected: 0, ...CAPTURE },
    initialNumbers: { says: 'two connections begin with different sequence numbers', source: 'RFC 9293 §3.4.1; RFC 6528', expected: true, ...CAPTURE },
    offersMss: { says: 'the SYN says the maximum segment size', source: 'RFC 9293 §3.7.1; UNP §2.6', expected: true, ...CAPTURE },
    offersSack: { says: 'the SYN offers selective acknowledgements', source: 'tcp(7); RFC 2018 §2', expected: true, sysctls: ['net/ipv4/tcp_sack'], ...CAPTURE },
    offersScale: { says: 'the SYN offers window scaling', source: 'tcp(7); RFC 7323 §2', expected: true, sysctls: ['net/ipv4/tcp_window_scaling'], ...CAPTURE },
    offersTimestamps: { says: 'the SYN carries a timestamp', source: 'tcp(7); RFC 7323 §3', expected: true, sysctls: ['net/ipv4/tcp_timestamps'], ...CAPTURE },
    asksNoEcn: { says: 'the SYN does not ask for ECN (a server grants it, a client does not ask)', source: 'tcp(7); RFC 3168 §6.1.1', expected: 'S', sysctls: ['net/ipv4/tcp_ecn'], ...CAPTURE },
    agreedSack: { says: 'TCP_INFO: selective acknowledgements are agreed on', source: 'tcp(7)', expected: true, sysctls: ['net/ipv4/tcp_sack'] },
    agreedScale: { says: 'TCP_INFO: window scaling is agreed on', source: 'tcp(7)', expected: true, sysctls: ['net/ipv4/tcp_window_scaling'] },
    agreedTimestamps: { says: 'TCP_INFO: timestamps are agreed on', source: 'tcp(7)', expected: true, sysctls: ['net/ipv4/tcp_timestamps'] },
    agreedEcn: { says: 'TCP_INFO: ECN is not agreed on, as nobody asked', source: 'tcp(7)', expected: false, sysctls: ['net/ipv4/tcp_ecn'] },
    beforeAccept: { says: 'both ends are ESTABLISHED before accept(): it only takes a connection that is made', source: 'UNP §4.5; listen(2)', expected: 'ESTABLISHED ESTABLISHED' },
    queued: { says: 'a connection that nobody has accepted counts in the listener\'s queue', source: 'listen(2); UNP §4.5', expected: 1 },
    clientStates: { says: 'the client goes from SYN_SENT to ESTABLISHED', source: 'TLPI §61.6.3, figure 61-4', expected: 'SYN_SENT ESTABLISHED', needs: ['veth'] },
    serverStates: { says: 'the server\'s end goes from SYN_RECV to ESTABLISHED', source: 'TLPI §61.6.3, figure 61-4', expected: 'CLOSED SYN_RECV ESTABLISHED', needs: ['veth'] },
    oneRoundTrip: { says: 'connect() is done after one round trip', source: 'UNP §2.6; TLPI §61.12', expected: { least: 2 * DELAY, most: 4 * DELAY - 1, unit: 'ms' }, needs: ['veth'] },
  },
  run: async (p) => {
    p.step('connect, nobody accepts yet')
    const { fd: listener, port } = p.listen()
    p.watch('listener', listener)
    const client = p.tcp()
    p.sys.connect(client, inet('127.0.0.1', port))
    p.watch('client', client)
    const { local, remote } = p.row('client')
    p.follow('server', remote, local)
    p.observe('beforeAccept', `${p.state('client')} ${p.state('server')}`)
    p.observe('queued', p.row('listener').receiveQueue)
    const segments = p.segments().slice()
    if (segments.length > 0) {
      const [syn, synAck, ack] = segments
      p.observe('segments', segments.map(({ flags }) => flags.replace(/[EW]/g, '')).join(' '), segments.map(({ flags }) => flags).join(' '))
      p.observe('synNumber', synAck === undefined ? 'no answer' : (synAck.ack - syn!.seq) >>> 0, `seq ${syn!.seq}, acknowledged ${synAck?.ack}`)
      p.observe('synAckNumber', ack === undefined ? 'no answer' : (ack.ack - synAck!.seq) >>> 0, `seq ${synAck?.seq}, acknowledged ${ack?.ack}`)
      p.observe('noData', segments.reduce((sum, { length }) => sum + length, 0))
      for (const [claim, option] of [['offersMss', 'mss'], ['offersSack', 'sack'], ['offersScale', 'wscale'], ['offersTimestamps', 'timestamps']] as const) p.observe(claim, syn!.options.includes(option), syn!.options.join(', '))
      p.observe('asksNoEcn', syn!.flags)
    }
    const agreed = Number(p.tcpInfo(client).get('options') ?? 0)
    for (const [claim, bit] of [['agreedSack', Agreed.SACK], ['agreedScale', Agreed.WSCALE], ['agreedTimestamps', Agreed.TIMESTAMPS], ['agreedEcn', Agreed.ECN]] as const) p.observe(claim, (agreed & bit) !== 0)

    p.step('accept, and a second connection')
    p.sys.accept4(listener)
    p.join({ listener, port })
    const syns = p.segments().filter(({ flags }) => flags.includes('S') && !flags.includes('.'))
    if (syns.length === 2) p.observe('initialNumbers', syns[0]!.seq !== syns[1]!.seq, `${syns[0]!.seq}, ${syns[1]!.seq}`)

    if (p.can('veth')) await overWire(p)
  },
})

/** The same with a delay, so that the states on the way last. */
async function overWire(p: Parameters<typeof beginConnect>[0] & { observe: (claim: 'clientStates' | 'serverStates' | 'oneRoundTrip', seen: string | number) => void }): Promise<void> {
  p.step(`connect over a wire of ${DELAY} ms each way`)
  p.forget('listener', 'client', 'server')
  const wire = p.wire({ delay: DELAY })
  const { listener, port } = listenAtRight(p, wire)
  let states: (name: string) => string = () => ''
  const took = await p.took(async () => {
    const { leftPort } = beginConnect(p, port)
    p.follow('right', `${RIGHT_ADDRESS}:${port}`, `${LEFT_ADDRESS}:${leftPort}`, wire.atRight)
    states = p.record('left', 'right')
    await p.reaches('left', 'ESTABLISHED')
  })
  p.observe('oneRoundTrip', took)
  await p.reaches('right', 'ESTABLISHED')
  p.observe('clientStates', states('left'))
  p.observe('serverStates', states('right'))
  await accepted(p, wire, listener)
}
