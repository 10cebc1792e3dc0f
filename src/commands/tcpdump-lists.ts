/** `sockscope tcpdump -D`, `-L` and `-J`: what there is to capture on, and how. */
import type { Device, LivePcap } from '../capture/libpcap-live.js'
import { UserError } from '../errors.js'
import { LineWriter } from '../format/line.js'
import type { Io } from '../io.js'
import { interfacesOf } from './tcpdump-engine.js'
import type { LiveOptions } from './tcpdump-live-options.js'

const GATHER = 1 << 16

/** -D, -L, -J */
export function list(pcap: LivePcap, live: LiveOptions, io: Io): number {
  const out = new LineWriter(io.out, GATHER)
  if (live.list === 'interfaces') {
    pcap.devices().forEach((device, n) => out.utf8(`${n + 1}.${device.name}${device.description === undefined ? '' : ` (${device.description})`} [${flagWords(device)}]`).endLine())
  } else {
    const device = interfacesOf(pcap, live)[0]!
    const isLink = live.list === 'link types'
    const named = isLink ? pcap.linkTypes(device, live.monitor) : pcap.timeStampTypes(device)
    const title = isLink ? `Data link types for ${device}${live.monitor ? ' when in monitor mode' : ''} (use option -y to set):` : `Time stamp types for ${device} (use option -j to set):`
    if (named.length === 0) throw new UserError(`${device}: its time stamp type cannot be chosen`)
    out.utf8(title).endLine()
    for (const { name, description } of named) out.utf8(`  ${name} (${description})`).endLine()
  }
  out.flush()
  return 0
}

/** PCAP_IF_… of <pcap/pcap.h>, in tcpdump's words. */
const Flag = { LOOPBACK: 1, UP: 2, RUNNING: 4, WIRELESS: 8, STATUS: 0x30, CONNECTED: 0x10, DISCONNECTED: 0x20 } as const

function flagWords({ flags }: Device): string {
  const words: string[] = []
  if (flags & Flag.UP) words.push('Up')
  if (flags & Flag.RUNNING) words.push('Running')
  if (flags & Flag.LOOPBACK) words.push('Loopback')
  const wireless = (flags & Flag.WIRELESS) !== 0
  if (wireless) words.push('Wireless')
  if ((flags & Flag.STATUS) === Flag.CONNECTED) words.push(wireless ? 'Associated' : 'Connected')
  else if ((flags & Flag.STATUS) === Flag.DISCONNECTED) words.push(wireless ? 'Not associated' : 'Disconnected')
  return words.length === 0 ? 'none' : words.join(', ')
}
