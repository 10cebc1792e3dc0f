/** Novell IPX packets as tcpdump prints them, with RIP and SAP inside — Novell "IPX Router Specification" (1992). */
import { writeLinkAddress } from './address.js'
import { printEigrp } from './eigrp.js'
import { sapName } from './ipx-sap.js'
import { printTextToZero } from './packet-text.js'
import type { Printer } from './printer.js'
import { tableOf } from './tables.js'

const HEADER = 30
const Socket = { SAP: 0x0452, RIP: 0x0453, EIGRP: 0x85be } as const
const SOCKETS = tableOf({ 0x0451: 'ncp', 0x0455: 'netbios', 0x0456: 'diags', 0x0553: 'nwlink-dgm' })

/** `length` of the frame is not looked at: the header has its own. */
export function printIpx(p: Printer, at: number, length: number): void {
  void length
  const { out } = p
  p.protocol = 'ipx'
  if (!p.options.link) out.text('IPX ')
  p.need(at + HEADER - 1, 1)
  writeAddress(p, at + 18)
  out.text(' > ')
  writeAddress(p, at + 6)
  out.text(': ')
  const total = p.u16(at + 2)
  if (total < HEADER) {
    out.text('[length ').dec(total).text(' < 30]')
    return p.invalid()
  }
  const socket = p.u16(at + 16)
  const data = at + HEADER
  const rest = total - HEADER
  switch (socket) {
    case Socket.SAP:
      return printSap(p, data, rest)
    case Socket.RIP:
      return printRip(p, data, rest)
    case Socket.EIGRP:
      return printEigrp(p, data, rest)
    default: {
      const name = SOCKETS.get(socket)
      if (name === undefined) out.text('ipx-#').hex(socket)
      else out.text('ipx-').text(name)
      out.byte(32).dec(rest)
    }
  }
}

/** `00000001.02:00:00:00:00:01.0451`: network, node, socket. */
function writeAddress(p: Printer, at: number): void {
  p.need(at, 10)
  p.out.hex(p.u32(at), 8).byte(46)
  writeLinkAddress(p.out, p.b, at + 4)
  p.out.byte(46).hex(p.u16(at + 10), 4)
}

const SAP_COMMANDS = tableOf({ 1: 'req', 2: 'resp', 3: 'nearest-req', 4: 'nearest-resp' })
const QUOTE = 39
/** Servers in one answer. */
const SAP_ENTRIES = 8
/** Type, name, address, and socket with distance. */
const SAP_TYPE = 2
const SAP_NAME = 48
const SAP_ADDRESS = 10
const SAP_REST = 4

/** Says that a message is too short for a command. */
function tooShort(p: Printer, length: number): void {
  p.out.text(' [length ').dec(length).text(' < 2]')
  p.invalid()
}

function printSap(p: Printer, at: number, length: number): void {
  const { out } = p
  const command = p.u16(at)
  if (length < 2) return tooShort(p, length)
  at += 2
  length -= 2
  const name = SAP_COMMANDS.get(command)
  if (name === undefined) {
    out.text('ipx-sap-?').hex(command)
    return
  }
  out.text('ipx-sap-').text(name)
  if (command === 1 || command === 3) {
    writeType(p, at)
    return
  }
  for (let i = 0; i < SAP_ENTRIES && length > 0; i++) {
    const size = printServer(p, at, length)
    if (size === 0) return p.invalid()
    at += size
    length -= size
  }
}

/** ` 0004`; its name where names are asked for. */
function writeType(p: Printer, at: number): void {
  const type = p.u16(at)
  p.out.byte(32)
  const name = p.names === undefined ? undefined : sapName(type)
  if (name === undefined) p.out.hex(type, 4)
  else p.out.text(name)
}

/** Returns the bytes of a server's entry, 0 when the message ends in it. */
function printServer(p: Printer, at: number, length: number): number {
  const { out } = p
  p.need(at, SAP_TYPE)
  if (length < SAP_TYPE) return 0
  writeType(p, at)
  out.text(" '")
  if (length < SAP_TYPE + SAP_NAME) {
    out.byte(QUOTE)
    return 0
  }
  const address = at + SAP_TYPE + SAP_NAME
  printTextToZero(p, at + SAP_TYPE, SAP_NAME)
  out.byte(QUOTE)
  p.need(address, SAP_ADDRESS)
  const left = length - SAP_TYPE - SAP_NAME
  if (left < SAP_ADDRESS) return 0
  out.text(' addr ').hex(p.u32(address), 8).byte(46)
  writeLinkAddress(out, p.b, address + 4)
  p.need(address + SAP_ADDRESS, SAP_REST)
  return left < SAP_ADDRESS + SAP_REST ? 0 : SAP_TYPE + SAP_NAME + SAP_ADDRESS + SAP_REST
}

const RIP_ENTRY = 8
/** Networks in one answer. */
const RIP_ENTRIES = 50

function printRip(p: Printer, at: number, length: number): void {
  const { out } = p
  const command = p.u16(at)
  if (length < 2) return tooShort(p, length)
  at += 2
  length -= 2
  if (command !== 1 && command !== 2) {
    out.text('ipx-rip-?').hex(command)
    return
  }
  out.text(command === 1 ? 'ipx-rip-req' : 'ipx-rip-resp')
  const entries = command === 1 ? 1 : RIP_ENTRIES
  for (let i = 0; i < entries && length > 0; i++) {
    if (length < RIP_ENTRY) return p.invalid()
    p.need(at, RIP_ENTRY)
    out.byte(32).hex(p.u32(at), 8).byte(47).dec(p.u16(at + 4)).byte(46).dec(p.u16(at + 6))
    at += RIP_ENTRY
    length -= RIP_ENTRY
  }
}
