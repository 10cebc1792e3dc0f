/** A connection is closed, one end first: four segments, and the states of both ends. */
import { Shut } from '../../socket/constants.js'
import { experiment } from '../experiment.js'
import { connectOver } from '../wire-connection.js'

const DELAY = 40
/** Two calls with no more than so much time between them were made at once, ms: an acknowledgement waits up to 40 ms for something to go with, but may go sooner. */
const AT_ONCE = 1
const FIGURE = 'TLPI §61.6.5, figure 61-6; RFC 9293 §3.6'
const DIAGRAM = 'TLPI §61.6.3, figure 61-4; RFC 9293 §3.3.2'
/** Beyond so many the kernel keeps no end without a process, in FIN_WAIT2 or TIME_WAIT. */
const BUCKETS = { sysctls: ['net/ipv4/tcp_max_tw_buckets'] } as const

export default experiment({
  claims: {
    half: { says: 'after the FIN of one end and its acknowledgement they are in FIN_WAIT2 and CLOSE_WAIT', source: FIGURE, expected: 'FIN_WAIT2 CLOSE_WAIT', ...BUCKETS },
    finTimeout: { says: 'an end that no process holds waits in FIN_WAIT2 for a minute at most', source: 'tcp(7) (tcp_fin_timeout)', expected: { least: 59, most: 60.5, unit: 's' }, sysctls: ['net/ipv4/tcp_fin_timeout'] },
    endOfFile: { says: 'the FIN is an end of file to who reads', source: 'TLPI §61.6.5; recv(2)', expected: 'end of file' },
    queueCounts: { says: 'the FIN that came counts one in the receive queue, until it is read', source: 'proc(5), /proc/net/tcp; RFC 9293 §3.4', expected: 1 },
    whole: { says: 'when the other end has closed too, the first holds TIME_WAIT and the other is gone', source: FIGURE, expected: 'TIME_WAIT CLOSED', ...BUCKETS },
    segments: { says: 'four segments: two FINs, each acknowledged', source: FIGURE, expected: 'F. . F. .', needs: ['capture'], ...BUCKETS },
    finNumber: { says: 'the FIN takes one sequence number', source: 'RFC 9293 §3.4; TLPI §61.6.5', expected: 1, needs: ['capture'] },
    finNumberBack: { says: 'so does the FIN of the other end', source: 'RFC 9293 §3.4; TLPI §61.6.5', expected: 1, needs: ['capture'] },
    piggyback: { says: 'where the other end closes at once, its FIN goes with the acknowledgement: three segments', source: 'UNP §2.6; RFC 9293 §3.6', expected: 'F. F. .', needs: ['capture'] },
    activeStates: { says: 'the end that closes first goes through FIN_WAIT1 and FIN_WAIT2 to TIME_WAIT', source: DIAGRAM, expected: 'ESTABLISHED FIN_WAIT1 FIN_WAIT2 TIME_WAIT', needs: ['veth'], ...BUCKETS },
    passiveStates: { says: 'the other goes through CLOSE_WAIT and LAST_ACK to CLOSED', source: DIAGRAM, expected: 'ESTABLISHED CLOSE_WAIT LAST_ACK CLOSED', needs: ['veth'] },
  },
  run: async (p) => {
    p.step('connect')
    const connection = p.connect()
    const { client, server } = connection
    const before = p.segments().length

    p.step('the client calls close()')
    p.sys.close(client)
    // the acknowledgement of a FIN may be held back for a moment
    await p.reaches('client', 'FIN_WAIT2')
    p.observe('half', `${p.state('client')} ${p.state('server')}`)
    p.observe('finTimeout', p.row('client').timerMillis / 1000)
    p.observe('queueCounts', p.row('server').receiveQueue)
    p.observe('endOfFile', p.readText(server))

    p.step('the server calls close()')
    p.sys.close(server)
    await p.reaches('client', 'TIME_WAIT')
    p.observe('whole', `${p.state('client')} ${p.state('server')}`)
    const segments = p.segments().slice(before)
    if (p.can('capture')) {
      p.observe('segments', segments.map(({ flags }) => flags).join(' '))
      const [fin, ack, finBack, ackBack] = segments
      p.observe('finNumber', ack === undefined ? 'no answer' : (ack.ack - fin!.seq) >>> 0)
      p.observe('finNumberBack', ackBack === undefined ? 'no answer' : (ackBack.ack - finBack!.seq) >>> 0)
    }

    p.step('again, the server closing as soon as the FIN has come')
    for (let tries = 0; tries < 20; tries++) {
      const again = p.connect()
      const start = p.segments().length
      const between = await p.took(() => {
        p.sys.close(again.client)
        p.sys.close(again.server)
      })
      await p.reaches('client', 'TIME_WAIT')
      if (p.can('capture')) p.observe('piggyback', p.segments().slice(start).map(({ flags }) => flags).join(' '), `${between} ms between the two`)
      if (between < AT_ONCE || p.segments().length - start === 3) break // else the processor was elsewhere, and the acknowledgement had gone
    }
    if (!p.can('veth')) return

    p.step(`over a wire of ${DELAY} ms each way: the left end closes`)
    p.forget('client', 'server')
    const wire = p.wire({ delay: DELAY })
    const { left, right } = await connectOver(p, wire)
    const states = p.record('left', 'right')
    p.sys.shutdown(left, Shut.WR)
    await p.reaches('left', 'FIN_WAIT2')
    p.step('then the right end')
    p.sys.close(right)
    await p.reaches('left', 'TIME_WAIT')
    await p.reaches('right', 'CLOSED')
    p.observe('activeStates', states('left'))
    p.observe('passiveStates', states('right'))
  },
})
