import type { Io } from '../io.js'
export function run(args: string[], io: Io): number {
  io.err(`not yet: ${args.join(' ')}`)
  return 1
}
