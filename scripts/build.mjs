// Builds dist/sockscope.cjs: one CommonJS bundle (it starts about 20 ms sooner than ES modules); koffi, which is native, stays
// outside. Then dist/sockscope.cjs.cache: V8's compiled code of what a first run needs, which bin/sockscope.js loads with it.
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { build } from 'esbuild'

const BUNDLE = 'dist/sockscope.cjs'
const CACHE = `${BUNDLE}.cache`

await build({
  entryPoints: ['src/cli.ts'],
  outfile: BUNDLE,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  external: ['koffi', 'pcap'],
  // The bundle runs as a vm.Script, which knows no import(): what is outside is loaded with require.
  supported: { 'dynamic-import': false },
  logLevel: 'warning',
})

rmSync(CACHE, { force: true })
const { status, stderr } = spawnSync(process.execPath, ['scripts/code-cache.cjs', BUNDLE, CACHE], { stdio: ['ignore', 'ignore', 'pipe'] })
if (status !== 0) throw new Error(`scripts/code-cache.cjs: exit ${status}: ${stderr}`)
