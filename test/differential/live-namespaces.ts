/** For tests of live captures: two network namespaces of our own, joined by a veth pair, programs in them, and traffic between them. */
import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
import { PROGRAM, hasTool, isRoot, run } from '../run.js'

export const canRun = hasTool('tcpdump', ['--version'], /tcpdump version 4\.99\.3/) && hasTool('ip', ['-V']) && hasTool('python3') && isRoot()

const id = randomBytes(3).toString('hex')
/** The namespace that is watched, 10.77.0.1 and fd77::1 on here0; and the other, …2 on there0. */
export const HERE = `sl${id}a`, THERE = `sl${id}b`
/** A directory that anybody may enter; there as long as the tests run. */
export let dir = ''

export function ip(...args: string[]): void {
  const { status, stderr } = run('ip', args)
  if (status !== 0) throw new Error(`ip ${args.join(' ')}: ${stderr}`)
}

/** A program in the namespace that is watched. */
export class Watcher {
  readonly child: ChildProcess
  stdout = ''
  stderr = ''
  readonly ended: Promise<number | null>

  constructor(command: string, args: readonly string[]) {
    this.child = spawn('ip', ['netns', 'exec', HERE, command, ...args], { env: { ...process.env, TZ: 'UTC', NODE_EXTRA_CA_CERTS: '' }, stdio: ['ignore', 'pipe', 'pipe'] })
    this.child.stdout!.setEncoding('latin1').on('data', (text: string) => (this.stdout += text))
    this.child.stderr!.setEncoding('latin1').on('data', (text: string) => (this.stderr += text))
    this.ended = new Promise((resolve) => this.child.on('close', (code) => resolve(code)))
  }

  async until(what: () => boolean): Promise<void> {
    for (let tries = 0; tries < 500 && !what(); tries++) await pause(10)
    if (!what()) throw new Error(`waited in vain; stdout: ${this.stdout.slice(-300)}; stderr: ${this.stderr}`)
  }

  listening(): Promise<void> {
    return this.until(() => /listening on/.test(this.stderr))
  }

  end(signal: NodeJS.Signals = 'SIGINT'): Promise<number | null> {
    this.child.kill(signal)
    return this.ended
  }

  /** Without the empty line with which tcpdump ends a ^C, and without what the kernels say at times of their own about groups, with its dump. */
  lines(): string[] {
    let isKernels = false
    return this.stdout.split('\n').filter((line) => {
      if (!line.startsWith('\t')) isKernels = /ff02::16|33:33:00:00:00:16/.test(line)
      return line !== '' && !isKernels
    })
  }

  /** captured, received, dropped. */
  counts(): number[] {
    return [...this.stderr.matchAll(/^(\d+) packets? /gm)].map((match) => Number(match[1]))
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
export const watch = (...args: string[]): Watcher => new Watcher(process.execPath, [PROGRAM, 'tcpdump', ...args])

/** Python in the other namespace. */
export function traffic(script: string): void {
  const { status, stderr } = run('ip', ['netns', 'exec', THERE, 'python3', '-c', `import socket, time\n${script}`])
  if (status !== 0) throw new Error(stderr)
}

export const datagrams = (count: number, port = 9): string => `s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\nfor n in range(${count}): s.sendto(b'%06d' % n, ('10.77.0.1', ${port}))`

/** Makes the namespaces before, and removes them after, the tests of the describe block that it is called in. */
export function useNamespaces(): void {
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'sockscope-live-'))
    chmodSync(dir, 0o755)
    for (const name of [HERE, THERE]) ip('netns', 'add', name)
    ip('link', 'add', 'here0', 'netns', HERE, 'type', 'veth', 'peer', 'name', 'there0', 'netns', THERE)
    for (const [name, link, last] of [[HERE, 'here0', 1], [THERE, 'there0', 2]] as const) {
      ip('-n', name, 'link', 'set', 'lo', 'up')
      ip('-n', name, 'link', 'set', link, 'addrgenmode', 'none') // no talk of its own about link-local addresses
      ip('-n', name, 'addr', 'add', `10.77.0.${last}/24`, 'dev', link)
      ip('-n', name, 'addr', 'add', `fd77::${last}/64`, 'dev', link, 'nodad')
      ip('-n', name, 'link', 'set', link, 'up')
    }
    return pause(1500) // what the kernel says about addresses when a link comes up must not fall into the first capture
  })
  afterAll(() => {
    for (const name of [HERE, THERE]) run('ip', ['netns', 'del', name])
    rmSync(dir, { recursive: true, force: true })
  })
}

/** What is said, which must be one line, by a capture that does not begin. */
export async function refusal(...args: string[]): Promise<string> {
  const one = watch(...args)
  expect(await one.ended).toBe(1)
  expect(one.stdout).toBe('')
  return one.stderr
}

/** A new directory where anybody may write; new also where a test is run again. */
export function openFolder(name: string): string {
  const path = mkdtempSync(join(dir, name))
  chmodSync(path, 0o777)
  return path
}
