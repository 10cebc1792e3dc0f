/** The time at the head of a line, in the six forms of -t. Local time is that of TZ. */
import { token, type LineWriter } from './line.js'
import type { PrintOptions } from './options.js'

const MINUS = 45

/** Writes times for one run: the deltas of -ttt and -ttttt count from lines written before. */
export class Timestamps {
  readonly #form: number
  readonly #nano: boolean
  /** What #prefix was made for: a whole second since 1970. */
  #prefixSecond = -1
  #prefix = token('')
  /** A fraction follows the prefix: not so when the time cannot be told. */
  #hasFraction = true
  #hasReference = false
  #referenceSeconds = 0
  #referenceNanos = 0

  constructor(options: Pick<PrintOptions, 'time' | 'nano'>) {
    this.#form = options.time
    this.#nano = options.nano
  }

  /** The time and the blank behind it; nothing with -t. `nanos` may be 10^9 and more, where a file says so. */
  write(out: LineWriter, seconds: number, nanos: number): void {
    switch (this.#form) {
      case 0:
      case 4:
        if (seconds !== this.#prefixSecond) this.#renew(seconds)
        out.put(this.#prefix)
        if (this.#hasFraction) this.#fraction(out, nanos)
        break
      case 2:
        out.dec(seconds).byte(46)
        this.#fraction(out, nanos)
        break
      case 3:
      case 5:
        this.#delta(out, seconds, nanos)
        break
      default:
        return
    }
    out.byte(32)
  }

  /** As `write`, for a line that is printed elsewhere. */
  pass(seconds: number, nanos: number): void {
    if (this.#form !== 3 && (this.#form !== 5 || this.#hasReference)) return
    this.#hasReference = true
    this.#referenceSeconds = seconds
    this.#referenceNanos = nanos
  }

  #fraction(out: LineWriter, nanos: number): void {
    if (this.#nano) out.decZero(nanos, 9)
    else if (nanos < 1e9) out.dec6(Math.floor(nanos / 1000))
    else out.decZero(Math.floor(nanos / 1000), 6)
  }

  #renew(seconds: number): void {
    this.#prefixSecond = seconds
    this.#hasFraction = seconds < 0x80000000
    if (!this.#hasFraction) {
      this.#prefix = token('[Error converting time]')
      return
    }
    const time = new Date(seconds * 1000)
    const two = (n: number): string => String(n).padStart(2, '0')
    const clock = `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}.`
    this.#prefix = token(this.#form === 4 ? `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())} ${clock}` : clock)
  }

  #delta(out: LineWriter, seconds: number, nanos: number): void {
    if (!this.#hasReference) {
      this.#hasReference = true
      this.#referenceSeconds = seconds
      this.#referenceNanos = nanos
    }
    let wholeSeconds = seconds - this.#referenceSeconds
    let rest = nanos - this.#referenceNanos
    const negative = wholeSeconds < 0 || (wholeSeconds === 0 && rest < 0)
    if (negative) {
      wholeSeconds = -wholeSeconds
      rest = -rest
    }
    if (rest < 0) {
      wholeSeconds--
      rest += 1e9
    }
    out.byte(negative ? MINUS : 32)
    out.decZero(Math.floor(wholeSeconds / 3600) % 24, 2).byte(58).decZero(Math.floor(wholeSeconds / 60) % 60, 2).byte(58).decZero(wholeSeconds % 60, 2).byte(46)
    this.#fraction(out, rest)
    if (this.#form === 3) {
      this.#referenceSeconds = seconds
      this.#referenceNanos = nanos
    }
  }
}
