// Runs the program on common commands as bin/sockscope.js does, and keeps the code that V8 compiled for them.
'use strict'
const { renameSync, writeFileSync } = require('fs')
const { resolve } = require('path')
const load = require('../bin/load.js')

const CAPTURE = resolve(__dirname, '../test/fixtures/pcap/tcp-handshake-close.pcap')
const CAPTURE_UDP = resolve(__dirname, '../test/fixtures/pcap/dns-udp.pcap')
const COMMANDS = [['--help'], ['tcpdump', '-nn', '-r', CAPTURE], ['tcpdump', '-nn', '-r', CAPTURE_UDP], ['netstat', '-tan'], ['probe', '--list'], ['flows', CAPTURE]]

async function warmUp() {
  const program = load('sockscope')
  for (const words of COMMANDS) await program.main([process.execPath, 'sockscope', ...words], resolve(__dirname, '../bin/load.js'))
  for (const [name, script] of load.scripts()) {
    // Written whole or not at all: a program may start meanwhile.
    const cache = resolve(__dirname, `../dist/${name}.cjs.cache`)
    writeFileSync(`${cache}.${process.pid}`, script.createCachedData())
    renameSync(`${cache}.${process.pid}`, cache)
  }
  process.exitCode = 0
}
warmUp().catch((error) => {
  process.stderr.write(`${error.stack}\n`)
  process.exitCode = 1
})
