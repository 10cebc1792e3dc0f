/** The filter of one run of `sockscope tcpdump`. */
import { readFileSync } from 'node:fs'
import type { FrameFilter } from '../capture/frame-filter.js'
import { UserError, reason } from '../errors.js'
import type { TcpdumpOptions } from './tcpdump-options.js'

/** The filter that the command line or -F gives; libpcap is loaded only when there is one. */
export async function filterOf(options: TcpdumpOptions): Promise<FrameFilter | undefined> {
  const expression = expressionOf(options)
  if (expression === '') return undefined
  const [{ FrameFilter: Made }, { loadLibpcap }] = await Promise.all([import('../capture/frame-filter.js'), import('../capture/libpcap.js')])
  return new Made(await loadLibpcap(), expression, options.optimize)
}

/** -F FILE takes the place of the words. */
export function expressionOf(options: TcpdumpOptions): string {
  const path = options.filterFile
  if (path === undefined) return options.expression
  try {
    return readFileSync(path === '-' ? 0 : path, 'latin1')
      .split('\n')
      .map((line) => line.replace(/#.*/, ''))
      .join('\n')
      .trim()
  } catch (error) {
    throw new UserError(`-F ${path}: ${reason(error)} (give a file that holds a filter)`)
  }
}
