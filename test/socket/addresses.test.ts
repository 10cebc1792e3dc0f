import { describe, expect, it } from 'vitest'
import { hostAddresses } from '../../src/socket/addresses.js'
import { loadSyscalls } from '../../src/socket/syscalls.js'
import { hasTool, run } from '../run.js'

describe.skipIf(!hasTool('ip', ['-V']))('addresses of the host (apt-get install iproute2)', () => {
  it('are those that ip shows', async () => {
    const shown = JSON.parse(run('ip', ['-j', 'addr']).stdout.toString()) as { addr_info: { family: string; local: string; broadcast?: string }[] }[]
    const of4 = (text: string): string => text.split('.').map((part) => Number(part).toString(16).padStart(2, '0')).join('')
    const infos = shown.flatMap(({ addr_info }) => addr_info)
    const { own, broadcast } = hostAddresses(await loadSyscalls())
    expect(own).toHaveLength(infos.length)
    expect(own.filter((text) => text.length === 8).sort()).toEqual(infos.filter(({ family }) => family === 'inet').map(({ local }) => of4(local)).sort())
    expect(broadcast).toEqual(expect.arrayContaining(infos.flatMap(({ broadcast: text }) => (text === undefined ? [] : [of4(text)]))))
    expect(broadcast).toContain('7fffffff') // 127.0.0.1/8
  })
})
