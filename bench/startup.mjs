// How near the program's start is to that of bare node.
import { join } from 'node:path'
import { PROGRAM, ROOT, ms, race, ratio } from './measure.mjs'

const CAPTURE = join(ROOT, 'test/fixtures/pcap/tcp-handshake-close.pcap')

export function bench() {
  const node = process.execPath
  const times = race(
    {
      'node -e 0': [node, '-e', '0'],
      'sockscope --help': [node, PROGRAM, '--help'],
      'sockscope tcpdump -nn -r (10 packets)': [node, PROGRAM, 'tcpdump', '-nn', '-r', CAPTURE],
    },
    21,
  )
  const bare = times['node -e 0']
  for (const [name, seconds] of Object.entries(times)) console.log(`${name.padEnd(40)} ${ms(seconds).padStart(8)}  ${ratio(seconds, bare)} of bare node`)
}
