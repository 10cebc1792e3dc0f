/**
 * Holds values to the JSON schemas of docs/: the keywords of JSON Schema 2020-12 that they use, and any other is an error, so that none is passed over. Stricter
 * than the schema in one thing: a member that it does not name is a breach, though it may leave room for later ones.
 */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { ROOT } from './run.js'

export interface Schema {
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: false
  readonly items?: Schema
  readonly description?: string
  readonly title?: string
  readonly $schema?: string
  readonly $id?: string
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, Schema>>
  readonly if?: Schema
  readonly then?: Schema
  readonly else?: Schema
  readonly oneOf?: readonly Schema[]
}

const KNOWN = new Set([
  'type', 'const', 'enum', 'pattern', 'minimum', 'maximum', 'required', 'properties', 'additionalProperties', 'items', 'description', 'title', '$schema', '$id', '$ref', '$defs', 'if', 'then', 'else', 'oneOf',
])

/** Schemas whose keywords are all known. */
const CHECKED = new WeakSet<Schema>()

export const readSchema = (name: string): Schema => JSON.parse(readFileSync(resolve(ROOT, 'docs', name), 'utf8')) as Schema

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const typeName = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value)

/** Every schema inside `rule`, itself first. */
export const parts = (rule: Schema): Schema[] => [
  rule,
  ...[rule.properties, rule.$defs].flatMap((named) => Object.values(named ?? {})).flatMap(parts),
  ...[rule.items, rule.if, rule.then, rule.else, ...(rule.oneOf ?? [])].flatMap((part) => (part === undefined ? [] : parts(part))),
]

/** What of `value` breaks the schema `root`. @throws Error when the schema has a keyword that is not judged here */
export function breaches(value: unknown, root: Schema): string[] {
  const unknown = CHECKED.has(root) ? [] : parts(root).flatMap(Object.keys).filter((keyword) => !KNOWN.has(keyword))
  if (unknown.length > 0) throw new Error(`keywords that test/json-schema.ts does not judge: ${unknown.join(', ')}`)
  CHECKED.add(root)
  return new Judge(root).judge(value, [root], '$', true)
}

class Judge {
  readonly #root: Schema

  constructor(root: Schema) {
    this.#root = root
  }

  /** Holds one value to all of `given`. @param named members that no rule names are breaches */
  judge(value: unknown, given: readonly Schema[], at: string, named: boolean): string[] {
    const rules = given.flatMap((rule) => this.#rulesFor(value, rule))
    const found = rules.flatMap((rule) => judgeValue(value, rule, at))
    if (found.length > 0) return found
    if (Array.isArray(value)) {
      const items = rules.flatMap((rule) => rule.items ?? [])
      return value.flatMap((item, i) => this.judge(item, items, `${at}[${i}]`, named))
    }
    if (!isObject(value)) return []
    const isDescribed = rules.some(({ properties }) => properties !== undefined)
    return Object.entries(value).flatMap(([name, part]) => {
      const members = rules.flatMap(({ properties }) => properties?.[name] ?? [])
      return members.length === 0 && isDescribed && named ? [`${at}.${name}: not documented`] : this.judge(part, members, `${at}.${name}`, named)
    })
  }

  /** A rule with those that it refers to, and those of the branches that `value` takes. */
  #rulesFor(value: unknown, rule: Schema): Schema[] {
    const fits = (one: Schema): boolean => this.judge(value, [one], '', false).length === 0
    const more: Schema[] = []
    if (rule.$ref !== undefined) more.push(this.#definition(rule.$ref))
    if (rule.if !== undefined) more.push((fits(rule.if) ? rule.then : rule.else) ?? {})
    if (rule.oneOf !== undefined) {
      const fitting = rule.oneOf.filter(fits)
      more.push(fitting.length === 1 ? fitting[0]! : { enum: [] })
    }
    return [rule, ...more.flatMap((one) => this.#rulesFor(value, one))]
  }

  #definition(reference: string): Schema {
    const found = this.#root.$defs?.[/^#\/\$defs\/(\w+)$/.exec(reference)?.[1] ?? '']
    if (found === undefined) throw new Error(`${reference}: no such definition`)
    return found
  }
}

function judgeValue(value: unknown, rule: Schema, at: string): string[] {
  const found: string[] = []
  const types = rule.type === undefined ? [] : [rule.type].flat(), name = typeName(value)
  if (types.length > 0 && !types.includes(name) && !(name === 'integer' && types.includes('number'))) return [`${at}: ${name}, not ${types.join(' or ')}`]
  if (rule.const !== undefined && value !== rule.const) found.push(`${at}: not ${JSON.stringify(rule.const)}`)
  if (rule.enum !== undefined && !rule.enum.includes(value)) found.push(`${at}: ${String(value)} is none of the words`)
  if (typeof value === 'string' && rule.pattern !== undefined && !new RegExp(rule.pattern, 'u').test(value)) found.push(`${at}: ${value} against ${rule.pattern}`)
  if (typeof value === 'number' && (value < (rule.minimum ?? -Infinity) || value > (rule.maximum ?? Infinity))) found.push(`${at}: ${value} out of range`)
  if (isObject(value)) for (const member of rule.required ?? []) if (!(member in value)) found.push(`${at}: no ${member}`)
  return found
}
