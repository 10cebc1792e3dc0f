/**
 * Frames of more than sixty link types, whole, cut at every length and with each byte changed, printed by the installed
 * tcpdump 4.99.3 and by us. link-frames.txt has one a line: the link type's number, then the frame in hexadecimal.
 */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pcap, record } from '../capture/build.js'
import { cutRecords } from '../capture/cut.js'
import { hasTool, run, sockscope } from '../run.js'

const there = hasTool('tcpdump', ['--version'], /tcpdump version 4\.99\.3/)

const FLAG_SETS = ['-nn', '-nn -e', '-nn -e -v', '-nn -vv', '-nn -e -vvv -S', '-nn -q -e', '-nn -x', '-nn -e -v -XX', '-nn -vvvv -X']

const byLinkType = new Map<number, Buffer[]>()
for (const line of readFileSync(join(import.meta.dirname, 'link-frames.txt'), 'latin1').trim().split('\n')) {
  const [linkType, frame] = line.split(' ') as [string, string]
  const frames = byLinkType.get(Number(linkType)) ?? []
  byLinkType.set(Number(linkType), frames)
  frames.push(Buffer.from(frame, 'hex'))
}

/** The frame once for each of its bytes: that one zero, all ones, one more or with its highest bit turned. */
function changed(frame: Buffer): Buffer[] {
  return [...frame].map((old, at) => {
    const copy = Buffer.from(frame)
    copy[at] = [0, 0xff, old + 1, old ^ 0x80][at % 4]!
    return copy
  })
}

describe.skipIf(!there)('link types as tcpdump 4.99.3 prints them (apt-get install tcpdump)', () => {
  let dir = ''
  const paths = new Map<string, string[]>()
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'sockscope-'))
    chmodSync(dir, 0o755) // tcpdump opens the second file and later ones as another user
    const write = (kind: string, linkType: number, bytes: Uint8Array): void => {
      const path = join(dir, `${linkType}-${kind}.pcap`)
      writeFileSync(path, bytes)
      paths.set(kind, [...(paths.get(kind) ?? []), path])
    }
    for (const [linkType, frames] of byLinkType) {
      const file = (of: readonly Buffer[]) => Buffer.from(pcap({ linkType }, ...of.map((frame) => record(frame))))
      write('whole', linkType, file(frames))
      write('cut', linkType, cutRecords(file(frames)))
      write('changed', linkType, file(frames.flatMap(changed)))
    }
  })
  afterAll(() => rmSync(dir, { recursive: true }))

  it('has frames of many link types', () => expect(byLinkType.size).toBeGreaterThan(60))

  // All files of a kind in one run each side (-V); one that differs is then found by name.
  it.each(['whole', 'cut', 'changed'].flatMap((kind) => FLAG_SETS.map((flags) => ({ kind, flags }))))('$kind: $flags', ({ kind, flags }) => {
    const list = join(dir, 'list')
    writeFileSync(list, paths.get(kind)!.map((path) => `${path}\n`).join(''))
    const both = (args: readonly string[]) => [run('tcpdump', args), sockscope(['tcpdump', ...args])] as const
    const [theirs, ours] = both([...flags.split(' '), '-V', list])
    if (!ours.stdout.equals(theirs.stdout) || ours.status !== theirs.status) {
      for (const path of paths.get(kind)!) {
        const [their, our] = both([...flags.split(' '), '-r', path])
        expect(our.stdout.toString('latin1')).toBe(their.stdout.toString('latin1'))
      }
    }
    expect(ours.stdout.equals(theirs.stdout)).toBe(true)
    expect(ours.status).toBe(theirs.status)
    expect(ours.stderr).toBe(theirs.stderr)
  })
})
