/** IEEE 802.15.4 frames as tcpdump prints them — IEEE 802.15.4-2015 §7. Little-endian; the header may hide or reveal its parts by a bit each. */
import { printDataUnlessQuiet } from '../data.js'
import type { Printer } from '../printer.js'
import { printHeaderElements, printPayloadElements } from './ieee802154-elements.js'
import { FRAME_TYPES, commandName } from './ieee802154-names.js'
import { crc16, crc32, printPending, printSuperframe, writeAddress } from './ieee802154-parts.js'

const FrameType = { BEACON: 0, DATA: 1, ACK: 2, COMMAND: 3, MULTIPURPOSE: 5 } as const
/** What tcpdump counts as header of a frame that it knew, whatever its size. */
const PRINTED = 1

/** The bytes that are still to be printed. Shorter than what was captured where checks were taken off its end. */
interface Rest {
  at: number
  left: number
}

/** Which parts the frame control field says there are. */
interface Control {
  readonly version: number
  readonly isSecured: boolean
  readonly hasElements: boolean
  /** Bytes of the addresses. */
  readonly destination: number
  readonly source: number
}

/** A length that went below zero has no end: tcpdump counts without a sign. */
function pass(rest: Rest, n: number): void {
  rest.at += n
  rest.left = (rest.left - n) >>> 0
}

export function printIeee802154Tap(p: Printer, at: number): number {
  const { b } = p
  p.protocol = '802.15.4_tap'
  const captured = p.end - at
  if (captured < 4) {
    p.truncated()
    return captured
  }
  const size = p.u16le(at + 2)
  if (b[at] !== 0 || size < 4) {
    p.invalid()
    return 0
  }
  if (captured < size) {
    p.truncated()
    return captured
  }
  return size + printIeee802154(p, at + size)
}

/** The frame from `at` to the end of the capture. */
export function printIeee802154(p: Printer, at: number): number {
  p.protocol = '802.15.4'
  const captured = p.end - at
  if (captured < 2) {
    p.truncated()
    return captured
  }
  const control = p.u16le(at)
  const type = control & 7
  p.out.text('IEEE 802.15.4 ').text(FRAME_TYPES[type]!).text(' packet ')
  if (type <= FrameType.COMMAND) return printStandard(p, { at, left: captured }, control) ? PRINTED : 0
  if (type === FrameType.MULTIPURPOSE) return printMultipurpose(p, { at, left: captured }, control) ? PRINTED : 0
  return 0
}

/** The check at the end and what it should be; a right one is taken off the frame. */
interface Check {
  readonly found: number
  readonly computed: number
}

/** Which of the two checks a frame has depends on the radio, and is not said: the longer one is tried first. */
function takeCheck(p: Printer, rest: Rest, min32: number, min16: number): Check {
  const { at, left } = rest
  if (left >= min32) {
    const found = p.u32le(at + left - 4)
    if (crc32(p.b, at, left - 4) === found) {
      rest.left -= 4
      return { found, computed: found }
    }
  }
  if (left < min16) return { found: 0, computed: 0 }
  const found = p.u16le(at + left - 2)
  const computed = crc16(p.b, at, left - 2)
  if (computed === found) rest.left -= 2
  return { found, computed }
}

/** Addresses by their mode: none, none that is valid, two bytes, eight. */
const ADDRESS_SIZES = [0, -1, 2, 8] as const

/** Steps over frame control and sequence number; false when they are cut. */
function printSequence(p: Printer, rest: Rest): boolean {
  const sequence = p.u8(rest.at + 2)
  if (p.options.verbose > 0) p.out.text('seq ').hex2(sequence).byte(32)
  return passHeader(p, rest, 3)
}

function passHeader(p: Printer, rest: Rest, n: number): boolean {
  if (rest.left < n) {
    p.truncated()
    return false
  }
  pass(rest, n)
  return true
}

const Bit = { SECURED: 0x08, PENDING: 0x10, ACK_REQUEST: 0x20, COMPRESSED: 0x40, NO_SEQUENCE: 0x100, ELEMENTS: 0x200 } as const

