/**
 * Compiles the rules of the analysis, src/analysis/rules/, to WebAssembly. It is AssemblyScript; what it imports with an ending (`../record.js`) is TypeScript of
 * the program, of which it sees the numbers: constants, and objects of numbers as namespaces. So each stands in one place.
 */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import asc from 'assemblyscript/asc'
import { build } from 'esbuild'

const root = resolve(import.meta.dirname, '..')

/** What the TypeScript module at `path` exports. */
async function moduleAt(path) {
  const { outputFiles } = await build({ entryPoints: [path], bundle: true, write: false, format: 'esm', platform: 'node', target: 'node20' })
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`)
}

/** AssemblyScript of the numbers among them. */
async function numbersOf(path) {
  const line = (name, value) => `export const ${name}: ${Number.isInteger(value) && Math.abs(value) < 2 ** 31 ? 'i32' : 'f64'} = ${value}`
  return Object.entries(await moduleAt(path)).flatMap(([name, value]) => {
    if (typeof value === 'number') return [line(name, value)]
    const isOfNumbers = typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every((one) => typeof one === 'number')
    return isOfNumbers ? [`export namespace ${name} { ${Object.entries(value).map(([key, one]) => line(key, one)).join('; ')} }`] : []
  }).join('\n')
}

/** The module's bytes. @throws Error with the compiler's words */
export async function compileRules() {
  const files = new Map(), numbers = new Map(), words = []
  const given = async (path) => {
    if (!path.endsWith('.js.ts')) return readFileSync(path, 'utf8')
    if (!numbers.has(path)) numbers.set(path, numbersOf(path.replace(/\.js\.ts$/, '.ts')))
    return numbers.get(path)
  }
  const { FIRST_PAGES, MOST_PAGES } = await moduleAt(resolve(root, 'src/analysis/rules-memory.ts'))
  const { error } = await asc.main(
    [
      'src/analysis/rules/exports.ts', '--outFile', 'rules.wasm', '-O3', '--noAssert', '--runtime', 'stub', '--use', 'abort=', '--importMemory', '--sharedMemory', '--enable', 'threads',
      '--initialMemory', String(FIRST_PAGES), '--maximumMemory', String(MOST_PAGES),
    ],
    {
      readFile: (name, base) => given(resolve(root, base, name)).catch(() => null),
      writeFile: (name, contents) => void files.set(name, contents),
      listFiles: () => [],
      stderr: { write: (text) => void words.push(text) },
    },
  )
  if (error) throw new Error(`src/analysis/rules: ${error.message}\n${words.join('')}`)
  return files.get('rules.wasm')
}
