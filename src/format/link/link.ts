/** Which printer a link type has. One line a link type; the printers are a file each. */
import { LinkType } from '../../decode/link/link-type.js'
import { LINK_TYPE_NAMES } from '../../decode/link/link-type-names.js'
import type { Printer } from '../printer.js'
import { printArcnet, printLinuxArcnet } from './arcnet.js'
import { printAtm, printCip } from './atm.js'
import { printBluetooth } from './bluetooth.js'
import { printChdlc } from './chdlc.js'
import { printBroadcom, printBroadcomPrepended, printDsa, printEdsa } from './dsa.js'
import { printEnc } from './enc.js'
import { printEthernet } from './ethernet.js'
import { printFddi } from './fddi.js'
import { printIpOverFibreChannel } from './fibre-channel.js'
import { printFirewire } from './firewire.js'
import { printFrameRelayLink } from './frame-relay.js'
import { printIeee80211 } from './ieee80211.js'
import { printIeee802154, printIeee802154Tap } from './ieee802154.js'
import { printIpnet } from './ipnet.js'
import { printIpoib } from './ipoib.js'
import {
  printJuniperAtm1, printJuniperAtm2, printJuniperChdlc, printJuniperEs, printJuniperEther, printJuniperFrameRelay, printJuniperGgsn, printJuniperMfr,
  printJuniperMlfr, printJuniperMlppp, printJuniperMonitor, printJuniperPpp, printJuniperPppoe, printJuniperPppoeAtm, printJuniperServices,
} from './juniper.js'
import { printLocalTalk } from './local-talk.js'
import { printMfrLink } from './mfr.js'
import { printNetanalyzer, printNetanalyzerTransparent } from './netanalyzer.js'
import { printNflog } from './nflog.js'
import { printNull } from './null.js'
import { printPflog } from './pflog.js'
import { printPktap } from './pktap.js'
import { printPpi } from './ppi.js'
import { printPppBsdos, printPppHdlc, printPppLink, printPppoeLink } from './ppp.js'
import { printAvs, printPrism } from './prism.js'
import { printRadiotap } from './radiotap.js'
import { printRaw } from './raw.js'
import { printSlip, printSlipBsdos } from './slip.js'
import { printSll, printSll2 } from './sll.js'
import { printSunAtm } from './sun-atm.js'
import { printSymantec } from './symantec.js'
import { printTokenRing } from './token-ring.js'
import { printUsb, printUsbMapped } from './usb.js'
import { printVsock } from './vsock.js'

/** Prints the frame at `at` of `length` bytes on the wire; returns the bytes of its link-layer header. */
export type LinkPrinter = (p: Printer, at: number, length: number) => number

/** undefined: no printer, the frame is dumped. */
export function linkPrinter(linkType: number): LinkPrinter | undefined {
  // the common ones without a lookup
  if (linkType === LinkType.ETHERNET) return printEthernet
  return PRINTERS.get(linkType)
}

/** The same for a number of the capturing machine's own, its DLT, which is not always that of a file. */
export function nestedPrinter(dataLinkType: number): LinkPrinter | undefined {
  return FILE_ONLY.has(dataLinkType) ? undefined : linkPrinter(dataLinkType)
}

/** The name of such a number, as in `DLT EN10MB (1)`. */
export function dataLinkName(dataLinkType: number): string | undefined {
  return FILE_ONLY.has(dataLinkType) ? undefined : LINK_TYPE_NAMES.get(dataLinkType)?.split(' ')[0]
}

/** Numbers that mean something in files only. */
const FILE_ONLY: ReadonlySet<number> = new Set([
  LinkType.RAW_14, LinkType.ATM_RFC1483, LinkType.RAW, LinkType.SLIP_BSDOS, LinkType.PPP_BSDOS, LinkType.ATM_CLIP, LinkType.C_HDLC_112,
])

