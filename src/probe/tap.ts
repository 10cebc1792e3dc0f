/** Frames of loopback, caught by a packet socket: packet(7). Those that leave are passed over, as each comes back in. */
import { Family, Level, Msg, SockType } from '../socket/constants.js'
import { failedWith } from '../socket/errno.js'
import type { ReceivedMessage, Syscalls } from '../socket/syscalls.js'

const ETH_P_ALL = 3
const LINKTYPE_ETHERNET = 1
/** Bytes kept of a frame: headers and some text. */
const SNAP = 2048
const SO_TIMESTAMPNS = 35
const SO_RCVBUFFORCE = 33
const PACKET_OUTGOING = 4
const PACKET_IGNORE_OUTGOING = 23
/** Room for a timestamp's control message. */
const CONTROL = 64
const BUFFER = 64 << 20

export interface TappedFrame {
  readonly seconds: number
  readonly nanos: number
  readonly wireLength: number
  readonly linkType: number
  readonly bytes: Buffer
}

export class Tap {
  readonly #sys: Syscalls
  readonly #fd: number
  readonly #ignoresOutgoing: boolean

  /** @throws SyscallError (EPERM without CAP_NET_RAW) */
  constructor(sys: Syscalls, interfaceIndex: number) {
    this.#sys = sys
    this.#fd = sys.socket(Family.PACKET, SockType.RAW, 0) // deaf until it is bound
    try {
      sys.setsockoptInt(this.#fd, Level.SOCKET, SO_TIMESTAMPNS, 1)
      this.#ignoresOutgoing = attempt(() => sys.setsockoptInt(this.#fd, Level.PACKET, PACKET_IGNORE_OUTGOING, 1))
      attempt(() => sys.setsockoptInt(this.#fd, Level.SOCKET, SO_RCVBUFFORCE, BUFFER))
      sys.bind(this.#fd, { family: 'packet', protocol: ETH_P_ALL, interfaceIndex, hardwareType: 0, packetType: 0, hardwareAddress: new Uint8Array(0) })
    } catch (error) {
      sys.close(this.#fd)
      throw error
    }
  }

  /** What came since the last call. */
  take(): TappedFrame[] {
    const frames: TappedFrame[] = []
    for (;;) {
      const b = Buffer.alloc(SNAP)
      const message = this.#receive(b)
      if (message === undefined) return frames
      if (!this.#ignoresOutgoing && message.from?.family === 'packet' && message.from.packetType === PACKET_OUTGOING) continue
      const time = message.control.find(({ level, type }) => level === Level.SOCKET && type === SO_TIMESTAMPNS)?.data
      const [seconds, nanos] = time === undefined || time.length < 16 ? now() : [Number(Buffer.from(time).readBigInt64LE(0)), Number(Buffer.from(time).readBigInt64LE(8))]
      frames.push({ seconds, nanos, wireLength: message.length, linkType: LINKTYPE_ETHERNET, bytes: b.subarray(0, Math.min(message.length, SNAP)) })
    }
  }

  #receive(b: Uint8Array): ReceivedMessage | undefined {
    try {
      return this.#sys.recvmsg(this.#fd, [b], CONTROL, Msg.DONTWAIT | Msg.TRUNC)
    } catch (error) {
      if (failedWith(error, 'EAGAIN')) return undefined
      throw error
    }
  }

  close(): void {
    this.#sys.close(this.#fd)
  }
}

const now = (): [number, number] => {
  const millis = Date.now()
  return [Math.floor(millis / 1000), (millis % 1000) * 1e6]
}

/** Whether an option that older kernels, or less privilege, do not have could be set. */
function attempt(act: () => void): boolean {
  try {
    act()
    return true
  } catch (error) {
    if (failedWith(error, 'ENOPROTOOPT', 'EPERM', 'EINVAL')) return false
    throw error
  }
}
