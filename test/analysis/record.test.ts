import { expect, it } from 'vitest'
import { FINDING_NAMES } from '../../src/analysis/findings.js'
import * as R from '../../src/analysis/record.js'

it('has room for each finding', () => expect(R.FINDINGS).toBe(FINDING_NAMES.length))

it('begins each double at the start of one', () => {
  for (const [name, offset] of Object.entries(R)) if (typeof offset === 'number') expect(Number.isInteger(offset), name).toBe(true)
})
