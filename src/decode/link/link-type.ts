/** LINKTYPE_ numbers of capture files that have a decoder here — pcap-linktype(7). */
export const LinkType = {
  NULL: 0,
  ETHERNET: 1,
  /** DLT_RAW of some writers; on other systems 14 */
  RAW_12: 12,
  RAW_14: 14,
  RAW: 101,
  LOOP: 108,
  LINUX_SLL: 113,
  IPV4: 228,
  IPV6: 229,
  LINUX_SLL2: 276,
} as const