const PRINTERS: ReadonlyMap<number, LinkPrinter> = new Map<number, LinkPrinter>([
  [LinkType.NULL, printNull],
  [LinkType.LOOP, printNull],
  [LinkType.RAW, printRaw],
  [LinkType.RAW_12, printRaw],
  [LinkType.RAW_14, printRaw],
  [LinkType.IPV4, printRaw],
  [LinkType.IPV6, printRaw],
  [LinkType.LINUX_SLL, printSll],
  [LinkType.LINUX_SLL2, printSll2],
  [LinkType.IEEE802_11, printIeee80211],
  [LinkType.IEEE802_11_RADIO, printRadiotap],
  [LinkType.PRISM_HEADER, printPrism],
  [LinkType.IEEE802_11_RADIO_AVS, printAvs],
  [LinkType.PPI, printPpi],
  [LinkType.DSA_TAG_DSA, printDsa],
  [LinkType.DSA_TAG_EDSA, printEdsa],
  [LinkType.DSA_TAG_BRCM, printBroadcom],
  [LinkType.DSA_TAG_BRCM_PREPEND, printBroadcomPrepended],
  [LinkType.IPOIB, printIpoib],
  [LinkType.IPNET, printIpnet],
  [LinkType.NFLOG, printNflog],
  [LinkType.SLIP, printSlip],
  [LinkType.SLIP_BSDOS_15, printSlipBsdos],
  [LinkType.SLIP_BSDOS, printSlipBsdos],
  [LinkType.ATM_RFC1483_11, printAtm],
  [LinkType.ATM_RFC1483, printAtm],
  [LinkType.ATM_CLIP_19, printCip],
  [LinkType.ATM_CLIP, printCip],
  [LinkType.PPP, printPppLink],
  [LinkType.PPP_PPPD, printPppLink],
  [LinkType.PPP_BSDOS_16, printPppBsdos],
  [LinkType.PPP_BSDOS, printPppBsdos],
  [LinkType.PPP_SERIAL, printPppHdlc],
  [LinkType.PPP_ETHER, printPppoeLink],
  [LinkType.C_HDLC, printChdlc],
  [LinkType.C_HDLC_112, printChdlc],
  [LinkType.IEEE802, printTokenRing],
  [LinkType.FDDI, printFddi],
  [LinkType.ARCNET, printArcnet],
  [LinkType.ARCNET_LINUX, printLinuxArcnet],
  [LinkType.SYMANTEC_FIREWALL, printSymantec],
  [LinkType.FRELAY, printFrameRelayLink],
  [LinkType.MFR, printMfrLink],
  [LinkType.ENC, printEnc],
  [LinkType.PFLOG, printPflog],
  [LinkType.IP_OVER_FC, printIpOverFibreChannel],
  [LinkType.SUNATM, printSunAtm],
  [LinkType.APPLE_IP_OVER_IEEE1394, printFirewire],
  [LinkType.LTALK, printLocalTalk],
  [LinkType.PKTAP, printPktap],
  [LinkType.USER2, printPktap],
  [LinkType.USB_LINUX, printUsb],
  [LinkType.USB_LINUX_MMAPPED, printUsbMapped],
  [LinkType.BLUETOOTH_HCI_H4_WITH_PHDR, printBluetooth],
  [LinkType.IEEE802_15_4, printIeee802154],
  [LinkType.IEEE802_15_4_NOFCS, printIeee802154],
  [LinkType.IEEE802_15_4_TAP, printIeee802154Tap],
  [LinkType.NETANALYZER, printNetanalyzer],
  [LinkType.NETANALYZER_TRANSPARENT, printNetanalyzerTransparent],
  [LinkType.VSOCK, printVsock],
  [LinkType.JUNIPER_MLPPP, printJuniperMlppp],
  [LinkType.JUNIPER_MLFR, printJuniperMlfr],
  [LinkType.JUNIPER_ES, printJuniperEs],
  [LinkType.JUNIPER_GGSN, printJuniperGgsn],
  [LinkType.JUNIPER_MFR, printJuniperMfr],
  [LinkType.JUNIPER_ATM2, printJuniperAtm2],
  [LinkType.JUNIPER_SERVICES, printJuniperServices],
  [LinkType.JUNIPER_ATM1, printJuniperAtm1],
  [LinkType.JUNIPER_MONITOR, printJuniperMonitor],
  [LinkType.JUNIPER_PPPOE, printJuniperPppoe],
  [LinkType.JUNIPER_PPPOE_ATM, printJuniperPppoeAtm],
  [LinkType.JUNIPER_ETHER, printJuniperEther],
  [LinkType.JUNIPER_PPP, printJuniperPpp],
  [LinkType.JUNIPER_FRELAY, printJuniperFrameRelay],
  [LinkType.JUNIPER_CHDLC, printJuniperChdlc],
])
