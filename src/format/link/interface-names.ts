/** Names of this machine's interfaces by their index, as if_indextoname(3) gives them; Node does not know the indexes. */
import { readdirSync, readFileSync } from 'node:fs'

const DIRECTORY = '/sys/class/net'

let names: Map<number, string> | undefined

let ask: ((index: number) => string | undefined) | undefined

/** The interface's name; `?` when this machine has none of that index. Read once a run. */
export function interfaceName(index: number): string {
  if (ask !== undefined) return ask(index)?.replace(/[^!-~]/g, '?') ?? '?'
  names ??= readNames()
  return names.get(index) ?? '?'
}

/** Has a live capture say the names: /sys may show another network namespace than the one captured in. */
export function askForInterfaceNames(lookUp: (index: number) => string | undefined): void {
  ask = lookUp
}

function readNames(): Map<number, string> {
  const found = new Map<number, string>()
  for (const name of list()) {
    try {
      found.set(Number(readFileSync(`${DIRECTORY}/${name}/ifindex`, 'latin1')), name.replace(/[^!-~]/g, '?'))
    } catch {
      // gone since the directory was read, or no interface (bonding_masters)
    }
  }
  return found
}

function list(): string[] {
  try {
    return readdirSync(DIRECTORY)
  } catch {
    return [] // no sysfs here: every interface is `?`
  }
}
