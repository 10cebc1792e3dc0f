/** Runs in a namespace of its own (test/socket/diag.test.ts bundles it): every table by sock_diag and by /proc, one after the other, as JSON. */
import { InetRow, parseInet } from '../../src/procnet/inet.js'
import { ProcRoot } from '../../src/procnet/proc-root.js'
import { SockDiag, type InetExtras } from '../../src/socket/diag.js'
import { loadSyscalls } from '../../src/socket/syscalls.js'
import { unixSockets } from '../../src/socket/unix-diag.js'

const words = process.argv.slice(2)
const sys = await loadSyscalls()
const diag = new SockDiag(sys)
const plain = (row: InetRow, extras?: InetExtras): Record<string, unknown> => ({
  local: Buffer.from(row.local.subarray(0, row.family === 4 ? 4 : 16)).toString('hex'),
  remote: Buffer.from(row.remote.subarray(0, row.family === 4 ? 4 : 16)).toString('hex'),
  localPort: row.localPort, remotePort: row.remotePort, state: row.state, sendQueue: row.sendQueue, receiveQueue: row.receiveQueue, timer: row.timer,
  timerCentis: row.timerCentis, retransmits: row.retransmits, uid: row.uid, probes: row.probes, inode: row.inode,
  ...(extras === undefined ? {} : { extras: { ...extras, cookie: String(extras.cookie), cgroupId: String(extras.cgroupId), tcpInfo: extras.tcpInfo === undefined ? undefined : Object.fromEntries([...extras.tcpInfo].map(([key, value]) => [key, String(value)])) } }),
})

if (words[0] === 'kill') {
  // kill PORT: destroys the connections of a local port, and says each errno
  const doomed: { id: Uint8Array; state: number }[] = []
  const row = new InetRow()
  diag.inet('tcp', 4, row, (one) => row.localPort === Number(words[1]) && doomed.push({ id: one.id(), state: row.state }))
  console.log(JSON.stringify(doomed.map(({ id, state }) => ({ state, errno: diag.destroy('tcp', 4, id) }))))
} else {
  const tables: Record<string, unknown> = {}
  for (const proto of ['tcp', 'udp', 'udplite', 'raw'] as const) {
    for (const family of [4, 6] as const) {
      const byDiag: unknown[] = []
      const row = new InetRow()
      row.family = family
      const there = diag.inet(proto, family, row, (one) => byDiag.push(plain(row, words[0] === 'info' ? one.extras() : undefined)), { info: words[0] === 'info', bound: words[0] === 'bound' })
      const byFile: unknown[] = []
      new ProcRoot().lines(`${proto}${family === 6 ? '6' : ''}`, (b, at, end) => {
        for (let from = at; from < end; ) {
          const newline = b.indexOf(10, from)
          const to = newline < 0 || newline > end ? end : newline
          if (parseInet(b, from, to, row)) byFile.push(plain(row))
          from = to + 1
        }
      })
      tables[`${proto}${family}`] = { there, byDiag, byFile }
    }
  }
  const unix: unknown[] = []
  unixSockets(diag, (socket) => unix.push({ ...socket, name: Buffer.from(socket.name).toString('latin1') }))
  console.log(JSON.stringify({ tables, unix }))
}
diag.close()
