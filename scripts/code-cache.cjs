// Runs the bundle as bin/sockscope.js does, on common commands, and keeps the code that V8 compiled for them.
'use strict'
const { readFileSync, writeFileSync, renameSync } = require('fs')
const { resolve } = require('path')
const { Script } = require('vm')

const [, , bundle, cache] = process.argv
const file = resolve(bundle)
const CAPTURE = resolve(__dirname, '../test/fixtures/pcap/tcp-handshake-close.pcap')
const COMMANDS = [['--help'], ['tcpdump', '-nn', '-r', CAPTURE]]

const script = new Script(`(function (exports, require, module) {${readFileSync(file, 'latin1')}\n})`, { filename: file })
const program = { exports: {} }
script.runInThisContext()(program.exports, require('module').createRequire(file), program)

async function warmUp() {
  for (const words of COMMANDS) await program.exports.main([process.execPath, 'sockscope', ...words], resolve(__dirname, '../bin/load.js'))
  // Written whole or not at all: a program may start meanwhile.
  writeFileSync(`${cache}.${process.pid}`, script.createCachedData())
  renameSync(`${cache}.${process.pid}`, cache)
}
warmUp().catch((error) => {
  process.stderr.write(`${error.stack}\n`)
  process.exitCode = 1
})
