/** The ladder diagram: the book's figures from the recorded exchange, odd segments, folds, widths, SVG, JSON, live. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Ladder, type Arrow, type Row } from '../../src/analysis/ladder.js'
import type { Segment } from '../../src/analysis/segment.js'
import { LadderText } from '../../src/format/ladder-text.js'
import { generateCapture } from '../../bench/generate-capture.mjs'
import { segmentOf } from '../analysis/segments.js'
import { PROGRAM, hasTool, isRoot, run, sockscope } from '../run.js'
import { Terminal } from '../terminal.js'

const fixture = (name: string): string => `test/fixtures/pcap/${name}.pcap`
const ladder = (...args: string[]): string => sockscope(['ladder', ...args]).stdout.toString()

let dir = ''
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'sockscope-'))
})
afterAll(() => rmSync(dir, { recursive: true }))

/** Figures 61-5 (establishment), 61-3 (data and its ACKs) and 61-6 (termination), from the recorded exchange. */
const BOOK = `                   10.0.0.1:46529                               10.0.0.2:55555
     1               <SYN_SENT> |--- SYN seq 0 win 64240 ------>|
     2     +46us  <ESTABLISHED> |<--- SYN,ACK seq 0 ack 1 ------| <SYN_RECV>
     3     +16us                |--- ACK ack 1 win 64256 ------>| <ESTABLISHED>
     4    +191ms                |--- PSH,ACK seq 1:17 ack 1 --->|
     5     +33us                |<--- ACK ack 17 win 65152 -----|
     6    +291ms                |<--- PSH,ACK seq 1:5 ack 17 ---|
     7     +25us                |--- ACK ack 5 win 64256 ------>|
     8    +391ms                |--- PSH,ACK seq 17:49 ack 5 -->|
     9     +27us                |<--- ACK ack 49 win 65152 -----|
    10    +491ms                |<--- PSH,ACK seq 5:9 ack 49 ---|
    11     +20us                |--- ACK ack 9 win 64256 ------>|
    12   +40.4ms    <FIN_WAIT1> |--- FIN,ACK seq 49 ack 9 ----->| <CLOSE_WAIT>
    13   +42.7ms    <FIN_WAIT2> |<--- ACK ack 50 win 65152 -----|
    14   +77.5ms    <TIME_WAIT> |<--- FIN,ACK seq 9 ack 50 -----| <LAST_ACK>
    15     +28us                |--- ACK ack 10 win 64256 ----->| <CLOSED>
`

describe('the book’s figures', () => {
  it('from the recorded exchange', () => {
    expect(ladder(fixture('book-exchange'))).toBe(BOOK)
  })

  it('of a simultaneous close: both sides reach CLOSING and TIME_WAIT', () => {
    const lines = ladder(fixture('tcp-simultaneous-close')).split('\n')
    expect(lines.at(-4)).toMatch(/ 7 .*<CLOSING> .*<CLOSING>$/)
    expect(lines.at(-3)).toMatch(/ 8 .*<TIME_WAIT>$/)
    expect(lines.at(-2)).toMatch(/ 9 .*<TIME_WAIT> /)
  })

  it('every fixture fits 80 columns, whatever is in it', () => {
    for (const name of ['tcp-retransmission', 'tcp-sack', 'tcp-zero-window', 'tcp6-exchange', 'tcp-seq-wrap', 'tcp-abort', 'tcp-keepalive', 'tcp-flags-every', 'http']) {
      for (const line of ladder(fixture(name), '--unicode').split('\n')) expect([name, line, line.length <= 80]).toEqual([name, line, true])
    }
  })
})

