/** What a UDP datagram carries, by port or by -T. One line a protocol; the printers are a file each. */
import type { Printer } from './printer.js'

/** A printer of a payload: `length` bytes at `at` by the header's figure; false when it left the datagram to the plain line. */
type ByPort = (p: Printer, at: number, length: number, sport: number, dport: number, ip: number) => boolean

/** -T TYPE: the printer writes the addresses itself. */
const byType: ByPort = () => false

/** Protocols whose line is not `a.1 > b.2: …`: the printer writes all of it. */
const beforeAddresses: ByPort = () => false

const byPort: ByPort = () => false

export const udpPayload = { byType, beforeAddresses, byPort }
