/** What `sockscope probe` tells while it runs: the rows that format/probe.ts prints. All of it survives JSON, as it comes from another process. */

/** A value that was seen, or must be. */
export type Observed = string | number | boolean

/** What a claim expects: the very value, or a number within bounds (either may be absent). */
export type Expectation = Observed | { readonly least?: number; readonly most?: number; readonly unit?: string }

/** `unavailable`: it could not be looked at here, `reason` says why. */
export type Verdict = 'holds' | 'differs' | 'unavailable'

export interface ClaimEvent {
  readonly event: 'claim'
  readonly experiment: string
  /** Stable name of the claim within its experiment. */
  readonly claim: string
  readonly says: string
  /** Book section, man page or RFC. */
  readonly source: string
  readonly expected: Expectation
  readonly observed?: Observed
  /** What was seen in full, where `observed` is a summary. */
  readonly detail?: string
  readonly verdict: Verdict
  readonly reason?: string
  /** That it is unavailable is no failure of the run. */
  readonly optional?: true
  /** Settings that decide it, `net.ipv4.tcp_sack`, and their values here. */
  readonly sysctls?: Readonly<Record<string, string>>
}

/** One end of a connection as netstat shows it. `state` is net-tools' word, '' where there is no such row. */
export interface EndState {
  readonly name: string
  readonly proto: string
  readonly receiveQueue: number
  readonly sendQueue: number
  readonly local: string
  readonly remote: string
  readonly state: string
}

/** A frame that was captured; its bytes, perhaps fewer than there were on the wire, in base64. */
export interface FrameEvent {
  readonly event: 'frame'
  readonly seconds: number
  readonly nanos: number
  readonly wireLength: number
  readonly linkType: number
  readonly bytes: string
}

export type ProbeEvent =
  | { readonly event: 'begin'; readonly experiment: string; readonly namespace: boolean }
  | { readonly event: 'step'; readonly title: string }
  | { readonly event: 'states'; readonly ends: readonly EndState[] }
  | { readonly event: 'call'; readonly text: string; readonly result: string; readonly micros: number }
  | { readonly event: 'note'; readonly text: string }
  /** Nothing to print: the experiment is alive. */
  | { readonly event: 'alive' }
  | { readonly event: 'end'; readonly experiment: string; readonly millis: number }
  | FrameEvent
  | ClaimEvent
