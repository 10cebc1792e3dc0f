/** Packets to damage, and the damage: the same each run. */
import type { Frame } from '../../src/frame.js'
import { cut, ethernet, fixtureFrames, fixtureNames, frameOf, ip4, tcp } from '../decode/frames.js'
import { FABRIC_CASES } from '../format/fabric-cases.js'
import { GATEWAY_CASES } from '../format/gateway-cases.js'
import { LAN_CASES } from '../format/lan-cases.js'
import { MESH_CASES } from '../format/mesh-cases.js'
import { OSI_CASES } from '../format/osi-cases.js'
import { type PayloadCase, packetOf } from '../format/payload.js'
import { DNS_CASES, PAYLOAD_CASES } from '../format/payload-cases.js'
import { ROUTING_CASES } from '../format/routing-cases.js'
import { SERVICE_CASES } from '../format/service-cases.js'

export const CASES: readonly PayloadCase[] = [
  ...PAYLOAD_CASES, ...DNS_CASES, ...ROUTING_CASES, ...FABRIC_CASES, ...GATEWAY_CASES, ...LAN_CASES, ...MESH_CASES, ...OSI_CASES, ...SERVICE_CASES,
]

/** A packet to damage, and the -T it is printed with. */
export interface Sample {
  readonly frame: Frame
  readonly type: string
}

/** Most frames taken of one fixture: its first ones differ most. */
const OF_ONE_FIXTURE = 25

/** Frames of every fixture, and the packets that the tables of printed payloads hold: every protocol that is printed. */
export async function samples(): Promise<Sample[]> {
  const frames = (await Promise.all(fixtureNames.map(fixtureFrames))).flatMap((all) => all.slice(0, OF_ONE_FIXTURE))
  return [...frames.map((frame) => ({ frame, type: '' })), ...CASES.map((each) => ({ frame: packetOf(each), type: each.type ?? '' }))]
}

/** A linear congruential generator: the numbers need not be good, but the same on every machine. */
export function randoms(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** A few bytes changed, some of them put in or taken out, the packet perhaps cut, its length on the wire perhaps another. */
export function damager(seed: number): (frame: Frame) => Frame {
  const random = randoms(seed)
  return (frame) => {
    let bytes = [...frame.b.subarray(frame.at, frame.end)]
    for (let n = random(4); n >= 0 && bytes.length > 0; n--) {
      const at = random(bytes.length)
      const how = random(8)
      if (how === 6) bytes.splice(at, random(9))
      else if (how === 7) bytes.splice(at, 0, ...bytes.slice(at, at + random(40)))
      else bytes[at] = [0, 1, 0x7f, 0xff, bytes[at]! ^ (1 << random(8)), random(256)][how]!
    }
    bytes = bytes.slice(0, 4000)
    const whole: Frame = { ...frame, b: Uint8Array.from(bytes), at: 0, end: bytes.length, wireLength: random(3) === 0 ? random(70000) : Math.max(frame.wireLength, bytes.length) }
    return random(3) === 0 ? cut(whole, random(bytes.length + 1)) : whole
  }
}

/** The frame with `value` in the byte at `at`, and in the one behind it too where `isWide`. */
export function withByte(frame: Frame, at: number, value: number, isWide: boolean): Frame {
  const b = frame.b.slice(frame.at, frame.end)
  b[at] = value
  if (isWide && at + 1 < b.length) b[at + 1] = value
  return { ...frame, b, at: 0, end: b.length }
}

/** What must print the same whatever came before it: with -S, as its relative numbers are to depend on the past. */
export const WITNESS: Frame = frameOf(`${ethernet('0800')} ${ip4(6, 32)} ${tcp({ flags: 0x18, options: '0101080a0000000100000002' })}`)

/** What must not reach a terminal: anything but printable ASCII, newline and tab. */
// oxlint-disable-next-line no-control-regex -- control bytes are what this looks for
export const RAW = /[^\n\t\x20-\x7e]/

export const hexOf = (frame: Frame): string => `${Buffer.from(frame.b.subarray(frame.at, frame.end)).toString('hex')} of ${frame.wireLength} bytes, link type ${frame.linkType}`
