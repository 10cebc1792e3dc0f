/** Sequence numbers are compared modulo 2^32 — RFC 9293 §3.4. Only here. */

/** a − b, as a 32-bit unsigned number. */
export const minus = (a: number, b: number): number => (a - b) >>> 0
/** a + n, as a 32-bit unsigned number. */
export const plus = (a: number, n: number): number => (a + n) >>> 0
/** How far a is behind b, signed; as a 32-bit integer, for the hot path. Takes signed and unsigned numbers alike. */
export const distance = (a: number, b: number): number => (a - b) | 0
/** a comes before b. Takes signed and unsigned numbers alike. */
export const before = (a: number, b: number): boolean => ((a - b) | 0) < 0
