/**
 * Live captures in two network namespaces of our own, joined by a veth pair: the same packets seen by the installed tcpdump and by us; how a
 * capture ends; and what goes wrong.
 */
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, linkSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { PROGRAM, ROOT, run, sockscope } from '../run.js'
import { HERE, Watcher, canRun, datagrams, dir, ip, openFolder, pause, refusal, traffic, useNamespaces, watch } from './live-namespaces.js'

/** A pcap file with the times of its records set to 0. */
function withoutTimes(path: string): Buffer {
  const b = readFileSync(path)
  for (let at = 24; at < b.length; at += 16 + b.readUInt32LE(at + 8)) b.fill(0, at, at + 8)
  return b
}

/** TCP on both families (an echo, a refusal), datagrams that reach nobody, and a tagged frame: what they bring, ARP and ICMP, comes of itself. */
const EVERYTHING = `
for family, host in ((socket.AF_INET, '10.77.0.1'), (socket.AF_INET6, 'fd77::1')):
    s = socket.socket(family); s.connect((host, 17000)); s.sendall(b'GET me'); s.recv(100); s.shutdown(1); s.recv(100); s.close()
    try: socket.socket(family).connect((host, 17001))
    except ConnectionRefusedError: pass
    s = socket.socket(family, socket.SOCK_DGRAM); s.sendto(b'nobody', (host, 17002)); s.close()
udp = bytes.fromhex('426b426b000e0000') + b'tagged'
packet = bytes.fromhex('4500002200010000401166ab0a4d00020a4d0001') + udp
raw = socket.socket(socket.AF_PACKET, socket.SOCK_RAW); raw.bind(('there0', 0))
for tags in ('8100604e', '88a80064810060c8'): raw.send(bytes.fromhex('ffffffffffff0200000000aa' + tags + '0800') + packet)
time.sleep(0.2)
`

const SERVER = `
import socket, threading
def serve(family, host):
    s = socket.socket(family); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind((host, 17000)); s.listen(5)
    while True:
        c, _ = s.accept(); c.recv(100); c.sendall(b'welcome'); c.recv(100); c.close()
threading.Thread(target=serve, args=(socket.AF_INET6, 'fd77::1'), daemon=True).start()
print('listening on', file=__import__('sys').stderr, flush=True)
serve(socket.AF_INET, '10.77.0.1')
`

