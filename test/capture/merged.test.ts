/** Several rings merged by time: rings of our own making, whose packets and counts come when the test says. In namespaces: differential/live.test.ts. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Counts, LiveHandle } from '../../src/capture/libpcap-live.js'
import { MergedSource } from '../../src/capture/merged.js'
import { readHeader } from '../../src/capture/pcap.js'
import { newFrame } from '../../src/capture/source.js'
import { pcapHeader, record } from './build.js'

/** What MergedSource uses of a LiveHandle. */
class Ring {
  readonly header = readHeader(pcapHeader(), 0, 'ring')
  countsAreExact = true
  received = 0
  dropped = 0
  failure: string | undefined
  stopped = false
  /** Records that a look will find. */
  ready: Uint8Array[] = []
  #filled: Uint8Array = new Uint8Array(0)

  readonly device: string

  constructor(device: string) {
    this.device = device
  }

  /** Caught by the kernel, and counted; found at once unless `hidden`. */
  catch(millis: number, hidden = false): Uint8Array {
    this.received++
    const one = record(Uint8Array.of(this.received), { seconds: Math.floor(millis / 1000), fraction: (millis % 1000) * 1000 })
    if (!hidden) this.ready.push(one)
    return one
  }

  stream() {
    return {
      take: () => {
        const b = this.#filled
        this.#filled = new Uint8Array(0)
        return { b, end: b.length }
      },
      close: () => {},
    }
  }

  dispatchNow(): number {
    const { length } = this.ready
    this.#filled = Buffer.concat(this.ready)
    this.ready = []
    return length === 0 && this.failure !== undefined ? -1 : length
  }

  counts(): Counts {
    return { received: this.received, dropped: this.dropped, droppedByInterface: 0 }
  }

  error(): string {
    return this.failure ?? ''
  }

  dropAll(): boolean {
    this.stopped = true
    return true
  }

  setNonBlocking(): void {}
  close(): void {}
}

const merge = (...rings: Ring[]): MergedSource => new MergedSource(rings as unknown as LiveHandle[], 10)

/** Times and interfaces of all that the next `more` brings. */
async function batch(source: MergedSource): Promise<[number, number][] | undefined> {
  if (!(await source.more())) return undefined
  const got: [number, number][] = []
  for (let frame = newFrame(); source.next(frame); frame = newFrame()) got.push([frame.seconds * 1000 + frame.nanos / 1e6, frame.interfaceId])
  return got
}

async function rest(source: MergedSource): Promise<[number, number][]> {
  const all: [number, number][] = []
  for (let more; (more = await batch(source)) !== undefined; ) all.push(...more)
  return all
}

afterEach(() => vi.restoreAllMocks())

describe('merging', () => {
  it('hands out by time what came from different rings', async () => {
    const a = new Ring('a'), b = new Ring('b'), then = Date.now() - 1000
    for (const [ring, at] of [[a, 1], [a, 4], [b, 2], [b, 3], [a, 6], [b, 5]] as const) ring.catch(then + at)
    const source = merge(a, b)
    expect(await batch(source)).toEqual([[1, 0], [2, 1], [3, 1], [4, 0], [5, 1], [6, 0]].map(([at, id]) => [then + at!, id]))
  })

  it('waits for a packet that a ring has counted and not yet delivered', async () => {
    const a = new Ring('a'), b = new Ring('b'), then = Date.now() - 1000
    a.catch(then + 2)
    const late = b.catch(then + 1, true)
    const source = merge(a, b)
    const coming = batch(source)
    setTimeout(() => b.ready.push(late), 30)
    expect(await coming).toEqual([[then + 1, 1], [then + 2, 0]])
  })

  it('but not for ever', async () => {
    const a = new Ring('a'), b = new Ring('b')
    a.catch(Date.now() - 1000)
    b.catch(Date.now() - 1000, true) // never delivered
    const began = performance.now()
    expect(await batch(merge(a, b))).toHaveLength(1)
    expect(performance.now() - began).toBeLessThan(1000)
  })

  it('a clock that is set back keeps nothing back', async () => {
    const a = new Ring('a'), b = new Ring('b'), before = Date.now()
    const source = merge(a, b)
    let back = 0
    const { now } = Date
    vi.spyOn(Date, 'now').mockImplementation(() => now() - back)
    a.catch(before + 60_000 - 60_000)
    a.catch(before + 1_800_000) // stamped just before the clock went back an hour
    back = 3_600_000
    b.catch(before - 3_600_000 + 5)
    const began = performance.now(), got: [number, number][] = []
    while (got.length < 3) got.push(...((await batch(source)) ?? []))
    expect(performance.now() - began).toBeLessThan(1000)
    expect(got.map(([at]) => at - before).sort((x, y) => x - y)).toEqual([-3_599_995, 0, 1_800_000])
    a.catch(before - 3_600_000 + 10) // and it goes on by the new time
    expect(await batch(source)).toEqual([[before - 3_600_000 + 10, 0]])
  })

  it('when stopped, hands out all that the rings hold, then says how many there were', async () => {
    const a = new Ring('a'), b = new Ring('b'), then = Date.now()
    const source = merge(a, b)
    a.catch(then + 5000) // stamps in the future, too
    const late = b.catch(then + 4000, true)
    b.dropped = 0
    source.stop()
    setTimeout(() => b.ready.push(late), 20)
    expect(await rest(source)).toEqual([[then + 4000, 1], [then + 5000, 0]])
    expect([a.stopped, b.stopped]).toEqual([true, true])
    expect(source.counts()).toEqual({ received: 2, dropped: 0, droppedByInterface: 0 })
  })

  it('one interface that is gone ends it, after all that came', async () => {
    const a = new Ring('a'), b = new Ring('b'), then = Date.now()
    const source = merge(a, b)
    a.catch(then + 10)
    b.catch(then + 20)
    b.failure = 'The interface disappeared'
    const got: [number, number][] = []
    await expect((async () => {
      for (let more; (more = await batch(source)) !== undefined; ) got.push(...more)
    })()).rejects.toThrow('b: the interface is gone (the packets before that are complete)')
    expect(got).toEqual([[then + 10, 0], [then + 20, 1]])
  })

  it('counts of a ring that counts more than it delivers are made right', async () => {
    const a = new Ring('a'), b = new Ring('b')
    b.countsAreExact = false
    const source = merge(a, b)
    a.catch(Date.now())
    b.catch(Date.now())
    b.received = 7
    b.dropped = 2
    source.stop()
    expect(await rest(source)).toHaveLength(2)
    expect(source.countsByInterface()).toEqual([{ received: 1, dropped: 0, droppedByInterface: 0 }, { received: 3, dropped: 2, droppedByInterface: 0 }])
  })
})
