/** Which sockets of other processes a command is about: `--pid PID [--fd N]`, or a filter as netstat takes it. */
import { UserError } from '../errors.js'
import { socketAt, socketsOf, type OpenSocket } from '../socket/borrow.js'

export interface TargetOptions {
  readonly pid?: number
  readonly fd?: number
}

/** The sockets that are meant, at least one; undefined where the command line names none. */
export async function targets({ pid, fd }: TargetOptions, filter: readonly string[]): Promise<OpenSocket[] | undefined> {
  if (pid !== undefined) {
    if (filter.length > 0) throw new UserError(`${filter.join(' ')}: --pid takes no filter beside it`, 2)
    if (fd !== undefined) return [socketAt(pid, fd)]
    const all = socketsOf(pid)
    if (all.length === 0) throw new UserError(`pid ${pid}: holds no sockets`)
    return all
  }
  if (fd !== undefined) {
    if (filter.length > 0) throw new UserError(`${filter.join(' ')}: --fd takes no filter beside it`, 2)
    return [socketAt(process.pid, fd)]
  }
  if (filter.length === 0) return undefined
  const { filterSockets } = await import('./filter-sockets.js')
  return filterSockets(filter)
}

/** `pid 12 fd 3`, or `fd 3` for a descriptor of our own. */
export const place = ({ pid, fd }: OpenSocket): string => (pid === process.pid ? `fd ${fd}` : `pid ${pid} fd ${fd}`)
