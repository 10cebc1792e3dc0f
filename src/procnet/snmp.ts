/**
 * Counters. /proc/net/snmp and /proc/net/netstat (Linux net/ipv4/proc.c) have pairs of lines, `Tcp: names…` and `Tcp: values…`;
 * /proc/net/snmp6 (net/ipv6/proc.c) a line for each, `Ip6InReceives  220`. Values may be negative (MaxConn).
 */
import type { ProcRoot } from './proc-root.js'

export interface Counter {
  readonly name: string
  /** As the file has it: 64 bits do not fit a number. */
  readonly value: string
}

export interface CounterGroup {
  readonly name: string
  readonly counters: readonly Counter[]
}

const VALUE = /^-?\d{1,20}$/
/** Longer is no name of the kernel's. */
const MAX_NAME = 64

const text = (b: Uint8Array): string => Buffer.from(b.buffer, b.byteOffset, b.byteLength).toString('latin1')

/** The groups of a file of pairs, in its order; undefined when there is no file. Lines that do not pair up are passed over. */
export function readCounterPairs(root: ProcRoot, file: 'snmp' | 'netstat'): CounterGroup[] | undefined {
  const bytes = root.file(file)
  if (bytes === undefined) return undefined
  const groups: CounterGroup[] = []
  const lines = text(bytes).split('\n')
  for (let i = 0; i + 1 < lines.length; i++) {
    const [title = '', ...names] = lines[i]!.split(' ')
    const [again = '', ...values] = lines[i + 1]!.split(' ')
    if (title !== again || !/^[A-Za-z0-9]{1,64}:$/.test(title)) continue
    const counters: Counter[] = []
    for (let at = 0; at < Math.min(names.length, values.length); at++) {
      if (isName(names[at]!) && VALUE.test(values[at]!)) counters.push({ name: names[at]!, value: values[at]! })
    }
    groups.push({ name: title.slice(0, -1), counters })
    i++
  }
  return groups
}

/** The counters of snmp6; undefined when there is no file. */
export function readSnmp6(root: ProcRoot): Counter[] | undefined {
  const bytes = root.file('snmp6')
  if (bytes === undefined) return undefined
  const counters: Counter[] = []
  for (const line of text(bytes).split('\n')) {
    const [name = '', value = ''] = line.split(/[ \t]+/)
    if (isName(name) && VALUE.test(value)) counters.push({ name, value })
  }
  return counters
}

const isName = (name: string): boolean => name.length <= MAX_NAME && /^[A-Za-z0-9]+$/.test(name)
