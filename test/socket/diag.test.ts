import { spawnSync } from 'node:child_process'
import { build } from 'esbuild'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { attributes } from '../../src/socket/netlink.js'
import { decodeUnixSocket } from '../../src/socket/unix-diag.js'
import { tcpInfo, TCP_INFO_FIELDS } from '../../src/socket/tcp-info.js'
import { installed, pythonInNamespace, type Helper } from './helper.js'

const PROBE = 'dist/test-diag-probe.mjs'
const canMakeNamespaces = installed('unshare') && installed('nsenter') && process.getuid?.() === 0

interface Row {
  readonly state: number
  readonly localPort: number
  readonly timerCentis: number
  readonly inode: number
  readonly uid: number
  readonly extras?: { readonly backlogLimit?: number; readonly congestion?: string; readonly tcpInfo?: Record<string, string>; readonly interfaceIndex: number; readonly memory?: number[] }
}
interface Probed {
  readonly tables: Record<string, { readonly there: boolean; readonly byDiag: Row[]; readonly byFile: Row[] }>
  readonly unix: { readonly inode: number; readonly name: string; readonly kind: string; readonly peer: number; readonly state: number; readonly sendQueue: number; readonly uid: number }[]
}

const ZOO = `
import resource
keep=[]
def tcp(family, address):
  l=socket.socket(family); l.setsockopt(1,2,1); l.bind((address,7001)); l.listen(3); keep.append(l)
  for i in range(3):
    c=socket.socket(family); c.connect((address,7001)); keep.append(c)
    if i<2: keep.append(l.accept()[0])
  c.send(b'unaccepted'); keep[1].send(b'x'*100); keep[2].send(b'y'*3)
  c=socket.socket(family); c.connect((address,7001))
  b=socket.socket(family); b.setsockopt(1,2,1); b.bind((address,7009)); keep.append(b)
  return l
l4=tcp(socket.AF_INET,'127.0.0.1'); l6=tcp(socket.AF_INET6,'::1')
keep[1].setsockopt(1,9,1)
w=socket.socket(); w.setsockopt(1,2,1); w.bind(('127.0.0.1',7002)); w.listen(1)
a=socket.socket(); a.connect(('127.0.0.1',7002)); b,_=w.accept(); a.close(); time.sleep(0.05); b.close()
x=socket.socket(); x.connect(('127.0.0.1',7002)); y,_=w.accept(); x.close(); keep+=[y]
u=socket.socket(socket.AF_INET,socket.SOCK_DGRAM); u.bind(('127.0.0.1',7003))
u2=socket.socket(socket.AF_INET,socket.SOCK_DGRAM); u2.connect(('127.0.0.1',7003)); u2.send(b'z'*50)
ul=socket.socket(socket.AF_INET,socket.SOCK_DGRAM,136); ul.bind(('127.0.0.1',7004))
u6=socket.socket(socket.AF_INET6,socket.SOCK_DGRAM); u6.bind(('::',7005))
dev=socket.socket(); dev.setsockopt(1,25,b'lo\\0'); dev.bind(('',7006)); dev.listen(7)
n1=socket.socket(socket.AF_UNIX); n1.bind('\\0forged\\n0000: 00000002 0 1 1 1 4242 /run/forged'); n1.listen(5)
p1,p2=socket.socketpair()
`

