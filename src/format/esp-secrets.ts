/** The secrets of -E: `spi@address algorithm:key`, or `algorithm:key` for all else; separated by commas or lines — tcpdump(1). */

export interface EspSecret {
  /** undefined: for packets that no other secret is for. */
  readonly spi: number | undefined
  /** Destination, as text without blanks. */
  readonly address: string
  /** A name of node:crypto. */
  readonly cipher: string
  readonly key: Buffer
  /** Bytes of the initialization vector, which is a block of the cipher too. */
  readonly block: number
  /** Bytes of the check value at the packet's end. */
  readonly checkLength: number
}

/** Cipher names as tcpdump takes them (OpenSSL's short ones), and for node:crypto. CBC all. */
const CIPHERS: ReadonlyMap<string, readonly [cipher: string, keyLength: number, block: number]> = new Map([
  ['aes128', ['aes-128-cbc', 16, 16]],
  ['aes192', ['aes-192-cbc', 24, 16]],
  ['aes256', ['aes-256-cbc', 32, 16]],
  ['3des', ['des-ede3-cbc', 24, 8]],
  ['des3', ['des-ede3-cbc', 24, 8]],
  ['camellia128', ['camellia-128-cbc', 16, 16]],
  ['camellia192', ['camellia-192-cbc', 24, 16]],
  ['camellia256', ['camellia-256-cbc', 32, 16]],
  ['aria128', ['aria-128-cbc', 16, 16]],
  ['aria192', ['aria-192-cbc', 24, 16]],
  ['aria256', ['aria-256-cbc', 32, 16]],
])

/** What cannot be understood, or names a cipher that is not there, is passed over: such packets print as encrypted ones do. */
export function parseEspSecrets(text: string): EspSecret[] {
  const secrets: EspSecret[] = []
  for (const line of text.split(/[,\n]/)) {
    const match = /^\s*(?:(?<spi>0x[0-9a-f]+|\d+)@(?<address>\S+)\s+)?(?<algorithm>[^\s:#]+):(?<key>\S+)$/i.exec(line)
    if (match === null) continue
    const { spi, address = '', algorithm = '', key = '' } = match.groups!
    const hasCheck = /-hmac96$/i.test(algorithm)
    const cipher = CIPHERS.get(algorithm.toLowerCase().replace(/-hmac96$/, '').replace(/-cbc$/, ''))
    if (cipher === undefined) continue
    const [name, keyLength, block] = cipher
    const padded = Buffer.alloc(keyLength)
    Buffer.from(key.startsWith('0x') ? key.slice(2) : key, key.startsWith('0x') ? 'hex' : 'latin1').copy(padded)
    secrets.push({ spi: spi === undefined ? undefined : Number(spi) >>> 0, address, cipher: name, key: padded, block, checkLength: hasCheck ? 12 : 0 })
  }
  return secrets
}
