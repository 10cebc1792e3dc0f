/** Which frames may be printed out of turn: none whose text depends on those before it. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isStatelessTcp } from '../../src/format/tcp-payload.js'
import { isStatelessUdp } from '../../src/format/udp-payload.js'
import { ROOT } from '../run.js'

const FORMAT = join(ROOT, 'src/format')
/** What these keep in `p.memory` is the same whatever was printed: tables made on first use. */
const CACHES: ReadonlySet<string> = new Set(['snmp.ts', 'radius.ts'].map((name) => join(FORMAT, name)))
/** A port that no protocol has. */
const ANY = 40_000

/** A module and all that it uses. */
function uses(path: string, seen = new Set<string>()): Set<string> {
  if (seen.has(path)) return seen
  seen.add(path)
  for (const [, from] of readFileSync(path, 'utf8').matchAll(/^import (?!type )[^;]*?from '(\.[^']*)\.js'/gm)) {
    const used = normalize(join(dirname(path), `${from}.ts`))
    if (existsSync(used)) uses(used, seen)
  }
  return seen
}

/** Printers of a payload by port, as the table says: `[[53, 5353], printDns],`, ports by name left out. */
function printers(name: string): { ports: number[]; print: string; side: string | undefined; module: string }[] {
  const source = readFileSync(join(FORMAT, name), 'utf8')
  const modules = new Map<string, string>()
  for (const [, names, from] of source.matchAll(/^import \{([^}]*)\} from '\.\/([^']*)\.js'/gm)) for (const one of names!.split(',')) modules.set(one.trim(), join(FORMAT, `${from}.ts`))
  return [...source.matchAll(/^ {2}\[\[([\d, ]+)\], (print\w+)(?:, '(\w+)')?/gm)].map(([, ports, print, side]) => ({
    ports: ports!.split(',').map(Number),
    print: print!,
    side,
    // those made in the file itself wrap one of another
    module: modules.get(print!) ?? modules.get('printIsakmp')!,
  }))
}

describe.each([
  { name: 'tcp-payload.ts', isStateless: isStatelessTcp, least: 15 },
  { name: 'udp-payload.ts', isStateless: isStatelessUdp, least: 35 },
])('the printers of $name', ({ name, isStateless, least }) => {
  const all = printers(name)

  it('are all found', () => expect(all.length).toBeGreaterThanOrEqual(least))

  it.each(all)('$print', ({ ports, side, module }) => {
    const remembers = [...uses(module)].filter((path) => path === join(FORMAT, 'tcp.ts') || (!CACHES.has(path) && /p\.memory\b/.test(readFileSync(path, 'utf8'))))
    for (const port of ports) {
      const isFree = (side !== 'to' && (isStateless(port, ANY) || isStateless(port, 53))) || (side !== 'from' && (isStateless(ANY, port) || isStateless(53, port)))
      if (isFree) expect(remembers).toEqual([])
    }
  })
})

it('ports where calls are remembered, and those of no protocol', () => {
  for (const port of [111, 2049]) for (const isStateless of [isStatelessTcp, isStatelessUdp]) expect([isStateless(port, ANY), isStateless(ANY, port)]).toEqual([false, false])
  expect([isStatelessTcp(ANY, 443), isStatelessUdp(ANY, 443), isStatelessTcp(ANY, 80), isStatelessUdp(53, ANY)]).toEqual([true, true, true, true])
})
