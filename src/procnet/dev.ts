/**
 * /proc/net/dev: two lines of titles, then `name: ` and sixteen counters a device. Source: Linux net/core/net-procfs.c
 * dev_seq_printf_stats(). A name may hold any byte but white space, `/` and `:`.
 */
import { Fields } from './fields.js'
import type { ProcRoot } from './proc-root.js'
import { eachLine } from './route.js'

export interface Device {
  readonly name: Uint8Array
  /** receive bytes packets errors drops fifo frame compressed multicast, transmit bytes packets errors drops fifo collisions carrier compressed */
  readonly counters: readonly number[]
}

const COLON = 58
/** Columns of `counters`. */
export const DevColumn = {
  RX_BYTES: 0, RX_PACKETS: 1, RX_ERRORS: 2, RX_DROPS: 3, RX_FIFO: 4, RX_FRAME: 5, RX_MULTICAST: 7,
  TX_BYTES: 8, TX_PACKETS: 9, TX_ERRORS: 10, TX_DROPS: 11, TX_FIFO: 12, TX_COLLISIONS: 13, TX_CARRIER: 14,
} as const

export function readDevices(root: ProcRoot): Device[] | undefined {
  const devices: Device[] = []
  const f = new Fields()
  const there = root.lines('dev', (b, from, to) => {
    eachLine(b, from, to, (at, end) => {
      f.start(b, at, end)
      f.blanks()
      const colon = b.indexOf(COLON, f.at)
      if (colon < 0 || colon >= end) return
      const name = b.slice(f.at, colon)
      f.at = colon + 1
      const counters: number[] = []
      for (let i = 0; i < 16; i++) counters.push(f.dec())
      if (!f.bad) devices.push({ name, counters })
    })
  })
  return there ? devices : undefined
}
