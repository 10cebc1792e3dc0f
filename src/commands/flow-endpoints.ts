/** The ends of a connection that is still being followed, as `sockscope flows` names them. */
import type { Conversations } from '../analysis/conversations.js'
import { endpointText } from '../format/flows-columns.js'

/** `192.0.2.1:80`, `[2001:db8::1]:80`: the address and port of a side, 0 the originator's. */
export function endpointOf(conversations: Conversations, connection: number, side: 0 | 1): string {
  return endpointText({ address: conversations.addressOf(connection, side), port: conversations.portOf(connection, side) }, conversations.protocolOf(connection))
}
