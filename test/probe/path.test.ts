import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { advice, bandwidthDelay, offered } from '../../src/probe/path.js'
import { sockscope } from '../run.js'

const LIMITS = { grows: 6291456, settable: 212992 }
const SEND = { grows: 4194304, settable: 212992 }

it.each([
  { rttMillis: 100, bitsPerSecond: 100e6, bytes: 1_250_000 },
  { rttMillis: 60, bitsPerSecond: 1e9, bytes: 7_500_000 },
  { rttMillis: 0.1, bitsPerSecond: 1000, bytes: 1 },
])('$rttMillis ms × $bitsPerSecond bit/s = $bytes B', ({ bytes, ...path }) => expect(bandwidthDelay(path)).toBe(bytes))

it.each([
  { scale: 1, bytes: 500 }, { scale: 2, bytes: 750 }, { scale: 0, bytes: 1000 }, { scale: -1, bytes: 500 }, { scale: -2, bytes: 250 },
])('of 1000 bytes $bytes are offered with tcp_adv_win_scale $scale', ({ scale, bytes }) => expect(offered(1000, scale)).toBe(bytes))

describe('advice', () => {
  it('a default kernel is good for 100 ms at 100 Mbit/s', () => {
    expect(advice({ rttMillis: 100, bitsPerSecond: 100e6 }, LIMITS, SEND, 1)).toEqual({
      verdict: 'enough',
      text: '100 ms × 100 Mbit/s = 1250000 B; the window may grow to 3145728 B, the data in flight to 2097152 B, which is good for 167 Mbit/s; buffers that grow by themselves do; SO_RCVBUF and SO_SNDBUF of 1250000 are beyond rmem_max or wmem_max',
    })
  })

  it('says which limit is too little', () => {
    expect(advice({ rttMillis: 100, bitsPerSecond: 200e6 }, LIMITS, SEND, 1)).toMatchObject({ verdict: 'too little: tcp_wmem', text: expect.stringContaining('raise the last number of tcp_wmem to 5000000 at least') as string })
    expect(advice({ rttMillis: 100, bitsPerSecond: 1e9 }, LIMITS, SEND, 1).verdict).toBe('too little: tcp_rmem, tcp_wmem')
  })

  it('what it advises is enough', () => fc.assert(fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1000, max: 1e10 }), (rttMillis, bitsPerSecond) => {
    const grows = 2 * bandwidthDelay({ rttMillis, bitsPerSecond })
    expect(advice({ rttMillis, bitsPerSecond }, { ...LIMITS, grows }, { ...SEND, grows }, 1).verdict).toBe('enough')
  })))
})

it.each([
  { args: ['--rtt', '0'], line: '--rtt 0: not milliseconds (a number above 0)' },
  { args: ['--rtt', 'x'], line: '--rtt x: not milliseconds (a number above 0)' },
  { args: ['--rate', '5T'], line: '--rate 5T: not bits a second (a number, or one with k, M or G)' },
  { args: ['--rate', '0'], line: '--rate 0: not bits a second (a number, or one with k, M or G)' },
])('$args is refused', ({ args, line }) => expect(sockscope(['probe', ...args, 'buffers'])).toMatchObject({ status: 2, stderr: `sockscope probe: ${line}\n` }))
