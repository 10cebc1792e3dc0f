/** AppleTalk Address Resolution Protocol ("Inside AppleTalk", chapter 2) as tcpdump prints it. */
import { u16, u8 } from '../bytes.js'
import { appleTalkAddress } from './appletalk.js'
import { say } from './fields.js'
import type { Printer } from './printer.js'

const SIZE = 28
const ETHERNET = 1
const APPLETALK = 0x809b
const Operation = { REQUEST: 1, RESPONSE: 2, PROBE: 3 } as const

export function printAarp(p: Printer, at: number, length: number): void {
  const { b, out } = p
  p.protocol = 'aarp'
  say(p, 'aarp ')
  if (!p.has(at, SIZE)) return p.truncated()
  if (length < SIZE) {
    say(p, ` [|aarp ${length}]`)
    return
  }
  const hardware = u16(b, at)
  const protocol = u16(b, at + 2)
  const operation = u16(b, at + 6)
  const isUsual = hardware === ETHERNET && protocol === APPLETALK && u8(b, at + 4) === 6 && u8(b, at + 5) === 4
  const source = addressAt(b, at + 14)
  const destination = addressAt(b, at + 24)
  if (isUsual && operation === Operation.REQUEST) say(p, `who-has ${destination} tell ${source}`)
  else if (isUsual && operation === Operation.PROBE) say(p, `probe ${destination} tell ${source}`)
  else if (isUsual && operation === Operation.RESPONSE) {
    out.text('reply ').text(source).text(' is-at ')
    p.mac(at + 8)
  } else {
    const type = protocol === 0 ? '0' : `0x${protocol.toString(16)}`
    say(p, `len ${length} op ${operation} htype ${hardware} ptype ${type} halen ${u8(b, at + 4)} palen ${u8(b, at + 5)}`)
  }
}

/** Four bytes, of which the first says nothing. */
const addressAt = (b: Uint8Array, at: number): string => appleTalkAddress(u16(b, at + 1), u8(b, at + 3))
