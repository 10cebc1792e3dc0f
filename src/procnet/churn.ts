/** Whether connections came or went while a table was read: then the kernel, which counts its way back into a hash bucket at each read, may have left one out. */
import { UserError } from '../errors.js'
import type { ProcRoot } from './proc-root.js'
import { readCounterPairs } from './snmp.js'

/** Counters of RFC 4022 that a connection's beginning or end changes. */
const TURNS: ReadonlySet<string> = new Set(['ActiveOpens', 'PassiveOpens', 'AttemptFails', 'EstabResets', 'CurrEstab'])

/** TCP's connections in one namespace since this was made, by the counters of /proc/net/snmp; where there are none, nothing is known to have happened. */
export class Churn {
  readonly #root: ProcRoot
  readonly #before: string

  constructor(root: ProcRoot) {
    this.#root = root
    this.#before = this.#turns()
  }

  happened(): boolean {
    return this.#turns() !== this.#before
  }

  #turns(): string {
    try {
      const tcp = readCounterPairs(this.#root, 'snmp')?.find(({ name }) => name === 'Tcp')
      return (tcp?.counters ?? []).filter(({ name }) => TURNS.has(name)).map(({ value }) => value).join(' ')
    } catch (error) {
      if (error instanceof UserError) return ''
      throw error
    }
  }
}
