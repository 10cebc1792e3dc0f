import { readFileSync } from 'node:fs'
import { configDefaults, defineConfig, type Plugin } from 'vitest/config'

/** Tests that measure time, or watch the kernel's tables while connections come and go: they run by themselves, after all others. */
const TIMED = ['test/probe/**/*.test.ts', 'test/commands/probe.test.ts', 'test/differential/live*.test.ts', 'test/differential/netstat.test.ts', 'test/analysis/truth.test.ts']

/** The rules of the analysis as `npm run build` made it. */
const rules: Plugin = {
  name: 'rules',
  enforce: 'pre',
  resolveId: (id) => (id.endsWith('/rules.wasm') ? '\0rules.wasm' : undefined),
  load: (id) => (id === '\0rules.wasm' ? `export default Buffer.from('${readFileSync('dist/rules.wasm', 'base64')}', 'base64')` : undefined),
}

export default defineConfig({
  plugins: [rules],
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // dates inside packets are printed in local time
    env: { TZ: 'UTC' },
    projects: [
      { extends: true, test: { name: 'plain', include: ['test/**/*.test.ts'], exclude: [...configDefaults.exclude, ...TIMED], sequence: { groupOrder: 0 } } },
      // once more where the machine was busy with something else
      { extends: true, test: { name: 'timed', include: TIMED, maxWorkers: 1, retry: 1, sequence: { groupOrder: 1 } } },
    ],
  },
})
