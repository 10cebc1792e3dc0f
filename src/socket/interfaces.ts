/**
 * What the kernel says of network interfaces by ioctl(2) — netdevice(7): flags, MTU, addresses. /proc/net/dev has only names
 * and counters, and /sys shows the namespace it was mounted in, which need not be ours.
 */
import { u32le } from '../bytes.js'
import type { Libc } from './libc.js'
import { Syscalls } from './syscalls.js'

const AF_INET = 2
const SOCK_DGRAM = 2
const SYS_IOCTL = process.arch === 'x64' ? 16 : 29
/** SIOCGIF… — <linux/sockios.h>. */
const Request = {
  CONF: 0x8912, FLAGS: 0x8913, ADDRESS: 0x8915, DESTINATION: 0x8917, BROADCAST: 0x8919, NETMASK: 0x891b, METRIC: 0x891d, MTU: 0x8921,
  HARDWARE: 0x8927, QUEUE_LENGTH: 0x8942,
} as const
/** struct ifreq: a name of 16 bytes, then a union of 24. */
const IFREQ = 40
const NAME = 16
/** Names that one question may bring. */
const MAX_NAMES = 4096

export interface InterfaceFacts {
  /** IFF_… — <linux/if.h>; 16 bits. */
  readonly flags: number
  readonly mtu: number
  readonly metric: number
  readonly queueLength: number
  /** IPv4, where it has one. */
  readonly address: Uint8Array | undefined
  readonly destination: Uint8Array | undefined
  readonly broadcast: Uint8Array | undefined
  readonly netmask: Uint8Array | undefined
  /** ARPHRD_… — <linux/if_arp.h> */
  readonly hardwareType: number
  /** Fourteen bytes; how many count depends on the type. */
  readonly hardwareAddress: Uint8Array
}

export class Interfaces {
  readonly #libc: Libc
  readonly #calls: Syscalls
  readonly #fd: number

  constructor(libc: Libc) {
    this.#libc = libc
    this.#calls = new Syscalls(libc)
    this.#fd = this.#calls.socket(AF_INET, SOCK_DGRAM)
  }

  close(): void {
    this.#calls.close(this.#fd)
  }

  /** Facts of the interface with this name, or undefined when there is none. */
  facts(name: Uint8Array): InterfaceFacts | undefined {
    const flags = this.#ask(Request.FLAGS, name)
    if (flags === undefined) return undefined
    const int = (request: number): number => {
      const answer = this.#ask(request, name)
      return answer === undefined ? 0 : u32le(answer, NAME) | 0
    }
    const ip = (request: number): Uint8Array | undefined => {
      const answer = this.#ask(request, name)
      return answer === undefined || answer[NAME] !== AF_INET ? undefined : answer.slice(NAME + 4, NAME + 8)
    }
    const hardware = this.#ask(Request.HARDWARE, name) ?? new Uint8Array(IFREQ)
    return {
      flags: flags[NAME]! | (flags[NAME + 1]! << 8),
      mtu: int(Request.MTU),
      metric: int(Request.METRIC),
      queueLength: int(Request.QUEUE_LENGTH),
      address: ip(Request.ADDRESS),
      destination: ip(Request.DESTINATION),
      broadcast: ip(Request.BROADCAST),
      netmask: ip(Request.NETMASK),
      hardwareType: hardware[NAME]! | (hardware[NAME + 1]! << 8),
      hardwareAddress: hardware.slice(NAME + 2, NAME + 16),
    }
  }

  /** Names of all interfaces and labels that have an IPv4 address, labels (`eth0:1`) too. */
  names(): Uint8Array[] {
    const list = Buffer.alloc(IFREQ * MAX_NAMES)
    const ifconf = Buffer.alloc(16)
    ifconf.writeInt32LE(list.length, 0)
    ifconf.writeBigUInt64LE(this.#libc.address(list), 8)
    try {
      this.#libc.callHolding([list], 'syscall', 'ioctl SIOCGIFCONF', SYS_IOCTL, 'int', this.#fd, 'unsigned long', Request.CONF, 'void *', ifconf)
    } catch {
      return []
    }
    const names: Uint8Array[] = []
    const end = Math.min(ifconf.readInt32LE(0), list.length)
    for (let at = 0; at + IFREQ <= end; at += IFREQ) {
      const nul = list.indexOf(0, at)
      names.push(Uint8Array.from(list.subarray(at, Math.min(nul < 0 ? end : nul, at + NAME))))
    }
    return names
  }

  #ask(request: number, name: Uint8Array): Uint8Array | undefined {
    const ifreq = Buffer.alloc(IFREQ)
    ifreq.set(name.subarray(0, NAME - 1))
    try {
      this.#libc.call('syscall', 'ioctl', SYS_IOCTL, 'int', this.#fd, 'unsigned long', request, 'void *', ifreq)
    } catch {
      return undefined
    }
    return ifreq
  }
}
