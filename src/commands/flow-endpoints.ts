/** Names of a connection's ends for people and scripts. */
import type { Conversations } from '../analysis/conversations.js'
import { LineWriter } from '../format/line.js'
import { writeIp4, writeIp6 } from '../format/address.js'

const bytes = new Uint8Array(16)
let text = ''
const out = new LineWriter((chunk) => (text = Buffer.from(chunk).toString('latin1')))

/** `192.0.2.1:80`, `[2001:db8::1]:80`: the address and port of a side, 0 the originator's. */
export function endpointText(conversations: Conversations, connection: number, side: 0 | 1): string {
  const isLong = conversations.addressOf(connection, side, bytes) === 16
  if (isLong) writeIp6(out.byte(91), bytes, 0)
  else writeIp4(out, bytes, 0)
  if (isLong) out.byte(93)
  out.byte(58).dec(conversations.portOf(connection, side))
  out.flush()
  return text
}
