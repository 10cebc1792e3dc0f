/** Telnet's commands with -X at -vvv, where each has a line of its own, as tcpdump 4.99.3 prints them. */
import { expect, it } from 'vitest'
import { frameOf, ip4 } from '../decode/frames.js'
import { textOf } from './printing.js'

const printed = (payload: string, length = payload.length / 2): string => {
  const [text] = textOf([frameOf(`${ip4(6, length + 20)} 9c40 0017 00000001 00000001 5018 01f4 0000 0000 ${payload}`, 101)], { verbose: 3, dump: 'X' })
  return text!.slice(text!.indexOf(`length ${length}`) + `length ${length}`.length, text!.indexOf('\n\t0x0000'))
}

it('commands behind their bytes, words in one column', () =>
  expect(printed('fffd03fffb1f')).toBe('\nTelnet:\n0x0000:  fffd 03               \tDO SUPPRESS GO AHEAD\n0x0003:  fffb 1f               \tWILL NAWS\n'))

it('words of a long one stand on the next line', () =>
  expect(printed('fffa1f00500018fff0')).toBe('\nTelnet:\n0x0000:  fffa 1f00 5000 18ff f0\n\t\t\t\tSB NAWS IS 0x50 0 0x18 SE\n'))
