/** Socket addresses as text and as JSON fields. Text from strangers (unix names) is escaped; an IPv6 address with a port stands in brackets. */
import { escapeBytes } from '../escape.js'
import type { SocketAddress } from '../socket/sockaddr.js'
import { writeIp4, writeIp6, writeLinkAddress } from './address.js'
import { LineWriter } from './line.js'

function written(write: (out: LineWriter) => void): string {
  let text = ''
  const out = new LineWriter((chunk) => {
    text += Buffer.from(chunk).toString('latin1')
  }, 256)
  write(out)
  out.flush()
  return text
}

/** `127.0.0.1`, `::1`, from 4 or 16 bytes. */
export const ipText = (b: Uint8Array): string =>
  written((out) => {
    if (b.length === 4) writeIp4(out, b, 0)
    else writeIp6(out, b, 0)
  })

/** `/run/x`, `@abstract` (a NUL inside as `\x00`), or `(unnamed)`. */
export const unixText = (kind: 'path' | 'abstract' | 'unnamed', name: Uint8Array): string =>
  kind === 'unnamed' ? '(unnamed)' : `${kind === 'abstract' ? '@' : ''}${escapeBytes(name)}`

/** An address as one word of a line: `127.0.0.1:80`, `[::1]:80`, `/run/x`, `port 7 groups 0x1`… */
export function addressText(address: SocketAddress): string {
  switch (address.family) {
    case 'inet':
      return `${ipText(address.address)}:${address.port}`
    case 'inet6':
      return `[${ipText(address.address)}${address.scopeId === 0 ? '' : `%${address.scopeId}`}]:${address.port}`
    case 'unix':
      return unixText(address.kind, address.name)
    case 'netlink':
      return `netlink port ${address.portId}, groups 0x${address.groups.toString(16)}`
    case 'packet':
      return `packet protocol 0x${address.protocol.toString(16).padStart(4, '0')}, ${address.interfaceIndex === 0 ? 'every interface' : `interface ${address.interfaceIndex}`}${
        address.hardwareAddress.length === 0 ? '' : `, ${written((out) => {
          writeLinkAddress(out, address.hardwareAddress, 0, address.hardwareAddress.length)
        })}`}`
    case 'vsock':
      return `vsock ${cidText(address.cid)}:${address.port === 0xffffffff ? 'any' : address.port}`
    case 'other':
      return `family ${address.number}${address.bytes.length > 2 ? ` ${Buffer.from(address.bytes.subarray(2)).toString('hex')}` : ''}`
  }
}

/** VMADDR_CID_*. */
const cidText = (cid: number): string => (cid === 0xffffffff ? 'any' : cid === 0 ? 'hypervisor' : cid === 1 ? 'local' : cid === 2 ? 'host' : String(cid))

/** The fields of an address in a JSON object: `local_address`, `local_port`, or `local_path`…; null where there is no such end. */
export function addressFields(end: 'local' | 'peer', address: SocketAddress | undefined): Record<string, string | number | null> {
  switch (address?.family) {
    case undefined:
      return { [`${end}_address`]: null }
    case 'inet':
    case 'inet6':
      return { [`${end}_address`]: ipText(address.address), [`${end}_port`]: address.port, ...(address.family === 'inet6' && address.scopeId !== 0 ? { [`${end}_scope_id`]: address.scopeId } : {}) }
    case 'unix':
      return { [`${end}_path`]: address.kind === 'unnamed' ? null : unixText(address.kind, address.name) }
    case 'netlink':
      return { [`${end}_port_id`]: address.portId, [`${end}_groups`]: address.groups }
    case 'packet':
      return { [`${end}_protocol`]: address.protocol, [`${end}_interface_index`]: address.interfaceIndex, [`${end}_hardware_type`]: address.hardwareType }
    case 'vsock':
      return { [`${end}_cid`]: address.cid, [`${end}_port`]: address.port }
    case 'other':
      return { [`${end}_address`]: addressText(address) }
  }
}
