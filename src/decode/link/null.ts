/** BSD loopback header: an address family in four bytes — pcap-linktype(7), LINKTYPE_NULL and LINKTYPE_LOOP. */
import { u32, u32le } from '../../bytes.js'

/** Bytes of the header. */
export const HEADER = 4

/**
 * The address family. LOOP has it in network order, NULL in the order of the machine that captured, which the file
 * does not tell: a family is below 65536 in the right order only. Where it is in neither, network order.
 */
export function family(b: Uint8Array, at: number): number {
  const value = u32le(b, at)
  return value > 0xffff ? u32(b, at) : value
}

/** AF_INET is 2 everywhere. */
export const isIp4 = (family: number): boolean => family === 2
/** AF_INET6 of NetBSD and OpenBSD, FreeBSD, Darwin. */
export const isIp6 = (family: number): boolean => family === 24 || family === 28 || family === 30
/** AF_ISO, AF_APPLETALK and AF_IPX of the BSDs. */
export const AF_ISO = 7
export const AF_APPLETALK = 16
export const AF_IPX = 23
