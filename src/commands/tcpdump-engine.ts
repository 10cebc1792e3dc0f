/** What captures: libpcap through FFI, or with --engine pcap the npm package of that name. */
import { loadLivePcap, type LiveHandle, type LivePcap, type LiveSettings } from '../capture/libpcap-live.js'
import { InterfaceSource, type LiveSource } from '../capture/live.js'
import { MergedSource } from '../capture/merged.js'
import { UserError } from '../errors.js'
import { askForInterfaceNames } from '../format/link/interface-names.js'
import type { LiveOptions } from './tcpdump-live-options.js'

export interface Engine {
  /** What there is to capture on, in the order whose numbers -i takes. */
  devices(): readonly { readonly name: string }[]
  /** Opens all interfaces, or none. @throws UserError */
  open(settings: readonly LiveSettings[], warn: (line: string) => void): LiveSource
}

/** @throws UserError that says what to install */
export async function engineOf({ engine, namespace }: LiveOptions): Promise<Engine> {
  if (engine === 'libpcap') {
    const pcap = await loadLivePcap()
    return {
      devices: () => pcap.devices(),
      open: (settings, warn) => {
        askForInterfaceNames(interfaceNamesOf(pcap, namespace === undefined))
        return open(pcap, settings, warn)
      },
    }
  }
  const { loadPcapPackage } = await import('../capture/pcap-package.js')
  const pcap = await loadPcapPackage()
  return {
    devices: () => pcap.devices(),
    open: ([first, second], warn) => {
      if (second !== undefined) throw new UserError(`-i ${second.device}: --engine pcap captures on one interface (leave --engine out, or that)`)
      return pcap.open(first!, warn)
    },
  }
}

/** Opens all interfaces, or none. @throws UserError */
function open(pcap: LivePcap, settings: readonly LiveSettings[], warn: (line: string) => void): LiveSource {
  const handles: LiveHandle[] = []
  try {
    for (const one of settings) handles.push(pcap.open(one, warn))
  } catch (error) {
    for (const handle of handles) handle.close()
    throw error
  }
  const { timeout } = settings[0]!
  return handles.length === 1 ? new InterfaceSource(handles[0]!, timeout) : new MergedSource(handles, timeout)
}

/** Looks again when an index is new, once for each, where that is possible: we are in the namespace that is captured in. */
function interfaceNamesOf(pcap: LivePcap, isHere: boolean): (index: number) => string | undefined {
  let names: Map<number, string | undefined> = pcap.interfaceNames()
  return (index) => {
    if (isHere && !names.has(index)) names = new Map<number, string | undefined>([...names, [index, undefined], ...pcap.interfaceNames()])
    return names.get(index)
  }
}

/** Names for -i: a number is that line of -D, and no -i is the first line. @throws UserError */
export function interfacesOf(pcap: Pick<Engine, 'devices'>, live: LiveOptions): string[] {
  const devices = live.interfaces.length === 0 || live.interfaces.some((name) => /^\d+$/.test(name)) ? pcap.devices() : []
  if (live.interfaces.length === 0) {
    const [first] = devices
    if (first === undefined) throw new UserError('no interface to capture on (run as root, or name one with -i)')
    return [first.name]
  }
  return live.interfaces.map((name) => {
    if (!/^\d+$/.test(name)) return name
    const device = devices[Number(name) - 1]
    if (device === undefined) throw new UserError(`-i ${name}: there are interfaces 1 to ${devices.length} (sockscope tcpdump -D lists them)`)
    return device.name
  })
}
