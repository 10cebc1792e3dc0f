/** strftime(3) forms, against date(1) where that is GNU's, in several time zones. */
import { existsSync } from 'node:fs'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { strftime } from '../../src/format/strftime.js'
import { hasTool, run } from '../run.js'

const zone = process.env['TZ']
afterEach(() => {
  if (zone === undefined) delete process.env['TZ']
  else process.env['TZ'] = zone
})

const LETTERS = 'aAbBcCdDeFgGhHIjklmMnpPrRsStTuUVwWxXyYzZ%'.split('')
/** New Year's Days of each weekday, leap years, ends of ISO years, midnight and noon, summer time. */
const TIMES = [0, 946684799, 951782400, 1104537600, 1230768000, 1293840000, 1325376000, 1388534400, 1419984000, 1451606400, 1483228799, 1582934400, 1609459200, 1718452800, 1735603200, 1767225599, 4102444800]

describe.skipIf(!hasTool('date', ['--version'], /GNU/))('as date(1) of GNU', () => {
  it.skipIf(!existsSync('/usr/share/zoneinfo/Europe/Berlin')).each(['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'America/Sao_Paulo'])('in %s', (TZ) => {
    process.env['TZ'] = TZ
    const form = LETTERS.map((letter) => `${letter}=%${letter}`).join('|')
    for (const time of TIMES) {
      const theirs = run('date', ['-d', `@${time}`, `+${form}`], { env: { TZ, LC_ALL: 'C' } }).stdout.toString().slice(0, -1)
      expect(strftime(form, new Date(time * 1000)).split('|'), `${time}`).toEqual(theirs.split('|'))
    }
  })

  it('with flags and widths', () => {
    process.env['TZ'] = 'UTC'
    const form = ['%-d', '%_d', '%-H', '%_H', '%0e', '%-e', '%^a', '%^B', '%#p', '%#Z', '%5d', '%_5d', '%05e', '%10Y', '%8B', '%-j', '%Ey', '%Od'].join('|')
    for (const time of [0, 1230768000, 1718452800]) {
      expect(strftime(form, new Date(time * 1000)).split('|')).toEqual(run('date', ['-d', `@${time}`, `+${form}`], { env: { TZ: 'UTC', LC_ALL: 'C' } }).stdout.toString().slice(0, -1).split('|'))
    }
  })
})

it('leaves what it does not know, and never throws', () => {
  expect(strftime('100% sure %!f %Q %', new Date(0))).toBe('100% sure %!f %Q %')
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'%-_0^#5EO'.split(''), ...LETTERS) }), fc.date({ noInvalidDate: true }), (form, date) => {
    expect(typeof strftime(form, date)).toBe('string')
  }))
})
