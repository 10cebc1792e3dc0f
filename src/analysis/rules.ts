/**
 * The rules for each segment, and all that they keep of connections: in WebAssembly (rules/), which runs at full speed from the first packets on. JavaScript of
 * that size does so after a hundred thousand only, a third of the time that `flows` takes for a million.
 */
import { UserError } from '../errors.js'
import { FIRST_PAGES, RulesMemory, MOST_PAGES } from './rules-memory.js'
import wasm from './rules/rules.wasm'
import { Segment } from './segment.js'

/** rules/exports.ts. Rows are indices of words. */
interface Exports {
  readonly addRow: () => number
  readonly pages: () => number
  readonly segmentAt: () => number
  readonly take: (row: number, former: number, formerRow: number, dedup: number) => number
  readonly count: (row: number) => void
  readonly isReuse: (row: number, reversed: number, sequence: number) => number
}

const PAGE = 1 << 16

let compiled: WebAssembly.Module | undefined

export class Rules extends RulesMemory {
  /** The segment that `take` and `count` judge. */
  readonly segment: Segment
  /** rules/tcp-rules.ts. */
  readonly take: Exports['take']
  readonly count: Exports['count']
  readonly isReuse: Exports['isReuse']
  readonly #exports: Exports
  readonly #memory: WebAssembly.Memory

  /** @param most pages of memory that it may have @throws UserError where there is no address space for them */
  constructor(most = MOST_PAGES) {
    const memory = newMemory(most)
    super(memory.buffer)
    compiled ??= new WebAssembly.Module(wasm)
    const all = (this.#exports = new WebAssembly.Instance(compiled, { env: { memory } }).exports as unknown as Exports)
    this.#memory = memory
    this.take = all.take
    this.count = all.count
    this.isReuse = all.isReuse
    this.segment = new Segment(memory.buffer, all.segmentAt())
  }

  /** A new row of zeros, which `words` holds; 0 when there is no more memory. */
  addRow(): number {
    const row = this.#exports.addRow()
    if (row >= this.words.length) this.look()
    return row
  }

  override look(): void {
    if (this.#exports.pages() * PAGE === this.words.byteLength) return
    this.words = new Int32Array(this.#memory.buffer)
    this.doubles = new Float64Array(this.#memory.buffer)
  }
}

/** Shared, so that another thread may read it, and what looks at it goes on doing so when it grows. */
function newMemory(most: number): WebAssembly.Memory {
  try {
    return new WebAssembly.Memory({ initial: FIRST_PAGES, maximum: most, shared: true })
  } catch {
    throw new UserError('no address space for the analysis (raise ulimit -v, or set NODE_OPTIONS=--disable-wasm-trap-handler)')
  }
}
