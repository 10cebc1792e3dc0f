/**
 * TCP sockets from the kernel's socket diagnosis instead of /proc/net/tcp, where there are so many that the cost of loading koffi is
 * won back. The rows and their order are the same; what the diagnosis does not have (unanswered probes) stays 0.
 */
import { UserError } from '../errors.js'
import { InetRow } from '../procnet/inet.js'
import type { ProcRoot } from '../procnet/proc-root.js'
import type { InetTable } from '../procnet/tables.js'
import type { SockDiag } from '../socket/diag.js'
import type { NetstatOptions } from './netstat-options.js'

/** Sockets from which on the diagnosis is the faster source: it saves about a microsecond a socket and costs about 20 ms. */
const MANY = 20_000

/** Whether a table may come from the diagnosis: TCP when it is chosen by number, all that the kernel dumps with --source diag. */
export const mayDiagnose = ({ source }: NetstatOptions, { proto }: InetTable, timers: boolean): boolean =>
  source === 'diag' || (source === 'auto' && proto === 'tcp' && !timers)

/**
 * Hands on each socket of a table; false when the file should be read instead, and then none was handed on.
 * @param timers retransmits and probes must be exact: the kernel is asked for TCP_INFO, which costs more
 */
export async function diagnosed(root: ProcRoot, table: InetTable, source: NetstatOptions['source'], timers: boolean, take: (row: InetRow) => void): Promise<boolean> {
  if (root.path !== '/proc' || root.net !== 'net') return false
  if (source !== 'diag' && tcpSockets(root, table.family) < MANY) return false
  const row = new InetRow()
  row.proto = table.proto
  row.family = table.family
  const diag = await openDiag()
  if (diag === undefined) {
    if (source === 'diag') throw new UserError('--source diag: socket diagnosis cannot be had (it needs koffi and a kernel with NETLINK_SOCK_DIAG; --source proc reads /proc)')
    return false
  }
  try {
    return diag.inet(table.proto, table.family, row, () => take(row), { info: timers })
  } finally {
    diag.close()
  }
}

/** The kernel's socket diagnosis; undefined without koffi, or where it is refused. */
export async function openDiag(): Promise<SockDiag | undefined> {
  const [{ SockDiag }, { loadLibc }, { Syscalls }] = await Promise.all([import('../socket/diag.js'), import('../socket/libc.js'), import('../socket/syscalls.js')])
  try {
    return new SockDiag(new Syscalls(await loadLibc()))
  } catch {
    return undefined
  }
}

/** `TCP: inuse 126007 …` of sockstat, `TCP6: inuse …` of sockstat6; 0 when it cannot be had. */
function tcpSockets(root: ProcRoot, family: 4 | 6): number {
  const bytes = root.file(family === 4 ? 'sockstat' : 'sockstat6')
  const match = bytes === undefined ? null : /^TCP6?: inuse (\d+)/m.exec(Buffer.from(bytes).toString('latin1'))
  return match === null ? 0 : Number(match[1])
}
