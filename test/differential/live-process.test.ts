/** Whose packets: --process, --pid, --prog and `-- COMMAND`, in the namespaces of live-namespaces.ts and on their loopback. */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { PROGRAM } from '../run.js'
import { Watcher, canRun, dir, pause, traffic, useNamespaces, watch } from './live-namespaces.js'

const TALK = `import socket, time\ns = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(('10.77.0.1', 4700)); time.sleep(%s)\nfor n in range(5): s.sendto(b'mine', ('10.77.0.2', 9)); time.sleep(0.05)\ntime.sleep(0.2)`
const SERVER = `
import socket, sys
s = socket.create_server(('127.0.0.1', 4800), backlog=100)
print('listening on', file=sys.stderr, flush=True)
while True:
    c, _ = s.accept(); c.recv(100); c.sendall(b'welcome'); c.recv(100); c.close()
`
/** A connection that is over within a millisecond. */
const TALK_TCP = `import socket\nc = socket.create_connection(('127.0.0.1', 4800)); c.sendall(b'me'); c.recv(100); c.close()`
/** As root, but without what BPF needs. */
const BLIND = ['--bounding-set', '-bpf,-sys_admin', '--inh-caps', '-bpf,-sys_admin', process.execPath, PROGRAM, 'tcpdump']

