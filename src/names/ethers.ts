/** Names of link-layer addresses — ethers(5). */

const LINE = /^\s*([0-9a-f]{1,2}(?:[:.-][0-9a-f]{1,2}){5})\s+(\S+)/i

/** Address (its six bytes as one number) to first name, from the bytes of /etc/ethers; lines that make no sense are passed over. */
export function parseEthers(table: Uint8Array): ReadonlyMap<number, string> {
  const names = new Map<number, string>()
  for (const line of Buffer.from(table.buffer, table.byteOffset, table.byteLength).toString('latin1').split('\n')) {
    const [, address, name] = LINE.exec(line.replace(/#.*/, '')) ?? []
    if (address === undefined || name === undefined) continue
    const key = address.split(/[:.-]/).reduce((sum, byte) => sum * 256 + parseInt(byte, 16), 0)
    if (!names.has(key)) names.set(key, name)
  }
  return names
}
