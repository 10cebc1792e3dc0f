/** `netstat -g` as net-tools 2.10 prints it. */
import type { Membership } from '../procnet/igmp.js'
import type { LineWriter } from './line.js'
import { writeHost, writeSafe, type NetstatNames } from './netstat.js'

export function writeGroupsHead(out: LineWriter): void {
  out.text('IPv6/IPv4 Group Memberships').endLine()
  out.text('Interface       RefCnt Group').endLine()
  out.text('--------------- ------ ---------------------').endLine()
}

export function writeMembership(out: LineWriter, member: Membership, names: NetstatNames, raw: boolean): void {
  const begin = out.length
  const { interfaceName } = member
  if (raw) out.raw(interfaceName)
  else writeSafe(out, interfaceName, 0, interfaceName.length)
  out.blanks(15 - out.length + begin)
  out.text(' ').left(String(member.users), 6).text(' ')
  writeHost(out, member.group, member.family, names)
  out.endLine()
}
