/** Arguments and results of AFS calls as tcpdump prints them: XDR (RFC 4506), and an interpreter of the layouts in rx-calls.ts. */
import type { Printer } from './printer.js'
import { civil, systemTimeZone, type TimeZone } from './time-zone.js'
import { writeVisible, writeVisibleByte } from './tables.js'

/** Thrown, always this one object, where a field is missing: ` [|fs]` behind what was printed. */
export const CUT: { readonly cut: true } = { cut: true }

const MAX_ACL = 1024
const VOLUME_TYPES = ['read-write', 'read-only', 'backup']
/** In the order of the fs command. */
const RIGHTS = [[1, 'r'], [8, 'l'], [4, 'i'], [16, 'd'], [2, 'w'], [32, 'k'], [64, 'a']] as const

/** A cursor over the fields behind the header. */
export class Fields {
  readonly p: Printer
  at: number

  constructor(p: Printer, at: number) {
    this.p = p
    this.at = at
  }

  /** `label:form` fields separated by blanks. */
  print(layout: string): void {
    for (const field of layout.split(' ')) {
      const colon = field.lastIndexOf(':')
      if (colon >= 0) this.p.out.byte(32).text(field.slice(0, colon).replaceAll('_', ' '))
      this.#value(field.slice(colon + 1))
    }
  }