describe('odd segments', () => {
  it.each([
    ['tcp-retransmission', /~~~ PSH,ACK seq 17:37 ack 1 ~~>\|\n +\| +RTO of 6, 204ms later/],
    ['tcp-syn-retransmission', /SYN of 1 again, 1\.03s later/],
    ['tcp-duplicate-ack', /dup ACK #1 of \d+/],
    ['tcp-zero-window', /zero window/],
    ['tcp-keepalive', /keep-alive/],
    ['tcp-abort', /RST/],
    ['tcp-mid-flow', /<ESTABLISHED\?>/],
  ])('%s', (name, pattern) => {
    expect(ladder(fixture(name))).toMatch(pattern)
  })

  it('on a wide page the mark stands on the arrow, and the time has a column', () => {
    expect(ladder(fixture('tcp-retransmission'), '--width', '120', '--unicode')).toMatch(/ 7 +0\.\d{6} +\+204ms .*╌╌╌ PSH,ACK seq 17:37 ack 1 len 20 \[RTO of 6, 204ms later\] ╌*→│/)
  })
})

/** A segment of data or a bare ACK in which nothing happens. */
function plain(packet: number, direction: 0 | 1, length: number, flags = 0x10): Segment {
  return segmentOf({ PACKET: packet, DIRECTION: direction, LENGTH: length, FLAGS: flags, TIME: packet * 1000, GAP: 1000, PROTOCOL: 6 })
}

describe('folds', () => {
  it('a run keeps its first two and its last, and the sums are those of the rest', () => {
    const rows: Row[] = []
    const made = new Ladder((row) => rows.push(row), true)
    for (let i = 1; i <= 100; i++) made.take(plain(i, i % 2 === 0 ? 1 : 0, i % 2 === 0 ? 0 : 1000))
    made.end()
    expect(rows.map((row) => (row.kind === 'arrow' ? row.packet : 'fold'))).toEqual([1, 2, 'fold', 100])
    expect(rows[2]).toEqual({ kind: 'fold', firstPacket: 3, lastPacket: 99, segments: 97, bytes: [49000, 0], span: 97000 })
  })

  it('no segment is lost or doubled, whatever comes', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ odd: fc.boolean(), length: fc.nat(3000), direction: fc.constantFrom(0 as const, 1 as const) }), { maxLength: 60 }), (given) => {
        let segments = 0
        const bytes = [0, 0]
        const packets: number[] = []
        const made = new Ladder((row) => {
          segments += row.kind === 'fold' ? row.segments : 1
          if (row.kind === 'fold') row.bytes.forEach((n, i) => (bytes[i]! += n))
          else bytes[row.direction]! += row.length
          packets.push(row.kind === 'fold' ? row.lastPacket : row.packet)
        }, true)
        given.forEach(({ odd, length, direction }, i) => {
          made.take(plain(i + 1, direction, length, odd ? 0x11 : 0x10))
        })
        made.end()
        expect(segments).toBe(given.length)
        expect(bytes).toEqual([0, 1].map((side) => given.reduce((sum, g) => sum + (g.direction === side ? g.length : 0), 0)))
        expect(packets).toEqual(packets.toSorted((a, b) => a - b))
      }),
    )
  })

  it('--no-fold has every packet', () => {
    const file = join(dir, 'bulk.pcap')
    generateCapture(file, 3000, 1)
    const all = ladder(file, '--no-fold').split('\n').filter((line) => /^ *\d+ /.test(line))
    expect(all).toHaveLength(3000)
  })
})

describe('a page of any width', () => {
  it('has whole lifelines', () => {
    fc.assert(
      fc.property(fc.integer({ min: 40, max: 300 }), fc.nat(0xffffffff), fc.nat(70000), fc.nat(0x1ff), (width, seq, length, flags) => {
        const text = new LadderText({ width, unicode: false, paint: (_color, words) => words })
        const side = { state: 1, assumed: true, changed: true }
        const arrow: Arrow = {
          kind: 'arrow', packet: 123456, time: 1e12, gap: 1e9, direction: 0, flags, seq, ack: seq, length, window: 1 << 30,
          marks: [{ finding: 2, refers: 99999 }], dupAckNumber: 0, sinceSent: 5e9, impossible: 0, originator: side, responder: side,
        }
        for (const line of text.row(arrow)) {
          expect(line.length).toBeLessThanOrEqual(width)
          expect(line.match(/\|/g)).toHaveLength(2)
        }
      }),
    )
  })
})

describe('a page of 40 columns', () => {
  it('has the states between the lifelines, under their arrow', () => {
    const lines = ladder(fixture('book-exchange'), '--width', '40').split('\n')
    expect(lines.slice(0, 7)).toEqual([
      '                10.0.0.1:46529',
      '                          10.0.0.2:55555',
      '     1          |--- SYN seq 0 ------->|',
      '                |<SYN_SENT>            |',
      '     2    +46us |<--- SYN,ACK 0 ack 1 -|',
      '                |<ESTABLISHED>         |',
      '                |            <SYN_RECV>|',
    ])
    // what the wide page has
    for (const state of BOOK.match(/<[A-Z_0-9]+>/g)!) expect(lines.join('')).toContain(state)
  })

  it.each(['tcp-retransmission', 'tcp-sack-holes', 'tcp-zero-window', 'tcp6-exchange', 'tcp-seq-wrap', 'tcp-mid-flow', 'http'])('holds %s', (name) => {
    for (const line of ladder(fixture(name), '--width', '40').split('\n')) expect([line, line.length <= 40]).toEqual([line, true])
  })
})

