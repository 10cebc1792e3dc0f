import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InetRow, isMapped, isServer, parseInet } from '../../src/procnet/inet.js'
import { SeenRows } from '../../src/procnet/seen.js'

const LISTEN = '   0: 0100007F:1F90 00000000:0000 0A 00000000:00000002 00:00000000 00000000     0        0 12345 1 0000000000000000 100 0 0 10 0'
const TIME_WAIT = ' 130: 0100007F:1F90 0200007F:C001 06 00000000:00000000 03:00001636 00000000     0        0 0 3 0000000000000000'
const SIX = '   4: 00000000000000000000000001000000:0016 0000000000000000FFFF00000100007F:D431 01 00000010:00000001 02:00000A10 00000003  1000        2 4294967295 2 x'

const parse = (text: string, family: 4 | 6 = 4): InetRow | undefined => {
  const row = new InetRow()
  row.family = family
  const b = Buffer.from(`junk${text}junk`, 'latin1')
  return parseInet(b, 4, 4 + Buffer.byteLength(text, 'latin1'), row) ? row : undefined
}

describe('a line of /proc/net/tcp', () => {
  it('is read in place, addresses in network order', () => {
    const row = parse(LISTEN)!
    expect([...row.local.subarray(0, 4)]).toEqual([127, 0, 0, 1])
    expect(row).toMatchObject({ localPort: 8080, remotePort: 0, state: 10, sendQueue: 0, receiveQueue: 2, uid: 0, inode: 12345 })
    expect(isServer(row)).toBe(true)
  })
  it('may have the fewer columns of TIME_WAIT', () => {
    expect(parse(TIME_WAIT)).toMatchObject({ state: 6, timer: 3, timerCentis: 5686, inode: 0, remotePort: 0xc001 })
  })
  it('holds sixteen bytes in tcp6', () => {
    const row = parse(SIX, 6)!
    expect(row.local[15]).toBe(1)
    expect(isMapped(row.remote)).toBe(true)
    expect(row).toMatchObject({ sendQueue: 16, receiveQueue: 1, timer: 2, timerCentis: 2576, retransmits: 3, uid: 1000, probes: 2, inode: 4294967295 })
  })

  it.each([
    ['an address too short', LISTEN.replace('0100007F', '00007F')],
    ['an address too long', LISTEN.replace('0100007F', '000100007F')],
    ['an address that is none', LISTEN.replace('0100007F', '0100007G')],
    ['a port that is none', LISTEN.replace(':1F90', ':1F9Z')],
    ['a port of five digits', LISTEN.replace(':1F90', ':01F90')],
    ['a state of three digits', LISTEN.replace(' 0A ', ' 00A ')],
    ['no slot', LISTEN.replace('0: ', ': ')],
    ['a uid that is none', LISTEN.replace('     0        0 12345', '     x        0 12345')],
    ['an inode that is none', LISTEN.replace('12345', '12x45')],
    ['a line of IPv6', SIX],
    ['nothing', ''],
  ])('is refused with %s', (_why, line) => {
    expect(parse(line)).toBeUndefined()
  })

  it('is refused when cut anywhere before its inode ends', () => {
    const whole = LISTEN.indexOf('12345')
    for (let end = 0; end <= whole; end++) expect(parse(LISTEN.slice(0, end)), `cut at ${end}`).toBeUndefined()
  })

  it('never throws and never reads past its end', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom<4 | 6>(4, 6), (bytes, family) => {
        const row = new InetRow()
        row.family = family
        parseInet(bytes, 0, bytes.length, row)
      }),
    )
  })
})

describe('rows that were met', () => {
  const rowOf = (inode: number, port = 1, remotePort = 2): InetRow => Object.assign(new InetRow(), { inode, localPort: port, remotePort })

  it('are known by their inode', () => {
    const seen = new SeenRows()
    for (let inode = 1; inode <= 5000; inode++) expect(seen.add(rowOf(inode, inode & 0xffff))).toBe(true)
    for (let inode = 1; inode <= 5000; inode++) expect(seen.add(rowOf(inode, inode & 0xffff))).toBe(false)
  })
  it('without an inode by their addresses', () => {
    const seen = new SeenRows()
    for (let port = 1; port <= 5000; port++) expect(seen.add(rowOf(0, port))).toBe(true)
    for (let port = 1; port <= 5000; port++) expect(seen.add(rowOf(0, port))).toBe(false)
  })
  it('are one when a connection was accepted between two reads', () => {
    const seen = new SeenRows()
    expect(seen.add(rowOf(0))).toBe(true)
    expect(seen.add(rowOf(77))).toBe(false)
  })
  it('of one address and two inodes are two: SO_REUSEPORT, or a network that has the addresses of another', () => {
    const seen = new SeenRows()
    for (const remotePort of [0, 443]) for (const inode of [1, 2]) expect(seen.add(rowOf(inode + remotePort, 80, remotePort))).toBe(true)
  })
  it('in a second reading are those that the first left out, each connection once', () => {
    const seen = new SeenRows({ happened: () => true })
    for (const row of [rowOf(0, 10), rowOf(1, 11), rowOf(2, 12), rowOf(3, 80, 0)]) expect(seen.add(row)).toBe(true)
    expect(seen.readAgain()).toBe(true)
    const told = [rowOf(0, 10), rowOf(0, 13), rowOf(1, 11), rowOf(4, 12), rowOf(5, 10), rowOf(6, 80, 0), rowOf(7, 14), rowOf(8, 14)].filter((row) => seen.add(row))
    expect(told.map(({ inode }) => inode)).toEqual([6, 7])
  })
  it('are read once where nothing happened', () => {
    for (const seen of [new SeenRows(), new SeenRows({ happened: () => false })]) expect(seen.readAgain()).toBe(false)
  })
  it('keeps thousands of addresses apart', () => {
    const seen = new SeenRows({ happened: () => true })
    for (let i = 1; i <= 5000; i++) expect(seen.add(rowOf(i, i))).toBe(true)
    expect(seen.readAgain()).toBe(true)
    for (let i = 1; i <= 10_000; i++) expect(seen.add(rowOf(10_000 + i, i))).toBe(i > 5000)
  })
})
