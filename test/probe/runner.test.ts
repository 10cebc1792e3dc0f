/** The framework: claims judged, everything undone, namespaces private, nothing hidden. */
import { existsSync, readFileSync, readdirSync, readlinkSync } from 'node:fs'
import { once } from 'node:events'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { experiment, holds } from '../../src/probe/experiment.js'
import { inet, type Tools } from '../../src/probe/probe.js'
import { EXPERIMENTS } from '../../src/probe/registry.js'
import { isRoot, ROOT } from '../run.js'
import { opposite, runHere } from './run.js'

const sockets = (): number => readdirSync('/proc/self/fd').filter((fd) => {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`).startsWith('socket:')
  } catch {
    return false
  }
}).length

describe('holds', () => {
  it.each([
    { expected: 1, observed: 1, is: true },
    { expected: 1, observed: '1', is: false },
    { expected: true, observed: false, is: false },
    { expected: { least: 2 }, observed: 2, is: true },
    { expected: { least: 2 }, observed: 1.9, is: false },
    { expected: { most: 2 }, observed: 2, is: true },
    { expected: { least: 1, most: 2 }, observed: 3, is: false },
    { expected: { least: 1 }, observed: Number.NaN, is: false },
    { expected: { least: 1 }, observed: 'many', is: false },
    { expected: {}, observed: Number.NaN, is: false },
  ])('$expected of $observed: $is', ({ expected, observed, is }) => expect(holds(expected, observed)).toBe(is))

  it('no value meets an expectation and its opposite', () => {
    const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean())
    fc.assert(fc.property(scalar, (value) => holds(value, value) && !holds(opposite(value), value)))
  })
})

describe('a run', () => {
  it('judges what was observed, what was not, and what cannot be', async () => {
    const made = experiment({
      claims: {
        right: { says: 'one', source: 'x', expected: 1 },
        wrong: { says: 'two', source: 'x', expected: 2, sysctls: ['net/ipv4/tcp_sack'] },
        silent: { says: 'three', source: 'x', expected: 3 },
        absent: { says: 'four', source: 'x', expected: 4, optional: true },
      },
      run: (p) => {
        p.observe('right', 0)
        p.observe('right', 1, 'in full')
        p.observe('wrong', 1)
        p.cannot('absent', 'no such option')
      },
    })
    const { claims } = await runHere('made', made, { shared: true })
    expect(claims.get('right')).toMatchObject({ verdict: 'holds', observed: 1, detail: 'in full' })
    expect(claims.get('wrong')).toMatchObject({ verdict: 'differs', observed: 1, sysctls: { 'net.ipv4.tcp_sack': expect.stringMatching(/^[01]$/) } })
    expect(claims.get('silent')).toMatchObject({ verdict: 'unavailable', reason: 'the experiment did not look at it' })
    expect(claims.get('absent')).toMatchObject({ verdict: 'unavailable', reason: 'no such option', optional: true })
  })

  it('says why, and goes on, where a call fails, a wait is too long, or the experiment has a bug', async () => {
    const claims = { before: { says: 'b', source: 'x', expected: 1 }, after: { says: 'a', source: 'x', expected: 1 } }
    const failing = (fail: (p: Tools) => Promise<void> | void) => experiment({
      claims,
      run: async (p) => {
        p.observe('before', 1)
        await fail(p)
      },
    })
    for (const [fail, reason] of [
      [failing((p) => void p.sys.getpeername(p.tcp())), /^getpeername\(fd \d+\): ENOTCONN$/],
      [failing((p) => p.until('the moon', () => false, 20).then(() => undefined)), 'the moon: not within 20 ms'],
      [failing(() => { throw new Error('oops') }), /^internal error: Error: oops .*\(this is a bug\)$/],
    ] as const) {
      const told = await runHere('failing', fail, { shared: true })
      expect(told.claims.get('before')?.verdict).toBe('holds')
      expect(told.claims.get('after')).toMatchObject({ verdict: 'unavailable', reason: typeof reason === 'string' ? reason : expect.stringMatching(reason) })
    }
  })

  it('undoes everything, last made first, whatever failed', async () => {
    const order: string[] = []
    let child: ReturnType<typeof import('node:child_process').spawn> | undefined
    let file = 0
    let link = ''
    const messy = experiment({
      claims: { x: { says: 'x', source: 'x', expected: 1 } },
      run: (p) => {
        file = p.file('content')
        link = readlinkSync(`/proc/self/fd/${file}`)
        p.atEnd(() => void order.push('first'))
        p.atEnd(() => { throw new Error('cannot be undone') })
        p.atEnd(() => void order.push('last'))
        p.sys.dup(p.connect().client)
        p.udp()
        child = p.child('sleep', ['100'], { stdio: 'ignore' })
        throw new Error('in the midst')
      },
    })
    const before = sockets()
    const home = readlinkSync('/proc/thread-self/ns/net')
    const { claims, events } = await runHere('messy', messy)
    expect(events.find((event) => event.event === 'note')?.text).toMatch(/^not everything could be undone: .*cannot be undone/)
    expect(claims.get('x')?.reason).toContain('in the midst')
    expect(order).toEqual(['last', 'first'])
    expect(sockets()).toBe(before)
    expect(link).toMatch(/ \(deleted\)$/)
    expect(existsSync(link.replace(/ \(deleted\)$/, ''))).toBe(false)
    expect(existsSync(`/proc/self/fd/${file}`) && readlinkSync(`/proc/self/fd/${file}`) === link).toBe(false)
    expect(child!.signalCode).toBe('SIGKILL')
    expect(readlinkSync('/proc/thread-self/ns/net')).toBe(home)
  })

  it('without what it needs does not run', async () => {
    let ran = false
    const needy = experiment({ needs: ['capture'], claims: { x: { says: 'x', source: 'x', expected: 1 } }, run: () => void (ran = true) })
    const { claims } = await runHere('needy', needy, { shared: true })
    expect(claims.get('x')).toMatchObject({ verdict: 'unavailable', reason: expect.stringMatching(/^needs .*namespace/) })
    expect(ran).toBe(false)
  })

  it.skipIf(!isRoot())('tells calls, segments and states in the order of the steps', async () => {
    const seen = experiment({
      claims: { x: { says: 'x', source: 'x', expected: 1 } },
      run: (p) => {
        p.step('one')
        const { client } = p.connect()
        p.step('two')
        p.sys.close(client)
        p.observe('x', 1)
      },
    })
    const { events } = await runHere('seen', seen, { verbose: true })
    const texts = events.map((event) => (event.event === 'call' ? `${event.text.replace(/\d+/g, 'N')} = ${event.result.replace(/\d+/g, 'N')}` : event.event === 'step' ? `step ${event.title}` : event.event))
    expect(texts).toEqual([
      'begin', 'step one', 'socket(AF_INET, SOCK_STREAM, N) = N', 'bind(N, N.N.N.N:N) = N', 'listen(N, N) = N', 'socket(AF_INET, SOCK_STREAM, N) = N', 'connect(N, N.N.N.N:N) = N', 'acceptN(N) = N, N.N.N.N:N',
      'frame', 'frame', 'frame', 'states', 'step two', 'close(N) = N', 'frame', 'states', 'claim', 'end',
    ])
    const [first, second] = events.filter((event) => event.event === 'states')
    expect(first!.ends.map(({ name, state }) => `${name} ${state}`)).toEqual(['client ESTABLISHED', 'server ESTABLISHED'])
    expect(second!.ends.map(({ name, state }) => `${name} ${state}`)[1]).toBe('server CLOSE_WAIT')
  })

  it.skipIf(!isRoot())('is undisturbed by the host: same port, same time', async () => {
    const port = experiment({
      claims: { bound: { says: 'x', source: 'x', expected: 'bound' } },
      run: async (p) => {
        const fd = p.tcp()
        p.observe('bound', String(p.attempt(() => (p.sys.bind(fd, inet('127.0.0.1', 47113)), 'bound'))))
        await p.pause(50)
      },
    })
    const { createServer } = await import('node:net')
    const busy = createServer().listen(47113, '127.0.0.1')
    await once(busy, 'listening')
    try {
      expect((await runHere('port', port)).claims.get('bound')?.verdict).toBe('holds')
      expect((await runHere('port', port, { shared: true })).claims.get('bound')).toMatchObject({ verdict: 'differs', observed: 'EADDRINUSE' })
    } finally {
      busy.close()
    }
  })
})

describe('the registry', () => {
  it.each([...EXPERIMENTS])('%s: its claims have a sentence, a source and an expectation', async (_, { summary, load }) => {
    const { default: one } = await load()
    expect(summary).not.toBe('')
    expect(Object.keys(one.claims).length).toBeGreaterThan(0)
    for (const [id, { says, source, expected, sysctls }] of Object.entries(one.claims)) {
      expect(says, id).not.toMatch(/^$|\n|\.$/)
      expect(source, id).toMatch(/TLPI|UNP|RFC \d|\w\(\d\)|POSIX|kernel|Linux/)
      expect(['string', 'number', 'boolean', 'object'], id).toContain(typeof expected)
      for (const name of sysctls ?? []) expect(name, id).toMatch(/^net\//)
    }
  })

  it('is what docs/probe.md lists', () => {
    const lines = readFileSync(join(ROOT, 'docs/probe.md'), 'utf8').split('\n')
    expect(lines.filter((line) => /^- `[a-z-]+`: /.test(line))).toEqual([...EXPERIMENTS].map(([name, { summary }]) => `- \`${name}\`: ${summary}`))
  })

  it('has every experiment that was asked for', () => {
    const asked = `partial-io shutdown recv-flags send-flags sendfile cork names handshake close simultaneous-close reset time-wait reuseaddr accept-inherit linger buffers timeouts keepalive
      error detect oob broadcast dontroute type fd-passing credentials seqpacket scatter-gather socketpair-pipe tcp-vs-udp sctp dccp priority`.split(/\s+/)
    expect(asked.filter((name) => !EXPERIMENTS.has(name))).toEqual([])
  })
})

/** Every claim of every experiment, its expectation replaced: a verdict that does not turn is no verdict. */
describe.skipIf(!isRoot())('a wrong expectation turns the verdict', () => {
  it.each([...EXPERIMENTS])('%s', async (name, { load }) => {
    const { default: one } = await load()
    const wrong = Object.fromEntries(Object.entries(one.claims).map(([id, { expected }]) => [id, opposite(expected)]))
    const { claims } = await runHere(name, one, { expectations: wrong })
    for (const [id, { verdict, observed, expected }] of claims) {
      if (verdict === 'unavailable') continue
      expect({ id, verdict }).toEqual({ id, verdict: 'differs' })
      expect(expected, id).toEqual(wrong[id])
      expect(holds(one.claims[id]!.expected, observed!), `${name} ${id}: observed ${String(observed)}`).toBe(true)
    }
  }, 30_000)
})
