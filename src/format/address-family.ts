/** Address families of routing protocols — IANA "Address Family Numbers". */
import type { Words } from './fields.js'

export const Family = { IPV4: 1, IPV6: 2, NSAP: 3, VPLS: 25, L2VPN: 196 } as const
export const FAMILIES: Words = {
  0: 'Reserved', 1: 'IPv4', 2: 'IPv6', 3: 'NSAP', 4: 'HDLC', 5: 'BBN 1822', 6: '802', 7: 'E.163', 8: 'E.164', 9: 'F.69', 10: 'X.121', 11: 'Novell IPX',
  12: 'Appletalk', 13: 'Decnet IV', 14: 'Banyan Vines', 15: 'E.164 with NSAP subaddress', 25: 'VPLS', 196: 'Layer-2 VPN',
}
