/** Zeek's conn_state: how a connection began and ended, in a word of letters. Meanings: the documentation of Zeek's conn.log. */
import { Protocol } from '../decode/ip-protocol.js'
import { Seen } from './record.js'

/** What of a side counts. */
export interface Ending {
  readonly packets: number
  readonly hasFin: boolean
  readonly isFinAcked: boolean
  readonly synPackets: number
}

export const CONN_STATES: Readonly<Record<string, string>> = {
  S0: 'attempt seen, no answer',
  S1: 'established, not ended',
  SF: 'established and ended in the normal way',
  REJ: 'attempt refused',
  S2: 'established, the originator closed, no answer to that from the responder',
  S3: 'established, the responder closed, no answer to that from the originator',
  RSTO: 'established, the originator aborted it',
  RSTR: 'established, the responder aborted it',
  RSTOS0: 'the originator sent a SYN and a RST, the responder no SYN-ACK',
  RSTRH: 'the responder sent a SYN-ACK and a RST, no SYN was seen',
  SH: 'the originator sent a SYN and a FIN, the responder no SYN-ACK',
  SHR: 'the responder sent a SYN-ACK and a FIN, no SYN was seen',
  OTH: 'no SYN seen, not ended',
}

/** @param seen bits of Seen */
export function connState(protocol: number, seen: number, originator: Ending, responder: Ending): string {
  if (protocol !== Protocol.TCP) {
    if (protocol !== Protocol.UDP) return 'OTH'
    return responder.packets === 0 ? 'S0' : originator.packets === 0 ? 'SHR' : 'SF'
  }
  const hasSyn = originator.synPackets > 0, hasAnswer = (seen & Seen.SYN_ACK) !== 0 || responder.synPackets > 0
  const hasRst = (seen & Seen.RST) !== 0, byResponder = (seen & Seen.RST_BY_RESPONDER) !== 0
  if (hasSyn && !hasAnswer) {
    if (hasRst) return byResponder ? 'REJ' : 'RSTOS0'
    if (responder.packets === 0) return originator.hasFin ? 'SH' : 'S0'
  }
  if (!hasSyn && hasAnswer && responder.synPackets > 0 && originator.packets === 0) {
    if (hasRst && byResponder) return 'RSTRH'
    return responder.hasFin ? 'SHR' : 'OTH'
  }
  if (originator.hasFin && responder.hasFin) return 'SF'
  if (hasRst) return byResponder ? 'RSTR' : 'RSTO'
  if (!hasSyn && !hasAnswer) return 'OTH'
  if (originator.hasFin) return 'S2'
  return responder.hasFin ? 'S3' : 'S1'
}