function printStandard(p: Printer, rest: Rest, control: number): boolean {
  const { out, options } = p
  const check = takeCheck(p, rest, 4, 4)
  const version = (control >> 12) & 3
  out.text('v').dec(version).byte(32)
  if (options.verbose > 2) {
    writeBits(p, control, [
      [Bit.SECURED, 'Security Enabled, '], [Bit.PENDING, 'Frame Pending, '], [Bit.ACK_REQUEST, 'AR, '], [Bit.COMPRESSED, 'PAN ID Compression, '],
      [Bit.NO_SEQUENCE, 'Sequence Number Suppression, '], [Bit.ELEMENTS, 'IE present, '],
    ])
  }
  if (control & Bit.NO_SEQUENCE) {
    if (version < 2) out.text('[ERROR: Sequence number suppressed on frames where version < 2]')
    if (options.verbose > 0) out.text('seq suppressed ')
    if (!passHeader(p, rest, 2)) return false
  } else if (!printSequence(p, rest)) return false
  const destination = ADDRESS_SIZES[(control >> 10) & 3]!
  const source = ADDRESS_SIZES[control >> 14]!
  if (!areSizes(p, source, destination)) return false
  const isCompressed = (control & Bit.COMPRESSED) !== 0
  if (version < 2 && isCompressed && (destination === 0 || source === 0)) {
    out.text('[ERROR: PAN ID Compression != 0, and only one address with frame version < 2]')
  }
  const networks = version < 2 ? oldNetworks(destination, source, isCompressed) : newNetworks(destination, source, isCompressed)
  if (!printAddress(p, rest, networks.destination, destination, 'dst_pan', '')) return false
  out.text(' < ')
  if (!printAddress(p, rest, networks.source, source, 'dst_pan', ' ')) return false
  const parts = { version, isSecured: (control & Bit.SECURED) !== 0, hasElements: (control & Bit.ELEMENTS) !== 0, destination, source }
  if (!printBeforePayload(p, rest, parts, check)) return false
  switch (control & 7) {
    case FrameType.BEACON:
      if (version < 2 && !printBeacon(p, rest)) break
      printDataUnlessQuiet(p, rest.at, rest.left)
      break
    case FrameType.COMMAND:
      printCommand(p, rest)
      printDataUnlessQuiet(p, rest.at, rest.left)
      break
    default:
      printDataUnlessQuiet(p, rest.at, rest.left)
  }
  return true
}

const LongBit = { LONG: 0x08, NETWORK: 0x100, SECURED: 0x200, NO_SEQUENCE: 0x400, PENDING: 0x800, ACK_REQUEST: 0x4000, ELEMENTS: 0x8000 } as const

function printMultipurpose(p: Printer, rest: Rest, control: number): boolean {
  const { out, options } = p
  const check = takeCheck(p, rest, 5, 3)
  const isLong = (control & LongBit.LONG) !== 0
  const flags = isLong ? control : 0
  const version = isLong ? (control >> 12) & 3 : 0
  if (isLong) {
    out.text('v').dec(version).byte(32)
    if (options.verbose > 2) {
      writeBits(p, flags, [
        [LongBit.SECURED, 'Security Enabled, '], [LongBit.PENDING, 'Frame Pending, '], [LongBit.ACK_REQUEST, 'AR, '], [LongBit.NETWORK, 'PAN ID Present, '],
        [LongBit.NO_SEQUENCE, 'Sequence Number Suppression, '], [LongBit.ELEMENTS, 'IE present, '],
      ])
    }
    if (flags & LongBit.NO_SEQUENCE ? !passHeader(p, rest, 2) : !printSequence(p, rest)) return false
  } else {
    const sequence = p.u8(rest.at + 1)
    pass(rest, 2)
    if (options.verbose > 0) out.text('seq ').hex2(sequence).byte(32)
  }
  const destination = ADDRESS_SIZES[(control >> 4) & 3]!
  const source = ADDRESS_SIZES[(control >> 6) & 3]!
  if (!areSizes(p, source, destination)) return false
  if (!printAddress(p, rest, (flags & LongBit.NETWORK) !== 0, destination, 'dst_pan', '')) return false
  out.text(' <  ')
  if (!printAddress(p, rest, false, source, '', ' ')) return false
  const parts = { version, isSecured: (flags & LongBit.SECURED) !== 0, hasElements: (flags & LongBit.ELEMENTS) !== 0, destination, source }
  if (!printBeforePayload(p, rest, parts, check)) return false
  printDataUnlessQuiet(p, rest.at, rest.left)
  return true
}

