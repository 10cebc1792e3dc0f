/** The report, in a real browser: nothing is loaded, nothing of a capture runs, the table sorts and searches, the pictures are there. */
import { mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generateCapture } from '../../bench/generate-capture.mjs'
import { withPage } from '../chromium.js'
import { hasTool, sockscope } from '../run.js'
import { captureThatTells, clientHello, type Told } from './report-captures.js'

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

/** The page of a capture that tells this. */
function pageOf(name: string, told: Told, ...args: string[]): string {
  const path = join(dir, `${name}.pcapng`)
  writeFileSync(path, captureThatTells(told))
  return make(path, ...args)
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
    const path = join(dir, 'told.pcapng')
    writeFileSync(path, captureThatTells({
      sectionComments: PAYLOADS, interfaceComments: PAYLOADS, interfaceName: PAYLOADS[0]!,
      connections: PAYLOADS.flatMap((payload) => [
        { out: `GET /${payload} HTTP/1.1\r\nHost: h${payload}\r\n\r\n`, back: `HTTP/1.1 404 ${payload}\r\n\r\n`, comment: payload },
        { out: clientHello(`s${payload}`), back: payload },
        { out: `${payload}\r\n`, back: `${payload}\r\n`, answered: `d${payload.slice(0, 60)}` },
        { out: payload, resolved: `n${payload}` },
      ]),
    }))
    // As names of files, too; a file's name cannot hold a slash.
    const named = PAYLOADS.slice(0, 4).map((payload, i) => {
      const copy = join(dir, `${payload.replaceAll('/', '\u2215')}-${i}.pcap`)
      writeFileSync(copy, readFileSync(fixture('tcp-retransmission')))
      return copy
    })
    const page = make(path, ...named, '--flows', '200')
    await withPage(`file://${page}`, 'light', async ({ evaluate, complaints, requests }) => {
      expect(await evaluate(`document.querySelectorAll('script').length`)).toBe(1)
      expect(await evaluate(`document.querySelectorAll('img, iframe, object, embed, base, link, math, form, [onload], [onerror], body *[style]').length`)).toBe(0)
      expect(await evaluate(`[...document.querySelectorAll('a')].every((a) => /^#flow-\\d+$/.test(a.getAttribute('href')))`)).toBe(true)
      const texts = async (selector: string): Promise<string> => ((await evaluate(`[...document.querySelectorAll(${JSON.stringify(selector)})].map((one) => one.textContent)`)) as string[]).join('\n')
      const places = {
        comments: await texts('#notes .text'), requests: await texts('#flows .request'), names: await texts('#flows .name'), hosts: await texts('#hosts .text'), openings: await texts('.opens code'), headings: await texts('section h2'),
      }
      const count = (text: string, payload: string): number => text.split(payload).length - 1
      for (const payload of PAYLOADS) {
        expect([payload, count(places.comments, payload) >= 3]).toEqual([payload, true])
        expect([payload, count(places.requests, payload) >= 2]).toEqual([payload, true])
        for (const place of [places.names, places.hosts, places.headings]) {
          for (const prefix of ['h', 's', 'n']) expect(place).toContain(`${prefix}${payload}`)
          expect(place).toContain(`d${payload.slice(0, 60)}`)
        }
        expect(count(places.openings, payload)).toBeGreaterThanOrEqual(3)
      }
      expect(await evaluate(`document.querySelector('h1').textContent`)).toContain(PAYLOADS[0]!.replaceAll('/', '\u2215'))
      expect([complaints, requests]).toEqual([[], []])
    })
  }, 60_000)
})

