/** What a descriptor says of its socket: type, domain, protocol, and whether it listens. A server that inherited it (from inetd, from systemd) has nothing else to go by. */
import { Family, Level, Protocol, SOCK_NONBLOCK, SockType } from '../../socket/constants.js'
import { So } from '../../socket/option-numbers.js'
import { experiment } from '../experiment.js'

const SOURCE = 'TLPI §61.9; UNP §7.5; socket(7)'

export default experiment({
  claims: {
    stream: { says: 'SO_TYPE of a stream socket is SOCK_STREAM', source: SOURCE, expected: SockType.STREAM },
    datagram: { says: 'SO_TYPE of a datagram socket is SOCK_DGRAM', source: SOURCE, expected: SockType.DGRAM },
    seqpacket: { says: 'SO_TYPE of a sequenced-packet socket is SOCK_SEQPACKET', source: SOURCE, expected: SockType.SEQPACKET },
    plain: { says: 'the flag SOCK_NONBLOCK given to socket() is no part of the type', source: 'socket(2)', expected: SockType.STREAM },
    duplicate: { says: 'a duplicate of the descriptor says the same', source: 'dup(2)', expected: SockType.DGRAM },
    readOnly: { says: 'the type cannot be changed', source: 'socket(7)', expected: 'ENOPROTOOPT' },
    protocol: { says: 'SO_PROTOCOL names the protocol that socket() chose for 0', source: 'socket(7)', expected: Protocol.TCP },
    domain: { says: 'SO_DOMAIN is the address family', source: 'socket(7)', expected: Family.INET },
    fresh: { says: 'SO_ACCEPTCONN is 0 before listen()', source: 'socket(7)', expected: 0 },
    listening: { says: 'SO_ACCEPTCONN is 1 after listen()', source: 'socket(7)', expected: 1 },
    notSocket: { says: 'another descriptor than a socket has no options', source: 'getsockopt(2)', expected: 'ENOTSOCK' },
  },
  run: (p) => {
    const { sys } = p
    const option = (fd: number, name: number): number => sys.getsockoptInt(fd, Level.SOCKET, name)

    p.step('SO_TYPE of three kinds of socket')
    const stream = p.tcp()
    const datagram = p.udp()
    p.observe('stream', option(stream, So.TYPE))
    p.observe('datagram', option(datagram, So.TYPE))
    p.observe('seqpacket', option(sys.socket(Family.UNIX, SockType.SEQPACKET), So.TYPE))
    p.observe('plain', option(sys.socket(Family.INET, SockType.STREAM | SOCK_NONBLOCK), So.TYPE))
    p.observe('duplicate', option(sys.dup(datagram), So.TYPE))
    p.observe('readOnly', p.attempt(() => (sys.setsockoptInt(stream, Level.SOCKET, So.TYPE, SockType.DGRAM), 'set')))

    p.step('protocol and domain')
    p.observe('protocol', option(stream, So.PROTOCOL))
    p.observe('domain', option(stream, So.DOMAIN))

    p.step('listen()')
    p.observe('fresh', option(stream, So.ACCEPTCONN))
    sys.listen(stream, 1)
    p.observe('listening', option(stream, So.ACCEPTCONN))

    p.step('a pipe')
    const [pipe] = sys.pipe()
    p.observe('notSocket', p.attempt(() => option(pipe, So.TYPE)))
  },
})