describe.skipIf(!canRun)('live, in namespaces of our own (root; apt-get install tcpdump iproute2 python3)', { timeout: 40_000 }, () => {
  useNamespaces()

  it('prints what tcpdump prints: links, any, directions, filters', async () => {
    const sets = [
      '-i here0', '-i here0 -e', '-i here0 -vv', '-i here0 -X', '-i here0 -S', '-i any', '-i any -e', '-i here0 -Q in', '-i here0 -Q out', '-i any -Q in',
      '-i here0 tcp', '-i here0 ip6', '-i here0 -e vlan', '-i here0 -e vlan 78 and udp', '-i here0 tcp[tcpflags] & tcp-syn != 0', '-i here0 -s 60', '-i here0 arp or icmp or icmp6', '-i here0 host 10.77.0.2 and not port 17000', '-i any -y LINUX_SLL -e',
      '-i 1', '-i here0 -p',
    ].map((set) => ['-t', '-nn', ...set.split(' ')])
    const server = new Watcher('python3', ['-c', SERVER])
    await server.listening()
    const theirs = sets.map((set) => new Watcher('tcpdump', ['-l', ...set]))
    const ours = sets.map((set) => watch(...set))
    await Promise.all([...theirs, ...ours].map((one) => one.listening()))
    await pause(300)
    traffic(EVERYTHING)
    await pause(1300) // what it has not printed within its timeout of a second it does not print at ^C
    await Promise.all([...theirs, ...ours].map((one) => one.end()))
    await server.end('SIGTERM')
    sets.forEach((set, n) => {
      expect(ours[n]!.lines(), set.join(' ')).toEqual(theirs[n]!.lines())
      expect(ours[n]!.lines().length, set.join(' ')).toBeGreaterThan(0)
      const [captured] = ours[n]!.counts()
      expect(ours[n]!.counts(), set.join(' ')).toEqual([captured, captured, 0])
    })
  })

  it('a written file is the file that tcpdump writes, but for the times, which each socket takes for itself', async () => {
    const [a, b] = [join(dir, 'theirs.pcap'), join(dir, 'ours.pcap')]
    const theirs = new Watcher('tcpdump', ['-U', '-Z', 'root', '-i', 'here0', '-Q', 'in', '-w', a])
    const ours = watch('-i', 'here0', '-Q', 'in', '-w', b)
    await Promise.all([theirs.listening(), ours.listening()])
    traffic(datagrams(50))
    await pause(1300)
    expect(await theirs.end()).toBe(0)
    expect(await ours.end()).toBe(0)
    expect(withoutTimes(b).equals(withoutTimes(a))).toBe(true)
    expect(statSync(b).mode & 0o777).toBe(0o600)
    expect(ours.counts()).toEqual([ours.counts()[0], ours.counts()[0], 0])
    expect(ours.counts()[0]).toBeGreaterThanOrEqual(50)
  })

  it('Ctrl-C 0.1 s after 200 packets prints all 200, and the summary within half a second', async () => {
    const one = watch('-nn', '-i', 'here0', 'udp')
    await one.listening()
    traffic(`${datagrams(200)}\ntime.sleep(0.1)`)
    const began = performance.now()
    expect(await one.end()).toBe(0)
    expect(performance.now() - began).toBeLessThan(500)
    expect(one.lines()).toHaveLength(200)
    expect(one.counts()).toEqual([200, 200, 0])
  })

  it.each(['SIGTERM', 'SIGHUP'] as const)('%s ends it as Ctrl-C does', async (signal) => {
    const one = watch('-nn', '-i', 'here0', 'udp')
    await one.listening()
    traffic(datagrams(3))
    expect(await one.end(signal)).toBe(0)
    expect(one.counts()).toEqual([3, 3, 0])
  })

  it('lines come within 250 ms into a pipe; SIGUSR1 says the counts and goes on; -c ends it', async () => {
    const one = watch('-nn', '-i', 'here0', '-c', '3', 'udp')
    await one.listening()
    traffic(datagrams(2))
    const began = performance.now()
    await one.until(() => one.lines().length === 2)
    expect(performance.now() - began).toBeLessThan(250)
    one.child.kill('SIGUSR1')
    await one.until(() => /2 packets captured, 2 packets received by filter, 0 packets dropped by kernel\n/.test(one.stderr))
    traffic(datagrams(4))
    expect(await one.ended).toBe(0)
    expect(one.lines()).toHaveLength(3)
    expect(one.counts()[0]).toBe(3)
  })

  it('becomes another user without a capability and without a way back', async () => {
    const one = watch('-nn', '-i', 'here0', '-Z', 'nobody')
    await one.listening()
    const status = readFileSync(`/proc/${one.child.pid}/status`, 'latin1')
    await one.end()
    expect(status).toMatch(/^Uid:\t65534\t65534\t65534\t65534$/m)
    expect(status).toMatch(/^CapEff:\t0+$/m)
    expect(status).toMatch(/^CapPrm:\t0+$/m)
    expect(status).toMatch(/^NoNewPrivs:\t1$/m)
    expect(status).toMatch(/^Groups:\t65534 $/m)
  })

  it('as that user prints every protocol, though it may not read the program', async () => {
    const folder = openFolder('closed')
    for (const part of ['bin', 'dist', 'package.json']) cpSync(join(ROOT, part), join(folder, part), { recursive: true })
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
    chmodSync(folder, 0o700)
    const one = new Watcher(process.execPath, [join(folder, 'bin/sockscope.js'), 'tcpdump', '-t', '-nn', '-i', 'here0', '-Z', 'nobody', 'udp'])
    await one.listening()
    traffic(`s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\ns.sendto(bytes.fromhex('00010100000100000000000004686f73740000010001'), ('10.77.0.1', 53))`)
    await one.until(() => one.lines().length > 0)
    expect(await one.end()).toBe(0)
    expect(one.lines()[0]).toMatch(/^IP 10\.77\.0\.2\.\d+ > 10\.77\.0\.1\.53: 1\+ A\? host\. \(22\)$/)
  })

  it.each(['setuid', 'setgid'])('without the right to %s, root cannot be given up, and nothing is captured', async (right) => {
    const one = new Watcher('setpriv', ['--bounding-set', `-${right}`, '--inh-caps', `-${right}`, process.execPath, PROGRAM, 'tcpdump', '-nn', '-i', 'here0', '-Z', 'nobody'])
    expect(await one.ended).toBe(1)
    expect([one.stdout, one.stderr]).toEqual(['', 'sockscope tcpdump: -Z nobody: root could not be given up: operation not permitted (nothing was captured; stay root with -Z root)\n'])
  })

  it('-Z root stays root', async () => {
    const one = watch('-nn', '-i', 'here0', '-Z', 'root')
    await one.listening()
    const status = readFileSync(`/proc/${one.child.pid}/status`, 'latin1')
    await one.end()
    expect(status).toMatch(/^Uid:\t0\t0\t0\t0$/m)
  })

  it('an interface that goes down comes back; one that is deleted ends it', async () => {
    ip('-n', HERE, 'link', 'add', 'gone0', 'type', 'veth', 'peer', 'name', 'gone1')
    ip('-n', HERE, 'link', 'set', 'gone1', 'up')
    const down = await refusal('-i', 'gone0')
    expect(down).toBe('sockscope tcpdump: gone0: the interface is not up (ip link set gone0 up)\n')
    ip('-n', HERE, 'link', 'set', 'gone0', 'up')
    const one = watch('-nn', '-i', 'gone0')
    await one.listening()
    for (const state of ['down', 'up']) ip('-n', HERE, 'link', 'set', 'gone0', state)
    await pause(100)
    ip('-n', HERE, 'link', 'del', 'gone0')
    expect(await one.ended).toBe(1)
    expect(one.stderr).toContain('sockscope tcpdump: gone0: the interface is gone (the packets before that are complete)\n')
    const [captured, received, dropped] = one.counts()
    expect([captured, dropped]).toEqual([received, 0])
    expect(one.stdout.split('\n').length - 1).toBe(captured)
  })

  it.each([
    { args: '-i nope', says: 'nope: no such interface (sockscope tcpdump -D lists them)' },
    { args: '-i 99', says: /^-i 99: there are interfaces 1 to \d+ \(sockscope tcpdump -D lists them\)$/ },
    { args: '-i here0 tcp portt 1', says: "filter 'tcp portt 1': syntax error (see pcap-filter(7) for the language)" },
    { args: '-i here0 -Z nosuch', says: '-Z nosuch: no such user (name one that exists, or stay root with -Z root)' },
    { args: '-i here0 -y RAW', says: '-y RAW: not a data link type of here0 (sockscope tcpdump -L -i here0 lists what it has)' },
    { args: '-i here0 -I', says: 'here0: has no monitor mode (leave -I out)' },
    { args: '-i here0 -j nosuch', says: '-j nosuch: invalid time stamp type (sockscope tcpdump -J lists them)' },
    { args: '-i here0 -Q sideways', says: '-Q sideways: unknown direction (in, out or inout)' },
    { args: '-i here0 -w /nonexistent/file', says: '-w /nonexistent/file: no such file or directory' },
  ])('$args', async ({ args, says }) => {
    const said = /^sockscope tcpdump: (.*)\n$/.exec(await refusal(...args.split(' ')))?.[1]
    if (typeof says === 'string') expect(said).toBe(says)
    else expect(said).toMatch(says)
  })

  it('without the right to capture: one line, exit 1', async () => {
    const one = new Watcher('setpriv', ['--reuid', '65534', '--regid', '65534', '--clear-groups', process.execPath, PROGRAM, 'tcpdump', '-i', 'here0'])
    expect(await one.ended).toBe(1)
    expect(one.stderr).toMatch(/^sockscope tcpdump: here0: no permission to capture on it \(run it with sudo, .*\)\n$/)
  })

  it.each([
    { what: 'a symbolic link', says: /is a symbolic link, which is not followed/, make: (path: string, victim: string) => symlinkSync(victim, path) },
    { what: 'a hard link', says: /has 2 names, other files would change with it/, make: (path: string, victim: string) => linkSync(victim, path) },
    { what: 'a FIFO', says: /not a regular file/, make: (path: string) => void run('mkfifo', [path]) },
    { what: "another user's file", says: /belongs to another user/, make: (path: string) => void (writeFileSync(path, 'theirs'), run('chown', ['65534', path])) },
    { what: 'a directory', says: /is a directory/, make: (path: string) => void run('mkdir', [path]) },
  ])('-w refuses $what and leaves it alone', async ({ what, says, make }) => {
    const victim = join(dir, 'victim'), path = join(openFolder('refused'), what.replace(/\W/g, '-'))
    writeFileSync(victim, 'precious')
    make(path, victim)
    expect(await refusal('-i', 'here0', '-w', path)).toMatch(says)
    expect(readFileSync(victim, 'latin1')).toBe('precious')
    expect(statSync(victim).uid).toBe(0)
    rmSync(victim)
  })

  it('-w - into a pipe that nobody reads any more, and two interfaces: quiet, 141, too', async () => {
    for (const args of ['-i here0 -U -w - udp', '-nn -l -i here0 -i lo udp']) {
      const one = new Watcher('bash', ['-c', `"$0" "$@" | true; exit \${PIPESTATUS[0]}`, process.execPath, PROGRAM, 'tcpdump', ...args.split(' ')])
      await one.listening()
      traffic(`${datagrams(5)}\ntime.sleep(0.4)\n${datagrams(5)}`)
      expect(await one.ended).toBe(141)
      expect(one.stderr).toMatch(/^listening on .*\n$/)
    }
  })

  it('at a full disk: one line, the file ends on a whole record, and the count is the file', async () => {
    const full = join(dir, 'full'), kept = join(dir, 'kept.pcap')
    const script = `mkdir -p ${full} && mount -t tmpfs -o size=64k tmpfs ${full} && "$0" "$@"; status=$?; cp ${full}/x ${kept}; exit $status`
    const one = new Watcher('sh', ['-c', script, process.execPath, PROGRAM, 'tcpdump', '-i', 'here0', '-w', join(full, 'x'), 'udp'])
    await one.listening()
    traffic(datagrams(3000))
    expect(await one.ended).toBe(1)
    const [captured] = one.counts()
    expect(one.stderr).toMatch(/^sockscope tcpdump: -w .*: no space left on device \(\d+ packets are whole in it\)$/m)
    expect(captured).toBeGreaterThan(900)
    const bytes = readFileSync(kept)
    let records = 0, at = 24
    for (; at < bytes.length; at += 16 + bytes.readUInt32LE(at + 8)) records++
    expect([records, at]).toEqual([captured, bytes.length])
  })

  it('when nobody reads any more: quiet, 141', async () => {
    const one = new Watcher('bash', ['-c', `"$0" "$@" | head -1; exit \${PIPESTATUS[0]}`, process.execPath, PROGRAM, 'tcpdump', '-nn', '-i', 'here0', 'udp'])
    await one.listening()
    traffic(`${datagrams(5)}\ntime.sleep(0.4)\n${datagrams(5)}`)
    expect(await one.ended).toBe(141)
    expect(one.lines()).toHaveLength(1)
    expect(one.stderr).toMatch(/^listening on .*\n$/)
  })

  it('files by size lose nothing, and belong to the user that writes them', async () => {
    const folder = openFolder('row')
    const one = watch('-Z', 'nobody', '-i', 'here0', '-C', '1', '-w', join(folder, 'f'), 'udp')
    await one.listening()
    traffic(`s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\nfor n in range(3000): s.sendto(bytes(1000), ('10.77.0.1', 9))`)
    expect(await one.end()).toBe(0)
    expect(readdirSync(folder).sort()).toEqual(['f', 'f1', 'f2', 'f3'])
    const records = readdirSync(folder).map((name) => (statSync(join(folder, name)).size - 24) / 1058)
    expect(records.reduce((a, b) => a + b)).toBe(3000)
    expect(one.counts()).toEqual([3000, 3000, 0])
    expect(statSync(join(folder, 'f')).uid).toBe(65534)
  })

  it('stays root, and says so, where the next file could not be made', async () => {
    const folder = join(dir, 'closed')
    run('mkdir', ['-m', '755', folder])
    const one = watch('-Z', 'nobody', '-i', 'here0', '-C', '1', '-w', join(folder, 'f'), 'udp')
    await one.listening()
    const status = readFileSync(`/proc/${one.child.pid}/status`, 'latin1')
    await one.end()
    expect(one.stderr).toMatch(/^sockscope tcpdump: staying root: user nobody cannot make the files that -C and -G ask for/)
    expect(status).toMatch(/^Uid:\t0\t/m)
  })

  it('-G begins a file each second and ends after -W', async () => {
    const folder = openFolder('seconds')
    const one = watch('-Z', 'nobody', '-i', 'here0', '-G', '1', '-W', '2', '-w', join(folder, '%s'), 'udp')
    await one.listening()
    traffic(`for n in range(24):\n    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.sendto(b'x', ('10.77.0.1', 9)); time.sleep(0.1)`)
    expect(await one.ended).toBe(0)
    expect(one.stderr).toContain('Maximum file limit reached: 2\n')
    expect(readdirSync(folder)).toHaveLength(2)
    expect(existsSync(folder)).toBe(true)
  })

  it('several interfaces are merged by time, from another namespace, with exact counts', async () => {
    const one = new Watcher('nsenter', [`--net=/proc/${process.pid}/ns/net`, process.execPath, PROGRAM, 'tcpdump', '--netns', HERE, '-tt', '-nn', '-i', 'here0', '-i', 'lo', 'udp'])
    await one.listening()
    const { status } = run('ip', ['netns', 'exec', HERE, 'python3', '-c', `import socket\ns = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\nfor n in range(500): s.sendto(b'far', ('10.77.0.2', 9)); s.sendto(b'here', ('127.0.0.1', 9))`])
    expect(status).toBe(0)
    expect(await one.end()).toBe(0)
    const times = one.lines().map((line) => line.slice(0, 17))
    expect(times).toHaveLength(1000)
    expect(times).toEqual([...times].sort())
    expect(one.counts()).toEqual([1000, 1000, 0])
  })

  it('--netns names what is not there', async () => {
    expect(await refusal('--netns', 'nosuch', '-i', 'lo')).toBe('sockscope tcpdump: --netns nosuch: no such namespace (a process id, a name of `ip netns`, or a path)\n')
    expect(await refusal('--netns', '/proc/self/ns/uts', '-i', 'lo')).toMatch(/: not a network namespace /)
  })

  it('pcapng keeps interfaces, the filter and the counts', async () => {
    const path = join(dir, 'several.pcapng')
    const one = watch('-i', 'here0', '-i', 'lo', '--pcapng', '-w', path, 'udp port 9')
    await one.listening()
    traffic(datagrams(5))
    expect(await one.end()).toBe(0)
    const b = readFileSync(path)
    const types: number[] = []
    for (let at = 0; at < b.length; at += b.readUInt32LE(at + 4)) types.push(b.readUInt32LE(at))
    expect(types).toEqual([0x0a0d0d0a, 1, 1, 6, 6, 6, 6, 6, 5, 5])
    for (const text of ['here0', 'lo', 'udp port 9']) expect(b.includes(text)).toBe(true)
    expect(sockscope(['tcpdump', '-nn', '-r', path]).stdout.toString().split('\n')).toHaveLength(6)
  })

  it.each(['-i lo -d udp', '-i any -d udp', '-i any -y LINUX_SLL -ddd tcp port 80', '-i any -d ifindex 1', '-i lo -dd -O ip', '-i 1 -d', '-i lo -s 99 -d inbound', '-d udp', '-y RAW -d udp', '-i lo -d upd'])('%s is the program that tcpdump has', (set) => {
    const { stdout, status } = spawnSync('tcpdump', set.split(' '), { encoding: 'utf8' })
    const ours = sockscope(['tcpdump', ...set.split(' ')])
    expect([ours.stdout.toString(), ours.status]).toEqual([stdout.replace('Warning: assuming Ethernet\n', ''), status])
  })

  it('lists as tcpdump does, but all of it on stdout', () => {
    for (const args of [['-D'], ['-L', '-i', 'any'], ['-J', '-i', 'lo']]) {
      const { stdout, stderr } = spawnSync('tcpdump', args, { encoding: 'utf8' })
      expect(sockscope(['tcpdump', ...args]).stdout.toString().trimEnd()).toBe((stdout + stderr).trimEnd())
    }
  })
})