function writeBits(p: Printer, value: number, table: ReadonlyArray<readonly [bit: number, text: string]>): void {
  for (const [bit, text] of table) if (value & bit) p.out.text(text)
}

function areSizes(p: Printer, source: number, destination: number): boolean {
  if (source < 0) p.out.text('[ERROR: Invalid src address mode]')
  else if (destination < 0) p.out.text('[ERROR: Invalid dst address mode]')
  return source >= 0 && destination >= 0
}

/** Whether a network's number stands before an address. */
interface Networks {
  readonly destination: boolean
  readonly source: boolean
}

/** Until 2011: one number for both where it is compressed — §7.2.1.5. */
const oldNetworks = (destination: number, source: number, isCompressed: boolean): Networks =>
  ({ destination: destination > 0, source: source > 0 && !isCompressed })

/** Table 7-2, but for a short destination with a long source: there tcpdump follows 6TiSCH, which leaves the second number away. */
function newNetworks(destination: number, source: number, isCompressed: boolean): Networks {
  if (destination === 8 && source === 8) return { destination: !isCompressed, source: false }
  if (!isCompressed) return { destination: destination > 0, source: source > 0 && !(source === 8 && destination === 2) }
  if (destination === 0 && source === 0) return { destination: true, source: false }
  return { destination: destination > 0 && source > 0, source: false }
}

/** `cafe:0012`, `-:none` */
function printAddress(p: Printer, rest: Rest, hasNetwork: boolean, size: number, network: string, after: string): boolean {
  const { out } = p
  if (hasNetwork) {
    if (rest.left < 2) {
      out.text('[ERROR: Truncated before ').text(network).byte(93)
      return false
    }
    out.hex(p.u16le(rest.at), 4).byte(58)
    pass(rest, 2)
  } else out.text('-:')
  if (rest.left < size) {
    out.text('[ERROR: Truncated before dst_addr]')
    return false
  }
  writeAddress(p, rest.at, size)
  out.text(after)
  pass(rest, size)
  return true
}

/** Bytes of message integrity code, by security level. */
const CODE_SIZES = [0, 4, 8, 16, 0, 4, 8, 16] as const
/** From here on the payload is encrypted. */
const ENCRYPTED = 4

/** Security header, elements, and the codes at the end. */
function printBeforePayload(p: Printer, rest: Rest, control: Control, check: Check): boolean {
  const { out, options } = p
  let level = 0
  if (control.isSecured) {
    const security = printSecurity(p, rest)
    if (security === undefined) return false
    p.need(rest.at, security.size)
    pass(rest, security.size)
    level = security.level
  }
  const size = CODE_SIZES[level]!
  if (rest.left < size) {
    out.text('[ERROR: Truncated before MIC]')
    return false
  }
  rest.left -= size
  const code = rest.at + rest.left
  if (control.hasElements && !printElements(p, rest, level)) return false
  if (options.verbose <= 2) return true
  if (size > 0) {
    out.text('\n\tMIC ')
    for (let i = 0; i < size; i++) out.hex2(p.u8(code + i))
    out.byte(32)
  }
  if (check.found === check.computed) out.text('FCS ').hex(check.found).byte(32)
  else out.text('wrong FCS ').hex(check.found).text(' vs ').hex(check.computed).text(' (assume no FCS stored) ')
  return true
}

function printElements(p: Printer, rest: Rest, level: number): boolean {
  const header = printHeaderElements(p, rest.at, rest.left)
  if (header === undefined) return false
  pass(rest, header.size)
  if (!header.hasPayloadElements) return true
  if (level >= ENCRYPTED) {
    p.out.text('Payload IEs present, but encrypted, cannot print ')
    return true
  }
  const size = printPayloadElements(p, rest.at, rest.left)
  if (size < 0) return false
  pass(rest, size)
  return true
}

