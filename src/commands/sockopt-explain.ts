/** `sockopt --explain NAME`: the story of one option, or of the fields of TCP_INFO. */
import { UserError } from '../errors.js'
import type { Io } from '../io.js'
import { ALIASES, LEVEL_NAMES, NOT_ON_LINUX, optionNamed, optionsMatching, similar, type SocketOption } from '../socket/options.js'
import { TCP_INFO_FIELDS } from '../socket/tcp-info.js'
import { print } from './arguments.js'

const ACCESS = { r: 'can be read, not set', w: 'can be set, not read', rw: 'can be read and set', '-': 'is in the headers, and not in the kernel' } as const

export function explain(word: string, asJson: boolean, io: Io): number {
  const elsewhere = NOT_ON_LINUX.get(word.toUpperCase())
  if (elsewhere !== undefined) {
    print(io, asJson ? `${JSON.stringify({ name: word.toUpperCase(), on_linux: false, story: elsewhere })}\n` : `${word.toUpperCase()}: not on Linux.\n${wrap(elsewhere, io.columns)}`)
    return 0
  }
  const options = word.includes('*') ? optionsMatching(word) : [optionNamed(word)].filter((option) => option !== undefined)
  if (options.length === 0) {
    const near = similar(word)
    throw new UserError(`${word}: no such socket option${near.length === 0 ? '' : ` (perhaps ${near.join(', ')})`}`, 2)
  }
  print(io, options.map((option) => (asJson ? `${JSON.stringify(facts(option))}\n` : story(option, io.columns))).join(asJson ? '' : '\n'))
  return 0
}

const facts = (option: SocketOption): Record<string, unknown> => ({
  name: option.name, level: LEVEL_NAMES.get(option.level), level_number: option.level, number: option.number, type: option.codec.type, unit: option.unit ?? null,
  sockets: option.on, access: option.access, since: option.since ?? null, needs: option.needs ?? null, disturbs: option.disturbs ?? null,
  sysctl: option.sysctl ?? null, range: option.range ?? null, story: option.story,
  ...(option.name === 'TCP_INFO' ? { fields: TCP_INFO_FIELDS.map(({ name, unit, story: text, since }) => ({ name, unit, story: text, since: since ?? null })) } : {}),
})

function story(option: SocketOption, width: number): string {
  const also = [...ALIASES].filter(([, name]) => name === option.name).map(([alias]) => alias)
  const lines = [
    `${option.name}: level ${LEVEL_NAMES.get(option.level)}, number ${option.number}, ${option.codec.type}${option.unit === undefined ? '' : ` in ${option.unit}`}`,
    `  ${ACCESS[option.access]}; for: ${option.on.join(', ')}${option.since === undefined ? '' : `; since Linux ${option.since}`}`,
    ...(also.length === 0 ? [] : [`  also called: ${also.join(', ')}`]),
    ...(option.range === undefined ? [] : [`  range: ${option.range[0]} to ${option.range[1]}`]),
    ...(option.needs === undefined ? [] : [`  privilege: ${option.needs}`]),
    ...(option.sysctl === undefined ? [] : [`  default from: ${option.sysctl}`]),
    ...(option.disturbs === undefined ? [] : [`  DISTURBS: reading it ${option.disturbs}; only with --disturb`]),
  ]
  const fields = option.name === 'TCP_INFO' ? TCP_INFO_FIELDS.map(({ name, unit, story: text, since }) => `  ${name.padEnd(26)}${unit.padEnd(9)} ${text}${since === undefined ? '' : ` (${since})`}\n`).join('') : ''
  return `${lines.join('\n')}\n${wrap(option.story, width)}${fields}`
}

/** Text in lines of at most `width` characters, two blanks in. */
function wrap(text: string, width: number): string {
  let wrapped = ''
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length + 3 > width) {
      wrapped += `  ${line}\n`
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return `${wrapped}  ${line}\n`
}
