/** One request and its answer, by UDP and by TCP, over a wire with a delay: RTT + SPT against 2·RTT + SPT (SPT: what the server takes to make the answer). */
import { performance } from 'node:perf_hooks'
import { ProcRoot } from '../../procnet/proc-root.js'
import { readCounterPairs } from '../../procnet/snmp.js'
import { Family, O_NONBLOCK, Poll, SOCK_NONBLOCK, SockType } from '../../socket/constants.js'
import { experiment } from '../experiment.js'
import { inet, TooLate } from '../probe.js'
import { LEFT_ADDRESS, RIGHT_ADDRESS } from '../wire.js'
import { listenAtRight } from '../wire-connection.js'

/** One way, ms. */
const DELAY = 50
const RTT = 2 * DELAY
const SPT = 60
const SOURCE = 'UNP §2.11, §22.4; TLPI §61.12'
/** What the machine adds where it is busy, in round trips. */
const SLACK = 0.6

const trips = (n: number): { readonly least: number; readonly most: number; readonly unit: string } => ({ least: n - 0.02, most: n + SLACK, unit: 'round trips' })

/** The counter of this thread's namespace: /proc/net/snmp is the main thread's. */
const outDatagrams = (): number =>
  Number(readCounterPairs(new ProcRoot('/proc', 'thread-self/net'), 'snmp')?.find(({ name }) => name === 'Udp')?.counters.find(({ name }) => name === 'OutDatagrams')?.value ?? Number.NaN)

export default experiment({
  needs: ['veth'],
  claims: {
    rtt: { says: `a wire of ${DELAY} ms each way: what TCP itself measures`, source: 'tcp(7), tcpi_min_rtt', expected: { least: RTT - 1, most: RTT * (1 + SLACK), unit: 'ms' } },
    datagram: { says: 'UDP: besides the server\'s time one round trip', source: SOURCE, expected: trips(1) },
    stream: { says: 'TCP: two, as the request waits for the connection', source: SOURCE, expected: trips(2) },
    again: { says: 'a second request on the same connection takes one', source: SOURCE, expected: trips(1) },
    segments: { says: 'TCP needs segments for the connection, the request and its answer, and their acknowledgements, before it is closed', source: 'UNP §2.11, figure 2.5', expected: { least: 6, most: 9 } },
    datagrams: { says: 'UDP needs one each way', source: SOURCE, expected: 2 },
  },
  run: async (p) => {
    const { sys } = p
    p.step('a wire with a delay')
    const wire = p.wire({ delay: DELAY })
    /** Datagrams that both sides have sent so far. */
    const sent = (): number => outDatagrams() + wire.atRight(outDatagrams)
    let before = 0
    const text = Buffer.from('x')
    /** `p.until` looks less and less often; times are measured here. */
    const promptly = async <T>(look: () => T | undefined): Promise<T> => {
      for (let i = 0; i < 2000; i++) {
        wire.pump()
        const found = look()
        if (found !== undefined) return found
        await p.pause(1)
      }
      throw new TooLate('an answer', 2000)
    }
    const take = (fd: number): Promise<Buffer> => promptly(() => {
      const b = Buffer.alloc(16)
      const got = p.attempt(() => b.subarray(0, p.quiet.recv(fd, b)))
      return typeof got === 'string' ? undefined : got
    })
    let served = 0
    /** Makes the answer, and takes its time for it. */
    const think = async (): Promise<void> => {
      const begin = performance.now()
      await p.pause(SPT)
      served = performance.now() - begin
    }
    /** The least of up to three times: what the machine adds where it is busy says nothing of the protocols. */
    const measured = async (claim: 'datagram' | 'stream' | 'again', trips: number, exchange: () => Promise<void>): Promise<void> => {
      let best: { readonly trips: number; readonly detail: string } | undefined
      for (let i = 0; i < 3 && (best === undefined || best.trips > trips + SLACK / 2); i++) {
        const begin = performance.now()
        await exchange()
        const millis = performance.now() - begin
        const own = Math.round(((millis - served) / RTT) * 100) / 100
        if (best === undefined || own < best.trips) best = { trips: own, detail: `${millis.toFixed(1)} ms, of them ${served.toFixed(1)} ms the server's` }
      }
      p.observe(claim, best!.trips, best!.detail)
    }

    p.step('UDP')
    const server = wire.atRight(() => {
      const fd = sys.socket(Family.INET, SockType.DGRAM | SOCK_NONBLOCK)
      sys.bind(fd, inet(RIGHT_ADDRESS, 0))
      return fd
    })
    const client = sys.socket(Family.INET, SockType.DGRAM | SOCK_NONBLOCK)
    sys.bind(client, inet(LEFT_ADDRESS, 0))
    const to = sys.getsockname(server)
    const back = sys.getsockname(client)
    await measured('datagram', 1, async () => {
      before = sent()
      sys.sendto(client, text, 0, to)
      await take(server)
      await think()
      sys.sendto(server, text, 0, back)
      await take(client)
    })
    p.observe('datagrams', sent() - before)

    p.step('TCP')
    const { listener, port } = listenAtRight(p, wire)
    let stream = -1
    let accepted = -1
    const ask = async (): Promise<void> => {
      sys.send(stream, text)
      if (accepted < 0) {
        accepted = await promptly(() => {
          const got = p.attempt(() => sys.accept4(listener, O_NONBLOCK).fd)
          return typeof got === 'string' ? undefined : got
        })
        p.watch('server', accepted, wire.atRight)
      }
      await take(accepted)
      await think()
      sys.send(accepted, text)
      await take(stream)
    }
    await measured('stream', 2, async () => {
      before = p.segments().length
      accepted = -1
      stream = sys.socket(Family.INET, SockType.STREAM | SOCK_NONBLOCK)
      p.attempt(() => sys.connect(stream, inet(RIGHT_ADDRESS, port)))
      p.watch('client', stream)
      await promptly(() => (p.quiet.poll([{ fd: stream, events: Poll.OUT }], 0)[0] !== 0 ? true : undefined))
      await ask()
    })
    p.observe('segments', p.segments().length - before)
    await measured('again', 1, ask)
    p.observe('rtt', Math.round(Number(p.tcpInfo(stream).get('min_rtt') ?? 0) / 100) / 10)
  },
})
