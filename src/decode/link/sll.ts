/** Linux cooked capture header, version 1 — pcap-linktype(7), LINKTYPE_LINUX_SLL. Network order; `at` is the frame's first byte. */
import { u16 } from '../../bytes.js'

/** Bytes of the header. */
export const HEADER = 16

/** To whom the frame went: 0 this host, 1 broadcast, 2 multicast, 3 another host, 4 sent by this host. */
export const packetType = (b: Uint8Array, at: number): number => u16(b, at)
/** ARPHRD_ number of the interface — <linux/if_arp.h>. */
export const hardwareType = (b: Uint8Array, at: number): number => u16(b, at + 2)
/** Bytes of the sender's address; the field has room for eight. */
export const addressLength = (b: Uint8Array, at: number): number => u16(b, at + 4)
/** Where the sender's address stands. */
export const ADDRESS_AT = 6
export const ADDRESS_ROOM = 8
/** EtherType of what follows. */
export const protocol = (b: Uint8Array, at: number): number => u16(b, at + 14)
/** IEEE 802.2 frames, by Linux's own number — <linux/if_ether.h>, ETH_P_802_2. */
export const LLC = 4
