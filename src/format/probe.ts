/** What `sockscope probe` prints: claims with their verdicts, and with -v and --trace calls, segments and states between the steps. */
import { escapeControls } from '../escape.js'
import type { ClaimEvent, EndState, Expectation, FrameEvent, ProbeEvent } from './probe-events.js'

/** chalk's names. */
export type ProbeColor = 'green' | 'red' | 'yellow' | 'bold' | 'cyan'

export interface ProbeTextOptions {
  /** -v: every system call. */
  readonly calls: boolean
  /** --trace: segments and states. */
  readonly trace: boolean
  /** Makes what words the frames of one experiment; absent: none are shown. It comes from outside as it brings every printer of packets with it. */
  readonly frames?: (() => { readonly text: (frame: FrameEvent) => string }) | undefined
  /** Colours a verdict, a step or a title; absent: nothing is coloured. */
  readonly paint?: ((color: ProbeColor, text: string) => string) | undefined
  /** Claims too: without, only what -v and --trace add. */
  readonly claims: boolean
  readonly summaries: ReadonlyMap<string, string>
}

export class ProbeText {
  readonly #print: (text: string) => void
  readonly #options: ProbeTextOptions
  #frames: { readonly text: (frame: FrameEvent) => string } | undefined
  /** A step's title waits until there is something of the step to print. */
  #step: string | undefined

  constructor(print: (text: string) => void, options: ProbeTextOptions) {
    this.#print = print
    this.#options = options
  }

  take(event: ProbeEvent): void {
    const { calls, trace, claims, frames, paint = plain } = this.#options
    switch (event.event) {
      case 'begin':
        if (claims || calls || trace) this.#print(`${paint('bold', event.experiment)}: ${this.#options.summaries.get(event.experiment) ?? ''}\n`)
        this.#frames = frames?.()
        this.#step = undefined
        return
      case 'step':
        this.#step = event.title
        return
      case 'call':
        if (calls) this.#line(`    ${escapeControls(event.text)} = ${escapeControls(event.result)}`)
        return
      case 'frame':
        if (this.#frames !== undefined) this.#line(`    ${this.#frames.text(event)}`)
        return
      case 'states':
        if (trace) for (const end of event.ends) this.#line(`    ${endLine(end)}`)
        return
      case 'note':
        if (claims) this.#print(`  note     ${escapeControls(event.text)}\n`)
        return
      case 'claim':
        if (claims) this.#print(claimLine(event, paint))
        return
      default:
    }
  }

  #line(text: string): void {
    const { paint = plain } = this.#options
    if (this.#step !== undefined) this.#print(`${paint('cyan', `  -- ${escapeControls(this.#step)}`)}\n`)
    this.#step = undefined
    this.#print(`${text}\n`)
  }
}

/** As a row of netstat, with the end's name in front. */
const endLine = ({ name, proto, receiveQueue, sendQueue, local, remote, state }: EndState): string =>
  `${name.padEnd(8)} ${proto} ${String(receiveQueue).padStart(6)} ${String(sendQueue).padStart(6)} ${local.padEnd(21)} ${remote.padEnd(21)} ${state === '' ? '(no socket)' : state}`

const plain = (_: ProbeColor, text: string): string => text

const WORDS = { holds: ['holds  ', 'green'], differs: ['DIFFERS', 'red'], unavailable: ['no run ', 'yellow'] } as const

function claimLine({ says, source, expected, observed, detail, verdict, reason, sysctls }: ClaimEvent, paint: typeof plain): string {
  const settings = Object.entries(sysctls ?? {}).map(([name, value]) => `${name} = ${value}`)
  const seen = observed === undefined ? (reason ?? '') : `observed ${valueText(observed)}${detail === undefined ? '' : ` (${detail})`}`
  const [word, color] = WORDS[verdict]
  const line = `${says}: expected ${expectationText(expected)}, ${seen}${settings.length === 0 ? '' : `; ${settings.join(', ')}`} [${source}]`
  return `  ${paint(color, word)}  ${escapeControls(line)}\n`
}

const valueText = (value: string | number | boolean): string => (typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value))

function expectationText(expected: Expectation): string {
  if (typeof expected !== 'object') return valueText(expected)
  const { least, most, unit } = expected
  const bounds = least === undefined ? `at most ${most}` : most === undefined ? `at least ${least}` : `${least} to ${most}`
  return unit === undefined ? bounds : `${bounds} ${unit}`
}

/** A claim as a JSON object: docs/probe.md. */
export function claimJson({ experiment, claim, says, source, expected, observed, detail, verdict, reason, optional, sysctls }: ClaimEvent): string {
  return JSON.stringify({ experiment, claim, says, source, expected, observed: observed ?? null, ...(detail === undefined ? {} : { detail }), verdict, ...(reason === undefined ? {} : { reason }), ...(optional === undefined ? {} : { optional }), ...(sysctls === undefined ? {} : { sysctls }) })
}
