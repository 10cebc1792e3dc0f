/** Ethernet frame header — IEEE 802.3 §3.2; VLAN tags: IEEE 802.1Q §9. `at` is the frame's first byte. */

/** Bytes of destination, source and type. */
export const HEADER = 14
/** The two addresses: destination first on the wire. */
export const DESTINATION_AT = 0
export const SOURCE_AT = 6
export const TYPE_AT = 12
/** A type field up to this is a length: IEEE 802.3 §3.2.6. */
export const MAX_LENGTH = 1500

/** Type fields with a tag of four bytes before the next type. */
export const isVlan = (type: number): boolean => type === 0x8100 || type === 0x88a8 || type === 0x9100 || type === 0x9200
