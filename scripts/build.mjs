// Builds dist/: the program (sockscope.cjs) and a bundle for each subcommand, which it loads when that is named. CommonJS starts
// about 20 ms sooner than ES modules; koffi, which is native, stays outside. Then V8's compiled code of what first runs need,
// beside each bundle (.cache), which bin/load.js loads with it.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { build } from 'esbuild'
import { compileRules } from './rules.mjs'

/**
 * Bundles of their own, loaded when they are wanted: each subcommand, which src/cli.ts names as ./commands/NAME.js, and of tcpdump what prints, writes and listens,
 * for to count packets wants little of the program (it has its own copy of what both need).
 */
const ownBundles = {
  name: 'own-bundles',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^\.\/(commands\/[a-z]+|tcpdump-packets)\.js$/ }, ({ path, kind }) =>
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
 * Printers of protocols that few captures hold are loaded by the first packet that wants them: in the files that choose a printer, imports become functions
 * that load the module when they are first called. What every capture needs is left as it is. `from`: what to load a module by its path from.
 */
const EAGER = /\/(ip4|ip6|tcp|udp|ethernet|arp|icmp4|icmp6|dns|text-protocol)\.js$/
const latePrinters = (from) => ({
  name: 'late-printers',
  setup: ({ onLoad }) => {
    onLoad({ filter: /src\/format\/(tcp-payload|udp-payload|ip-payload|ethertype|llc|link\/link)\.ts$/ }, ({ path }) => {
      const contents = readFileSync(path, 'utf8').replaceAll(/^import \{([^}]*)\} from '(\.[^']*)'$/gm, (whole, names, module) => {
        const words = names.split(/[\s,]+/).filter((word) => word !== '')
        if (EAGER.test(module) || !words.every((word) => /^print[A-Z]\w*$/.test(word))) return whole
        const loaded = from(module, relative('.', join(dirname(path), module.replace(/\.js$/, '.ts'))))
        return words.map((word) => `let late_${word}; const ${word} = (a, b, c, d, e, f, g) => (late_${word} ??= ${loaded}.${word})(a, b, c, d, e, f, g)`).join('; ')
      })
      return { contents, loader: 'ts' }
    })
  },
})
const fromSameBundle = latePrinters((module) => `require('${module}')`)

/** The rules of the analysis in WebAssembly: in the bundles that want them, and by themselves for the tests. */
mkdirSync('dist', { recursive: true })
writeFileSync('dist/rules.wasm', await compileRules())
const rules = {
  name: 'rules',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /\/rules\.wasm$/ }, () => ({ path: 'dist/rules.wasm', namespace: 'rules' }))
    onLoad({ filter: /.*/, namespace: 'rules' }, ({ path }) => ({ contents: readFileSync(path), loader: 'binary' }))
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
const others = commands.filter((name) => name !== 'tcpdump')
await Promise.all([
  build({ ...common, entryPoints: { sockscope: 'src/cli.ts' }, plugins: [ownBundles, childProcessLate] }),
  build({ ...common, entryPoints: Object.fromEntries(others.map((name) => [name, `src/commands/${name}.ts`])), plugins: [childProcessLate, fromSameBundle, rules] }),
  build({ ...common, entryPoints: { tcpdump: 'src/commands/tcpdump.ts' }, plugins: [ownBundles, childProcessLate] }),
  buildPackets(),
])

for (const name of readdirSync('dist')) if (name.endsWith('.cache')) rmSync(`dist/${name}`)
const { status, stderr } = spawnSync(process.execPath, ['scripts/code-cache.cjs'], { stdio: ['ignore', 'ignore', 'pipe'] })
if (status !== 0) throw new Error(`scripts/code-cache.cjs: exit ${status}: ${stderr}`)

/**
 * tcpdump starts too often, and is measured against too quick a program, to read a megabyte of printers that it does not call: they are a bundle of their own,
 * printers.cjs, which has no copy of the modules that packets.cjs has, but takes them from there.
 */
async function buildPackets() {
  const entry = 'src/commands/tcpdump-packets.ts'
  const { metafile } = await build({ ...common, entryPoints: [entry], write: false, metafile: true, plugins: [childProcessLate, fromSameBundle, rules] })
  const modules = metafile.inputs
  const reached = (kinds) => {
    const found = new Set()
    for (const waiting = [entry]; waiting.length > 0; ) {
      const path = waiting.pop()
      if (found.has(path)) continue
      found.add(path)
      for (const { path: next, kind } of modules[path]?.imports ?? []) if (kinds.includes(kind) && next in modules) waiting.push(next)
    }
    return found
  }
  const main = reached(['import-statement', 'dynamic-import'])
  for (const path of Object.keys(modules)) if (!path.startsWith('src/')) main.add(path)
  const printers = Object.keys(modules).filter((path) => !main.has(path))
  const shared = [...new Set(printers.flatMap((path) => modules[path].imports.map(({ path: next }) => next)))].filter((path) => main.has(path) && path.startsWith('src/'))
  const late = [...main].flatMap((path) => modules[path]?.imports ?? []).map(({ path }) => path).filter((path) => printers.includes(path))

  const fromPrinters = latePrinters((module, path) => (main.has(path) ? `require('${module}')` : `require('./printers.cjs').printers['${path}']()`))
  const outside = { name: 'outside', setup: ({ onResolve }) => onResolve({ filter: /^\.\/(printers|packets)\.cjs$/ }, ({ path }) => ({ path, external: true })) }
  const fromPackets = {
    name: 'from-packets',
    setup: ({ onResolve, onLoad }) => {
      onResolve({ filter: /^\..*\.js$/ }, ({ path, resolveDir }) => {
        const source = relative('.', join(resolveDir, path.replace(/\.js$/, '.ts')))
        return main.has(source) ? { path: source, namespace: 'packets' } : undefined
      })
      onLoad({ filter: /.*/, namespace: 'packets' }, ({ path }) => ({ contents: `module.exports = require('./packets.cjs').shared['${path}']`, resolveDir: '.' }))
    },
  }
  const lines = (all, line) => all.map(line).join('\n')
  const source = (contents) => ({ contents, resolveDir: process.cwd(), loader: 'ts' })
  const sharing = `export * from './${entry}'
${lines(shared, (path, i) => `import * as m${i} from './${path}'`)}
export const shared = {${lines(shared, (path, i) => `'${path}': m${i},`)}}`
  const offering = `export const printers = {${lines([...new Set(late)], (path) => `'${path}': () => require('./${path}'),`)}}`
  await build({ ...common, outdir: undefined, outExtension: {}, outfile: 'dist/packets.cjs', stdin: source(sharing), plugins: [childProcessLate, fromPrinters, outside] })
  await build({ ...common, outdir: undefined, outExtension: {}, outfile: 'dist/printers.cjs', stdin: source(offering), plugins: [fromPackets, outside] })
}
