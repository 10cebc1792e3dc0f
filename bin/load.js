'use strict'
// Loads a bundle of dist/ with the code cache that the build left beside it (it starts a quarter sooner); without it, or
// with another V8, all works the same.
const { readFileSync } = require('fs')
const { join } = require('path')
const { Script } = require('vm')

const dist = join(__dirname, '../dist')
const loaded = new Map()

const read = (path) => {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}

/** What dist/NAME.cjs exports; undefined when it has not been built. A bundle requires others as `./NAME.cjs`. */
function load(name) {
  const known = loaded.get(name)
  if (known !== undefined) return known.exports
  const file = join(dist, `${name}.cjs`)
  const bundle = read(file)
  if (bundle === undefined) return undefined
  const script = new Script(`(function (exports, require, module) {${bundle.toString('latin1')}\n})`, { filename: file, cachedData: read(`${file}.cache`) })
  const program = { exports: {}, script }
  loaded.set(name, program)
  let fromHere
  const requireFrom = (id) => {
    const sibling = /^\.\/([a-z]+)\.cjs$/.exec(id)
    return sibling === null ? (fromHere ??= require('module').createRequire(file))(id) : load(sibling[1])
  }
  script.runInThisContext()(program.exports, requireFrom, program)
  return program.exports
}

module.exports = load
/** The compiled scripts so far, by name: scripts/code-cache.cjs keeps their code. */
module.exports.scripts = () => [...loaded].map(([name, { script }]) => [name, script])
