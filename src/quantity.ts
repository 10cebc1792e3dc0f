/** Figures for people: spans of time and amounts of bytes, three digits with a unit. The one place: verdicts, tables and pictures say the same span alike. */

const SPANS: ReadonlyArray<readonly [nanoseconds: number, unit: string]> = [[8.64e13, 'd'], [3.6e12, 'h'], [6e10, 'min'], [1e9, 's'], [1e6, 'ms'], [1e3, 'us'], [1, 'ns']]

/** What would be shown as a thousand of a unit is one of the next. */
const NEARLY = 0.9995

/** `35us`, `1.2ms`, `203ms`, `2.5s`, `3.2min`, `12d`: from days down to nanoseconds; nothing is `0us`. With `unicode` `µs`. @param blank between number and unit */
export function spanText(nanoseconds: number, unicode: boolean, blank = ''): string {
  for (let i = 0; i < SPANS.length; i++) {
    const pair = SPANS[i]!, size = pair[0], unit = pair[1] // [size, unit] would cost an iterator each, in code that mostly runs before it is compiled
    if (nanoseconds < size * NEARLY) continue
    return `${three(nanoseconds / size)}${blank}${unit === 'us' && unicode ? 'µs' : unit}`
  }
  return `0${blank}${unicode ? 'µs' : 'us'}`
}

/** In a sentence or a table: `1.2 ms`, `62 µs`. */
export const span = (nanoseconds: number): string => spanText(nanoseconds, true, ' ')

const AMOUNTS: ReadonlyArray<readonly [bytes: number, unit: string]> = [[1e12, 'TB'], [1e9, 'GB'], [1e6, 'MB'], [1e3, 'kB']]

/** `207 kB`, `1.45 MB`, `32 B`: powers of ten. */
export function bytesText(bytes: number): string {
  for (let i = 0; i < AMOUNTS.length; i++) {
    const pair = AMOUNTS[i]!, size = pair[0], unit = pair[1]
    if (bytes >= size * NEARLY) return `${three(bytes / size)} ${unit}`
  }
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
