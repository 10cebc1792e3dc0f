/** Every experiment by name, in the order of `probe all`. One is read only when it is run. */
import type { Experiment } from './experiment.js'

export interface Listed {
  readonly summary: string
  readonly load: () => Promise<{ readonly default: Experiment }>
}

export const EXPERIMENTS: ReadonlyMap<string, Listed> = new Map<string, Listed>([
  ['names', { summary: 'implicit bind, listen without bind, and what getsockname and getpeername say at each step', load: () => import('./experiments/names.js') }],
  ['simultaneous-close', { summary: 'both ends close at once: FINs cross, CLOSING is reached', load: () => import('./experiments/simultaneous-close.js') }],
])
