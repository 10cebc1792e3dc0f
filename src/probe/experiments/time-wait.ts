/** TIME_WAIT: who holds it, for how long, what it forbids and what it is for. */
import { Level, Shut } from '../../socket/constants.js'
import { experiment } from '../experiment.js'
import { inet } from '../probe.js'
import { connectOver } from '../wire-connection.js'

const SO_REUSEADDR = 2
/** The timer of TIME_WAIT in a row of /proc/net/tcp. */
const TIMER_TIME_WAIT = 3
const SOURCE = 'TLPI §61.6.7; RFC 9293 §3.6'
/** Beyond so many the kernel keeps none. */
const BUCKETS = { sysctls: ['net/ipv4/tcp_max_tw_buckets'] } as const

export default experiment({
  claims: {
    holder: { says: 'the end that closed first holds TIME_WAIT, the other is gone', source: SOURCE, expected: 'TIME_WAIT CLOSED', ...BUCKETS },
    length: { says: 'it lasts twice the maximum segment lifetime, which Linux takes as 30 s', source: 'TLPI §61.6.7', expected: { least: 59, most: 60.5, unit: 's' }, ...BUCKETS },
    timer: { says: 'a timer of its own kind counts it down', source: 'proc(5), /proc/net/tcp', expected: true, ...BUCKETS },
    noOwner: { says: 'no process holds it: it has no inode', source: 'proc(5), /proc/net/tcp', expected: 0 },
    sameName: { says: 'a socket bound to the same address and port may connect anew, as timestamps tell old segments from new', source: 'RFC 6191; RFC 9293 §3.6.1; TLPI §61.6.7 knows no such exception', expected: 'connected', sysctls: ['net/ipv4/tcp_timestamps'] },
    serverHolds: { says: 'a server that closes first holds it, with the port of its listener', source: 'TLPI §61.10; UNP §7.5', expected: 'TIME_WAIT', ...BUCKETS },
    restart: { says: 'so the server cannot bind() its port again when it restarts', source: 'TLPI §61.10; UNP §7.5', expected: 'EADDRINUSE', ...BUCKETS },
    restartReuse: { says: 'with SO_REUSEADDR it can', source: 'TLPI §61.10; UNP §7.5; socket(7)', expected: 'bound' },
    newConnection: { says: 'and a client can connect to it, as its port differs', source: 'TLPI §61.6.7', expected: 'connected' },
    acknowledges: { says: 'a FIN that comes again, because its acknowledgement was lost, is acknowledged again: what TIME_WAIT is for', source: `${SOURCE}; UNP §2.7`, expected: 'F. . F. .', needs: ['veth'], ...BUCKETS },
    lastAckEnds: { says: 'so the other end leaves LAST_ACK', source: 'TLPI §61.6.7; UNP §2.7', expected: 'CLOSED', needs: ['veth'] },
  },
  run: async (p) => {
    const { sys } = p
    p.step('connect; the client closes first')
    const reusable = (fd: number): void => sys.setsockoptInt(fd, Level.SOCKET, SO_REUSEADDR, 1)
    const one = p.connect({ prepareClient: reusable })
    const address = sys.getsockname(one.client)
    sys.close(one.client)
    sys.close(one.server)
    await p.reaches('client', 'TIME_WAIT')
    p.observe('holder', `${p.state('client')} ${p.state('server')}`)
    const row = p.row('client')
    p.observe('length', row.timerMillis / 1000)
    p.observe('timer', row.timer === TIMER_TIME_WAIT)
    p.observe('noOwner', row.inode)

    p.step('connect() from the same address and port')
    const same = p.tcp()
    reusable(same)
    p.observe('sameName', p.attempt(() => (sys.bind(same, address), sys.connect(same, inet('127.0.0.1', one.port)), 'connected')))

    p.step('a server that closes first, and restarts')
    const two = p.connect({ prepareListener: reusable })
    sys.close(two.server)
    sys.close(two.client)
    sys.close(two.listener)
    p.observe('serverHolds', await p.reaches('server', 'TIME_WAIT'))
    const plain = p.tcp()
    p.observe('restart', p.attempt(() => (sys.bind(plain, inet('127.0.0.1', two.port)), 'bound')))
    sys.close(plain)
    const restarted = p.attempt(() => p.listen({ port: two.port, prepare: reusable }))
    p.observe('restartReuse', typeof restarted === 'string' ? restarted : 'bound')
    if (typeof restarted !== 'string') p.observe('newConnection', p.attempt(() => (p.join({ listener: restarted.fd, port: two.port }), 'connected')))
    if (!p.can('veth')) return

    p.step('over a wire that loses the last acknowledgement')
    p.forget('client', 'server')
    const wire = p.wire({ delay: 5 })
    const { left, right } = await connectOver(p, wire)
    sys.shutdown(left, Shut.WR)
    await p.reaches('right', 'CLOSE_WAIT')
    await p.reaches('left', 'FIN_WAIT2')
    const start = p.segments().length
    let lost = 0
    wire.passes = (from) => from === 'right' || lost++ > 0
    sys.close(right)
    await p.reaches('right', 'LAST_ACK')
    p.observe('lastAckEnds', await p.reaches('right', 'CLOSED', 3000))
    p.observe('acknowledges', p.segments().slice(start).map(({ flags }) => flags).join(' '))
  },
})
