/** `netstat --info`, `--bound`, `--source`, `--kill` on sockets of this very process. */
import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isRoot, sockscope } from '../run.js'

interface SocketLine {
  readonly state: string
  readonly local_port: number
  readonly foreign_port: number | null
  readonly backlog_limit?: number
  readonly congestion_control?: string
  readonly tcp_info?: Readonly<Record<string, number>>
  readonly memory?: Readonly<Record<string, number>>
}

let server: Server
let client: Socket
let accepted: Socket
let port = 0
const ended: string[] = []
beforeAll(async () => {
  server = createServer()
  await new Promise<void>((done) => server.listen({ host: '127.0.0.1', port: 0, backlog: 7 }, done))
  port = (server.address() as AddressInfo).port
  const came = new Promise<Socket>((done) => server.once('connection', done))
  client = connect(port, '127.0.0.1')
  accepted = await came
  for (const socket of [client, accepted]) socket.on('error', (error: NodeJS.ErrnoException) => ended.push(error.code ?? ''))
  await new Promise<void>((done) => client.write('x'.repeat(1000), () => done()))
})
afterAll(() => {
  client.destroy()
  accepted.destroy()
  server.close()
})

const rows = (...args: string[]): SocketLine[] =>
  sockscope(['netstat', '-tan', '--json', ...args, 'port', String(port)]).stdout.toString().trim().split('\n').filter(Boolean).map((line) => JSON.parse(line) as SocketLine)

describe('netstat --info', () => {
  it('tells what the kernel knows of a listener and a connection', () => {
    const found = rows('--info')
    expect(found.map(({ state }) => state).toSorted()).toEqual(['ESTABLISHED', 'ESTABLISHED', 'LISTEN'])
    expect(found.find(({ state }) => state === 'LISTEN')?.backlog_limit).toBe(7)
    const sender = found.find((row) => row.state === 'ESTABLISHED' && row.foreign_port === port)
    expect(sender?.tcp_info?.['bytes_acked']).toBe(1001)
    expect(sender?.tcp_info?.['rtt_us']).toBeGreaterThan(0)
    expect(sender?.congestion_control).toMatch(/^[a-z0-9_]+$/)
    expect(sender?.memory?.['sndbuf_bytes']).toBeGreaterThan(0)
  })

  it('as a second line in the listing', () => {
    const { stdout, status } = sockscope(['netstat', '-tan', '--info', 'port', String(port)])
    expect(status).toBe(0)
    expect(stdout.toString()).toMatch(/LISTEN {5}\n\tbacklog limit 7 /)
  })

  it('names the peer of a unix socket', () => {
    const { stdout } = sockscope(['netstat', '-xa', '--info', '--json'])
    for (const line of stdout.toString().trim().split('\n').filter(Boolean)) expect(JSON.parse(line)).toHaveProperty('proto', 'unix')
  })
})

it('--source diag and --source proc list the same', () => {
  const [diag, proc] = ['diag', 'proc'].map((source) => sockscope(['netstat', '-tan', '--source', source, 'port', String(port)]).stdout.toString())
  expect(diag).toBe(proc)
  expect(sockscope(['netstat', '--source', 'x']).stderr).toMatch(/^sockscope netstat: --source x: not known/)
})

describe('netstat --kill', () => {
  it('wants a filter, and somebody to ask', () => {
    expect(sockscope(['netstat', '--kill'])).toMatchObject({ status: 3 })
    const { stderr, status } = sockscope(['netstat', '-t', '--kill', 'port', String(port)])
    expect(stderr).toContain('--kill: nobody is there to say yes')
    expect(status).toBe(3)
    expect(rows()).toHaveLength(3)
  })

  it.skipIf(!isRoot())('closes what matches (as root)', async () => {
    const { stdout, stderr, status } = sockscope(['netstat', '-t', '--kill', '--yes', 'port', String(port), 'and', 'state', 'established'])
    expect(stderr).toContain('2 of 2 closed')
    expect(status).toBe(0)
    expect(stdout.toString().split('\n').filter(Boolean)).toHaveLength(2)
    await new Promise((done) => setTimeout(done, 100))
    expect(ended.length).toBeGreaterThan(0)
    expect(rows().map(({ state }) => state)).toEqual(['LISTEN'])
  })
})
