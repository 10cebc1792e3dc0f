/** Reads whole captures for tests. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { UserError } from '../../src/errors.js'
import { openCapture } from '../../src/capture/file.js'
import { newFrame, type SourceInterface } from '../../src/capture/source.js'

export interface Seen {
  seconds: number
  nanos: number
  wire: number
  data: number[]
  linkType: number
  id: number
}

export interface Outcome {
  frames: Seen[]
  interfaces: readonly SourceInterface[]
  /** The UserError's message, with the path as FILE. */
  error: string | undefined
}

export async function readPath(path: string): Promise<Outcome> {
  const frames: Seen[] = [], frame = newFrame()
  let interfaces: readonly SourceInterface[] = [], error: string | undefined
  try {
    const source = await openCapture(path)
    interfaces = source.interfaces
    try {
      do {
        while (source.next(frame)) {
          const { seconds, nanos, wireLength: wire, linkType, interfaceId: id } = frame
          frames.push({ seconds, nanos, wire, data: [...frame.b.subarray(frame.at, frame.end)], linkType, id })
        }
      } while (await source.more())
    } catch (thrown) {
      if (!(thrown instanceof UserError)) throw thrown
      error = thrown.message
      if (await source.more()) throw new Error('more() after the error')
    } finally {
      source.close()
    }
  } catch (thrown) {
    if (!(thrown instanceof UserError)) throw thrown
    error = thrown.message
  }
  return { frames, interfaces, error: error?.replace(path, 'FILE') }
}

const directory = mkdtempSync(join(tmpdir(), 'sockscope-capture-'))
afterAll(() => rmSync(directory, { recursive: true }))

export const temporary = (name: string): string => join(directory, name)

export async function readBytes(bytes: Uint8Array, name = 'FILE'): Promise<Outcome> {
  const path = temporary(name)
  writeFileSync(path, bytes)
  return readPath(path)
}
