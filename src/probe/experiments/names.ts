/** When a socket gets a name without bind(), and what getsockname() and getpeername() say of it. */
import { addressText } from '../../format/socket-address.js'
import type { SocketAddress } from '../../socket/sockaddr.js'
import { experiment } from '../experiment.js'
import { inet, portOf } from '../probe.js'

const CASES = 'TLPI §61.5; ip(7)'
const RANGE = ['net/ipv4/ip_local_port_range']

export default experiment({
  claims: {
    fresh: { says: 'getsockname() of a fresh socket says the wildcard address and port 0', source: 'TLPI §61.5; UNP §4.10', expected: '0.0.0.0:0' },
    freshPeer: { says: 'getpeername() of a socket that is not connected fails', source: 'getpeername(2)', expected: 'ENOTCONN' },
    connectAddress: { says: 'connect() without bind() gives a TCP socket the address of the way out', source: CASES, expected: '127.0.0.1' },
    connectPort: { says: 'connect() without bind() gives a port of the ephemeral range', source: CASES, expected: { least: 32768, most: 60999 }, sysctls: RANGE },
    udpConnect: { says: 'connect() gives an unbound UDP socket a name as well', source: CASES, expected: 'yes' },
    sendto: { says: 'the first sendto() binds a UDP socket to the wildcard address and an ephemeral port', source: CASES, expected: '0.0.0.0, an ephemeral port' },
    listen: { says: 'listen() without bind() binds to the wildcard address and an ephemeral port', source: 'TLPI §61.5, exercise 61-4; ip(7)', expected: '0.0.0.0, an ephemeral port' },
    bindZero: { says: 'bind() to port 0 takes an ephemeral port at once', source: 'ip(7); UNP §4.4', expected: '127.0.0.1, an ephemeral port' },
    acceptedLocal: { says: 'the accepted socket has the port of the listener', source: 'TLPI §61.5', expected: 'the port of the listener' },
    acceptedAddress: { says: 'the accepted socket of a wildcard listener has the address that the client connected to', source: 'UNP §4.10', expected: '127.0.0.1' },
    mirrored: { says: 'the peer of each end is the local address of the other', source: 'TLPI §61.5', expected: 'yes' },
    listenerPeer: { says: 'a listening socket has no peer', source: 'getpeername(2)', expected: 'ENOTCONN' },
    rebind: { says: 'a socket that has a name cannot be bound again', source: 'bind(2)', expected: 'EINVAL' },
  },
  run: (p) => {
    const { sys } = p
    const host = (address: SocketAddress): string => addressText(address).replace(/:\d+$/, '')
    const [least, most] = p.sysctl('net/ipv4/ip_local_port_range').split(' ').map(Number)
    const worded = (address: SocketAddress): string => `${host(address)}, ${portOf(address) >= least! && portOf(address) <= most! ? 'an ephemeral port' : `port ${portOf(address)}`}`
    const text = (fd: number): string => addressText(sys.getsockname(fd))

    p.step('a fresh TCP socket')
    const client = p.tcp()
    p.observe('fresh', text(client))
    p.observe('freshPeer', p.attempt(() => addressText(sys.getpeername(client))))

    p.step('listen() without bind()')
    const listener = p.tcp()
    sys.listen(listener, 5)
    p.watch('listener', listener)
    const bound = sys.getsockname(listener)
    p.observe('listen', worded(bound), addressText(bound))
    p.observe('listenerPeer', p.attempt(() => addressText(sys.getpeername(listener))))

    p.step('connect() without bind()')
    sys.connect(client, inet('127.0.0.1', portOf(bound)))
    p.watch('client', client)
    const own = sys.getsockname(client)
    p.observe('connectAddress', host(own))
    p.observe('connectPort', portOf(own))

    p.step('accept()')
    const { fd: server } = sys.accept4(listener)
    p.watch('server', server)
    const accepted = sys.getsockname(server)
    p.observe('acceptedLocal', portOf(accepted) === portOf(bound) ? 'the port of the listener' : `port ${portOf(accepted)}`, addressText(accepted))
    p.observe('acceptedAddress', host(accepted))
    const peers = [addressText(sys.getpeername(client)), addressText(sys.getpeername(server))]
    p.observe('mirrored', peers[0] === addressText(accepted) && peers[1] === addressText(own) ? 'yes' : 'no', peers.join(', '))

    p.step('a second bind()')
    p.observe('rebind', p.attempt(() => (sys.bind(client, inet('127.0.0.1', 0)), 'bound')))

    p.step('bind() to port 0')
    const zero = p.tcp()
    sys.bind(zero, inet('127.0.0.1', 0))
    p.observe('bindZero', worded(sys.getsockname(zero)), text(zero))

    p.step('sendto() and connect() of UDP sockets without bind()')
    const receiver = p.udp()
    sys.bind(receiver, inet('127.0.0.1', 0))
    const to = sys.getsockname(receiver)
    const sender = p.udp()
    sys.sendto(sender, Buffer.from('x'), 0, to)
    p.observe('sendto', worded(sys.getsockname(sender)), text(sender))
    const connected = p.udp()
    sys.connect(connected, to)
    p.observe('udpConnect', portOf(sys.getsockname(connected)) > 0 ? 'yes' : 'no', text(connected))
  },
})
