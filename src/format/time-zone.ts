/**
 * Local time as libc has it: TZ names a file of transitions (tzfile(5), RFC 9636) or is itself a rule (tzset(3), POSIX.1
 * §8.3); without TZ it is /etc/localtime. Node's own Date knows neither rules nor the files of this machine.
 */
import { readFileSync } from 'node:fs'
import { u32, u64 } from '../bytes.js'

const ZONES = '/usr/share/zoneinfo'
const LOCALTIME = '/etc/localtime'
const DAY = 86400

/** The zone that TZ and the machine's files give. */
export function systemTimeZone(env: Readonly<Record<string, string | undefined>> = process.env): TimeZone {
  const tz = env['TZ']
  const name = tz === undefined ? LOCALTIME : tz.replace(/^:/, '')
  if (name === '') return new TimeZone()
  const directory = env['TZDIR'] ?? ZONES
  const file = readFile(name.startsWith('/') ? name : `${directory}/${name}`)
  const zone = file === undefined ? undefined : parseFile(file)
  if (zone !== undefined) return zone
  const rule = parseRule(name)
  if (rule === undefined || !rule.defaultChanges) return new TimeZone([], rule)
  const usual = readFile(`${directory}/${USUAL}`)
  const block = usual === undefined ? undefined : lastBlock(usual)
  return block === undefined ? new TimeZone([], rule) : new TimeZone(adapt(block.periods, rule))
}

/** The zone whose days of change are taken for a rule that names none. */
const USUAL = 'posixrules'

/** The periods of another zone with a rule's offsets: the clocks change when they show the same as there. */
function adapt(periods: readonly Period[], rule: Rule): Period[] {
  const offset = (isSummer: boolean): number => (isSummer ? rule.summer : rule.standard)
  return periods.map(({ from, isSummer }, i) => {
    const before = periods[i - 1]
    return { from: before === undefined ? from : from + before.offset - offset(before.isSummer), offset: offset(isSummer), isSummer }
  })
}

function readFile(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path)
  } catch {
    return undefined // no such zone: TZ may be a rule
  }
}

/** What local time is from `from` on: seconds east of UTC, leap seconds passed. */
interface Period {
  readonly from: number
  readonly offset: number
  readonly isSummer: boolean
}

/** Asked for a time, holds what is true there and how far around: `offset` from `from` up to `until`. */
export class TimeZone {
  readonly #periods: readonly Period[]
  readonly #rule: Rule | undefined
  /** Seconds to add to UTC, at any time in `from` … `until` - 1. */
  offset = 0
  from = 0
  until = 0

  /** @param periods in order of time; before the first, the first holds. @param rule holds behind the last */
  constructor(periods: readonly Period[] = [], rule?: Rule) {
    this.#periods = periods
    this.#rule = rule
  }

  /** Finds `offset` for `seconds` since 1970. */
  look(seconds: number): void {
    let low = 0
    let high = this.#periods.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#periods[middle]!.from <= seconds) low = middle + 1
      else high = middle
    }
    if (low === this.#periods.length && this.#rule !== undefined) return this.#follow(this.#rule, seconds)
    this.offset = this.#periods[Math.max(low - 1, 0)]?.offset ?? 0
    this.from = low === 0 ? -Infinity : this.#periods[low - 1]!.from
    this.until = this.#periods[low]?.from ?? Infinity
  }

  /** The rule's answer for the year (in UTC) of `seconds`, as libc works it out. */
  #follow(rule: Rule, seconds: number): void {
    const year = civil(Math.floor(seconds / DAY)).year
    const newYear = dayOf(year, 1, 1) * DAY
    this.from = Math.max(newYear, this.#periods.at(-1)?.from ?? -Infinity)
    this.until = dayOf(year + 1, 1, 1) * DAY
    this.offset = rule.standard
    if (rule.start === undefined || rule.end === undefined) return
    const start = changeAt(rule.start, year) - rule.standard
    const end = changeAt(rule.end, year) - rule.summer
    const isSummer = start > end ? seconds < end || seconds >= start : seconds >= start && seconds < end
    if (isSummer) this.offset = rule.summer
    for (const change of [start, end]) {
      if (change <= seconds) this.from = Math.max(this.from, change)
      else this.until = Math.min(this.until, change)
    }
  }
}

