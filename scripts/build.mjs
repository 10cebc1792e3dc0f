// Builds dist/sockscope.cjs: one CommonJS bundle (it starts about 20 ms sooner than ES modules); koffi, which is native, stays outside.
import { build } from 'esbuild'

await build({
  entryPoints: ['src/cli.ts'],
  outfile: 'dist/sockscope.cjs',
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  external: ['koffi', 'pcap'],
  logLevel: 'warning',
})