  #value(form: string): void {
    const { out } = this.p
    switch (form) {
      case '':
        return
      case 'u':
        return void out.text(` ${this.u32()}`)
      case 'i':
        return void out.text(` ${this.u32() | 0}`)
      case 'u64':
        return void out.text(` ${this.#u64()}`)
      case 'skip':
        this.u32()
        return
      case 'syncsite':
        return void out.text(this.u32() === 0 ? ' syncsite no' : ' syncsite yes')
      case 'date':
        return this.#date()
      case 'version':
        this.#require(8)
        return void out.text(` ${this.u32()}.${this.u32()}`)
      case 'fid':
        return this.#triple(' fid ', '/')
      case 'server':
        return this.#triple(' server ', ':')
      case 'uuid':
        return this.#uuid()
      case 'store':
        return this.#storeStatus()
      case 'volume': {
        const type = this.u32()
        if (type < VOLUME_TYPES.length) out.text(` type ${VOLUME_TYPES[type]!}`)
        return
      }
      case 'opaque':
        this.#opaque()
        return
      case 'acl':
        return this.#acl()
      case 'fids':
        return this.#list('fid', ',')
      case 'servers':
        return this.#list('server', ',')
      case 'ints':
        return this.#list('i', '')
      case 'names':
        return this.#list('v64', '')
      case 'callbacks':
        return this.#callbacks()
      case 'volumes':
        return this.#volumes()
      case 'entry8':
        return this.#entry(8, true, false)
      case 'entry13':
        return this.#entry(13, false, false)
      case 'entryuuid':
        return this.#entry(13, false, true)
      default:
        // s64: text of 64 bytes at most; v64: text of 64 letters, four bytes each
        if (form.startsWith('s')) this.#text(Number(form.slice(1)))
        else this.#letters(Number(form.slice(1)))
    }
  }

  u32(): number {
    const n = this.p.u32(this.at)
    this.at += 4
    return n
  }

  #u64(): bigint {
    const n = this.p.u64(this.at)
    this.at += 8
    return n
  }

  #require(bytes: number): void {
    if (!this.p.has(this.at, bytes)) throw CUT
  }

  /** Local time. */
  #date(): void {
    const seconds = this.u32() | 0
    const { memory, out } = this.p
    let zone = memory.get('zone') as TimeZone | undefined
    if (zone === undefined) {
      zone = systemTimeZone()
      memory.set('zone', zone)
    }
    zone.look(seconds)
    const local = seconds + zone.offset
    const day = Math.floor(local / 86400)
    const { year, month, day: ofMonth } = civil(day)
    const rest = local - day * 86400
    const two = (n: number): string => String(Math.floor(n)).padStart(2, '0')
    out.text(` ${year}/${two(month)}/${two(ofMonth)} ${two(rest / 3600)}:${two((rest / 60) % 60)}:${two(rest % 60)}`)
  }

  #triple(title: string, separator: string): void {
    this.#require(12)
    this.p.out.text(title + [this.u32(), this.u32(), this.u32()].join(separator))
  }

  #uuid(): void {
    this.#require(44)
    const { out } = this.p
    out.byte(32).hex(this.u32(), 8).hex(this.u32(), 4).hex(this.u32(), 4)
    for (let i = 0; i < 8; i++) out.hex2(this.u32() & 0xff)
  }

  #text(most: number): void {
    const { p } = this
    const length = this.u32()
    if (length > most) throw CUT
    p.out.text(' "')
    writeVisible(p.out, p.b, this.at, Math.min(this.at + length, p.end))
    if (!p.has(this.at, length)) throw CUT
    p.out.byte(34)
    this.at += Math.ceil(length / 4) * 4
  }

  #letters(count: number): void {
    this.#require(4 * count)
    const { out } = this.p
    out.text(' "')
    let ended = false
    for (let i = 0; i < count; i++) {
      const c = this.u32() & 0xff
      ended ||= c === 0
      if (!ended) writeVisibleByte(out, c)
    }
    out.byte(34)
  }

  /** Attributes to set, and a mask of which. */
  #storeStatus(): void {
    this.#require(24)
    const { out } = this.p
    const mask = this.u32()
    if (mask !== 0) out.text(' StoreStatus')
    if (mask & 1) {
      out.text(' date')
      this.#date()
    } else this.u32()
    const [owner, group, mode, segment] = [this.u32(), this.u32(), this.u32(), this.u32()]
    if (mask & 2) out.text(` owner ${owner}`)
    if (mask & 4) out.text(` group ${group}`)
    if (mask & 8) out.text(` mode ${(mode & 0o7777).toString(8)}`)
    if (mask & 16) out.text(` segsize ${segment}`)
    if (mask & 1024) out.text(' fsync')
  }

  #opaque(): Uint8Array {
    const length = this.u32()
    this.#require(length)
    const bytes = this.p.b.subarray(this.at, this.at + length)
    this.at += length
    return bytes
  }

  /** A number, and as many values. */
  #list(form: string, separator: string): void {
    const { out } = this.p
    const count = this.u32()
    for (let i = 0; i < count; i++) {
      this.#value(form)
      if (i < count - 1) out.text(separator)
    }
    if (count === 0) out.text(' <none!>')
  }

  #callbacks(): void {
    const { out } = this.p
    this.#list('fid', ',')
    const count = this.u32()
    if (count > 0) out.byte(59)
    for (let i = 0; i < count; i++) this.print('ver:i expires:date skip')
  }

  #volumes(): void {
    const { out } = this.p
    const count = this.u32()
    for (let i = 0; i < count; i++) {
      this.print('name:v32 volid:u type:')
      this.at += 4 * 21
      if (i < count - 1) out.byte(44)
    }
    if (count === 0) out.text(' <none!>')
  }

  /** Where a volume is: `count` places for servers, of which as many are used as it says. */
  #entry(count: number, hasType: boolean, byUuid: boolean): void {
    const { out, b } = this.p
    this.print('v65')
    if (hasType) {
      this.#require(4)
      this.at += 4
    }
    out.text(' numservers')
    const servers = this.u32()
    out.text(` ${servers} servers`)
    for (let i = 0; i < count; i++) {
      if (byUuid && i < servers) this.print('afsuuid:uuid')
      else {
        const size = byUuid ? 44 : 4
        this.#require(size)
        if (i < servers) out.byte(32).ip4(b, this.at)
        this.at += size
      }
    }
    if (byUuid) this.#pass(4 * count)
    out.text(' partitions')
    for (let i = 0; i < count; i++) {
      const partition = this.u32()
      if (i < servers) out.text(partition <= 26 ? ` ${String.fromCharCode(97 + partition)}` : ` ${partition}`)
    }
    this.#pass(4 * count)
    this.print('rwvol:u rovol:u backup:u')
  }

  #pass(bytes: number): void {
    this.#require(bytes)
    this.at += bytes
  }

  /** Two counts, then names and what they may do: first who may, then who may not. */
  #acl(): void {
    const bytes = this.#opaque().subarray(0, MAX_ACL)
    const zero = bytes.indexOf(0)
    const text = Buffer.from(zero < 0 ? bytes : bytes.subarray(0, zero)).toString('latin1')
    // each pattern takes all it can, as scanf(3) does
    const head = /^[\t-\r ]*([-+]?\d+)(?!\d)[\t-\r ]*([-+]?\d+)[\t-\r ]*/.exec(text)
    if (head === null) return
    let at = head[0].length
    for (const [sign, count] of [['+', Number(head[1])], ['-', Number(head[2])]] as const) {
      for (let i = 0; i < count; i++) {
        const entry = /^[\t-\r ]*([^\t-\r ]{1,1024})(?![^\t-\r ])[\t-\r ]*([-+]?\d+)[\t-\r ]*/.exec(text.slice(at))
        if (entry === null) return
        at += entry[0].length
        this.#right(sign, entry[1]!, Number(entry[2]))
      }
    }
  }

  #right(sign: string, user: string, rights: number): void {
    const { out } = this.p
    out.byte(32).text(sign).byte(123)
    for (const c of user) writeVisibleByte(out, c.charCodeAt(0))
    out.byte(32)
    for (const [bit, letter] of RIGHTS) if (rights & bit) out.text(letter)
    out.byte(125)
  }
}

/** `error …` of a file server, by its code. */
const FILE_ERRORS = [
  'salvage volume', 'no such vnode', 'no such volume', 'volume exist', 'no service', 'volume offline', 'voline online', 'diskfull', 'diskquota exceeded',
  'volume busy', 'volume moved', 'AFS IO error',
]
const FIRST_FILE_ERROR = 101
const RESTARTING = -100

export function fileError(code: number): string {
  return code === RESTARTING ? 'restarting fileserver' : (FILE_ERRORS[code - FIRST_FILE_ERROR] ?? `#${code}`)
}

