/** Names of IP protocols — protocols(5). */

/** Number to first name, from the bytes of /etc/protocols; lines that make no sense are passed over. */
export function parseProtocols(table: Uint8Array): ReadonlyMap<number, string> {
  const names = new Map<number, string>()
  for (const line of Buffer.from(table.buffer, table.byteOffset, table.byteLength).toString('latin1').split('\n')) {
    const hash = line.indexOf('#')
    const [name, digits] = (hash < 0 ? line : line.slice(0, hash)).trim().split(/\s+/)
    if (name === undefined || digits === undefined || !/^\d+$/.test(digits)) continue
    const number = Number(digits)
    if (number <= 255 && !names.has(number)) names.set(number, name)
  }
  return names
}
