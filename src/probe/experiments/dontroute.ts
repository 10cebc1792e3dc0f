/** SO_DONTROUTE and MSG_DONTROUTE: only to hosts on a network of ours, never through a gateway. */
import { Level, Msg } from '../../socket/constants.js'
import { So } from '../../socket/option-numbers.js'
import { ip4 } from '../../socket/sockaddr.js'
import { experiment } from '../experiment.js'
import { inet } from '../probe.js'
import { LEFT_ADDRESS, RIGHT_ADDRESS } from '../wire.js'

const SOURCE = 'UNP §7.5; TLPI §61.9; socket(7)'
/** TEST-NET-1 (RFC 5737): nobody's, behind the gateway. */
const FAR = '192.0.2.1'
const SIOCADDRT = 0x890b
const RTF_UP_GATEWAY = 3
/** struct rtentry, <linux/route.h>, where pointers have 8 bytes: destination, gateway and mask, flags. */
const RTENTRY = { bytes: 120, destination: 8, gateway: 24, mask: 40, flags: 56 } as const

/** `ip route add default via GATEWAY` */
function defaultRoute(gateway: string): Buffer {
  const b = Buffer.alloc(RTENTRY.bytes)
  for (const at of [RTENTRY.destination, RTENTRY.gateway, RTENTRY.mask]) b.writeUInt16LE(2, at) // AF_INET
  b.set(ip4(gateway), RTENTRY.gateway + 4)
  b.writeUInt16LE(RTF_UP_GATEWAY, RTENTRY.flags)
  return b
}

export default experiment({
  needs: ['veth'],
  claims: {
    initially: { says: 'SO_DONTROUTE is off in a fresh socket', source: SOURCE, expected: 0 },
    routed: { says: 'a datagram to a far host goes through the gateway', source: SOURCE, expected: 1 },
    refused: { says: 'with SO_DONTROUTE it is refused', source: SOURCE, expected: 'ENETUNREACH' },
    near: { says: 'a host on the network is still reached', source: SOURCE, expected: 1 },
    here: { says: 'and this host', source: SOURCE, expected: 1 },
    flag: { says: 'MSG_DONTROUTE does it for one datagram', source: 'send(2); UNP §14.3', expected: 'ENETUNREACH' },
    flagOnly: { says: 'and no more: the next goes through the gateway', source: 'send(2)', expected: 1 },
    connect: { says: 'connect() is refused as well', source: SOURCE, expected: 'ENETUNREACH' },
  },
  run: (p) => {
    const { sys } = p
    p.step('a network with a gateway')
    p.wire()
    const datagram = p.udp()
    sys.ioctl(datagram, SIOCADDRT, defaultRoute(RIGHT_ADDRESS))
    const send = (fd: number, address: string, flags = 0): number | string => p.attempt(() => sys.sendto(fd, Buffer.from('x'), flags, inet(address, 9)))

    p.step('a datagram through the gateway')
    p.observe('initially', sys.getsockoptInt(datagram, Level.SOCKET, So.DONTROUTE))
    p.observe('routed', send(datagram, FAR))
    p.observe('flag', send(datagram, FAR, Msg.DONTROUTE))
    p.observe('flagOnly', send(datagram, FAR))

    p.step('SO_DONTROUTE')
    const direct = p.udp()
    sys.setsockoptInt(direct, Level.SOCKET, So.DONTROUTE, 1)
    p.observe('refused', send(direct, FAR))
    p.observe('near', send(direct, RIGHT_ADDRESS))
    p.observe('here', send(direct, LEFT_ADDRESS))
    const stream = p.tcp()
    sys.setsockoptInt(stream, Level.SOCKET, So.DONTROUTE, 1)
    p.observe('connect', p.attempt(() => (sys.connect(stream, inet(FAR, 9)), 'connected')))
  },
})
