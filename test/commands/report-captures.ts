/** Captures made by hand for the report: what strangers can write into packets and files, wherever a report shows it. */
import { frameOf } from '../analysis/segments.js'
import { block, enhanced, join, networkInterface, numbers, option } from '../capture/build.js'

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text))

/** What a capture tells; each text may hold anything. */
export interface Told {
  readonly sectionComments?: readonly string[]
  readonly interfaceComments?: readonly string[]
  readonly interfaceName?: string
  /** One connection each: what the originator and the responder send first, the comment on its SYN, and the names of the responder's address. */
  readonly connections: readonly {
    readonly out?: Uint8Array | string
    readonly back?: Uint8Array | string
    readonly comment?: string
    readonly resolved?: string
    readonly answered?: string
  }[]
}

/** Of the connection with this number: 10.0.1.N, port 80. */
const addressOf = (n: number): readonly number[] => [10, 0, 1 + (n >> 8), n & 255]

/** A segment of connection `n`, with data. */
function segment(n: number, from: '>' | '<', flags: string, seq: number, ack: number, data: Uint8Array = new Uint8Array()): Uint8Array {
  const { b } = frameOf({ from, flags, seq, ack, length: data.length })
  b.set(addressOf(n), from === '>' ? 30 : 26)
  b.set(data, b.length - data.length)
  return b
}

/** A label is at most 63 bytes; dots stand between labels. */
const nameBytes = (name: string): Uint8Array => join([...name.split('.').flatMap((part) => part.match(/[^]{1,63}/g) ?? []).map((part) => join([Uint8Array.of(Buffer.byteLength(part)), bytes(part)])), Uint8Array.of(0)])

/** The answer of a name server: this name has the address of connection `n`. */
export function dnsAnswer(n: number, name: string): Uint8Array {
  const asked = nameBytes(name), message = join([
    numbers('big', [2, 7], [2, 0x8180], [2, 1], [2, 1], [2, 0], [2, 0]), asked, numbers('big', [2, 1], [2, 1]),
    numbers('big', [2, 0xc00c], [2, 1], [2, 1], [4, 60], [2, 4]), Uint8Array.from(addressOf(n)),
  ])
  return join([
    new Uint8Array(12), numbers('big', [2, 0x0800]), numbers('big', [2, 0x4500], [2, 28 + message.length], [4, 0x10000], [2, 0x4011], [2, 0]), Uint8Array.of(10, 0, 0, 9, 10, 0, 0, 1),
    numbers('big', [2, 53], [2, 5000 + n], [2, 8 + message.length], [2, 0]), message,
  ])
}

/** A ClientHello that asks for `name`, behind other extensions. */
export function clientHello(name: string): Uint8Array {
  const host = bytes(name)
  const extensions = join([numbers('big', [2, 0x0a0a], [2, 1], [1, 0]), numbers('big', [2, 0], [2, host.length + 5], [2, host.length + 3], [1, 0], [2, host.length]), host, numbers('big', [2, 23], [2, 0])])
  const hello = join([numbers('big', [2, 0x0303]), new Uint8Array(32), Uint8Array.of(4, 1, 2, 3, 4), numbers('big', [2, 2], [2, 0x1301]), Uint8Array.of(1, 0), numbers('big', [2, extensions.length]), extensions])
  return join([numbers('big', [1, 22], [2, 0x0301], [2, hello.length + 4], [1, 1], [1, 0], [2, hello.length]), hello])
}

/** A pcapng file that tells all this. */
export function captureThatTells({ sectionComments = [], interfaceComments = [], interfaceName, connections }: Told): Uint8Array {
  const text = (code: number, value: string): Uint8Array => option('little', code, bytes(value))
  const resolved = connections.flatMap(({ resolved: name }, n) => (name === undefined ? [] : [option('little', 1, join([Uint8Array.from(addressOf(n)), bytes(`${name}\0`)]))]))
  let time = 1_000_000_000_000n
  const packet = (data: Uint8Array, comment?: string): Uint8Array => enhanced(data, { time: (time += 1000n), options: comment === undefined ? [] : [text(1, comment)] })
  return join([
    block('little', 0x0a0d0d0a, numbers('little', [4, 0x1a2b3c4d], [2, 1], [2, 0], [8, -1]), ...sectionComments.map((comment) => text(1, comment))),
    networkInterface({ options: [...(interfaceName === undefined ? [] : [text(2, interfaceName)]), ...interfaceComments.map((comment) => text(1, comment))] }),
    block('little', 4, ...resolved, numbers('little', [4, 0])),
    ...connections.flatMap(({ out, back, comment, answered }, n) => {
      const [sent, got] = [out ?? '', back ?? ''].map((one) => (typeof one === 'string' ? bytes(one) : one)) as [Uint8Array, Uint8Array]
      return [
        ...(answered === undefined ? [] : [packet(dnsAnswer(n, answered))]),
        packet(segment(n, '>', 'S', 100, 0), comment), packet(segment(n, '<', 'SA', 500, 101)), packet(segment(n, '>', 'A', 101, 501)),
        packet(segment(n, '>', 'PA', 101, 501, sent)), packet(segment(n, '<', 'PA', 501, 101 + sent.length, got)), packet(segment(n, '>', 'R', 101 + sent.length, 501 + got.length)),
      ]
    }),
  ])
}
