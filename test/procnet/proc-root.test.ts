import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { UserError } from '../../src/errors.js'
import { Owners } from '../../src/procnet/owners.js'
import { ProcRoot } from '../../src/procnet/proc-root.js'

const root = mkdtempSync(join(tmpdir(), 'sockscope-proc-'))
mkdirSync(join(root, 'net'))
const proc = new ProcRoot(root)
afterAll(() => {
  rmSync(root, { recursive: true })
})

/** All that `lines` hands on, and how often it did. */
function lines(text: string | Buffer): string {
  writeFileSync(join(root, 'net/t'), text)
  let all = ''
  proc.lines('t', (b, at, end) => {
    all += Buffer.from(b.subarray(at, end)).toString('latin1')
  })
  return all
}

it.each([0, 1, 4095, 4096, 65535, 65536, 65537, 200000])('hands on %i bytes of short lines whole', (size) => {
  const text = 'a line of the table\n'.repeat(Math.ceil(size / 20)).slice(0, size)
  expect(lines(text)).toBe(text)
})
it('passes over the rest of an endless line, and goes on after it', () => {
  const all = lines(`first\n${'x'.repeat(1_000_000)}\nlast\n`)
  expect(all.startsWith('first\n')).toBe(true)
  expect(all.endsWith('last\n')).toBe(true)
  expect(all.length).toBeLessThan(200_000)
})
it('an endless line at the end is bounded too', () => {
  expect(lines('y'.repeat(5_000_000)).length).toBeLessThan(200_000)
})
it('says of a directory in a table’s place that it is one', () => {
  mkdirSync(join(root, 'net/d'))
  expect(() => proc.lines('d', () => {})).toThrow(UserError)
  expect(() => proc.lines('d', () => {})).toThrow(/is a directory/)
})
it('a table that is not there is no table', () => {
  expect(proc.lines('none', () => {})).toBe(false)
})

it('finds every owner of a socket, and none of inode 0', () => {
  const holds = (pid: number, cmdline: string, ...targets: string[]): void => {
    mkdirSync(join(root, `${pid}/fd`), { recursive: true })
    writeFileSync(join(root, `${pid}/cmdline`), cmdline)
    for (const [fd, target] of targets.entries()) symlinkSync(target, join(root, `${pid}/fd/${fd}`))
  }
  holds(10, '/usr/sbin/nginx\0-g\0', 'socket:[77]', '/dev/null', 'socket:[0]', 'pipe:[77]')
  holds(9, 'worker: nginx', 'socket:[77]', 'socket:[77]', 'socket:[78]')
  holds(8, '/', 'socket:[79]')
  mkdirSync(join(root, '7'))
  writeFileSync(join(root, '6'), 'no directory')
  const owners = Owners.scan(proc)
  const named = (inode: number): string[] => owners.all(inode).map(({ process, fd }) => `${process.pid}/${Buffer.from(process.name).toString()}#${fd}`)
  expect(named(77)).toEqual(['9/worker: nginx#0', '9/worker: nginx#1', '10/nginx#0'])
  expect(named(78)).toEqual(['9/worker: nginx#2'])
  expect(named(79)).toEqual(['8/#0'])
  expect(named(0)).toEqual([])
  expect(named(5)).toEqual([])
  expect(owners.first(77)?.pid).toBe(9)
  expect(owners.denied).toBe(false)
})
