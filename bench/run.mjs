// Runs every bench, or those named: `npm run bench`, `npm run bench -- tcpdump startup`.
import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const known = readdirSync(here).filter((name) => name.endsWith('.mjs') && !['run.mjs', 'measure.mjs'].includes(name)).map((name) => name.slice(0, -4))
const wanted = process.argv.slice(2)
for (const name of wanted.length > 0 ? wanted : known) {
  if (!known.includes(name)) throw new Error(`no bench ${name}: there are ${known.join(', ')}`)
  console.log(`\n## ${name}`)
  await (await import(join(here, `${name}.mjs`))).bench()
}