/** Bytes of a key's source by its mode; of the eight of a long address tcpdump passes over four. */
const KEY_SOURCES = [0, 0, 4, 8] as const
const NO_COUNTER = 0x20

/** §9.4; undefined when it is cut. */
function printSecurity(p: Printer, { at, left }: Readonly<Rest>): { readonly level: number; readonly size: number } | undefined {
  const { out, options } = p
  const cutBefore = (what: string): undefined => {
    out.text('[ERROR: Truncated before ').text(what).byte(93)
  }
  if (left < 1) return cutBefore('Aux Security Header')
  const control = p.u8(at)
  const level = control & 7
  const mode = (control >> 3) & 3
  if (options.verbose > 0) out.text('\n\tSecurity Level ').dec(level).text(', Key Id Mode ').dec(mode).text(', ')
  let size = 1
  if ((control & NO_COUNTER) === 0) {
    if (left - size < 4) return cutBefore('Frame Counter')
    if (options.verbose > 1) out.text('Frame Counter 0x').hex(p.u32le(at + size), 8).byte(32)
    size += 4
  }
  if (mode === 0) {
    if (options.verbose > 1) out.text('Implicit')
    return { level, size }
  }
  if (left - size < KEY_SOURCES[mode]!) return cutBefore('Key Source')
  if (options.verbose > 1 && mode > 1) {
    out.text('KeySource ')
    // `4x` behind the second number is a slip of tcpdump's
    if (mode === 2) out.text('0x').hex(p.u16le(at + size), 4).byte(58).hex(p.u16le(at + size + 2)).text('4x')
    else writeAddress(p, at + size, 8)
    out.text(', ')
  }
  if (mode > 1) size += 4
  if (left - size < 1) return cutBefore('Key Index')
  if (options.verbose > 1) out.text('KeyIndex 0x').hex2(p.u8(at + size)).text(', ')
  return { level, size: size + 1 }
}

/** §7.3.1; false when it is cut. */
function printBeacon(p: Printer, rest: Rest): boolean {
  const { out } = p
  const cutBefore = (what: string): boolean => {
    out.text('[ERROR: Truncated before ').text(what).byte(93)
    return false
  }
  if (rest.left < 2) return cutBefore('beacon information')
  printSuperframe(p, p.u16le(rest.at))
  pass(rest, 2)
  if (rest.left < 1) return cutBefore('GTS info')
  const slots = printSlots(p, rest)
  if (slots < 0) return false
  pass(rest, slots)
  if (rest.left < 1) return cutBefore('pending addresses')
  const pending = printPending(p, rest.at, rest.left)
  if (pending < 0) return false
  p.need(rest.at, pending)
  pass(rest, pending)
  return true
}

/** Guaranteed time slots — §7.3.1.4; their bytes, negative when they are cut. */
function printSlots(p: Printer, { at, left }: Readonly<Rest>): number {
  const { out, options } = p
  const count = p.u8(at) & 7
  if (count === 0) {
    if (options.verbose > 0) out.text('\n\tGTS Descriptor Count = 0, ')
    return 1
  }
  const size = 2 + 3 * count
  if (left < size) {
    out.text(' [ERROR: Truncated GTS Info List]')
    return -1
  }
  if (options.verbose < 2) return size
  out.text('GTS Descriptor Count = ').dec(count).text(', GTS Directions Mask = ').hex2(p.u8(at + 1) & 0x7f).text(', [ ')
  for (let i = 0; i < count; i++) {
    const slot = at + 2 + 3 * i
    out.text('[ ')
    writeAddress(p, slot, 2)
    // the second byte of the address is taken for the slot's: so tcpdump has it
    const place = p.u8(slot + 1)
    out.text(', Start slot = ').dec(place & 15).text(', Length = ').dec(place >> 4).text(' ] ')
  }
  out.byte(93)
  return size
}

