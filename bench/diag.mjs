/**
 * Reads all TCP sockets by sock_diag, and from /proc/net/tcp, against `ss -tan` and `cat`, in one run and one namespace: `node bench/diag.mjs [CONNECTIONS]`
 * (30000 by default; 63000 is the 126,000 sockets that docs speak of). As root: it makes a namespace, and processes that hold the connections.
 */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { build } from 'esbuild'

const ROUNDS = 5
if (process.argv[2] !== '--measure') {
  mkdirSync('dist', { recursive: true })
  for (const name of ['socket/diag', 'socket/syscalls', 'procnet/inet', 'procnet/proc-root']) {
    await build({ entryPoints: [`src/${name}.ts`], bundle: true, platform: 'node', format: 'esm', outfile: `dist/bench/${name}.mjs`, external: ['koffi'], logLevel: 'warning' })
  }
  const connections = Number(process.argv[2] ?? 30000)
  // workers of at most 9000 connections: a process may hold only so many descriptors
  const holder = spawn('unshare', ['-n', 'python3', '-c', `
import os, resource, socket, subprocess, sys
subprocess.run(['ip', 'link', 'set', 'lo', 'up'], check=True)
n = ${connections}; k = 0; children = []
hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
r, w = os.pipe(); hold_r, hold_w = os.pipe()
while n > 0:
    k += 1; part = min(n, 9000); n -= part
    if os.fork() == 0:
        os.close(hold_w); resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        address = '127.0.0.%d' % k; listener = socket.socket(); listener.bind((address, 7000)); listener.listen(4096); keep = []
        for i in range(part):
            c = socket.socket(); c.setsockopt(0, 24, 1); c.bind((address, 0)); c.connect((address, 7000)); keep += [c, listener.accept()[0]]
        os.write(w, b'k'); os.read(hold_r, 1); os._exit(0)
os.close(hold_r)
for i in range(k): os.read(r, 1)
print('ready', flush=True); sys.stdin.read(); os.close(hold_w)
for i in range(k): os.wait()
`], { stdio: ['pipe', 'pipe', 'inherit'] })
  await once(holder.stdout, 'data')
  const net = `--net=/proc/${holder.pid}/ns/net`
  spawnSync('nsenter', [net, process.execPath, process.argv[1], '--measure'], { stdio: 'inherit', env: { ...process.env, NODE_EXTRA_CA_CERTS: '' } })
  holder.stdin.end()
  await once(holder, 'exit')
} else {
  const load = (name) => import(new URL(`../dist/bench/${name}.mjs`, import.meta.url))
  const [{ SockDiag }, { loadSyscalls }, { InetRow, parseInet }, { ProcRoot }] = await Promise.all(['socket/diag', 'socket/syscalls', 'procnet/inet', 'procnet/proc-root'].map(load))
  const diag = new SockDiag(await loadSyscalls())
  const row = new InetRow()
  let rows = 0
  let sum = 0
  const byDiag = (options) => () => {
    rows = 0
    diag.inet('tcp', 4, row, () => {
      rows++
      sum += row.inode
    }, options)
  }
  const cases = {
    'sock_diag, rows filled': byDiag({}),
    'sock_diag with TCP_INFO': byDiag({ info: true }),
    '/proc/net/tcp, rows filled': () => {
      rows = 0
      new ProcRoot().lines('tcp', (b, at, end) => {
        for (let from = at; from < end; ) {
          const newline = b.indexOf(10, from)
          const to = newline < 0 || newline > end ? end : newline
          if (parseInet(b, from, to, row)) rows++
          from = to + 1
        }
      })
    },
    'ss -tanH, whole process': () => spawnSync('ss', ['-tanH'], { stdio: ['ignore', 'ignore', 'inherit'] }),
    'cat /proc/net/tcp, whole process': () => spawnSync('cat', ['/proc/net/tcp'], { stdio: 'ignore' }),
  }
  const times = Object.fromEntries(Object.keys(cases).map((name) => [name, []]))
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, run] of Object.entries(cases)) {
      const start = performance.now()
      run()
      times[name].push(performance.now() - start)
    }
  }
  diag.close()
  console.log(`${rows} rows, medians of ${ROUNDS} in turn (ms; inodes add up to ${sum}):`)
  for (const [name, list] of Object.entries(times)) console.log(`${list.sort((a, b) => a - b)[ROUNDS >> 1].toFixed(1).padStart(9)}  ${name}`)
}
