/**
 * States of a TCP connection, in one table. Sources: Linux include/net/tcp_states.h (numbers), RFC 9293 §3.3.2 (names),
 * net-tools' netstat(8) (its words). Linux numbers the request sockets of SYN_RECV apart (12) but shows them as 3.
 */

/** Numbers of the kernel. */
export const TcpState = {
  ESTABLISHED: 1, SYN_SENT: 2, SYN_RECV: 3, FIN_WAIT1: 4, FIN_WAIT2: 5, TIME_WAIT: 6,
  CLOSE: 7, CLOSE_WAIT: 8, LAST_ACK: 9, LISTEN: 10, CLOSING: 11, NEW_SYN_RECV: 12,
} as const

/** Colours of a terminal, by what a state means for who looks: moving data, waiting, ending, worth a look. */
export type StateColor = 'green' | 'cyan' | 'yellow' | 'gray' | 'red'

export interface TcpStateFacts {
  /** net-tools' word. */
  readonly word: string
  /** The RFC's name. */
  readonly rfc: string
  /** Lower snake case, as JSON and the filter have it. */
  readonly key: string
  readonly color: StateColor
}

const facts = (word: string, rfc: string, color: StateColor): TcpStateFacts => ({ word, rfc, key: word.toLowerCase(), color })

/** By number; 0 is no state. */
export const TCP_STATES: readonly (TcpStateFacts | undefined)[] = [
  undefined,
  facts('ESTABLISHED', 'ESTABLISHED', 'green'),
  facts('SYN_SENT', 'SYN-SENT', 'yellow'),
  facts('SYN_RECV', 'SYN-RECEIVED', 'yellow'),
  facts('FIN_WAIT1', 'FIN-WAIT-1', 'yellow'),
  facts('FIN_WAIT2', 'FIN-WAIT-2', 'yellow'),
  facts('TIME_WAIT', 'TIME-WAIT', 'gray'),
  facts('CLOSE', 'CLOSED', 'gray'),
  facts('CLOSE_WAIT', 'CLOSE-WAIT', 'red'),
  facts('LAST_ACK', 'LAST-ACK', 'yellow'),
  facts('LISTEN', 'LISTEN', 'cyan'),
  facts('CLOSING', 'CLOSING', 'yellow'),
  facts('SYN_RECV', 'SYN-RECEIVED', 'yellow'),
]

/** A state's number by any of its names, in any case, with `-` or `_`: `close-wait`, `FIN_WAIT1`, `fin-wait-1`. */
export function tcpStateNumber(name: string): number | undefined {
  const plain = (text: string): string => text.toUpperCase().replaceAll(/[-_]/g, '')
  const wanted = plain(name)
  const at = TCP_STATES.findIndex((state) => state !== undefined && (plain(state.word) === wanted || plain(state.rfc) === wanted))
  return at < 0 ? undefined : at
}

/** The name of a state in the book's figures 61-4 to 61-6: netstat's word, but CLOSED. '' for 0. */
export const figureName = (state: number): string => (state === TcpState.CLOSE ? 'CLOSED' : (TCP_STATES[state]?.word ?? ''))
