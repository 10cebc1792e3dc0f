/** RPC (RFC 5531) as tcpdump prints it with -T rpc: calls as those of the port mapper (RFC 1833), replies as those of NFS. */
import * as ip4 from '../decode/ip4.js'
import * as ip6 from '../decode/ip6.js'
import { NFS_PORT } from './nfs-port.js'
import { printReply } from './nfs.js'
import { TRUNCATED, type Printer } from './printer.js'

const CALL = 0
const CALL_HEADER = 32
const RPC_VERSION = 2
const PROCEDURES = ['null', 'set', 'unset', 'getport', 'dump', 'call']

/** The whole line: the transaction stands in place of a port. */
export function printRpc(p: Printer, at: number, length: number, ip: number): void {
  const { out } = p
  if (p.u32(at + 4) === CALL) return printCall(p, at, length, ip)
  p.protocol = 'nfs'
  const transaction = p.u32(at)
  writeAddresses(p, ip, p.options.numeric ? String(NFS_PORT) : 'nfs', String(transaction))
  out.text(': ')
  printReply(p, at, length, ip)
}

function writeAddresses(p: Printer, ip: number, from: string, to: string): void {
  const isIp4 = ip4.version(p.b, ip) === 4
  if (isIp4) p.ip4(ip + ip4.SOURCE_AT)
  else p.ip6(ip + ip6.SOURCE_AT)
  p.out.byte(46).text(from).text(' > ')
  if (isIp4) p.ip4(ip + ip4.DESTINATION_AT)
  else p.ip6(ip + ip6.DESTINATION_AT)
  p.out.byte(46).text(to)
}

function printCall(p: Printer, at: number, length: number, ip: number): void {
  const { out, options } = p
  p.protocol = 'sunrpc'
  if (!p.has(at, CALL_HEADER)) throw TRUNCATED
  writeAddresses(p, ip, `0x${p.u32(at).toString(16)}`, options.numeric ? '0x6f' : 'sunrpc')
  const procedure = p.u32(at + 20)
  out.text(': ').dec(length).byte(32).text(PROCEDURES[procedure] ?? ` proc #${procedure}`)
  const version = p.u32(at + 8)
  if (version !== RPC_VERSION) out.text(' [rpcver ').dec(version).byte(93)
  if (PROCEDURES[procedure] === undefined || procedure === 0 || PROCEDURES[procedure] === 'dump') return
  const program = p.u32(at + 12)
  out.byte(32)
  if (!options.numeric) out.byte(35)
  out.dec(program)
  out.byte(46).dec(p.u32(at + 16))
}
