#!/usr/bin/env node
'use strict'
// Runs dist/sockscope.cjs with the code cache that the build left beside it (a quarter sooner); without it, or with
// another V8, all works the same.
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

const bundle = read(file)
if (bundle === undefined) {
  process.stderr.write('sockscope: dist/sockscope.cjs: not built yet (run: npm ci --ignore-scripts && npm run build)\n')
  process.exitCode = 1
} else {
  const wrapper = `(function (exports, require, module) {${bundle.toString('latin1')}\n})`
  const script = new Script(wrapper, { filename: file, cachedData: read(`${file}.cache`) })
  const program = { exports: {} }
  script.runInThisContext()(program.exports, require('module').createRequire(file), program)
  program.exports.main(process.argv, file)
}
