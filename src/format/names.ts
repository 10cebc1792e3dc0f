/** Names in place of numbers, as packet lines ask for them while they are written: at once, without waiting. */

/**
 * What stands behind `-n` or its absence. A method returns the name, or undefined when the number is to be printed.
 * `b[at]` is an address in network order.
 */
export interface Names {
  ip4(b: Uint8Array, at: number): string | undefined
  ip6(b: Uint8Array, at: number): string | undefined
  tcpPort(port: number): string | undefined
  udpPort(port: number): string | undefined
  /** Protocol number of an IP header, as protocols(5) names it. */
  protocol(number: number): string | undefined
  /** Name of a link-layer address, as ethers(5) has it. */
  ethernet?(b: Uint8Array, at: number): string | undefined
}