function printCommand(p: Printer, rest: Rest): void {
  const { out } = p
  if (rest.left < 1) {
    out.text('[ERROR: Truncated before Command ID]')
    return
  }
  const command = p.u8(rest.at)
  pass(rest, 1)
  out.text('Command ID = ').text(commandName(command)).byte(32)
  if (rest.left === 0) return
  const size = printCommandData(p, command, rest)
  if (size >= 0) pass(rest, size)
}

/** Commands whose data has one length; any other length is an error. */
const COMMAND_SIZES: Readonly<Record<number, readonly [min: number, max: number, name: string]>> = {
  1: [1, 1, 'Association request'], 2: [3, 3, 'Association response'], 3: [1, 1, 'Disassociation Notification'],
  8: [7, 8, 'Coordinator Realignment'], 9: [1, 1, 'GTS Request'],
}

/** §7.5; the bytes printed, negative when there are not as many as there must be. */
function printCommandData(p: Printer, command: number, { at, left }: Readonly<Rest>): number {
  const { out } = p
  const expected = COMMAND_SIZES[command]
  if (expected !== undefined) {
    const [min, max, name] = expected
    if (left < min || left > max) {
      out.text('Invalid ').text(name).text(' command length')
      return -1
    }
  }
  switch (command) {
    case 1:
      printCapability(p, p.u8(at))
      return left
    case 2:
      printAssociation(p, at)
      return left
    case 3:
      printDisassociation(p, at)
      return left
    case 4:
    case 5:
    case 6:
    case 7:
      return 0
    case 8:
      printRealignment(p, at, left)
      return left
    case 9: {
      const slots = p.u8(at)
      out.text('GTS Length = ').dec(slots & 15).text(slots & 0x10 ? ', Receive-only GTS' : ', Transmit-only GTS')
      out.text(slots & 0x20 ? ', GTS allocation' : ', GTS deallocations')
      return left
    }
    default:
      out.text('Command Data = ')
      for (let i = 0; i < left; i++) out.hex2(p.u8(at + i)).byte(32)
      return 0
  }
}

function printCapability(p: Printer, info: number): void {
  p.out.text(info & 0x02 ? 'FFD, ' : 'RFD, ')
  writeBits(p, info, [
    [0x04, 'AC powered, '], [0x08, 'Receiver on when idle, '], [0x10, 'Fast association, '], [0x40, 'Security supported, '], [0x80, 'Allocate address, '],
  ])
}

function printAssociation(p: Printer, at: number): void {
  const { out } = p
  out.text('Short address = ')
  writeAddress(p, at, 2)
  const status = p.u8(at + 2)
  switch (status) {
    case 0x00:
      out.text(', Association successful')
      return
    case 0x01:
      out.text(', PAN at capacity')
      return
    case 0x02:
      out.text(', PAN access denied')
      return
    case 0x03:
      out.text(', Hooping sequence offset duplication')
      return
    case 0x80:
      out.text(', Fast association successful')
      return
    default:
      out.text(', Status = 0x').hex2(status)
  }
}

function printDisassociation(p: Printer, at: number): void {
  const { out } = p
  const reason = p.u8(at)
  if (reason === 0) out.text('Reserved')
  else if (reason === 1) out.text('Reason = The coordinator wishes the device to leave PAN')
  else if (reason === 2) out.text('Reason = The device wishes to leave the PAN')
  else {
    // tcpdump prints the byte two further on
    const shown = p.u8(at + 2)
    out.text('Reason = 0x').hex2(shown)
  }
}

function printRealignment(p: Printer, at: number, length: number): void {
  const { out } = p
  out.text('Pan ID = 0x').hex(p.u16le(at), 4).text(', Coordinator short address = ')
  writeAddress(p, at + 2, 2)
  const channel = p.u8(at + 4)
  // a page with the top bit set holds the upper bits of the channel instead
  const page = length === 8 ? p.u8(at + 7) : 0x80
  out.text(', Channel Number = ').dec(page & 0x80 ? channel | ((page & 0x7f) << 8) : channel)
  if ((page & 0x80) === 0) out.text(', page = ').dec(page)
  out.text(', Short address = ')
  writeAddress(p, at + 5, 2)
}
