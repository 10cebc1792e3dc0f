/** Names of users — passwd(5). Users that only another service of nsswitch.conf(5) knows have none here. */

/** Number to first name, from the bytes of /etc/passwd; lines that make no sense are passed over. */
export function parseUsers(table: Uint8Array): ReadonlyMap<number, string> {
  const names = new Map<number, string>()
  for (const line of Buffer.from(table.buffer, table.byteOffset, table.byteLength).toString('latin1').split('\n')) {
    const [name = '', , digits = ''] = line.split(':')
    if (name === '' || !/^\d{1,10}$/.test(digits)) continue
    const uid = Number(digits)
    if (!names.has(uid)) names.set(uid, name)
  }
  return names
}
