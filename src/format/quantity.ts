/** Figures for people: spans of time and amounts of bytes, three digits or so with a unit. */

const SPANS: ReadonlyArray<readonly [nanoseconds: number, unit: string]> = [[3.6e12, 'h'], [6e10, 'min'], [1e9, 's'], [1e6, 'ms'], [1e3, 'us']]

/** `35us`, `1.20ms`, `203ms`, `2.50s`, `3.2min`; below a microsecond `0us`. With `unicode` `µs`. */
export function spanText(nanoseconds: number, unicode: boolean): string {
  for (const [size, unit] of SPANS) {
    if (nanoseconds < size) continue
    return `${three(nanoseconds / size)}${unit === 'us' && unicode ? 'µs' : unit}`
  }
  return unicode ? '0µs' : '0us'
}

const AMOUNTS: ReadonlyArray<readonly [bytes: number, unit: string]> = [[1e12, 'TB'], [1e9, 'GB'], [1e6, 'MB'], [1e3, 'kB']]

/** `207 kB`, `1.45 MB`, `32 B`: powers of ten. */
export function bytesText(bytes: number): string {
  for (const [size, unit] of AMOUNTS) if (bytes >= size) return `${three(bytes / size)} ${unit}`
  return `${bytes} B`
}

/** Three digits where they mean something; trailing zeros of a fraction stay away. */
function three(value: number): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2
  const text = value.toFixed(digits)
  return digits === 0 ? text : text.replace(/\.?0+$/, '')
}
