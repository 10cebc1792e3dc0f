/** Which protocols this kernel has: as socket() answers, and as /proc/net/protocols lists them. */
import { readFileSync } from 'node:fs'
import type { Tools } from './probe.js'

export interface Presence {
  /** `agrees`, or what does not. */
  readonly verdict: string
  /** Both, in full. */
  readonly detail: string
}

/**
 * Whether both say the same. The list is read after socket(), which may load a module.
 * @param name as the list has it
 */
export function presence(p: Tools, name: string, family: number, type: number, protocol: number): Presence {
  const made = p.attempt(() => p.sys.socket(family, type, protocol))
  const there = typeof made === 'number'
  const listed = readFileSync('/proc/net/protocols', 'latin1').split('\n').some((line) => line.startsWith(`${name} `))
  const detail = `${there ? 'present' : 'absent'}: socket() ${there ? 'makes one' : `fails with ${made}`}, the list ${listed ? 'has' : 'does not have'} ${name}`
  return { verdict: there === listed ? 'agrees' : 'does not agree', detail }
}
