// Builds dist/: the program (sockscope.cjs) and a bundle for each subcommand, which it loads when that is named. CommonJS starts
// about 20 ms sooner than ES modules; koffi, which is native, stays outside. Then V8's compiled code of what first runs need,
// beside each bundle (.cache), which bin/load.js loads with it.
import { spawnSync } from 'node:child_process'
import { readFileSync, readdirSync, rmSync } from 'node:fs'
import { build } from 'esbuild'

/** src/cli.ts names its subcommands as ./commands/NAME.js, each a bundle of its own. */
const subcommands = {
  name: 'subcommands',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^\.\/commands\/[a-z]+\.js$/ }, ({ path, kind }) =>
      kind === 'dynamic-import' ? { path: `./${/([a-z]+)\.js$/.exec(path)[1]}.cjs`, external: true } : undefined,
    )
  },
}

/** commander wants node:child_process, for programs that are commands, which none of ours is; it takes 8 ms to load. */
const childProcessLate = {
  name: 'child-process-late',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^node:child_process$/ }, ({ importer }) => (importer.includes('commander') ? { path: 'child_process', namespace: 'late' } : undefined))
    onLoad({ filter: /.*/, namespace: 'late' }, () => ({ contents: "exports.spawn = (...given) => require('node:child_process').spawn(...given)" }))
  },
}

/**
 * Printers of protocols that few captures hold are made only when the first such packet comes: of the files that choose a printer, imports become functions that
 * load the module when they are first called. What every capture needs is left as it is.
 */
const EAGER = /\/(ip4|ip6|tcp|udp|ethernet)\.js$/
const lazyPrinters = {
  name: 'lazy-printers',
  setup: ({ onLoad }) => {
    onLoad({ filter: /src\/format\/(tcp-payload|udp-payload|ip-payload|ethertype|llc|link\/link)\.ts$/ }, ({ path }) => {
      const contents = readFileSync(path, 'utf8').replaceAll(/^import \{([^}]*)\} from '(\.[^']*)'$/gm, (whole, names, from) => {
        const words = names.split(/[\s,]+/).filter((word) => word !== '')
        if (EAGER.test(from) || !words.every((word) => /^print[A-Z]\w*$/.test(word))) return whole
        return words.map((word) => `let late_${word}; const ${word} = (a, b, c, d, e, f, g) => (late_${word} ??= require('${from}').${word})(a, b, c, d, e, f, g)`).join('; ')
      })
      return { contents, loader: 'ts' }
    })
  },
}

const common = {
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  external: ['koffi', 'pcap'],
  // A bundle runs as a vm.Script, which knows no import(): what is outside is loaded with require.
  supported: { 'dynamic-import': false },
  logLevel: 'warning',
}
const commands = [...readFileSync('src/cli.ts', 'utf8').matchAll(/import\('\.\/commands\/([a-z]+)\.js'\)/g)].map(([, name]) => name)
await Promise.all([
  build({ ...common, entryPoints: { sockscope: 'src/cli.ts' }, plugins: [subcommands, childProcessLate] }),
  build({ ...common, entryPoints: Object.fromEntries(commands.map((name) => [name, `src/commands/${name}.ts`])), plugins: [childProcessLate, lazyPrinters] }),
])

for (const name of readdirSync('dist')) if (name.endsWith('.cache')) rmSync(`dist/${name}`)
const { status, stderr } = spawnSync(process.execPath, ['scripts/code-cache.cjs'], { stdio: ['ignore', 'ignore', 'pipe'] })
if (status !== 0) throw new Error(`scripts/code-cache.cjs: exit ${status}: ${stderr}`)
