/** Whether connections came or went, by the counters of stand-in trees. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Churn } from '../../src/procnet/churn.js'
import { ProcRoot } from '../../src/procnet/proc-root.js'

let dir = ''
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'sockscope-'))
  mkdirSync(join(dir, 'net'))
})
afterAll(() => rmSync(dir, { recursive: true }))

const snmp = (open: number, segments: number): string => `Udp: InDatagrams\nUdp: ${segments}\nTcp: ActiveOpens PassiveOpens AttemptFails EstabResets CurrEstab InSegs\nTcp: ${open} 2 3 4 5 ${segments}\n`

it.each([
  ['a connection was opened', snmp(1, 1), snmp(2, 1), true],
  ['segments passed', snmp(1, 1), snmp(1, 2), false],
  ['no group of TCP', 'Udp: InDatagrams\nUdp: 1\n', 'Udp: InDatagrams\nUdp: 2\n', false],
])('%s', (_, before, after, happened) => {
  writeFileSync(join(dir, 'net/snmp'), before)
  const churn = new Churn(new ProcRoot(dir))
  expect(churn.happened()).toBe(false)
  writeFileSync(join(dir, 'net/snmp'), after)
  expect(churn.happened()).toBe(happened)
})

it('no counters, or none that can be read: nothing is known to have happened', () => {
  rmSync(join(dir, 'net/snmp'))
  const churn = new Churn(new ProcRoot(dir))
  expect(churn.happened()).toBe(false)
  mkdirSync(join(dir, 'net/snmp'))
  expect(churn.happened()).toBe(false)
})
