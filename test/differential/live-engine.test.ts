/** `--engine pcap` with the package itself, beside libpcap through FFI: the same packets, the same ends, the same faults. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT, run, sockscope } from '../run.js'
import { HERE, canRun, datagrams, dir, ip, pause, refusal, traffic, useNamespaces, watch } from './live-namespaces.js'

const isBuilt = spawnSync(process.execPath, ['-e', "require('pcap')"], { cwd: ROOT }).status === 0
const engine = (...args: string[]) => watch('--engine', 'pcap', ...args)

describe.skipIf(!canRun || !isBuilt)('--engine pcap (root; apt-get install libpcap-dev g++ make tcpdump iproute2 python3; npm rebuild pcap)', { timeout: 40_000 }, () => {
  useNamespaces()

  it('prints and writes what the other engine does', async () => {
    const [a, b] = [join(dir, 'a.pcap'), join(dir, 'b.pcap')]
    const pairs = [['-i', 'here0'], ['-i', 'here0', '-e', 'udp'], ['-i', '1', '-X', 'ip6'], ['-i', 'any', 'udp'], ['-i', 'here0', '-s', '60', 'udp port 9']].map((args) => {
      const same = ['-t', '-nn', ...args]
      return [watch(...same, ...(args.includes('any') ? ['-y', 'LINUX_SLL'] : [])), engine(...same)] as const
    })
    const files = [watch('-i', 'here0', '-w', a, 'udp'), engine('-i', 'here0', '-w', b, 'udp')]
    const all = [...pairs.flat(), ...files]
    await Promise.all(all.map((one) => one.listening()))
    traffic(`${datagrams(20)}\nx = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM); x.sendto(b'six', ('fd77::1', 9))\ntime.sleep(0.2)`)
    expect(await Promise.all(all.map((one) => one.end()))).toEqual(all.map(() => 0))
    for (const [theirs, ours] of pairs) {
      expect(ours.lines()).toEqual(theirs.lines())
      expect(ours.lines().length).toBeGreaterThan(0)
      expect(ours.counts()).toEqual([ours.lines().length, ours.lines().length, 0].map((n, at) => (at < 2 ? ours.counts()[0]! : n)))
    }
    const printed = [a, b].map((path) => sockscope(['tcpdump', '-t', '-nn', '-r', path]).stdout.toString())
    expect(printed[1]).toBe(printed[0])
  })

  it('Ctrl-C 0.1 s after 200 packets prints all 200; -c ends it; the process ends though the package keeps its session open', async () => {
    const [all, three] = [engine('-nn', '-i', 'here0', 'udp'), engine('-nn', '-i', 'here0', '-c', '3', 'udp')]
    await Promise.all([all.listening(), three.listening()])
    traffic(`${datagrams(200)}\ntime.sleep(0.1)`)
    const began = performance.now()
    expect(await all.end()).toBe(0)
    expect(performance.now() - began).toBeLessThan(500)
    expect(all.lines()).toHaveLength(200)
    expect(all.counts()).toEqual([200, 200, 0])
    expect(await three.ended).toBe(0)
    expect(three.lines()).toHaveLength(3)
  })

  it('ends when its interface is deleted', async () => {
    ip('-n', HERE, 'link', 'add', 'gone0', 'type', 'veth', 'peer', 'name', 'gone1')
    for (const name of ['gone0', 'gone1']) ip('-n', HERE, 'link', 'set', name, 'up')
    const one = engine('-nn', '-i', 'gone0')
    await one.listening()
    await pause(100)
    ip('-n', HERE, 'link', 'del', 'gone0')
    expect(await one.ended).toBe(1)
    expect(one.stderr).toContain('sockscope tcpdump: gone0: the interface is gone (the packets before that are complete)\n')
  })

  it.each([
    { args: '-i nope', says: 'nope: no such interface (sockscope tcpdump -D lists them)' },
    { args: '-i here0 tcp portt 1', says: "filter 'tcp portt 1': syntax error (see pcap-filter(7) for the language)" },
    { args: '-i here0 -i lo', says: '-i lo: --engine pcap captures on one interface (leave --engine out, or that)' },
    { args: '-i here0 -Q in', says: '-Q: --engine pcap cannot do it (leave --engine out, or that)' },
  ])('$args', async ({ args, says }) => expect(await refusal('--engine', 'pcap', ...args.split(' '))).toBe(`sockscope tcpdump: ${says}\n`))

  it('owners too', async () => {
    const one = engine('-t', '-nn', '-i', 'lo', '--', 'python3', '-c', "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'mine', ('127.0.0.1', 9))")
    expect(await one.ended).toBe(0)
    expect(one.stdout).toMatch(/^python3\.\d+ Out IP 127\.0\.0\.1\.\d+ > 127\.0\.0\.1\.9: UDP, length 4\n/)
  })
})

it('an engine that is none', () => {
  expect(run(process.execPath, ['bin/sockscope.js', 'tcpdump', '--engine', 'nosuch'])).toMatchObject({ status: 1, stderr: 'sockscope tcpdump: --engine nosuch: no such engine (libpcap or pcap)\n' })
})
