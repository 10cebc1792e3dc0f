/** Both ends close at once: their FINs cross on a wire with delay, so each is in FIN_WAIT1 when the other's comes. */
import { experiment } from '../experiment.js'
import { connectOver } from '../wire-connection.js'
import { Shut } from '../../socket/constants.js'

const DELAY = 40
const SEQUENCE = 'ESTABLISHED FIN_WAIT1 CLOSING TIME_WAIT'
const SOURCE = 'RFC 9293 §3.6, figure 13; TLPI §61.6.3, figure 61-4'
const BUCKETS = { sysctls: ['net/ipv4/tcp_max_tw_buckets'] } as const

export default experiment({
  needs: ['veth'],
  claims: {
    left: { says: 'one end goes through CLOSING to TIME_WAIT', source: SOURCE, expected: SEQUENCE, ...BUCKETS },
    right: { says: 'so does the other', source: SOURCE, expected: SEQUENCE, ...BUCKETS },
    segments: { says: 'two FINs cross, and each is acknowledged on its own', source: SOURCE, expected: 'F. F. . .' },
    finNumbers: { says: 'each FIN takes one sequence number', source: 'RFC 9293 §3.4; TLPI §61.6.5', expected: '1 1' },
    bothWait: { says: 'both ends hold TIME_WAIT', source: 'RFC 9293 §3.6; UNP §2.6', expected: 'TIME_WAIT TIME_WAIT', ...BUCKETS },
  },
  run: async (p) => {
    p.step('connect')
    const wire = p.wire({ delay: DELAY })
    const { left, right } = await connectOver(p, wire)
    const states = p.record('left', 'right')
    const before = p.segments().length

    p.step('both call shutdown(SHUT_WR) before the other\'s FIN has come')
    p.sys.shutdown(left, Shut.WR)
    p.sys.shutdown(right, Shut.WR)
    await p.reaches('left', 'TIME_WAIT')
    await p.reaches('right', 'TIME_WAIT')
    p.observe('left', states('left'))
    p.observe('right', states('right'))
    p.observe('bothWait', `${p.state('left')} ${p.state('right')}`)
    const segments = p.segments().slice(before)
    p.observe('segments', segments.map(({ flags }) => flags).join(' '))
    p.observe('finNumbers', segments.slice(0, 2).map((fin) => {
      const answer = segments.find(({ sourcePort, flags }) => flags === '.' && sourcePort === fin.destinationPort)
      return answer === undefined ? 'none' : (answer.ack - fin.seq) >>> 0
    }).join(' '))
  },
})
