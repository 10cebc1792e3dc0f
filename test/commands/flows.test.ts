/** `sockscope flows` as it is called: rows, order, forms, several files, damaged ones, errors, and live. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { generateCapture } from '../../bench/generate-capture.mjs'
import { PROGRAM, ROOT, hasTool, isRoot, sockscope } from '../run.js'
import { Terminal } from '../terminal.js'

const fixture = (name: string): string => resolve(ROOT, 'test/fixtures/pcap', `${name}.pcap`)
const dir = mkdtempSync(join(tmpdir(), 'sockscope-flows-')), large = join(dir, 'large.pcap')
generateCapture(large, 30_000, 300)
afterAll(() => {
  rmSync(dir, { recursive: true })
})

const flows = (...args: readonly string[]): { readonly out: string; readonly err: string; readonly status: number | null } => {
  const { stdout, stderr, status } = sockscope(['flows', ...args])
  return { out: stdout.toString(), err: stderr, status }
}
const json = (...args: readonly string[]): Record<string, any>[] => flows('--json', ...args).out.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Record<string, any>)

describe('a row says what became of a connection', () => {
  it.each([
    { name: 'book-exchange', code: 'application', state: ['time_wait', 'close'], history: 'ShADadFf', connState: 'SF' },
    { name: 'tcp-abort', code: 'reset', state: ['close', 'close'], connState: 'RSTO' },
    { name: 'tcp-zero-window', code: 'receiver_window', state: ['time_wait', 'close'], connState: 'SF' },
    { name: 'tcp-retransmission', code: 'network_loss', state: ['time_wait', 'close'], connState: 'SF' },
    { name: 'tcp-syn-retransmission', state: ['time_wait', 'close'], connState: 'SF' },
    { name: 'tcp-simultaneous-close', state: ['time_wait', 'time_wait'], connState: 'SF' },
    { name: 'tcp-mid-flow', connState: 'SF' },
  ])('$name', ({ name, code, state, history, connState }) => {
    const [flow] = json(fixture(name))
    expect(flow!['schema']).toBe('sockscope-flow-1')
    expect(flow!['conn_state']).toBe(connState)
    if (code !== undefined) expect(flow!['verdict'].code).toBe(code)
    if (state !== undefined) expect([flow!['originator'].state, flow!['responder'].state]).toEqual(state)
    if (history !== undefined) expect(flow!['history']).toBe(history)
  })

  it('a refused connection names the SYN and the RST', () => {
    const [flow] = json(fixture('tcp-refused'))
    expect(flow!['verdict']).toEqual({ code: 'refused', side: 'responder', text: 'refused: the responder answered the SYN with RST', evidence_packets: [1, 2] })
  })

  it('UDP and ICMP stand in the same table; an ICMP error is told to the conversation that it quotes', () => {
    const { out } = flows('--columns', 'protocol,responder,verdict', fixture('icmp-errors'))
    expect(out.split('\n').slice(0, 3)).toEqual(['PROTO  RESPONDER    VERDICT', 'udp    10.0.2.2:9   refused: ICMP port unreachable', 'udp    10.0.2.2:9   unreachable: ICMP reassembly time exceeded'])
  })

  it('of the exchange of the book, whole', () => {
    const { out, status } = flows('--columns', 'originator,responder,packets-out,packets-in,bytes-out,bytes-in,handshake,states,history,conn-state', fixture('book-exchange'))
    expect(out).toBe(
      'ORIGINATOR      RESPONDER       PKTS>  PKTS<  BYTES>  BYTES<  HANDSHAKE  STATES           HISTORY   CONN\n' +
      '10.0.0.1:46529  10.0.0.2:55555      8      7    48 B     8 B      62 µs  TIME_WAIT CLOSE  ShADadFf  SF\n',
    )
    expect(status).toBe(0)
  })
})

describe('options', () => {
  const many = ['tcp-abort', 'book-exchange', 'tcp-refused', 'tcp-retransmission'].map(fixture)

  it('worst first; by a column, largest first; the other way round; cut', () => {
    const codes = json(...many).map((flow) => flow['verdict'].code as string)
    expect(codes).toEqual(['refused', 'refused', 'reset', 'reset', 'reset', 'network_loss', 'application'])
    const bytes = (...args: string[]): number[] => json(...args, ...many).map((flow) => flow['originator'].payload_bytes as number)
    expect(bytes('--sort', 'bytes-out')).toEqual(bytes().sort((a, b) => b - a))
    expect(bytes('--sort', 'bytes-out', '--reverse')).toEqual(bytes().sort((a, b) => a - b))
    expect(bytes('--top', '2')).toHaveLength(2)
  })

  it('what is not known comes last, either way round; numbers in words count as numbers', () => {
    const mixed = [fixture('icmp-errors'), fixture('tcp-refused'), fixture('tcp-retransmission')]
    const values = (column: string, ...args: string[]): string[] => flows('--csv', '--sort', column, '--columns', `${column},protocol`, ...args, ...mixed).out.trimEnd().split('\r\n').slice(1).map((row) => row.split(',')[0]!)
    const down = values('handshake').filter((value) => value !== ''), up = values('handshake', '--reverse')
    expect(down.length).toBeGreaterThan(2)
    expect(down.length).toBeLessThan(up.length)
    expect(up.slice(0, down.length)).toEqual(down.toReversed())
    const ports = values('originator').map((text) => text.split(/[.:]/).map(Number))
    expect(ports).toEqual(ports.toSorted((a, b) => a.map((n, i) => n - (b[i] ?? -1)).find((d) => d !== 0) ?? 0))
  })

  it('of datagrams there is no state, of one segment no rate', () => {
    const [, row] = flows('--csv', '--columns', 'states,goodput-out', fixture('udp-exchange')).out.split('\r\n')
    expect(row!.split(',')[0]).toBe('')
    expect(json(fixture('http')).find((flow) => flow['connection'] === 1)).toMatchObject({ goodput_in_bytes_per_second: null })
    expect(json(fixture('tcp-syn-retransmission'))[0]).toMatchObject({ goodput_in_bytes_per_second: 0 })
  })

  it('says that a capture holds nothing of the kind', () => {
    const { out, err, status } = flows('--columns', 'verdict', fixture('arp'))
    expect([out, err, status]).toEqual(['VERDICT\n', 'sockscope flows: no TCP, UDP or ICMP packet was seen (sockscope tcpdump shows what there is)\n', 0])
  })

  it('CSV has units in its titles, and as many values as titles', () => {
    const [head, ...rows] = flows('--csv', ...many).out.trimEnd().split('\r\n')
    expect(head).toMatch(/^connection,protocol,originator,responder,start,duration_seconds,packets_out/)
    expect(rows).toHaveLength(7)
    // texts with commas stand in quotes
    for (const row of rows) expect(row.replaceAll(/"[^"]*"/g, 'x').split(',')).toHaveLength(head!.split(',').length)
  })

  it.skipIf(!hasTool('tcpdump'))('a filter of pcap-filter(7) comes behind the files; packets keep their numbers', () => {
    const [flow, ...others] = json(fixture('tcp-port-reuse'), 'tcp[tcpflags] & tcp-syn != 0')
    expect(others.length).toBeGreaterThan(0)
    expect(flow!['originator'].packets).toBe(1)
  })

  it('several files are merged by time', () => {
    const apart = [...json(fixture('tcp-abort')), ...json(fixture('book-exchange'))], together = json(fixture('tcp-abort'), fixture('book-exchange'))
    const ends = (all: Record<string, any>[]): unknown => all.map((flow) => `${flow['start']} ${flow['originator'].packets} ${flow['responder'].state}`).toSorted()
    expect(ends(together)).toEqual(ends(apart))
    expect(json(fixture('book-exchange'), fixture('tcp-abort'))).toEqual(together)
  })

  it.each([
    { args: [], why: /no capture is named/, status: 2 },
    { args: ['nosuch.pcap'], why: /nosuch\.pcap: no such file/, status: 1 },
    { args: ['--sort', 'nope', fixture('arp')], why: /no such column \(the columns are: connection, /, status: 2 },
    { args: ['--columns', 'x', fixture('arp')], why: /--columns x: no such column/, status: 2 },
    { args: ['--json', '--csv', fixture('arp')], why: /mutually exclusive/, status: 2 },
    { args: ['--duration', '1', fixture('arp')], why: /only with -i/, status: 2 },
    { args: ['-Z', 'nobody', fixture('arp')], why: /-Z: only with -i/, status: 2 },
    { args: ['--json', '--columns', 'verdict', fixture('arp')], why: /--json and --columns: /, status: 2 },
    { args: ['--columns', 'verdict,', fixture('arp')], why: /--columns '': no such column/, status: 2 },
    { args: ['-i', 'lo', fixture('arp')], why: /-i and .*arp\.pcap: an interface or captures, not both/, status: 2 },
    { args: [fixture('arp'), 'nosuch.pcapng'], why: /nosuch\.pcapng: no such file/, status: 1 },
    { args: ['tcp', 'port', '80'], why: /tcp: no such file or directory \(captures come first, then the filter\)/, status: 1 },
  ])('$args → $status', ({ args, why, status }) => {
    const said = flows(...args)
    expect([said.out, said.status]).toEqual(['', status])
    expect(said.err).toMatch(why)
    expect(said.err.trimEnd().split('\n')).toHaveLength(1)
  })

  it('a cut capture still gives its rows, and says so', () => {
    const whole = readFileSync(fixture('book-exchange')), cut = join(dir, 'cut.pcap')
    writeFileSync(cut, whole.subarray(0, whole.length - 10))
    const { out, err, status } = flows('--columns', 'packets-out,packets-in', cut)
    expect(out).toBe('PKTS>  PKTS<\n    7      7\n')
    expect(err).toMatch(/cut at byte \d+/)
    expect(status).toBe(1)
  })

  it('threads find what one finds', () => {
    const one = flows('--json', '--threads', '1', large), three = flows('--json', '--threads', '3', large)
    expect(three).toEqual(one)
    expect(one.out.split('\n')).toHaveLength(301)
  })

  it('a reader that goes away ends it quietly', async () => {
    const child = spawn('sh', ['-c', `"${process.execPath}" "${PROGRAM}" flows --json "$1" | head -c 1 >/dev/null; exit 0`, 'sh', large], { stdio: ['ignore', 'ignore', 'pipe'] })
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
    await once(child, 'exit')
    expect(said).toBe('')
  })
})

describe.skipIf(!hasTool('tmux', ['-V']))('on a terminal', () => {
  it.each([70, 80, 120, 200])('a table of %d columns has the number, by which ladder finds the connection', async (columns) => {
    const shown = await new Terminal(columns, 16, `${process.execPath} ${PROGRAM} flows ${fixture('tcp-refused')} ${fixture('tcp-retransmission')}`).screen(/status 0/)
    expect(shown).toMatch(/│ # │.*ORIGINATOR.*VERDICT/)
    for (const line of shown.split('\n')) expect(line.length).toBeLessThanOrEqual(columns)
  })

  it.skipIf(!isRoot() || !hasTool('unshare') || !hasTool('ip', ['-V']) || !hasTool('python3'))('live: a screenful while it runs, every connection once Ctrl-C ended it (root)', async () => {
    const script = join(dir, 'live.sh')
    writeFileSync(script, `trap : INT; ip link set lo up; : > ${dir}/said
(until grep -q listening ${dir}/said; do sleep 0.1; done; python3 -c '
import socket
l=socket.create_server(("127.0.0.1",8125))
for i in range(30):
    c=socket.create_connection(("127.0.0.1",8125)); s,_=l.accept(); c.close(); s.recv(1); s.close()
') &
${process.execPath} ${PROGRAM} flows -i lo 2>${dir}/said; cat ${dir}/said`)
    const terminal = new Terminal(100, 16, `unshare -n sh ${script}`)
    const running = await terminal.screen(/lo: 30 connections, \d+ packets in \d+ s; Ctrl-C ends/)
    expect(running.match(/127\.0\.0\.1:8125/g)!.length).toBeLessThan(16)
    terminal.type('C-c')
    const after = (await terminal.screen(/status 0/)).split('^C')[1]!
    expect(after.match(/127\.0\.0\.1:8125/g)).toHaveLength(30)
    expect(after).toMatch(/(\d+) packets captured, \1 received by filter, 0 dropped by kernel/)
  }, 30_000)
})

describe.skipIf(!isRoot() || !hasTool('unshare') || !hasTool('ip', ['-V']) || !hasTool('python3'))('live (root)', () => {
  it('shows at the end what passed', async () => {
    const script = 'ip link set lo up; "$0" "$1" flows -i lo --duration 3 --columns responder,states tcp port 8123 & F=$!; sleep 1.5; python3 -c "import socket; l=socket.create_server((\'127.0.0.1\',8123)); c=socket.create_connection((\'127.0.0.1\',8123)); s,_=l.accept(); c.sendall(b\'x\'); s.recv(1); c.close(); s.recv(1); s.close()"; wait $F'
    const child = spawn('unshare', ['-n', 'sh', '-c', script, process.execPath, PROGRAM], { stdio: ['ignore', 'pipe', 'pipe'] })
    let out = ''
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    await once(child, 'exit')
    expect(out).toBe('RESPONDER       STATES\n127.0.0.1:8123  TIME_WAIT CLOSE\n')
  }, 20_000)
})
