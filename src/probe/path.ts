/** What a path of a given round trip and rate asks of a TCP socket's buffers: bandwidth × delay, RFC 7323 §1.1, UNP §7.5. */

export interface Path {
  readonly rttMillis: number
  readonly bitsPerSecond: number
}

/** Unless --rtt and --rate say otherwise: across a continent, as fast as many an office is connected. */
export const DEFAULT_PATH: Path = { rttMillis: 100, bitsPerSecond: 100e6 }

export interface Limits {
  /** Most bytes that the buffer grows to by itself: the last of net.ipv4.tcp_rmem or tcp_wmem. */
  readonly grows: number
  /** Most that setsockopt() takes: net.core.rmem_max or wmem_max. */
  readonly settable: number
}

/** Bytes under way on a path that is full. */
export const bandwidthDelay = ({ rttMillis, bitsPerSecond }: Path): number => Math.ceil((bitsPerSecond / 8) * (rttMillis / 1000))

/** Of a buffer's bytes those that a window may offer: the rest is for the kernel's books. tcp(7), tcp_adv_win_scale */
export const offered = (buffer: number, scale: number): number => (scale > 0 ? buffer - Math.floor(buffer / 2 ** scale) : Math.floor(buffer / 2 ** -scale))

/** `enough`, or what is not; and advice in words. */
export function advice(path: Path, receive: Limits, send: Limits, scale: number): { readonly verdict: string; readonly text: string } {
  const needed = bandwidthDelay(path)
  const window = offered(receive.grows, scale)
  const inFlight = Math.floor(send.grows / 2)
  const least = Math.min(window, inFlight)
  const short = [...(window < needed ? ['tcp_rmem'] : []), ...(inFlight < needed ? ['tcp_wmem'] : [])]
  const rate = Math.floor((least * 8) / (path.rttMillis / 1000) / 1e6)
  const fixed = needed <= Math.min(receive.settable, send.settable) ? `to fix them, SO_RCVBUF and SO_SNDBUF ${needed} before connect() and listen()` : `SO_RCVBUF and SO_SNDBUF of ${needed} are beyond rmem_max or wmem_max`
  const grow = short.length === 0 ? 'buffers that grow by themselves do' : `raise the last number of ${short.join(' and ')} to ${2 * needed} at least`
  return {
    verdict: short.length === 0 ? 'enough' : `too little: ${short.join(', ')}`,
    text: `${path.rttMillis} ms × ${path.bitsPerSecond / 1e6} Mbit/s = ${needed} B; the window may grow to ${window} B, the data in flight to ${inFlight} B, which is good for ${rate} Mbit/s; ${grow}; ${fixed}`,
  }
}
