/** Linux cooked capture header, version 2 — pcap-linktype(7), LINKTYPE_LINUX_SLL2. Network order; `at` is the frame's first byte. */
import { u16, u32, u8 } from '../../bytes.js'

/** Bytes of the header. */
export const HEADER = 20

/** EtherType of what follows. */
export const protocol = (b: Uint8Array, at: number): number => u16(b, at)
/** Interface index on the machine that captured. */
export const interfaceIndex = (b: Uint8Array, at: number): number => u32(b, at + 4)
/** ARPHRD_ number of the interface — <linux/if_arp.h>. */
export const hardwareType = (b: Uint8Array, at: number): number => u16(b, at + 8)
/** To whom the frame went: 0 this host, 1 broadcast, 2 multicast, 3 another host, 4 sent by this host. */
export const packetType = (b: Uint8Array, at: number): number => u8(b, at + 10)
/** Bytes of the sender's address; the field has room for eight. */
export const addressLength = (b: Uint8Array, at: number): number => u8(b, at + 11)
/** Where the sender's address stands. */
export const ADDRESS_AT = 12
export const ADDRESS_ROOM = 8
