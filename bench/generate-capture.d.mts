/** Writes a pcap of `packets` TCP segments on `connections` connections to `path`. */
export function generateCapture(path: string, packets: number, connections: number): void
