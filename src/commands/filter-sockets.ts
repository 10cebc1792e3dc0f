/** Sockets that a netstat filter selects, with the processes that hold them. */
import { UserError } from '../errors.js'
import type { OpenSocket } from '../socket/borrow.js'

export function filterSockets(words: readonly string[]): OpenSocket[] {
  throw new UserError(`${words.join(' ')}: not the name of an option, and filters are not there yet (give --pid PID)`, 2)
}