/** A day of the year, and the second of it when the clocks change. */
interface Change {
  /** M month.week.weekday; J day 1 to 365, February 29 never counted; N day 0 to 365 */
  readonly kind: 'M' | 'J' | 'N'
  readonly month: number
  readonly week: number
  readonly day: number
  readonly second: number
}

/** Offsets in seconds east of UTC. */
interface Rule {
  readonly standard: number
  readonly summer: number
  readonly start?: Change | undefined
  readonly end?: Change | undefined
  /** The days of change are not in the rule. */
  readonly defaultChanges?: boolean
}

const NAME = /^(?:<[A-Za-z0-9+-]{3,}>|[A-Za-z]{3,})/
const OFFSET = /^([+-]?)(\d{1,5})(?::(\d{1,5})(?::(\d{1,5}))?)?/
const CHANGE = /^,(?:M(\d+)\.(\d+)\.(\d+)|J(\d+)|(\d+))(?:\/(-?)(\d+)(?::(\d+)(?::(\d+))?)?)?/
/** When a rule names summer time but not its days. */
const DEFAULT_CHANGES = ',M3.2.0,M11.1.0'
const DEFAULT_SECOND = 2 * 3600

/** `EST5EDT4,M3.2.0,M11.1.0`; undefined (UTC) where libc would not read it either. */
function parseRule(text: string): Rule | undefined {
  const name = NAME.exec(text)
  if (name === null) return undefined
  let rest = text.slice(name[0].length)
  const offset = OFFSET.exec(rest)
  if (offset === null) return undefined
  rest = rest.slice(offset[0].length)
  const standard = offsetOf(offset)
  const summerName = NAME.exec(rest)
  if (summerName === null) return { standard, summer: standard }
  rest = rest.slice(summerName[0].length)
  const summerOffset = OFFSET.exec(rest)
  if (summerOffset !== null) rest = rest.slice(summerOffset[0].length)
  const summer = summerOffset === null ? standard + 3600 : offsetOf(summerOffset)
  const defaultChanges = rest === '' || rest === ','
  if (defaultChanges) rest = DEFAULT_CHANGES
  const start = CHANGE.exec(rest)
  const end = start === null ? null : CHANGE.exec(rest.slice(start[0].length))
  if (start === null || end === null) return { standard, summer: standard }
  return { standard, summer, start: changeOf(start), end: changeOf(end), defaultChanges }
}

/** West is positive in a rule; more than 24 hours counts as 24. */
function offsetOf([, sign, hours, minutes = '0', seconds = '0']: RegExpExecArray): number {
  const size = Math.min(Number(hours), 24) * 3600 + Math.min(Number(minutes), 59) * 60 + Math.min(Number(seconds), 59)
  return sign === '-' ? size : -size
}

function changeOf([, month, week, weekday, julian, day, sign, hours, minutes = '0', seconds = '0']: RegExpExecArray): Change {
  const size = hours === undefined ? DEFAULT_SECOND : Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
  const second = sign === '-' ? -size : size
  if (month !== undefined) return { kind: 'M', month: Number(month), week: Number(week), day: Number(weekday), second }
  return julian === undefined ? { kind: 'N', month: 0, week: 0, day: Number(day), second } : { kind: 'J', month: 0, week: 0, day: Number(julian), second }
}

/** Seconds since 1970 on a clock that never changes. */
function changeAt({ kind, month, week, day, second }: Change, year: number): number {
  const newYear = dayOf(year, 1, 1)
  if (kind === 'N') return (newYear + day) * DAY + second
  if (kind === 'J') return (newYear + day - 1 + (day >= 60 && isLeap(year) ? 1 : 0)) * DAY + second
  const first = dayOf(year, month, 1)
  // 1970 began on a Thursday
  const weekday = (((first + 4) % 7) + 7) % 7
  let date = first + ((day - weekday + 7) % 7) + (week - 1) * 7
  while (date >= dayOf(year, month + 1, 1)) date -= 7
  return date * DAY + second
}

