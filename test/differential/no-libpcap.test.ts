/** A machine without libpcap: in a mount namespace of our own, where its file is empty. */
import { existsSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { PROGRAM, ROOT, hasTool, isRoot, run } from '../run.js'

const LDCONFIG = '/sbin/ldconfig' // glibc's; not on the path of users
const paths = !existsSync(LDCONFIG) ? [] : run(LDCONFIG, ['-p']).stdout.toString().match(/\/\S*\/libpcap\.so\S*$/gm) ?? []
const files = [...new Set(paths.map((path) => realpathSync(path)))]
const FIXTURE = join(ROOT, 'test/fixtures/pcap/http.pcap')
const without = (...args: string[]) =>
  run('unshare', ['-m', 'sh', '-c', `${files.map((file) => `mount --bind /dev/null ${file}`).join(' && ')} && exec "$0" "$@"`, process.execPath, PROGRAM, 'tcpdump', ...args])

describe.skipIf(!isRoot() || !hasTool('unshare') || files.length === 0)('without libpcap (root)', () => {
  it('reads a file without a filter', () => {
    const { status, stdout } = without('-nn', '-r', FIXTURE)
    expect([status, stdout.toString()]).toEqual([0, run(process.execPath, [PROGRAM, 'tcpdump', '-nn', '-r', FIXTURE]).stdout.toString()])
    expect(stdout.length).toBeGreaterThan(100)
  })

  it.each(['-i lo', 'tcp -nn -r FILE', '-d tcp', '-D', '-i lo -i any -w /dev/null'])('%s: one line says what to install', (args) => {
    expect(without(...args.replace('FILE', FIXTURE).split(' '))).toMatchObject({ status: 1, stderr: 'sockscope tcpdump: libpcap: not installed (apt-get install libpcap0.8; reading a file without a filter works without it)\n' })
  })
})
