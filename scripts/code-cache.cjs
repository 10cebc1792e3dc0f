// Runs the program on common commands as bin/sockscope.js does, and keeps the code that V8 compiled for them.
'use strict'
const { renameSync, writeFileSync } = require('fs')
const { resolve } = require('path')
const load = require('../bin/load.js')

const capture = (name) => resolve(__dirname, '../test/fixtures/pcap', name)
const PRINTED = ['tcp-handshake-close.pcap', 'http.pcap', 'dns-udp.pcap', 'arp.pcap', 'icmp-echo.pcap', 'stp.pcap']
const COMMANDS = [['--help'], ['tcpdump', '--count', '-r', capture('http.pcap')], ...PRINTED.map((name) => ['tcpdump', '-nn', '-r', capture(name)]), ['flows', capture('http.pcap')], ['ladder', capture('http.pcap')], ['netstat', '-tan'], ['probe', '--list'], ['flows', capture('tcp-handshake-close.pcap')]]

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
