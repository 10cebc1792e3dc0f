/** The report, in a real browser: nothing is loaded, nothing of a capture runs, the table sorts and searches, the pictures are there. */
import { mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generateCapture } from '../../bench/generate-capture.mjs'
import { withPage } from '../chromium.js'
import { ROOT, hasTool, sockscope } from '../run.js'

const fixture = (name: string): string => `test/fixtures/pcap/${name}.pcap`

let dir = ''
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'sockscope-'))
})
afterAll(() => rmSync(dir, { recursive: true }))

/** Ways to get a script to run out of text. */
const PAYLOADS = [
  '<script>x(1)</script>', '</title><script>x(2)</script>', '"><img src=x onerror=x(3)>', "'><svg onload=x(4)>", '<!--<script>x(5)//-->', '</style><script>x(6)</script>',
  '</script><script>x(7)</script>', '<iframe src="javascript:x(8)">', '<a href="javascript:x(9)">y</a>', '&lt;script&gt;x(10)&lt;/script&gt;', '<body onload=x(11)>',
  '<math><mtext><script>x(12)</script>', '${x(13)}`x(13)`', '<base href="http://192.0.2.1/"><link rel=stylesheet href=//192.0.2.1/x>',
]

/** An HTTP-like exchange over the fixture's packets with `line` as the request: the payload of the first data segment is replaced. */
function captureWith(line: string, at: number): string {
  const source = readFileSync(join(ROOT, fixture('http')))
  const place = source.indexOf('GET ')
  const end = source.indexOf('\r\n', place)
  const room = end - place
  const b = Buffer.from(source)
  b.write(line.slice(0, room).padEnd(room, ' '), place, 'latin1')
  const path = join(dir, `hostile-${at}.pcap`)
  writeFileSync(path, b)
  return path
}

const make = (...args: string[]): string => {
  const page = join(dir, `page-${args.length}-${Math.abs(args.join('').split('').reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) | 0, 7))}.html`)
  const { status, stderr } = sockscope(['report', ...args, '-o', page])
  expect([status, stderr]).toEqual([0, ''])
  return page
}

describe('the page', () => {
  it('is private, whole, and loads nothing', () => {
    const page = make(fixture('tcp-retransmission'))
    expect(statSync(page).mode & 0o777).toBe(0o600)
    const html = readFileSync(page, 'utf8')
    expect(html).toMatch(/default-src 'none'; style-src 'sha256-[\w+/=]+'; script-src 'sha256-[\w+/=]+'/)
    expect(html).not.toMatch(/ style="| on[a-z]+="|src=|https?:\/\/(?!www\.w3\.org\/2000\/svg)/)
    expect(html.match(/<script>/g)).toHaveLength(1)
    expect(html.match(/<style>/g)).toHaveLength(1)
  })

  it.each([
    [[], 2, /no capture named/],
    [[fixture('http')], 2, /-o: no page named/],
    [['-', '-o', 'x.html'], 2, /standard input cannot be read twice/],
    [[fixture('arp'), '-o', 'x.html'], 1, /no connection/],
    [[fixture('http'), '--flow', '99', '-o', 'x.html'], 1, /--flow 99/],
    [[fixture('http'), '-o', '/nosuch/x.html'], 1, /-o \/nosuch/],
  ])('%j', (args, status, message) => {
    const ran = sockscope(['report', ...args])
    expect(ran.status).toBe(status)
    expect(ran.stderr).toMatch(message)
    expect(ran.stderr.trimEnd().split('\n')).toHaveLength(1)
  })

  it('of a cut capture is made all the same, and said', () => {
    const cut = join(dir, 'cut.pcap')
    writeFileSync(cut, readFileSync(fixture('http')).subarray(0, 2000))
    const { status, stdout, stderr } = sockscope(['report', cut, '-o', '-'])
    expect(status).toBe(1)
    expect(stderr).toMatch(/cut at byte 2000/)
    expect(stdout.toString()).toMatch(/<\/html>\n$/)
  })

  it('follows no link', () => {
    writeFileSync(join(dir, 'precious'), 'precious')
    symlinkSync(join(dir, 'precious'), join(dir, 'link.html'))
    expect(sockscope(['report', fixture('http'), '-o', join(dir, 'link.html')]).stderr).toMatch(/is a symbolic link/)
    expect(readFileSync(join(dir, 'precious'), 'utf8')).toBe('precious')
  })
})