describe.skipIf(!canMakeNamespaces)('sock_diag', () => {
  let zoo: Helper
  const probe = (...words: string[]): unknown => {
    const { status, stdout, stderr } = spawnSync('nsenter', [`--net=/proc/${zoo.pid}/ns/net`, process.execPath, PROBE, ...words], { encoding: 'utf8', maxBuffer: 1 << 28, env: { ...process.env, NODE_EXTRA_CA_CERTS: '' } })
    if (status !== 0) throw new Error(stderr)
    return JSON.parse(stdout) as unknown
  }

  beforeAll(async () => {
    await build({ entryPoints: ['test/socket/diag-probe.ts'], bundle: true, platform: 'node', format: 'esm', outfile: PROBE, external: ['koffi'], logLevel: 'warning' })
    zoo = pythonInNamespace(ZOO)
    expect(await zoo.line()).toBe('ready')
  })
  afterAll(() => zoo.end())

  it.each([['plain'], ['info']])('gives the rows of /proc/net in their order (%s)', (how) => {
    const { tables } = probe(how) as Probed
    let compared = 0
    for (const [name, { there, byDiag, byFile }] of Object.entries(tables)) {
      if (!there) {
        expect(name).toMatch(/^raw/) // a kernel without INET_RAW_DIAG
        continue
      }
      const bare = (rows: readonly Row[]): unknown[] => rows.map((row) => ({ ...row, extras: undefined, timerCentis: 0 }))
      expect(bare(byDiag), name).toEqual(bare(byFile))
      for (const [i, { timerCentis }] of byDiag.entries()) expect(Math.abs(timerCentis - byFile[i]!.timerCentis), name).toBeLessThan(200)
      compared += byDiag.length
    }
    expect(compared).toBeGreaterThan(18)
  })

  it('tells what the file does not', () => {
    const { tables } = probe('info') as Probed
    const row = (port: number, state: number): Row => tables['tcp4']!.byDiag.find((one) => one.localPort === port && one.state === state)!
    expect(row(7001, 10).extras!.backlogLimit).toBe(3)
    expect(row(7006, 10).extras).toMatchObject({ backlogLimit: 7, interfaceIndex: 1 })
    expect(row(7001, 1).extras!.congestion).toMatch(/^[a-z]/)
    expect(Number(row(7001, 1).extras!.tcpInfo!['rtt'])).toBeGreaterThan(0)
    expect(row(7001, 1).extras!.memory).toHaveLength(9)
    expect(row(7001, 1).extras!.backlogLimit).toBeUndefined()
  })

  it('finds sockets that are bound and nothing else, where the kernel can', () => {
    const { tables } = probe('bound') as Probed
    const bound = tables['tcp4']!.byDiag.filter(({ state }) => state === 7)
    // Linux 6.8
    const [major = 0, minor = 0] = spawnSync('uname', ['-r'], { encoding: 'utf8' }).stdout.split('.').map(Number)
    if (major > 6 || (major === 6 && minor >= 8)) expect(bound.map(({ localPort }) => localPort)).toEqual([7009])
  })

  it('gives exact unix names and peers', async () => {
    const { unix } = probe() as Probed
    const forged = unix.find(({ name }) => name.startsWith('forged'))
    expect(forged).toMatchObject({ name: 'forged\n0000: 00000002 0 1 1 1 4242 /run/forged', kind: 'abstract', state: 10, sendQueue: 5, uid: 0 })
    expect(unix.some(({ inode }) => inode === 4242)).toBe(false)
    const [one, two] = JSON.parse(await zoo.ask('[os.fstat(p1.fileno()).st_ino, os.fstat(p2.fileno()).st_ino]')) as [number, number]
    expect(unix.find(({ inode }) => inode === one)).toMatchObject({ peer: two, kind: 'unnamed' })
    expect(unix.find(({ inode }) => inode === two)).toMatchObject({ peer: one })
  })

  it('destroys a socket, and only where it still is', async () => {
    await zoo.ask(`!k=socket.socket(); k.bind(('127.0.0.1',7010)); k.listen(); kc=socket.socket(); kc.connect(('127.0.0.1',7010)); ks,_=k.accept(); kc.settimeout(2)`)
    const killed = probe('kill', '7010') as { state: number; errno: number }[]
    expect(killed.map(({ state }) => state).sort((a, b) => a - b)).toEqual([1, 10])
    if (killed.every(({ errno }) => errno === 95)) return // a kernel without INET_DIAG_DESTROY
    expect(killed.map(({ errno }) => errno)).toEqual([0, 0])
    expect(JSON.parse(await zoo.ask('kc.getsockopt(1,4)'))).toBe(104)
  })
})

describe('decoding what the kernel says', () => {
  it('walks any attributes to their end', () => fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (b) => {
    let last = 0
    attributes(b, 0, b.length, (_type, at, end) => {
      expect(at).toBeGreaterThan(last)
      expect(end).toBeLessThanOrEqual(b.length)
      last = at
    })
  })))

  it('takes any bytes for a unix socket', () => fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (b) => {
    const socket = decodeUnixSocket(b, 0, b.length)
    expect(socket === undefined).toBe(b.length < 16)
  })))

  it('reads as much of TCP_INFO as there is', () => {
    for (let length = 0; length <= 300; length++) {
      const info = tcpInfo(new Uint8Array(length).fill(1))
      expect(info.size).toBe(TCP_INFO_FIELDS.filter(({ at, size }) => at + size <= length).length)
    }
    // each field begins where the one before it ends
    for (const [i, { at }] of TCP_INFO_FIELDS.entries()) if (i > 0) expect(at).toBeGreaterThanOrEqual(TCP_INFO_FIELDS[i - 1]!.at)
    expect(TCP_INFO_FIELDS.at(-1)).toMatchObject({ at: 278, size: 2 })
  })
})
