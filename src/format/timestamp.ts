/** The time at the head of a line, in the six forms of -t. Local time is that of TZ. */
import { token, type LineWriter } from './line.js'
import type { PrintOptions } from './options.js'
import { civil, systemTimeZone, type CivilDate, type TimeZone } from './time-zone.js'

const MINUS = 45
const COLON = 58
const DOT = 46
const DAY = 86400
/** tcpdump prints no time that has bit 31 set, whatever its upper bits are: it takes it for a negative one. */
const LIMIT = 0x80000000
const WRAP = 0x100000000
const low32 = (seconds: number): number => ((seconds % WRAP) + WRAP) % WRAP
/** From here on a year takes more than 32 bits: the C library gives no date. */
const LAST_YEAR = 6.77e16
const isPrintable = (seconds: number): boolean => (seconds >= 0 && seconds < LIMIT) || (low32(seconds) < LIMIT && Math.abs(seconds) < LAST_YEAR)
/** Seconds of pcap files have 32 bits and a sign; those of pcapng may have more. */
const signed = (seconds: number): number => (seconds >= LIMIT && seconds < WRAP ? seconds - WRAP : seconds)
const UNPRINTABLE = token('[Error converting time]')

/** Writes times for one run: the deltas of -ttt and -ttttt count from lines written before. */
export class Timestamps {
  readonly #form: number
  readonly #nano: boolean
  /** Digits' worth of one second: fractions are counted in microseconds or nanoseconds, as they are shown. */
  readonly #second: number
  #zone: TimeZone | undefined
  /** What #prefix was made for: a whole second since 1970. */
  #prefixSecond = -1
  #prefix = UNPRINTABLE
  readonly #date: CivilDate = { year: 0, month: 0, day: 0 }
  /** Both 0: there is none yet, as tcpdump has it, for which a packet of 1970-01-01 00:00:00 is none either. */
  #referenceSeconds = 0
  #referenceFraction = 0

  constructor(options: Pick<PrintOptions, 'time' | 'nano'>, zone?: TimeZone) {
    this.#form = options.time
    this.#nano = options.nano
    this.#second = options.nano ? 1e9 : 1e6
    this.#zone = zone
  }

  /** The time and the blank behind it; nothing with -t. `nanos` may be 10^9 and more, where a file says so. */
  write(out: LineWriter, seconds: number, nanos: number): void {
    switch (this.#form) {
      case 0:
      case 4:
        if (seconds !== this.#prefixSecond) this.#renew(seconds)
        out.put(this.#prefix)
        if (isPrintable(seconds)) this.#fraction(out, this.#units(nanos))
        break
      case 2:
        if (low32(seconds) < LIMIT) this.#fraction(out.dec(low32(seconds)).byte(DOT), this.#units(nanos))
        else out.put(UNPRINTABLE)
        break
      case 3:
      case 5:
        this.#delta(out, signed(seconds), this.#units(nanos))
        break
      default:
        return
    }
    out.byte(32)
  }

  /** As `write`, for a line that is printed elsewhere. */
  pass(seconds: number, nanos: number): void {
    if (this.#form === 3 || (this.#form === 5 && !this.#hasReference)) this.#refer(signed(seconds), this.#units(nanos))
  }

  /** The time that the next delta counts from: to be handed on to where the next line is printed. */
  reference(): { readonly seconds: number; readonly fraction: number } {
    return { seconds: this.#referenceSeconds, fraction: this.#referenceFraction }
  }

  /** Takes over another's reference. */
  resume(seconds: number, fraction: number): void {
    this.#refer(seconds, fraction)
  }

  get #hasReference(): boolean {
    return this.#referenceSeconds !== 0 || this.#referenceFraction !== 0
  }

  #refer(seconds: number, fraction: number): void {
    this.#referenceSeconds = seconds
    this.#referenceFraction = fraction
  }

  /** Fraction of a second in the units shown; it may be negative, and more than a second. Of what is printed, 32 bits are. */
  #units(nanos: number): number {
    return this.#nano ? nanos : Math.trunc(nanos / 1000)
  }

  #fraction(out: LineWriter, units: number): void {
    if (this.#nano) out.decZero(units >>> 0, 9)
    else if (units >>> 0 < 1e6) out.dec6(units)
    else out.decZero(units >>> 0, 6)
  }

  #renew(seconds: number): void {
    this.#prefixSecond = seconds
    if (!isPrintable(seconds)) {
      this.#prefix = UNPRINTABLE
      return
    }
    const zone = (this.#zone ??= systemTimeZone())
    if (!(seconds >= zone.from && seconds < zone.until)) zone.look(seconds)
    const local = seconds + zone.offset
    const day = Math.floor(local / DAY)
    const second = local - day * DAY
    const clock = `${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}.`
    this.#prefix = token(this.#form === 4 ? `${this.#dateText(day)} ${clock}` : clock)
  }

  #dateText(days: number): string {
    const { year, month, day } = civil(days, this.#date)
    return `${year}-${two(month)}-${two(day)}`
  }

  #delta(out: LineWriter, seconds: number, fraction: number): void {
    if (!this.#hasReference) this.#refer(seconds, fraction)
    let whole = seconds - this.#referenceSeconds
    let rest = fraction - this.#referenceFraction
    const negative = whole < 0 || (whole === 0 && rest < 0)
    if (negative) {
      whole = -whole
      rest = -rest
    }
    if (rest < 0) {
      whole--
      rest += this.#second
    }
    out.byte(negative ? MINUS : 32)
    if (!isPrintable(whole)) out.put(UNPRINTABLE)
    else {
      const second = whole % DAY
      out.dec2(Math.floor(second / 3600)).byte(COLON).dec2(Math.floor(second / 60) % 60).byte(COLON).dec2(second % 60).byte(DOT)
      this.#fraction(out, rest)
    }
    if (this.#form === 3) this.#refer(seconds, fraction)
  }
}

const two = (n: number): string => String(n).padStart(2, '0')
