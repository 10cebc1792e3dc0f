/** On the way to a packet of IP: where the next header stands, and what it is. One object is refilled by each step. */

/** What stands at `Step.at`. */
export const Kind = {
  /** Nothing that leads to a packet of IP. */
  NONE: 0,
  IP4: 1,
  IP6: 2,
  /** The first four bits tell which. */
  IP: 3,
  /** What an EtherType in `Step.type` names. */
  ETHERTYPE: 4,
  ETHERNET: 5,
  /** Ethernet, if it looks like it: nothing has said so. */
  PERHAPS_ETHERNET: 6,
  /** IEEE 802.2, and the same in the number space of ATM, where bridged frames are padded. */
  LLC: 7,
  ATM_LLC: 8,
  /** OUI and number of SNAP. */
  SNAP: 9,
  /** An OSI network layer protocol identifier. */
  NLPID: 10,
  /** The protocol field of PPP, and HDLC's address and control before it, if they were sent. */
  PPP: 11,
  PPP_HDLC: 12,
  PPPOE: 13,
  CHDLC: 14,
  FRAME_RELAY: 15,
  MULTILINK_FRAME_RELAY: 16,
  MPLS: 17,
  NSH: 18,
  GRE: 19,
  ERSPAN: 20,
  ERSPAN3: 21,
  ETHERIP: 22,
  PIM: 23,
  L2TP3: 24,
  VXLAN: 25,
  /** At the port of Linux before there was one. */
  VXLAN_OLD: 26,
  VXLAN_GPE: 27,
  GENEVE: 28,
  GTP: 29,
  GTP_PRIME: 30,
  L2TP: 31,
  TEREDO: 32,
  AYIYA: 33,
  CAPWAP: 34,
  LISP: 35,
  LISP_CONTROL: 42,
  TZSP: 36,
  IEEE80211: 37,
  RADIOTAP: 38,
  PRISM: 39,
  AVS: 40,
  /** A frame of the link type in `Step.type`. */
  LINK: 41,
} as const

export class Step {
  kind: number = Kind.NONE
  at = 0
  /** One past the last byte that may be read; one past the last byte that what is at `at` had on the wire. */
  end = 0
  wireEnd = 0
  type = 0

  /** `length` bytes may be read. */
  has(length: number): boolean {
    return this.at + length <= this.end
  }

  /** On by `header` bytes, to a `kind`. */
  to(kind: number, header: number, type = 0): void {
    this.kind = kind
    this.at += header
    this.type = type
  }

  /** What is at `at` has no more than `length` bytes. */
  narrow(length: number): void {
    const end = this.at + length
    if (end < this.wireEnd) this.wireEnd = end
    if (end < this.end) this.end = end
  }
}
