/** How live captures end and what their files hold then: signals in every state, rotation while packets come. In the namespaces of live-namespaces.ts. */
import { spawn, spawnSync } from 'node:child_process'
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { PROGRAM, sockscope } from '../run.js'
import { HERE, THERE, Watcher, canRun, datagrams, dir, openFolder, pause, traffic, useNamespaces, watch } from './live-namespaces.js'

/** Datagrams without a pause until it is ended. */
const flood = () => spawn('ip', ['netns', 'exec', THERE, 'python3', '-c', `import socket\ns = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\nwhile True: s.sendto(b'flood' * 20, ('10.77.0.1', 9))`])
const records = (path: string): number => {
  const b = readFileSync(path)
  let count = 0, at = 24
  for (; at < b.length; at += 16 + b.readUInt32LE(at + 8)) count++
  expect(at, path).toBe(b.length)
  return count
}

describe.skipIf(!canRun)('live, endings (root; apt-get install tcpdump iproute2 python3)', { timeout: 60_000 }, () => {
  useNamespaces()

  it.each([
    { what: 'printing', args: ['-nn', '-i', 'here0', 'udp'] },
    { what: 'printing names', args: ['-i', 'here0', 'udp'] },
    { what: 'JSON', args: ['--json', '-i', 'here0', 'udp'] },
    { what: 'owners', args: ['-nn', '--process', '-i', 'here0', 'udp'] },
    { what: 'two interfaces', args: ['-nn', '-i', 'here0', '-i', 'lo', 'udp'] },
    { what: 'any', args: ['-nn', '-i', 'any', 'udp'] },
    { what: 'one direction', args: ['-nn', '-i', 'here0', '-Q', 'in', 'udp'] },
    { what: 'immediate mode', args: ['-nn', '-i', 'here0', '--immediate-mode', 'udp'] },
  ])('SIGINT in the midst of a flood, $what: printed is captured, captured and dropped are received', async ({ args }) => {
    const one = watch(...args), source = flood()
    await one.listening()
    await pause(600)
    const began = performance.now()
    expect(await one.end()).toBe(0)
    const took = performance.now() - began
    source.kill()
    const [captured, received, dropped] = one.counts()
    expect(captured).toBeGreaterThan(0)
    expect(one.lines()).toHaveLength(captured!)
    expect(captured! + dropped!).toBe(received)
    expect(took).toBeLessThan(10_000)
  })

  it('SIGINT before the first packet: the three lines, at once', async () => {
    for (const args of [['-i', 'lo'], ['-i', 'lo', '-i', 'here0'], ['-i', 'any'], ['-i', 'lo', '--process'], ['-i', 'lo', '-w', join(dir, 'nothing')]]) {
      const one = watch('-nn', ...args, 'udp port 1')
      await one.listening()
      const began = performance.now()
      expect(await one.end()).toBe(0)
      expect(performance.now() - began, args.join(' ')).toBeLessThan(500)
      expect(one.counts()).toEqual([0, 0, 0])
      expect(one.stderr.split('\n')).toHaveLength(5)
    }
    expect(statSync(join(dir, 'nothing')).size).toBe(24)
  })

  it('SIGINT under a written flood: the file holds what was captured', async () => {
    const path = join(dir, 'flood.pcap'), one = watch('-i', 'here0', '-w', path, 'udp'), source = flood()
    await one.listening()
    await pause(500)
    expect(await one.end()).toBe(0)
    source.kill()
    const [captured, received, dropped] = one.counts()
    expect(records(path)).toBe(captured)
    expect(captured! + dropped!).toBe(received)
  })

  it('a second SIGINT ends it at once, in the midst of what it still had to print', async () => {
    const one = new Watcher('sh', ['-c', `"$0" "$@" | (sleep 1.5; cat > /dev/null)`, process.execPath, PROGRAM, 'tcpdump', '-nn', '-i', 'here0', 'udp']), source = flood()
    await one.listening()
    await pause(700) // the pipe is full and it waits for its reader
    source.kill()
    const pid = readdirSync('/proc').find((name) => /^\d+$/.test(name) && cmdline(name).includes(`${PROGRAM}\0tcpdump\0-nn\0-i\0here0\0udp`) && !cmdline(name).startsWith('sh'))
    process.kill(Number(pid), 'SIGINT')
    process.kill(Number(pid), 'SIGINT')
    await one.ended
    expect(await pidIsGone(Number(pid))).toBe(true)
  })

  const cmdline = (pid: string): string => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'latin1')
    } catch {
      return ''
    }
  }
  const pidIsGone = async (pid: number): Promise<boolean> => {
    for (let tries = 0; tries < 100; tries++, await pause(20)) if (cmdline(String(pid)) === '') return true
    return false
  }

  it('SIGUSR2 writes out what waits; SIGUSR1 counts it', async () => {
    const path = join(dir, 'waits.pcap'), one = watch('-i', 'here0', '-w', path, 'udp')
    await one.listening()
    traffic(datagrams(5))
    await pause(250)
    one.child.kill('SIGUSR2')
    one.child.kill('SIGUSR1')
    await one.until(() => /5 packets captured, 5 packets received/.test(one.stderr))
    expect(records(path)).toBe(5)
    expect(await one.end()).toBe(0)
  })

  it('-C with -z, as the user that we became; -G too', async () => {
    const folder = openFolder('zipped')
    const one = watch('-Z', 'nobody', '-i', 'here0', '-C', '1', '-z', 'gzip', '-w', join(folder, 'f'), 'udp')
    await one.listening()
    traffic(`s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\nfor n in range(2500): s.sendto(bytes(1000), ('10.77.0.1', 9))`)
    expect(await one.end()).toBe(0)
    for (let tries = 0; tries < 100 && readdirSync(folder).sort().join(' ') !== 'f.gz f1.gz f2'; tries++) await pause(20)
    expect(readdirSync(folder).sort()).toEqual(['f.gz', 'f1.gz', 'f2'])
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).uid).toBe(65534)
    const whole = ['f.gz', 'f1.gz'].map((name) => {
      const path = join(dir, `un${name}`)
      writeFileSync(path, gunzipSync(readFileSync(join(folder, name))))
      return records(path)
    })
    expect(whole[0]! + whole[1]! + records(join(folder, 'f2'))).toBe(2500)
    expect(one.counts()).toEqual([2500, 2500, 0])
  })

  it('-G and -C together: a name for each second, and numbers in it', async () => {
    const folder = openFolder('both')
    const one = watch('-Z', 'nobody', '-i', 'here0', '-G', '1', '-C', '1', '-w', join(folder, 'at%s-'), 'udp')
    await one.listening()
    traffic(`s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\nfor n in range(1600): s.sendto(bytes(1400), ('10.77.0.1', 9))\ntime.sleep(1.1)\nfor n in range(10): s.sendto(bytes(1400), ('10.77.0.1', 9))`)
    expect(await one.end()).toBe(0)
    const names = readdirSync(folder).sort()
    expect(names.every((name) => /^at\d{10}-[12]?$/.test(name))).toBe(true)
    expect(new Set(names.map((name) => name.slice(0, 12))).size).toBeGreaterThan(1)
    expect(names.some((name) => name.endsWith('-1'))).toBe(true)
    expect(names.map((name) => records(join(folder, name))).reduce((a, b) => a + b)).toBe(1610)
  })

  it.each(['-', '/dev/stdout'])('-w %s is a capture on standard output, printable at once', async (path) => {
    const one = new Watcher('sh', ['-c', `"$0" "$1" tcpdump -i here0 -U -c 3 -w ${path} udp | "$0" "$1" tcpdump -t -nn -l -r -`, process.execPath, PROGRAM])
    await one.until(() => /listening on/.test(one.stderr))
    traffic(datagrams(3))
    await one.ended
    expect(one.lines()).toHaveLength(3)
  })

  it('--print prints what it writes', async () => {
    const path = join(dir, 'printed.pcap'), one = watch('-t', '-nn', '-i', 'here0', '--print', '-w', path, 'udp')
    await one.listening()
    traffic(datagrams(20))
    expect(await one.end()).toBe(0)
    expect(one.lines()).toHaveLength(20)
    expect(sockscope(['tcpdump', '-t', '-nn', '-r', path]).stdout.toString()).toBe(one.stdout)
  })

  it('nanoseconds, a snapshot length, a buffer, a link type, no promiscuous mode: each is taken', async () => {
    const path = join(dir, 'nano.pcap')
    const one = watch('-i', 'here0', '--nano', '-s', '40', '-B', '512', '-p', '-y', 'EN10MB', '-j', 'host', '-w', path, 'udp')
    await one.listening()
    traffic(datagrams(4))
    expect(await one.end()).toBe(0)
    const b = readFileSync(path)
    expect([b.readUInt32LE(0), b.readUInt32LE(16), b.readUInt32LE(20)]).toEqual([0xa1b23c4d, 40, 1])
    expect(records(path)).toBe(4)
    expect(b.length).toBe(24 + 4 * (16 + 40))
  })

  it('the interface is gone while a file is written: the file is whole', async () => {
    const path = join(dir, 'gone.pcap')
    const ip = (...args: string[]) => expect(spawnIp(args)).toBe(0)
    ip('-n', HERE, 'link', 'add', 'gone2', 'type', 'veth', 'peer', 'name', 'gone3')
    ip('-n', HERE, 'link', 'set', 'gone2', 'up')
    ip('-n', HERE, 'link', 'set', 'gone3', 'up')
    const one = watch('-i', 'gone2', '-w', path)
    await one.listening()
    await pause(300)
    ip('-n', HERE, 'link', 'del', 'gone2')
    expect(await one.ended).toBe(1)
    expect(one.stderr).toContain('sockscope tcpdump: gone2: the interface is gone (the packets before that are complete)\n')
    expect(records(path)).toBe(one.counts()[0])
  })
})

const spawnIp = (args: readonly string[]): number | null => spawnSync('ip', args).status