describe('what the capture tells', () => {
  const html = (name: string, told: Told, ...args: string[]): string => readFileSync(pageOf(name, told, ...args), 'utf8')

  it('names of hosts, with where they come from; requests and what was answered', () => {
    const page = html('names', {
      connections: [
        { out: 'GET /index.html HTTP/1.1\r\nHost: www.example.com\r\n\r\n', back: 'HTTP/1.1 503 Service Unavailable\r\n\r\n', answered: 'web.example.net' },
        { out: clientHello('mail.example.org'), resolved: 'mx1' }, { resolved: 'printer' }, { out: 'POST /x HTTP/1.0\r\nHost: 10.0.1.3:80\r\n\r\n' },
      ],
    })
    expect(page).toContain('<bdi>GET /index.html HTTP/1.1 → 503 Service Unavailable</bdi>')
    expect(new Set([...page.matchAll(/<div class="name"><bdi>([^<]*)</g)].map(([, name]) => name))).toEqual(new Set(['mail.example.org', 'printer', 'www.example.com']))
    const hosts = [...page.slice(page.indexOf('id="hosts"')).matchAll(/<tr><td>([^<]*)<\/td><td class="text"><bdi>([^<]*)<\/bdi><\/td><td>([^<]*)<\/td>/g)].map((match) => match.slice(1)).toSorted((a, b) => (a.join() < b.join() ? -1 : 1))
    expect(hosts).toEqual([
      ['10.0.1.0', 'web.example.net', 'DNS, packet 1'], ['10.0.1.0', 'www.example.com', 'HTTP, packet 5'], ['10.0.1.1', 'mail.example.org', 'TLS, packet 11'], ['10.0.1.1', 'mx1', 'name resolution block'],
      ['10.0.1.2', 'printer', 'name resolution block'],
    ])
  })

  it('comments on sections, interfaces and packets; of several files, which', () => {
    const told: Told = { sectionComments: ['first\nsecond'], interfaceComments: ['on the wire'], interfaceName: 'eth7', connections: [{ comment: 'here it fails' }] }
    const notes = (page: string): unknown => [...page.matchAll(/<tr><td><bdi>([^<]*)<\/bdi>(.*?)<\/td><td>([^<]*)<\/td><td class="text"><bdi>([^<]*)<\/bdi>/gs)].map((match) => match.slice(1))
    expect(notes(html('notes', told))).toEqual([
      ['section 0', '', 'comment', 'first\nsecond'], ['interface 0', '', 'name', 'eth7'], ['interface 0', '', 'comment', 'on the wire'],
      ['packet 1', ' (<a href="#flow-0">connection 0</a>)', 'comment', 'here it fails'],
    ])
    expect(notes(html('notes', told, fixture('http'), '--flows', '0'))).toContainEqual(['packet 1', ' (connection 0)', 'comment', 'here it fails'])
    expect(JSON.stringify(notes(html('notes', told, fixture('http'))))).toContain('notes.pcapng, section 0')
  })

  it('facts are those of all connections, also of those that the table leaves out', () => {
    const file = join(dir, 'many.pcap')
    generateCapture(file, 120_000, 21_000)
    const page = readFileSync(make(file, '--flows', '0'), 'utf8')
    const [, all, tcp] = /<dt>connections<\/dt><dd>(\d+): (\d+) TCP, 0 UDP, 0 ICMP/.exec(page)!
    expect(Number(all)).toBeGreaterThan(20_000)
    expect(tcp).toBe(all)
  })

  it('what was dropped while capturing, where the capture says it', () => {
    expect(readFileSync(make('test/fixtures/pcap/two-interfaces.pcapng', '--flows', '0'), 'utf8')).toContain('<dt>dropped while capturing</dt><dd>0</dd>')
    expect(readFileSync(make(fixture('http'), '--flows', '0'), 'utf8')).not.toContain('dropped')
  })

  it('no control byte and no bidirectional override reaches the page', () => {
    const nasty = 'a\u202ecod.exe\u2066b\u0085c\u001b[31md\u0007\u200fe\ufefff\u2028g'
    const page = html('controls', {
      sectionComments: [nasty, 'l1\r\nl2\ttab'], interfaceName: nasty,
      connections: [{ out: `GET /${nasty} HTTP/1.1\r\nHost: ${nasty}\r\n\r\n`, comment: nasty }, { out: clientHello(nasty), resolved: nasty, answered: nasty }, { out: Uint8Array.of(0x47, 0x45, 0x54, 0x20, 0x2f, 0xff, 0x9b, 0x20, 0x48) }],
    })
    // eslint-disable-next-line no-control-regex -- they are what this looks for
    expect(page).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffd]/)
    expect(page.split('a\\u202ecod.exe\\u2066b\\x85c\\x1b[31md').length - 1).toBeGreaterThanOrEqual(8)
    expect(page).toContain('l1\nl2\\x09tab')
  })

  it('is bounded: thousands of comments, a comment and a name of a megabyte', () => {
    const page = html('many', {
      sectionComments: Array.from({ length: 3000 }, (_, i) => `section comment ${i}`), interfaceComments: ['x'.repeat(60_000)],
      connections: Array.from({ length: 900 }, (_, i) => ({ comment: `packet comment ${i}`, ...(i === 0 ? { out: `GET /${'y'.repeat(1400)}`, resolved: 'z'.repeat(60_000) } : {}) })),
    }, '--flows', '0')
    expect(page.match(/section comment/g)).toHaveLength(200)
    expect(page.match(/packet comment/g)).toHaveLength(500)
    expect(page).toContain(`<p class="dim">${2800 + 1 + 400} more are not shown.</p>`)
    for (const letter of ['x', 'y', 'z']) expect(page).not.toMatch(new RegExp(`${letter}{2001}`))
  })
})
