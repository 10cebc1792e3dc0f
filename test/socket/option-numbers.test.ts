import { expect, it } from 'vitest'
import { Level } from '../../src/socket/constants.js'
import { So, Tcp } from '../../src/socket/option-numbers.js'
import { OPTIONS } from '../../src/socket/options.js'

it.each([
  ...Object.entries(So).map(([name, number]) => ({ name: `SO_${name}`, level: Level.SOCKET as number, number })),
  ...Object.entries(Tcp).map(([name, number]) => ({ name: `TCP_${name}`, level: Level.TCP as number, number })),
])('$name is $number', ({ name, level, number }) => {
  expect(OPTIONS.filter((option) => option.level === level && option.number === number).map((option) => option.name)).toContain(name)
})
