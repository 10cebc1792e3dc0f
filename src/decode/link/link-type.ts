/** LINKTYPE_ numbers of capture files that have a decoder here — pcap-linktype(7). */
export const LinkType = {
  NULL: 0,
  ETHERNET: 1,
  /** DLT_RAW of some writers; on other systems 14 */
  RAW_12: 12,
  RAW_14: 14,
  PPP: 9,
  /** BSD/OS numbers of PPP_BSDOS and C_HDLC */
  PPP_BSDOS_16: 16,
  PPP_SERIAL: 50,
  PPP_ETHER: 51,
  RAW: 101,
  PPP_BSDOS: 103,
  C_HDLC: 104,
  C_HDLC_112: 112,
  LOOP: 108,
  LINUX_SLL: 113,
  PPP_PPPD: 166,
  IPV4: 228,
  IPV6: 229,
  LINUX_SLL2: 276,
} as const
