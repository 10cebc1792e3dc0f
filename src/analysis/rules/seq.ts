/** Sequence numbers as 32-bit integers, compared modulo 2^32 — RFC 9293 §3.4. As src/analysis/seq.ts. */

/** How far a is behind b, signed. */
export function distance(a: i32, b: i32): i32 {
  return a - b
}

/** a comes before b. */
export function before(a: i32, b: i32): bool {
  return a - b < 0
}
