/** Number of the only bit that is set. */
export function bitOf(bit: i32): i32 {
  return ctz(bit)
}
