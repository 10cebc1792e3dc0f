/** Whether and how commands colour their text: one rule for all. */
import type { Io } from '../io.js'

const isOn = (value: string | undefined): boolean => value !== undefined && value !== '' && value !== '0'

/**
 * Colours are for terminals that have them. NO_COLOR, not empty, takes them away (no-color.org), before all else; CLICOLOR_FORCE or FORCE_COLOR, neither empty nor 0, want them in a
 * pipe, too; CLICOLOR=0 (bixense.com/clicolors) and TERM=dumb want none.
 */
export function isColored({ env, isTerminal }: Pick<Io, 'env' | 'isTerminal'>): boolean {
  if ((env['NO_COLOR'] ?? '') !== '') return false
  if (isOn(env['CLICOLOR_FORCE']) || isOn(env['FORCE_COLOR'])) return true
  return isTerminal && env['CLICOLOR'] !== '0' && env['TERM'] !== 'dumb'
}

/** chalk's names. */
export type Color = 'red' | 'green' | 'yellow' | 'blue' | 'magenta' | 'cyan' | 'gray' | 'bold'

/** Colours a piece of text, or leaves it as it is. chalk is read only where there are colours. */
export async function painter(io: Pick<Io, 'env' | 'isTerminal'>): Promise<(color: Color, text: string) => string> {
  if (!isColored(io)) return (_color, text) => text
  const { Chalk } = await import('chalk')
  const chalk = new Chalk({ level: 1 })
  return (color, text) => chalk[color](text)
}