describe('SVG', () => {
  it('is well-formed, private, and says what the text says', () => {
    const file = join(dir, 'x.svg')
    const { status, stdout, stderr } = sockscope(['ladder', fixture('tcp-retransmission'), '-o', file])
    expect([status, stdout.toString(), stderr]).toEqual([0, '', ''])
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const svg = readFileSync(file, 'utf8')
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/)
    expect(svg).toContain('RTO of 6')
    expect(svg).toContain('&lt;FIN_WAIT1&gt;')
    const opened = [...svg.matchAll(/<([a-z]+)[^>]*?(\/?)>/g)].filter(([, , closed]) => closed === '').map(([, name]) => name)
    const closed = [...svg.matchAll(/<\/([a-z]+)>/g)].map(([, name]) => name)
    for (const name of new Set(opened)) expect([name, opened.filter((one) => one === name).length]).toEqual([name, closed.filter((one) => one === name).length])
  })

  it('follows no link', () => {
    const target = join(dir, 'target')
    writeFileSync(target, 'precious')
    symlinkSync(target, join(dir, 'link.svg'))
    const { status, stderr } = sockscope(['ladder', fixture('book-exchange'), '-o', join(dir, 'link.svg')])
    expect(status).toBe(1)
    expect(stderr).toMatch(/^sockscope ladder: -o .*is a symbolic link/)
    expect(readFileSync(target, 'utf8')).toBe('precious')
  })
})