describe.skipIf(!canRun)('live, whose packets (root; apt-get install tcpdump iproute2 python3)', { timeout: 60_000 }, () => {
  useNamespaces()

  it('--process says who owns the socket, --pid selects, in text, JSON and pcapng', async () => {
    const path = join(dir, 'owned.pcapng')
    const talker = new Watcher('python3', ['-c', TALK.replace('%s', '1.5')])
    const all = watch('-t', '-nn', '-i', 'here0', '--process', 'udp')
    const json = watch('--json', '-i', 'here0', '--pid', String(talker.child.pid), 'udp')
    const other = watch('-nn', '-i', 'here0', '--prog', 'nosuch', 'udp')
    const file = watch('-i', 'here0', '--prog', 'python3', '--pcapng', '-w', path, 'udp')
    await Promise.all([all, json, other, file].map((one) => one.listening()))
    expect(await talker.ended).toBe(0)
    await Promise.all([all, json, other, file].map((one) => one.end()))
    expect(all.lines()).toEqual(Array(5).fill(`python3.${talker.child.pid} Out IP 10.77.0.1.4700 > 10.77.0.2.9: UDP, length 4`))
    expect(json.lines().map((line) => (JSON.parse(line) as { process: unknown }).process)).toEqual(Array(5).fill({ name: 'python3', pid: talker.child.pid, direction: 'out' }))
    expect(other.lines()).toEqual([])
    expect(readFileSync(path, 'latin1').split(`process python3 pid ${talker.child.pid}`)).toHaveLength(6)
    expect(file.counts()[0]).toBe(5)
  })

  it('sockets that live for a millisecond have an owner, each packet of theirs, both ways', async () => {
    const server = new Watcher('python3', ['-c', SERVER])
    await server.listening()
    const all = watch('-t', '-nn', '-i', 'lo', '--process', 'tcp port 4800')
    const some = watch('-t', '-nn', '-i', 'lo', '--pid', String(server.child.pid), 'tcp port 4800')
    await Promise.all([all.listening(), some.listening()])
    const talkers = []
    for (let n = 0; n < 10; n++) {
      const talker = new Watcher('python3', ['-c', TALK_TCP])
      talkers.push(talker.child.pid)
      expect(await talker.ended).toBe(0)
    }
    await pause(100)
    await Promise.all([all.end(), some.end()])
    await server.end('SIGTERM')
    const lines = all.lines()
    expect(lines.filter((line) => !/^python3\.\d+ Out IP /.test(line))).toEqual([]) // both ends are of this host: the sender is named
    for (const pid of talkers) expect(lines.filter((line) => line.startsWith(`python3.${pid} `) && /Flags \[[SF]/.test(line))).toHaveLength(2)
    const directions = some.lines().map((line) => /^python3\.(\d+) (In|Out) IP 127\.0\.0\.1\.(\d+)/.exec(line)!.slice(1))
    expect(directions.length).toBe(lines.length)
    for (const [pid, direction, port] of directions) expect([pid, direction]).toEqual([String(server.child.pid), port === '4800' ? 'Out' : 'In'])
  })

  it('a command: only its packets, its status, its output apart', async () => {
    const other = new Watcher('python3', ['-c', `import socket, time\ns = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\nfor n in range(40): s.sendto(b'not mine', ('10.77.0.2', 9)); time.sleep(0.05)`])
    const one = watch('-t', '-nn', '-i', 'here0', 'udp', '--', 'python3', '-c', `${TALK.replace('%s', '0.2')}\nprint('said')\nraise SystemExit(7)`)
    expect(await one.ended).toBe(7)
    expect(one.lines()).toEqual(Array(5).fill(expect.stringMatching(/^python3\.\d+ Out IP 10\.77\.0\.1\.4700 > 10\.77\.0\.2\.9: UDP, length 4$/)))
    expect(one.stderr).toContain('said\n')
    expect(one.counts()[0]).toBe(5)
    await other.end('SIGTERM')
  })

  it('a command that is over within milliseconds shows all of its packets, each time', async () => {
    const server = new Watcher('python3', ['-c', SERVER])
    await server.listening()
    const runs = await Promise.all(Array.from({ length: 8 }, async () => {
      const one = watch('-t', '-nn', '-i', 'lo', '--', 'python3', '-c', TALK_TCP)
      expect(await one.ended).toBe(0)
      return one
    }))
    await server.end('SIGTERM')
    for (const { stderr, stdout } of runs) {
      expect(stderr).not.toContain('missed')
      expect(stdout.match(/Flags \[S/g)).toHaveLength(2)
      expect(stdout.match(/Flags \[F/g)).toHaveLength(2)
      expect(new Set(stdout.match(/^python3\.\d+/gm)).size).toBe(1)
    }
    expect(leftGroups()).toEqual([])
  })

  it('nor does a flood of others take room from its packets; with a server, on any, with -s, on two interfaces', async () => {
    const flood = new Watcher('python3', ['-c', `
import socket, threading, time
a = socket.create_server(('127.0.0.1', 4820)); c = socket.create_connection(('127.0.0.1', 4820)); d, _ = a.accept()
def take():
    while d.recv(1 << 16): pass
threading.Thread(target=take, daemon=True).start()
end = time.time() + 6
while time.time() < end: c.sendall(bytes(1400))`])
    const serve = (port: number) => `import socket, threading
s = socket.create_server(('127.0.0.1', ${port}))
def ask(): c = socket.create_connection(('127.0.0.1', ${port})); c.sendall(b'me'); c.recv(100); c.close()
t = threading.Thread(target=ask); t.start(); c, _ = s.accept(); c.recv(100); c.sendall(b'welcome'); c.recv(100); c.close(); t.join()
u = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM); u.sendto(b'six', ('::1', 4830))`
    const runs = [['-i', 'lo'], ['-i', 'any'], ['-i', 'lo', '-s', '64'], ['-i', 'lo', '-i', 'here0']].map((args, n) => watch('-t', '-nn', ...args, '--', 'python3', '-c', serve(4821 + n)))
    expect(await Promise.all(runs.map(({ ended }) => ended))).toEqual([0, 0, 0, 0])
    await flood.end('SIGTERM')
    for (const run of runs) {
      const { stdout, stderr } = run
      expect(stdout.match(/Flags \[S/g), stderr).toHaveLength(2)
      expect(stdout.match(/Flags \[F/g), stderr).toHaveLength(2)
      expect(stdout).toMatch(/UDP, length 3|IP6 \[\|ip6\]|UDP/)
      expect(stderr).toMatch(/^0 packets dropped by kernel$/m)
      expect(run.counts()[1]).toBeLessThan(40) // nor is it counted, or what came before the command's start
    }
  })

  it('children, IPv6, echoes, and the errors that come back for its packets', async () => {
    const child = `
import os, socket, struct
if os.fork() == 0:
    u = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM); u.connect(('::1', 4900)); u.send(b'child'); os._exit(0)
os.wait()
r = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
packet = lambda sum: struct.pack('!BBHHH', 8, 0, sum, 0x1234, 1)
r.sendto(packet(0xffff - 0x0800 - 0x1234 - 1), ('127.0.0.1', 0))
`
    const one = watch('-t', '-nn', '-i', 'lo', '--', 'python3', '-c', child)
    expect(await one.ended).toBe(0)
    expect(one.lines().map((line) => line.replace(/\.\d+ (In|Out)/, ' $1').replace(/::1\.\d+ >/, '::1.PORT >'))).toEqual([
      'python3 Out IP6 ::1.PORT > ::1.4900: UDP, length 5',
      expect.stringMatching(/^python3 In IP6 ::1 > ::1: ICMP6, destination unreachable, unreachable port, /),
      'python3 Out IP 127.0.0.1 > 127.0.0.1: ICMP echo request, id 4660, seq 1, length 8',
      'python3 In IP 127.0.0.1 > 127.0.0.1: ICMP echo reply, id 4660, seq 1, length 8',
    ])
  })

  it("a port is not the owner's where the address is another host's", async () => {
    const waiting = new Watcher('python3', ['-c', `import socket, sys, time\ns = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(('0.0.0.0', 4910))\nprint('listening on', file=sys.stderr, flush=True)\ntime.sleep(30)`])
    await waiting.listening()
    const one = watch('-t', '-nn', '-i', 'here0', '--process', 'udp port 4910')
    await one.listening()
    // The other host talks to this one, to all, to a group, and (as a promiscuous capture would see it) to a third.
    traffic(`
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
s.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton('10.77.0.2')); s.bind(('10.77.0.2', 4911))
for host in ('10.77.0.1', '255.255.255.255', '10.77.0.255', '224.0.0.77'): s.sendto(b'x', (host, 4910))
raw = socket.socket(socket.AF_PACKET, socket.SOCK_RAW); raw.bind(('there0', 0))
raw.send(bytes.fromhex('ffffffffffff020000000077' + '0800' + '4500001d0001000040110000' + '0a4d0002' + '0a4d0063' + '132f132e00090000' + '78'))
time.sleep(0.1)`)
    await one.end()
    await waiting.end('SIGTERM')
    const whose = `python3.${waiting.child.pid} In `
    expect(one.lines().map((line) => line.replace(/: UDP.*/, ''))).toEqual([
      ...['10.77.0.1', '255.255.255.255', '10.77.0.255', '224.0.0.77'].map((host) => `${whose}IP 10.77.0.2.4911 > ${host}.4910`),
      'IP 10.77.0.2.4911 > 10.77.0.99.4910',
    ])
  })

  it('every fragment of a datagram', async () => {
    const one = watch('-t', '-nn', '-i', 'here0', '--', 'python3', '-c', `import socket
for family, host in ((socket.AF_INET, '10.77.0.2'), (socket.AF_INET6, 'fd77::2')):
    socket.socket(family, socket.SOCK_DGRAM).sendto(bytes(4000), (host, 9))`)
    expect(await one.ended).toBe(0)
    const sent = one.lines().filter((line) => /^python3\.\d+ Out /.test(line))
    expect(sent.filter((line) => / IP /.test(line))).toHaveLength(3)
    expect(sent.filter((line) => / IP6 .*frag/.test(line))).toHaveLength(3)
  })

  it('with a file, the command has our standard output; -c ends the capture, and then the command is waited for', async () => {
    const script = `${TALK.replace('%s', '0')}\nprint('said', open(0).read())\nraise SystemExit(3)`
    const path = join(dir, 'command.pcap'), input = join(dir, 'input')
    writeFileSync(input, 'heard')
    const one = new Watcher('sh', ['-c', `"$0" "$@" < ${input}`, process.execPath, PROGRAM, 'tcpdump', '-i', 'here0', '-w', path, '-c', '2', '--', 'python3', '-c', script])
    expect(await one.ended).toBe(3)
    expect(one.stdout).toBe('said heard\n')
    expect(one.counts()[0]).toBe(2)
  })

  it('a signal ends the capture and leaves the command to itself: status 0', async () => {
    const one = watch('-nn', '-i', 'lo', '--', 'sh', '-c', `echo $$ > ${join(dir, 'left')}; exec sleep 30 > /dev/null 2>&1`)
    await one.listening()
    await pause(300)
    expect(await one.end()).toBe(0)
    const pid = Number(readFileSync(join(dir, 'left'), 'latin1'))
    expect(readFileSync(`/proc/${pid}/comm`, 'latin1')).toBe('sleep\n')
    for (let tries = 0; tries < 100 && leftGroups().length > 0; tries++) await pause(20)
    expect(leftGroups()).toEqual([]) // and it is back in the group that it came from
    expect(readFileSync(`/proc/${pid}/cgroup`, 'latin1')).not.toContain('sockscope')
    process.kill(pid)
  })

  it.each([
    { command: ['/nonexistent/command'], status: 127, says: '-- /nonexistent/command: no such command' },
    { command: ['no such command'], status: 127, says: '-- no such command: no such command' },
    { command: ['/etc/passwd'], status: 126, says: '-- /etc/passwd: it may not be run (chmod +x /etc/passwd)' },
  ])('$says', async ({ command, status, says }) => {
    const one = watch('-i', 'here0', '--', ...command)
    expect(await one.ended).toBe(status)
    expect(one.stderr).toBe(`sockscope tcpdump: ${says}\n`)
  })

  it.each([
    { script: 'exit 127', status: 127 },
    { script: 'kill -9 $$', status: 137 },
  ])('the status of `$script` is $status', async ({ script, status }) => {
    expect(await watch('-i', 'here0', '--', 'sh', '-c', script).ended).toBe(status)
  })

  it('where the kernel may not be asked, says so, and finds what lives for longer', async () => {
    const talker = new Watcher('python3', ['-c', TALK.replace('%s', '1.5')])
    const all = new Watcher('setpriv', [...BLIND, '-t', '-nn', '-i', 'here0', '--process', 'udp'])
    await all.listening()
    const one = new Watcher('setpriv', [...BLIND, '-t', '-nn', '-i', 'here0', 'udp', '--', 'python3', '-c', TALK.replace('%s', '0.2').replace('4700', '4701')])
    expect(await one.ended).toBe(0)
    expect(await talker.ended).toBe(0)
    await all.end()
    for (const { stderr } of [all, one]) expect(stderr).toMatch(/^sockscope tcpdump: packets of sockets that live for a few milliseconds only may be missed: to be told of them needs root\nlistening on /)
    expect(one.lines()).toEqual(Array(5).fill(expect.stringMatching(/^python3\.\d+ Out IP 10\.77\.0\.1\.4701 > /)))
    expect(all.lines().filter((line) => !/^python3\.\d+ Out IP 10\.77\.0\.1\.470[01] > /.test(line))).toEqual([])
    expect(all.lines()).toHaveLength(10)
  })

  it('many packets of strangers do not keep the owned ones back', async () => {
    const flood = new Watcher('python3', ['-c', `import socket, time\ns = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\nuntil = time.time() + 2.5\nn = 0\nwhile time.time() < until:\n    s.sendto(b'x', ('127.0.0.1', 5000 + n % 20000)); n += 1\n    if n % 200 == 0: time.sleep(0.01)`])
    const one = watch('-t', '-nn', '-i', 'lo', 'udp', '--', 'python3', '-c', `import socket, time\nfor n in range(20):\n    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.sendto(b'mine', ('127.0.0.1', 9)); s.close(); time.sleep(0.02)`)
    expect(await one.ended).toBe(0)
    await flood.end('SIGTERM')
    expect(one.lines()).toHaveLength(20)
  })

  /** Control groups of commands that were not removed. */
  function leftGroups(): string[] {
    const root = readFileSync('/proc/self/mountinfo', 'latin1').split('\n').find((line) => / - cgroup2 /.test(line))?.split(' ')[4]
    return root === undefined ? [] : readdirSync(root, { recursive: true, encoding: 'latin1' }).filter((path) => /sockscope-\d+$/.test(path))
  }
})
