/** A socket as text to be looked up by: protocol, own address and port, peer's address and port. */
import { isMapped } from '../procnet/inet.js'

export const TCP = 6
export const UDP = 17

/** undefined stands for any address (own) or no peer. */
export function socketKey(protocol: number, local: Uint8Array | undefined, localPort: number, remote: Uint8Array | undefined, remotePort: number): string {
  return `${protocol} ${local === undefined ? '*' : hex(local)}:${localPort}${remote === undefined ? '' : ` ${hex(remote)}:${remotePort}`}`
}

export const hex = (b: Uint8Array): string => Buffer.from(b.buffer, b.byteOffset, b.length).toString('hex')

/** An IPv4 address that an IPv6 socket uses, as the packets have it. */
export const plain = (address: Uint8Array): Uint8Array => (address.length === 16 && isMapped(address) ? address.subarray(12) : address)
