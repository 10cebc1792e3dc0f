/** Nanoseconds since the capture's first second, as doubles: exact for 104 days (2^53 ns), which only captures that were put together of others exceed. Those are exact to the microsecond. */

const isExact = (time: number): boolean => Math.abs(time) <= Number.MAX_SAFE_INTEGER

/** Nanoseconds from one time to another. */
export const between = (from: number, to: number): number => (isExact(from) && isExact(to) ? to - from : Math.round((to - from) / 1000) * 1000)

/** The same, exact, of times whose nanoseconds behind the whole second are known. */
export function exactlyBetween(from: number, fromNanos: number, to: number, toNanos: number): number {
  if (isExact(from) && isExact(to)) return to - from
  const rest = toNanos - fromNanos
  return Math.round((to - from - rest) / 1e9) * 1e9 + rest
}

/** A time's whole seconds. */
export const wholeSeconds = (time: number): number => Math.floor((isExact(time) ? time : time + 500) / 1e9)

/** The nanoseconds behind them. */
export function restNanos(time: number): number {
  const rest = time - wholeSeconds(time) * 1e9
  return isExact(time) ? rest : Math.max(0, Math.round(rest / 1000) * 1000)
}
