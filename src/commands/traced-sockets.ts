/** Owners of sockets as the kernel tells them: socket/socket-trace.ts, put in the words of socket-watch.ts. */
import type { SocketTrace, TracedSocket } from '../socket/socket-trace.js'
import { nameOf, programOf } from './program-name.js'
import { plain, socketKey } from './socket-key.js'
import type { Said } from './socket-watch.js'

export class TracedSockets {
  readonly #trace: SocketTrace
  readonly #root: number

  /** @param root the process whose sockets, and its children's, are all that is traced; 0: everybody's are */
  constructor(trace: SocketTrace, root: number) {
    this.#trace = trace
    this.#root = root
  }

  look(): Said[] {
    return this.#trace.take().map((socket): Said => {
      const pid = socket.pid === 0 ? this.#root : socket.pid
      const program = programOf(pid)
      return [keyOf(socket), pid, nameOf(program.length > 0 ? program : socket.name), this.#root > 0] // one that has ended is known by its thread's name
    })
  }

  close(): void {
    this.#trace.close()
  }
}

function keyOf({ protocol, local, localPort, remote, remotePort }: TracedSocket): string {
  const own = plain(local)
  return socketKey(protocol, own.some((byte) => byte !== 0) ? own : undefined, localPort, remote, remotePort)
}