describe('for scripts and in trouble', () => {
  it('--json has a row a line', () => {
    const rows = ladder(fixture('book-exchange'), '--json').trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(rows).toHaveLength(15)
    expect(rows[11]).toMatchObject({
      row: 'segment', packet: 12, from: '10.0.0.1:46529', direction: 'to_responder', flags: ['fin', 'ack'], seq_relative: 49, ack_relative: 9, payload_length: 0,
      originator_state: { state: 'fin_wait1', assumed: false, changed: true }, responder_state: { state: 'close_wait', assumed: false, changed: true },
    })
  })

  it.each([
    [[fixture('arp')], 1, /no TCP segment/],
    [[fixture('http'), 'port', '1'], 1, /no TCP segment passes the filter "port 1"/],
    [[fixture('http'), '--flow', '99'], 1, /--flow 99: no such TCP connection/],
    [['nosuch.pcap'], 1, /nosuch\.pcap: /],
    [[], 2, /no capture named/],
    [[fixture('http'), '--width', '10'], 2, /--width 10: /],
    [[fixture('http'), 'no', 'such', 'filter'], 1, /syntax error|filter/],
    [[fixture('http'), 'nosuch.pcap'], 1, /nosuch\.pcap: no such file/],
    [['tcp', 'port', '80'], 1, /tcp: no such file or directory \(captures come first/],
    [[fixture('http'), '--ascii', '--unicode'], 2, /--ascii and --unicode: mutually exclusive/],
    [[fixture('http'), '--json', '-o', 'x.svg'], 2, /--json and -o: mutually exclusive/],
    [[fixture('http'), '-i', 'lo'], 2, /-i and .*http\.pcap: an interface or captures, not both/],
    [[fixture('http'), '--duration', '2'], 2, /--duration: only with -i/],
    [[fixture('http'), '-Z', 'nobody'], 2, /-Z: only with -i/],
  ])('%j', (args, status, message) => {
    const ran = sockscope(['ladder', ...args])
    expect(ran.status).toBe(status)
    expect(ran.stderr).toMatch(message)
    expect(ran.stderr.trimEnd().split('\n')).toHaveLength(1)
  })

  it('draws what a cut capture holds, and says so', () => {
    const cut = join(dir, 'cut.pcap')
    writeFileSync(cut, readFileSync(fixture('book-exchange')).subarray(0, 700))
    const ran = sockscope(['ladder', cut])
    expect(ran.status).toBe(1)
    expect(BOOK.startsWith(ran.stdout.toString())).toBe(true)
    expect(ran.stdout.length).toBeGreaterThan(200)
    expect(ran.stderr).toMatch(/^sockscope ladder: .*cut at byte 700/)
  })
})

describe.skipIf(!isRoot())('live', () => {
  it('draws a connection as it happens, until Ctrl-C', async () => {
    const server = createServer((socket) => socket.end('hello'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as { port: number }
    const child = spawn(process.execPath, [PROGRAM, 'ladder', '-i', 'lo', 'tcp', 'port', String(port)])
    let out = ''
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    await new Promise<void>((resolve) => child.stderr.on('data', (chunk: Buffer) => chunk.toString().includes('listening') && resolve()))
    await new Promise<void>((resolve) => connect(port, '127.0.0.1').on('close', () => resolve()).resume())
    for (let i = 0; i < 100 && !out.includes('<LAST_ACK>'); i++) await new Promise((resolve) => setTimeout(resolve, 50))
    child.kill('SIGINT')
    const status = await new Promise((resolve) => child.on('exit', resolve))
    server.close()
    expect(status).toBe(0)
    expect(out).toMatch(/<SYN_SENT>[^]*<SYN_RECV>[^]*<FIN_WAIT1>/)
  })
})

describe.skipIf(!isRoot() || !hasTool('unshare') || !hasTool('ip', ['-V']) || !hasTool('python3'))('live, in a namespace (root)', () => {
  /** Six bytes one by one, each echoed, then silence while `during` runs. */
  const exchange = `import socket,time
l=socket.create_server(("127.0.0.1",8124)); c=socket.create_connection(("127.0.0.1",8124)); s,_=l.accept()
for i in range(3):
    c.sendall(b"x"); s.recv(1); s.sendall(b"y"); c.recv(1); time.sleep(0.05)
time.sleep(1.2)`
  const live = (args: string, after: string): ReturnType<typeof run> => {
    const said = join(dir, 'said')
    const script = `ip link set lo up; : > ${said}; "$0" "$1" ladder -i lo ${args} tcp 2>${said} & L=$!; until grep -q listening ${said}; do sleep 0.1; done; python3 -c '${exchange}'; ${after}; cat ${said} >&2`
    return run('unshare', ['-n', 'sh', '-c', script, process.execPath, PROGRAM])
  }

  it('what is held back for a fold is drawn when the connection falls silent', () => {
    const out = join(dir, 'live.txt')
    const { stdout } = live(`> ${out}`, `cat ${out}; echo END; kill -INT $L; wait $L`)
    const before = stdout.toString().split('END')[0]!
    // SYN, SYN-ACK, ACK and at least a data segment and an ACK of each of three exchanges
    expect(before.match(/^ *\d+ .*\|/gm)!.length).toBeGreaterThanOrEqual(9)
  }, 20_000)

  it('-o is opened while we are root, and holds the picture', () => {
    const svg = join(dir, 'live.svg')
    const { stderr, stdout } = live(`-o ${svg} --duration 5`, 'wait $L; echo $?')
    expect([stderr, stdout.toString()]).toEqual(['listening on lo\n', '0\n'])
    expect(readFileSync(svg, 'utf8')).toContain('&lt;SYN_SENT&gt;')
  }, 20_000)

  it('says that nothing passed', () => {
    const { stderr, status } = run('unshare', ['-n', 'sh', '-c', 'ip link set lo up; "$0" "$1" ladder -i lo --duration 0.5 udp', process.execPath, PROGRAM])
    expect([stderr, status]).toEqual(['listening on lo\nsockscope ladder: lo: no TCP segment passed the filter "udp" (nothing is drawn)\n', 1])
  })
})

describe.skipIf(!hasTool('tmux', ['-V']))('on a terminal', () => {
  it('fits its width, with colours; NO_COLOR takes them away', async () => {
    const show = (env: string): Promise<string> =>
      new Terminal(124, 40, `${env} ${process.execPath} ${PROGRAM} ladder ${fixture('tcp-retransmission')}`).screen(/status 0/, true)
    const colored = await show('')
    expect(colored).toMatch(/│.*╌╌╌ PSH,ACK seq 17:37 ack 1 len 20 \[RTO of 6, 204ms later\]/)
    expect(colored).toContain('\u001b[31m')
    expect(await show('NO_COLOR=1')).not.toContain('\u001b[31m')
  })
})