describe.skipIf(!hasTool('chromium'))('in Chromium', () => {
  it.each(['light', 'dark'] as const)('%s: no complaint, no request; sorted, searched, drawn', async (scheme) => {
    const large = join(dir, 'large.pcap')
    generateCapture(large, 20_000, 300)
    const page = make(large, fixture('tcp-retransmission'), fixture('udp-exchange'), '--flows', '5')
    await withPage(`file://${page}`, scheme, async ({ evaluate, complaints, requests, screenshot }) => {
      const rows = (await evaluate(`document.querySelectorAll('#flows tbody tr').length`)) as number
      expect(rows).toBeGreaterThan(300)
      expect(await evaluate(`document.querySelectorAll('section').length`)).toBe(5)
      expect(await evaluate(`document.querySelectorAll('section figure svg').length`)).toBeGreaterThanOrEqual(5 * 4)
      expect(await evaluate(`[...document.querySelectorAll('section .charts svg')].every((svg) => svg.getBoundingClientRect().width > 300 && svg.querySelector('path, circle') !== null)`)).toBe(true)
      const column = (name: string): string => `[...document.querySelectorAll('#flows th')].findIndex((head) => head.textContent === '${name}')`
      const values = (name: string): Promise<unknown> => evaluate(`{ const i = ${column(name)}; [...document.querySelectorAll('#flows tbody tr')].map((row) => Number(row.cells[i].dataset.v)) }`)
      await evaluate(`document.querySelectorAll('#flows th')[${column('BYTES>')}].firstElementChild.click()`)
      const ascending = (await values('BYTES>')) as number[]
      expect(ascending).toEqual(ascending.toSorted((a, b) => a - b))
      await evaluate(`document.querySelectorAll('#flows th')[${column('BYTES>')}].firstElementChild.click()`)
      expect(await values('BYTES>')).toEqual(ascending.toSorted((a, b) => b - a))
      await evaluate(`document.getElementById('search').value = 'udp'; document.getElementById('search').dispatchEvent(new Event('input'))`)
      const shown = (await evaluate(`[...document.querySelectorAll('#flows tbody tr')].filter((row) => !row.hidden).length`)) as number
      expect(shown).toBeGreaterThan(0)
      expect(shown).toBeLessThan(rows)
      const ground = (await evaluate(`getComputedStyle(document.body).backgroundColor`)) as string
      expect(ground).toBe(scheme === 'dark' ? 'rgb(13, 17, 23)' : 'rgb(255, 255, 255)')
      expect((await screenshot()).length).toBeGreaterThan(10_000)
      expect([complaints, requests]).toEqual([[], []])
    })
  }, 60_000)

  it('a page that is not like ours is caught: the check can fail', async () => {
    const page = join(dir, 'bad.html')
    writeFileSync(page, `<!doctype html><img src="nosuch.png"><script>throw new Error('x')</script>`)
    await withPage(`file://${page}`, 'light', async ({ evaluate, complaints, requests }) => {
      await evaluate('1')
      expect(complaints.length).toBeGreaterThan(0)
      expect(requests.length).toBeGreaterThan(0)
    })
  }, 60_000)

  it('text of strangers stays text, wherever it stands', async () => {
    const files = PAYLOADS.map((payload, i) => captureWith(payload, i))
    // As names of files, too; a file's name cannot hold a slash.
    const named = PAYLOADS.slice(0, 4).map((payload, i) => {
      const path = join(dir, `${payload.replaceAll('/', '\u2215')}-${i}.pcap`)
      writeFileSync(path, readFileSync(fixture('tcp-retransmission')))
      return path
    })
    const page = make(...files, ...named, '--flows', '200')
    await withPage(`file://${page}`, 'light', async ({ evaluate, complaints, requests }) => {
      expect(await evaluate(`document.querySelectorAll('script').length`)).toBe(1)
      expect(await evaluate(`document.querySelectorAll('img, iframe, object, embed, base, link, math, form').length`)).toBe(0)
      const text = (await evaluate(`document.body.textContent`)) as string
      expect(text).toContain('<script>x(1)</script>')
      expect([complaints, requests]).toEqual([[], []])
    })
  }, 60_000)
})
