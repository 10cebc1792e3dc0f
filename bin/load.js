'use strict'
// Loads dist/sockscope.cjs with the code cache that the build left beside it (it starts a quarter sooner); without it, or
// with another V8, all works the same.
const { readFileSync } = require('fs')
const { join } = require('path')
const { Script } = require('vm')

const file = join(__dirname, '../dist/sockscope.cjs')
const read = (path) => {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}

/** What the bundle exports; undefined when it has not been built. */
module.exports = () => {
  const bundle = read(file)
  if (bundle === undefined) return undefined
  const script = new Script(`(function (exports, require, module) {${bundle.toString('latin1')}\n})`, { filename: file, cachedData: read(`${file}.cache`) })
  const program = { exports: {} }
  script.runInThisContext()(program.exports, require('module').createRequire(file), program)
  return program.exports
}
