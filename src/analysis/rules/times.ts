/** Nanoseconds between times as doubles: src/analysis/times.ts says how exact they are. */

function isExact(time: f64): bool {
  return Math.abs(time) <= 9007199254740991
}

export function between(from: f64, to: f64): f64 {
  return isExact(from) && isExact(to) ? to - from : Math.round((to - from) / 1000) * 1000
}

/** The same, exact, of times whose nanoseconds behind the whole second are known. */
export function exactlyBetween(from: f64, fromNanos: f64, to: f64, toNanos: f64): f64 {
  if (isExact(from) && isExact(to)) return to - from
  const rest = toNanos - fromNanos
  return Math.round((to - from - rest) / 1e9) * 1e9 + rest
}
