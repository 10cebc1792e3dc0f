/**
 * Floats of packets — IEEE 754, single precision — as C's printf writes them. Halves go to even: toFixed and toPrecision
 * round them up, and toFixed turns to exponents from 10²¹ on.
 */

/** The number that a word's bits stand for. */
export function single(word: number): number {
  const bits = new DataView(new ArrayBuffer(4))
  bits.setUint32(0, word)
  return bits.getFloat32(0)
}

/** The word's number times `factor`, by `divisor`, each step rounded to single precision, as %.3f. */
export const fixed3 = (word: number, factor: number, divisor: number): string => text(word, factor, divisor, (value) => {
  const digits = scaled(value, 3)
  return `${digits / 1000n}.${String(digits % 1000n).padStart(3, '0')}`
})

/** The same as %.10g. */
export const general10 = (word: number, factor: number, divisor: number): string => text(word, factor, divisor, general)

/** The sign of a NaN is printed too, and JavaScript may lose it: it is taken from the word. */
function text(word: number, factor: number, divisor: number, magnitude: (value: number) => string): string {
  const sign = word >>> 31 === 1 ? '-' : ''
  const value = Math.abs(Math.fround(Math.fround(single(word) * factor) / divisor))
  if (Number.isNaN(value)) return `${sign}nan`
  return sign + (value === Infinity ? 'inf' : magnitude(value))
}

const DIGITS = 10

function general(value: number): string {
  if (value === 0) return '0'
  let exponent = Number(value.toExponential(20).split('e')[1])
  let digits = scaled(value, DIGITS - 1 - exponent)
  if (digits === 10n ** BigInt(DIGITS)) {
    digits /= 10n
    exponent++
  }
  const all = String(digits)
  if (exponent < -4 || exponent >= DIGITS) {
    const mantissa = trimmed(`${all[0]}.${all.slice(1)}`)
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
  }
  if (exponent < 0) return trimmed(`0.${'0'.repeat(-exponent - 1)}${all}`)
  return trimmed(`${all.slice(0, exponent + 1)}.${all.slice(exponent + 1)}`)
}

/** Without the zeros at the end of a fraction. */
const trimmed = (decimal: string): string => decimal.replace(/\.?0*$/, '')

/** `value` times ten to the power of `places`, rounded to an integer. */
function scaled(value: number, places: number): bigint {
  const bits = new DataView(new ArrayBuffer(8))
  bits.setFloat64(0, value)
  const word = bits.getBigUint64(0)
  const exponent = Number(word >> 52n)
  const mantissa = (word & 0xfffffffffffffn) | (exponent === 0 ? 0n : 1n << 52n)
  const shift = BigInt(Math.max(exponent, 1) - 1075)
  const numerator = mantissa * (places > 0 ? 10n ** BigInt(places) : 1n) * (shift > 0n ? 1n << shift : 1n)
  const denominator = (places < 0 ? 10n ** BigInt(-places) : 1n) * (shift < 0n ? 1n << -shift : 1n)
  const whole = numerator / denominator
  const rest = (numerator % denominator) * 2n
  return rest > denominator || (rest === denominator && (whole & 1n) === 1n) ? whole + 1n : whole
}
