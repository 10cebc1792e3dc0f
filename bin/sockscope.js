#!/usr/bin/env node
'use strict'
const program = require('./load.js')('sockscope')
if (program !== undefined) program.start(process.argv, require.resolve('./load.js'))
else {
  process.stderr.write('sockscope: dist/sockscope.cjs: not built yet (run: npm ci --ignore-scripts && npm run build)\n')
  process.exitCode = 1
}
