/** The ends of a connection that is still being followed, as `sockscope flows` names them. */
import type { Conversations } from '../analysis/conversations.js'
import { endpointText } from '../format/flows-columns.js'

const bytes = new Uint8Array(16)

/** `192.0.2.1:80`, `[2001:db8::1]:80`: the address and port of a side, 0 the originator's. */
export function endpointOf(conversations: Conversations, connection: number, side: 0 | 1): string {
  const length = conversations.addressOf(connection, side, bytes)
  return endpointText({ address: bytes.subarray(0, length), port: conversations.portOf(connection, side) }, conversations.protocolOf(connection))
}
