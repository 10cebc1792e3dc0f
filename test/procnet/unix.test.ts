import fc from 'fast-check'
import { expect, it } from 'vitest'
import { UnixTable } from '../../src/procnet/unix.js'

const HEAD = 'Num       RefCount Protocol Flags    Type St Inode Path\n'
const row = (inode: number, name = ''): string => `0000000098aee8c8: 00000002 00000000 00010000 0001 01 ${String(inode).padStart(5)}${name === '' ? '' : ` ${name}`}\n`
const read = (text: string, exact?: ReadonlyMap<number, number>): { inode: number; name: string }[] => {
  const table = new UnixTable(Buffer.from(HEAD + text, 'latin1'), exact)
  const rows = []
  while (table.next()) rows.push({ inode: table.row.inode, name: Buffer.from(table.row.b.subarray(table.row.nameAt, table.row.nameEnd)).toString('latin1') })
  return rows
}

it('reads columns and names', () => {
  expect(read(row(7, '/run/a b') + row(123456) + row(0, '@abs'))).toEqual([{ inode: 7, name: '/run/a b' }, { inode: 123456, name: '' }, { inode: 0, name: '@abs' }])
})
it('takes a line of another form for the rest of the name before', () => {
  expect(read(row(7, '/run/a\nb\n\nc') + row(8))).toEqual([{ inode: 7, name: '/run/a\nb\n\nc' }, { inode: 8, name: '' }])
})
it('lets no name forge a socket where exact names are at hand', () => {
  const forged = `@x\n${row(4242, '/run/forged.sock').trimEnd()}`
  expect(read(row(7, forged) + row(8, '/y'), new Map([[7, forged.length], [8, 2]]))).toEqual([{ inode: 7, name: forged }, { inode: 8, name: '/y' }])
})
it.each([
  ['a blank too few before the inode', row(7).replace('     7', '    7')],
  ['a blank too many', row(7).replace('     7', '      7')],
  ['lower-width flags', row(7).replace('00010000 0001', '10000 0001')],
  ['no pointer', row(7).replace('0000000098aee8c8', 'xyz')],
  ['a pointer of 15 digits', row(7).replace('0000000098aee8c8', '000000098aee8c8')],
])('believes no line with %s', (_why, line) => {
  expect(read(row(1, '@n') + line)).toHaveLength(1)
})
it('stands any bytes, and ends', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      const table = new UnixTable(bytes)
      let rows = 0
      while (table.next()) rows++
      expect(rows).toBeLessThan(10)
    }),
  )
})
