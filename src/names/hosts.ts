/**
 * Names of hosts: /etc/hosts first, then DNS, as `hosts: files dns` in nsswitch.conf(5) has it. Lookups run together,
 * each for a bounded time; what was learned, a missing name too, is kept for the run.
 */
import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'

/** Questions under way at once. */
const CONCURRENT = 64
/** Milliseconds until a question counts as unanswered. */
const PATIENCE = 2000
/** Names kept; the one kept longest goes first. */
const MAX_CACHED = 65536

/** The file's first name of an address; addresses are given in the form of `canonical`. */
export function parseHosts(table: Uint8Array): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  for (const line of Buffer.from(table.buffer, table.byteOffset, table.byteLength).toString('latin1').split('\n')) {
    const hash = line.indexOf('#')
    const [address = '', name] = (hash < 0 ? line : line.slice(0, hash)).trim().split(/\s+/)
    if (name === undefined || isIP(address) === 0) continue
    const key = canonical(address)
    if (!names.has(key)) names.set(key, name)
  }
  return names
}

/** One spelling for each address: that of inet_ntop(3), lower case. */
export function canonical(address: string): string {
  if (isIP(address) !== 6) return address
  const host = new URL(`http://[${address.split('%')[0]}]`).hostname
  return host.slice(1, -1)
}

export class HostNames {
  readonly #file: ReadonlyMap<string, string>
  readonly #cache = new Map<string, string | null>()
  readonly #ask: (address: string) => Promise<string | undefined>

  /** @param ask where to look for what the file does not name; DNS unless a test gives another */
  constructor(hostsFile: Uint8Array = readHosts(), ask: (address: string) => Promise<string | undefined> = dnsQuestion()) {
    this.#file = parseHosts(hostsFile)
    this.#ask = ask
  }

  /** The name; null when there is none; undefined when nobody has asked yet (`resolve` does). */
  cached(address: string): string | null | undefined {
    return this.#cache.get(address)
  }

  /** Learns the names of all these addresses, so that `cached` knows them. Never throws: an unanswered question is no name. */
  async resolve(addresses: Iterable<string>): Promise<void> {
    const wanted: string[] = []
    for (const address of addresses) {
      if (this.#cache.has(address)) continue
      const named = this.#file.get(canonical(address))
      this.#remember(address, named ?? null)
      if (named === undefined) wanted.push(address)
    }
    const worker = async (): Promise<void> => {
      for (let address = wanted.pop(); address !== undefined; address = wanted.pop()) this.#remember(address, (await this.#ask(address)) ?? null)
    }
    await Promise.all(Array.from({ length: Math.min(CONCURRENT, wanted.length) }, worker))
  }

  #remember(address: string, name: string | null): void {
    this.#cache.set(address, name)
    if (this.#cache.size <= MAX_CACHED) return
    for (const oldest of this.#cache.keys()) {
      this.#cache.delete(oldest)
      return
    }
  }
}

function readHosts(): Uint8Array {
  try {
    return readFileSync('/etc/hosts')
  } catch {
    return new Uint8Array(0)
  }
}

/** Asks the name servers of resolv.conf(5); the library is loaded with the first question. */
function dnsQuestion(): (address: string) => Promise<string | undefined> {
  let ready: Promise<(address: string) => Promise<string[]>> | undefined
  return async (address) => {
    ready ??= import('node:dns').then(({ promises }) => {
      const resolver = new promises.Resolver({ timeout: PATIENCE, tries: 1 })
      return (ip: string) => resolver.reverse(ip)
    })
    try {
      const reverse = await ready
      const names = await Promise.race([reverse(address), new Promise<string[]>((done) => setTimeout(done, PATIENCE, []).unref())])
      return names[0]
    } catch {
      return undefined
    }
  }
}
