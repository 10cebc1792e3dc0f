/** Memory as 32-bit numbers and doubles; indices count words and doubles from its beginning. What is given out is never taken back. */

@unmanaged
class View<T> {
  @operator('[]') get(at: i32): T {
    return load<T>(changetype<usize>(this) + <usize>at * sizeof<T>())
  }

  @operator('[]=') set(at: i32, value: T): void {
    store<T>(changetype<usize>(this) + <usize>at * sizeof<T>(), value)
  }
}

export type Words = View<i32>
export type Doubles = View<f64>

/** All of it. */
export const u = changetype<Words>(0)
export const d = changetype<Doubles>(0)

const LINE: u32 = 64
const PAGE: u32 = 1 << 16
/** Asked of the system at once: at least so much, or an eighth of what there is. */
const STEP: u32 = 16

let top: u32 = (<u32>__heap_base + LINE - 1) & ~(LINE - 1)

/** So many words of zeros, at the beginning of a cache line: the index of the first; 0 when there is no more memory. */
export function allocate(words: i32): i32 {
  const bytes = ((<u32>words << 2) + LINE - 1) & ~(LINE - 1), at = top, end = <u64>at + bytes, size = <u32>memory.size()
  if (end > <u64>size * PAGE) {
    const missing = <u32>((end - <u64>size * PAGE + PAGE - 1) / PAGE)
    if (memory.grow(max(missing, max(STEP, size >> 3))) < 0 && memory.grow(missing) < 0) return 0
  }
  top = <u32>end
  return <i32>(at >> 2)
}

/** Pages of 64 KiB that there are now. */
export function pages(): i32 {
  return memory.size()
}
