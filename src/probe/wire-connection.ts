/** A TCP connection over a wire: non-blocking, as frames move only while the event loop turns. */
import { Family, Fcntl, Level, O_NONBLOCK, Poll, SockType } from '../socket/constants.js'
import { failedWith } from '../socket/errno.js'
import { inet, portOf, type Tools } from './probe.js'
import { LEFT_ADDRESS, RIGHT_ADDRESS, type Wire } from './wire.js'

const SO_ERROR = 4

export interface WireConnection {
  /** The end that connected, watched as `left`. */
  readonly left: number
  /** The end that accepted, watched as `right`. */
  readonly right: number
  readonly listener: number
  readonly port: number
  readonly leftPort: number
}

/** Listens at the right. */
export function listenAtRight(p: Tools, wire: Wire, prepare: (fd: number) => void = () => {}): { readonly listener: number; readonly port: number } {
  return wire.atRight(() => {
    const listener = p.tcp()
    prepare(listener)
    p.sys.bind(listener, inet(RIGHT_ADDRESS, 0))
    p.sys.listen(listener, 5)
    p.sys.fcntl(listener, Fcntl.SETFL, O_NONBLOCK)
    return { listener, port: portOf(p.quiet.getsockname(listener)) }
  })
}

/** Begins to connect from the left; the handshake is under way when it returns. */
export function beginConnect(p: Tools, port: number, prepare: (fd: number) => void = () => {}): { readonly left: number; readonly leftPort: number } {
  const left = p.sys.socket(Family.INET, SockType.STREAM | O_NONBLOCK)
  prepare(left)
  p.sys.bind(left, inet(LEFT_ADDRESS, 0))
  try {
    p.sys.connect(left, inet(RIGHT_ADDRESS, port))
  } catch (error) {
    if (!failedWith(error, 'EINPROGRESS')) throw error
  }
  const leftPort = portOf(p.quiet.getsockname(left))
  p.follow('left', `${LEFT_ADDRESS}:${leftPort}`, `${RIGHT_ADDRESS}:${port}`) // by its addresses: until it is connected it tells of no peer
  return { left, leftPort }
}

/** Accepts what was begun; both ends are non-blocking. */
export async function accepted(p: Tools, wire: Wire, listener: number): Promise<number> {
  await p.until('a connection to accept', () => p.quiet.poll([{ fd: listener, events: Poll.IN }], 0)[0] !== 0, 3000)
  const { fd: right } = p.sys.accept4(listener, O_NONBLOCK)
  p.watch('right', right, wire.atRight)
  return right
}

/** A whole connection. */
export async function connectOver(p: Tools, wire: Wire, prepare?: (fd: number) => void): Promise<WireConnection> {
  const { listener, port } = listenAtRight(p, wire, prepare)
  const { left, leftPort } = beginConnect(p, port, prepare)
  await p.reaches('left', 'ESTABLISHED', 3000)
  const error = p.quiet.getsockoptInt(left, Level.SOCKET, SO_ERROR)
  if (error !== 0) throw new Error(`the connection over the wire failed with errno ${error}`)
  const right = await accepted(p, wire, listener)
  return { left, right, listener, port, leftPort }
}
