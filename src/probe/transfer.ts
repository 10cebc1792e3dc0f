/** readn() and writen() of Listing 61-1: all of a number of bytes, however many calls it takes. Non-blocking, so that both ends can be in one thread. */
import { Poll } from '../socket/constants.js'
import type { Tools } from './probe.js'

/** Waits until a descriptor is ready, so that no processor time is burnt. */
const ready = (p: Tools, fd: number, events: number): Promise<number[]> => p.quiet.pollAsync([{ fd, events }], 200)

export interface Transfer {
  readonly bytes: number
  readonly calls: number
}

/** Writes all of `data`. */
export async function writen(p: Tools, fd: number, data: Uint8Array): Promise<Transfer> {
  let calls = 0
  let at = 0
  while (at < data.length) {
    const sent = p.attempt(() => p.sys.send(fd, data.subarray(at), MSG))
    calls++
    if (typeof sent === 'number') at += sent
    else if (sent === 'EAGAIN') await ready(p, fd, Poll.OUT)
    else break
  }
  return { bytes: at, calls }
}

/** Reads until `into` is full, or the end. */
export async function readn(p: Tools, fd: number, into: Uint8Array): Promise<Transfer> {
  let calls = 0
  let at = 0
  while (at < into.length) {
    const got = p.attempt(() => p.sys.recv(fd, into.subarray(at), MSG))
    calls++
    if (got === 0) break
    if (typeof got === 'number') at += got
    else if (got === 'EAGAIN') await ready(p, fd, Poll.IN)
    else break
  }
  return { bytes: at, calls }
}

/** MSG_DONTWAIT | MSG_NOSIGNAL */
const MSG = 0x4040
