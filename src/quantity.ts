/** Figures for people: spans of time and amounts of bytes, three digits with a unit. The one place: verdicts, tables and pictures say the same span alike. */

// Sizes and units stand apart: to take a pair to pieces costs an iterator each, in code that runs before it is compiled.
const SPANS = [8.64e13, 3.6e12, 6e10, 1e9, 1e6, 1e3, 1]
const SPAN_UNITS = ['d', 'h', 'min', 's', 'ms', 'us', 'ns']

/** What would be shown as a thousand of a unit is one of the next. */
const NEARLY = 0.9995

/** `35us`, `1.2ms`, `203ms`, `2.5s`, `3.2min`, `12d`: from days down to nanoseconds; nothing is `0us`. With `unicode` `µs`. @param blank between number and unit */
export function spanText(nanoseconds: number, unicode: boolean, blank = ''): string {
  for (let i = 0; i < SPANS.length; i++) {
    const size = SPANS[i]!
    if (nanoseconds < size * NEARLY) continue
    const unit = SPAN_UNITS[i]!
    return `${three(nanoseconds / size)}${blank}${unit === 'us' && unicode ? 'µs' : unit}`
  }
  return `0${blank}${unicode ? 'µs' : 'us'}`
}

/** In a sentence or a table: `1.2 ms`, `62 µs`. */
export const span = (nanoseconds: number): string => spanText(nanoseconds, true, ' ')

const AMOUNTS = [1e12, 1e9, 1e6, 1e3]
const AMOUNT_UNITS = ['TB', 'GB', 'MB', 'kB']

/** `207 kB`, `1.45 MB`, `32 B`: powers of ten. */
export function bytesText(bytes: number): string {
  for (let i = 0; i < AMOUNTS.length; i++) if (bytes >= AMOUNTS[i]! * NEARLY) return `${three(bytes / AMOUNTS[i]!)} ${AMOUNT_UNITS[i]!}`
  return `${Math.round(bytes)} B`
}

/** Three digits where they mean something; trailing zeros of a fraction stay away. */
function three(value: number): string {
  const digits = value >= 100 * NEARLY ? 0 : value >= 10 * NEARLY ? 1 : 2
  const power = digits === 0 ? 1 : digits === 1 ? 10 : 100, n = Math.round(value * power)
  // What lies in the middle, or seems to, `toFixed` decides: it is exact, and ten times slower.
  if (Math.abs(Math.abs(value * power - n) - 0.5) < 1e-6) return String(Number(value.toFixed(digits)))
  return String(n / power)
}