const isLeap = (year: number): boolean => dayOf(year, 3, 1) - dayOf(year, 2, 1) === 29

/** Days from 1970-01-01 to a date of the Gregorian calendar; month 13 is January of the next year. */
function dayOf(year: number, month: number, day: number): number {
  return Math.floor(Date.UTC(year, month - 1, day) / 1000 / DAY)
}

export interface CivilDate {
  year: number
  month: number
  day: number
}

/** The date that is `days` after 1970-01-01, written into `date` (a new one without it). */
export function civil(days: number, date: CivilDate = { year: 0, month: 0, day: 0 }): CivilDate {
  // years that begin in March end with the leap day; eras of 400 years repeat
  const shifted = days + 719468
  const era = Math.floor(shifted / 146097)
  const dayOfEra = shifted - era * 146097
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365)
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  date.day = dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1
  date.month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
  date.year = yearOfEra + era * 400 + (date.month <= 2 ? 1 : 0)
  return date
}

const MAGIC = 0x545a6966 // TZif
const HEADER = 44

/** A tzfile(5); undefined when it is none. Version 2 and later repeat the data in 64 bits, and close with a rule. */
function parseFile(b: Uint8Array): TimeZone | undefined {
  const block = lastBlock(b)
  if (block === undefined) return undefined
  const footer = Buffer.from(b.subarray(block.end)).toString('latin1').split('\n')[1] ?? ''
  return new TimeZone(block.periods, parseRule(footer))
}

/** The 64-bit data where there is, else that in 32 bits. */
function lastBlock(b: Uint8Array): Block | undefined {
  if (b.length < HEADER || u32(b, 0) !== MAGIC) return undefined
  const first = parsePeriods(b, 0, 4)
  if (b[4] === 0) return first
  return first.end + HEADER > b.length ? undefined : parsePeriods(b, first.end, 8)
}

interface Block {
  readonly periods: readonly Period[]
  /** Where the block ends. */
  readonly end: number
}

/** The block at `at`, with times of `size` bytes: types by transition, then leap seconds. */
function parsePeriods(b: Uint8Array, at: number, size: 4 | 8): Block {
  const [universal, standard, leaps, times, types, letters] = [20, 24, 28, 32, 36, 40].map((field) => u32(b, at + field)) as
    [number, number, number, number, number, number]
  const timesAt = at + HEADER
  const indexesAt = timesAt + times * size
  const typesAt = indexesAt + times
  const leapsAt = typesAt + types * 6 + letters
  const end = leapsAt + leaps * (size + 4) + standard + universal
  if (end > b.length) return { periods: [], end }
  const time = (from: number): number => (size === 8 ? Number(BigInt.asIntN(64, u64(b, from))) : u32(b, from) | 0)
  const period = (from: number, type: number): Period => ({ from, offset: u32(b, typesAt + type * 6) | 0, isSummer: b[typesAt + type * 6 + 4] !== 0 })
  const first = Array.from({ length: types }, (_, type) => type).find((type) => b[typesAt + type * 6 + 4] === 0) ?? 0
  const zone: Period[] = types === 0 ? [] : [period(-Infinity, first)]
  for (let i = 0; i < times; i++) zone.push(period(time(timesAt + i * size), b[indexesAt + i]!))
  const passed: Period[] = []
  for (let i = 0; i < leaps; i++) {
    const leap = leapsAt + i * (size + 4)
    passed.push({ from: time(leap), offset: -(u32(b, leap + size) | 0), isSummer: false })
  }
  return { periods: leaps === 0 ? zone : merge(zone, passed), end }
}

/** Both in force at once: their offsets add. */
function merge(zone: readonly Period[], passed: readonly Period[]): Period[] {
  const starts = [...new Set([...zone, ...passed].map(({ from }) => from))].toSorted((a, b) => a - b)
  const at = (periods: readonly Period[], from: number): number => periods.findLast((period) => period.from <= from)?.offset ?? 0
  return starts.map((from) => ({ from, offset: at(zone, from) + at(passed, from), isSummer: false }))
}
