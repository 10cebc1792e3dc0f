// Packets lost by a live capture over a veth pair in namespaces of its own, against the installed tcpdump, back to back: printing to a file and
// writing one. Needs root, tcpreplay and tcpdump. BENCH_RATES="100000 200000 top" BENCH_RUNS=3
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { chmodSync, closeSync, existsSync, mkdtempSync, openSync, readFileSync, readSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateCapture } from './generate-capture.mjs'
import { PROGRAM } from './measure.mjs'

const RATES = (process.env.BENCH_RATES ?? '100000 200000 top').split(' ')
const RUNS = Number(process.env.BENCH_RUNS ?? 3)
const PACKETS = 1_000_000
const SENDER = `sb${process.pid}t`, RECEIVER = `sb${process.pid}r`
const env = { ...process.env }
delete env.NODE_EXTRA_CA_CERTS

const ip = (...args) => execFileSync('ip', args)
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1]

export async function bench() {
  if (process.getuid() !== 0 || spawnSync('tcpreplay', ['-V']).error !== undefined || spawnSync('tcpdump', ['--version']).error !== undefined) {
    console.log('not run: it needs root, tcpreplay and tcpdump')
    return
  }
  const dir = mkdtempSync(join(tmpdir(), 'sockscope-live-bench-'))
  chmodSync(dir, 0o777)
  try {
    generateCapture(join(dir, 'sent.pcap'), PACKETS, 1000)
    for (const name of [SENDER, RECEIVER]) ip('netns', 'add', name)
    ip('link', 'add', 'v0', 'netns', SENDER, 'type', 'veth', 'peer', 'name', 'v1', 'netns', RECEIVER)
    for (const [name, link] of [[SENDER, 'v0'], [RECEIVER, 'v1']]) {
      execFileSync('ip', ['netns', 'exec', name, 'sysctl', '-qw', 'net.ipv6.conf.all.disable_ipv6=1', 'net.ipv6.conf.default.disable_ipv6=1'])
      ip('-n', name, 'link', 'set', link, 'mtu', '9000', 'arp', 'off', 'up')
    }
    const ours = [process.execPath, PROGRAM, 'tcpdump'], theirs = ['tcpdump']
    const hasPackage = spawnSync(process.execPath, ['-e', "require('pcap')"]).status === 0 // npm rebuild pcap
    for (const rate of RATES) {
      for (const { what, args } of [{ what: 'printing', args: ['-nn', '-i', 'v1'] }, { what: 'writing', args: ['-i', 'v1', '-w', join(dir, 'written')] }]) {
        const results = { sockscope: [], tcpdump: [], ...(hasPackage ? { 'engine pcap': [] } : {}) }
        for (let run = 0; run < RUNS; run++) {
          results.tcpdump.push(await once([...theirs, ...args], rate, dir))
          results.sockscope.push(await once([...ours, ...args], rate, dir))
          if (hasPackage) results['engine pcap'].push(await once([...ours, '--engine', 'pcap', ...args], rate, dir))
        }
        for (const [name, runs] of Object.entries(results)) {
          const sums = runs.every(({ captured, received, dropped, kept }) => captured + dropped === received && captured === kept) ? 'sums agree' : 'SUMS DIFFER'
          const peak = Math.max(...runs.map(({ peakMb }) => peakMb))
          console.log(`${what.padEnd(9)} ${String(rate).padStart(7)}/s  ${name.padEnd(11)} lost ${median(runs.map(({ lost }) => lost)).toFixed(2).padStart(6)} %  (${median(runs.map(({ pps }) => pps))} packets a second reached, ${sums}, peak ${peak} MB)`)
        }
      }
    }
  } finally {
    for (const name of [SENDER, RECEIVER]) spawnSync('ip', ['netns', 'del', name])
    rmSync(dir, { recursive: true })
  }
}

async function once(argv, rate, dir) {
  const path = join(dir, 'printed'), written = join(dir, 'written')
  rmSync(written, { force: true })
  const out = openSync(path, 'w')
  const child = spawn('ip', ['netns', 'exec', RECEIVER, ...argv], { env, stdio: ['ignore', out, 'pipe'] })
  closeSync(out)
  let said = ''
  child.stderr.on('data', (text) => (said += text))
  const ended = new Promise((resolve) => child.on('close', resolve))
  while (!said.includes('listening on')) await pause(20)
  await pause(300)
  const speed = rate === 'top' ? ['-t'] : [`--pps=${rate}`]
  const replay = spawn('ip', ['netns', 'exec', SENDER, 'tcpreplay', '-q', ...speed, '--preload-pcap', '-i', 'v0', join(dir, 'sent.pcap')])
  let report = ''
  replay.stdout.on('data', (text) => (report += text))
  await new Promise((resolve) => replay.on('close', resolve))
  await pause(2500)
  const peakMb = Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'latin1'))?.[1] ?? 0) / 1024)
  child.kill('SIGINT')
  await ended
  const number = (what) => Number(new RegExp(`(\\d+) packets? ${what}`).exec(said)?.[1] ?? NaN)
  const kept = existsSync(written) ? countRecords(written) : countLines(path)
  return {
    captured: number('captured'), received: number('received by filter'), dropped: number('dropped by kernel'), kept, peakMb,
    lost: (100 * (PACKETS - kept)) / PACKETS, pps: Math.round(Number(/([\d.]+) pps/.exec(report)?.[1] ?? 0)),
  }
}

function countLines(path) {
  const fd = openSync(path), b = Buffer.alloc(1 << 20)
  let lines = 0, empty = true
  for (let got; (got = readSync(fd, b)) > 0; ) for (let at = 0; at < got; at++) {
    if (b[at] !== 10) empty = false
    else if (!empty) {
      lines++
      empty = true // tcpdump ends with an empty line
    }
  }
  closeSync(fd)
  return lines
}

function countRecords(path) {
  const b = readFileSync(path)
  let records = 0
  for (let at = 24; at + 16 <= b.length; at += 16 + b.readUInt32LE(at + 8)) records++
  return records
}
