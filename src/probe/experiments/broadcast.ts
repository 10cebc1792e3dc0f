/** SO_BROADCAST: a guard against sending to everybody by accident. The broadcast address is loopback's, 127.255.255.255. */
import { Level } from '../../socket/constants.js'
import { So } from '../../socket/option-numbers.js'
import type { SocketAddress } from '../../socket/sockaddr.js'
import { experiment } from '../experiment.js'
import { inet, portOf } from '../probe.js'

const BROADCAST = '127.255.255.255'
const SOURCE = 'UNP §7.5, §20.2; TLPI §61.9; ip(7)'

export default experiment({
  needs: ['namespace'], // others on the host listen to its loopback
  claims: {
    initially: { says: 'SO_BROADCAST is off in a fresh socket', source: SOURCE, expected: 0 },
    refused: { says: 'without it sendto() a broadcast address fails', source: SOURCE, expected: 'EACCES' },
    connectRefused: { says: 'so does connect()', source: 'ip(7)', expected: 'EACCES' },
    sent: { says: 'with it the datagram is sent', source: SOURCE, expected: 5 },
    wildcard: { says: 'sockets bound to the wildcard address get it, every one that shares the port', source: 'UNP §7.5, §20.2', expected: 'hello hello' },
    bound: { says: 'a socket bound to the broadcast address gets it', source: 'UNP §20.2', expected: 'hello' },
    unicast: { says: 'a socket bound to a unicast address does not', source: 'UNP §20.2', expected: 'EAGAIN' },
    otherPort: { says: 'nor does one on another port', source: 'UNP §20.2', expected: 'EAGAIN' },
    stream: { says: 'a TCP socket cannot connect to it, SO_BROADCAST or not', source: 'UNP §7.5; RFC 1122 §4.2.3.10', expected: 'refused' },
  },
  run: (p) => {
    const { sys } = p
    const receiver = (address: string, port: number): number => {
      const fd = p.udp()
      sys.setsockoptInt(fd, Level.SOCKET, So.REUSEADDR, 1)
      sys.bind(fd, inet(address, port))
      return fd
    }
    p.step('receivers on one port')
    const first = receiver('0.0.0.0', 0)
    const port = portOf(sys.getsockname(first))
    const second = receiver('0.0.0.0', port)
    const bound = receiver(BROADCAST, port)
    const unicast = receiver('127.0.0.1', port)
    const elsewhere = receiver('0.0.0.0', 0)
    const to: SocketAddress = inet(BROADCAST, port)

    p.step('sendto() without SO_BROADCAST')
    const sender = p.udp()
    const text = Buffer.from('hello')
    p.observe('initially', sys.getsockoptInt(sender, Level.SOCKET, So.BROADCAST))
    p.observe('refused', p.attempt(() => sys.sendto(sender, text, 0, to)))
    p.observe('connectRefused', p.attempt(() => (sys.connect(sender, to), 'connected')))

    p.step('and with it')
    sys.setsockoptInt(sender, Level.SOCKET, So.BROADCAST, 1)
    p.observe('sent', p.attempt(() => sys.sendto(sender, text, 0, to)))
    p.observe('wildcard', `${p.readText(first)} ${p.readText(second)}`)
    p.observe('bound', p.readText(bound))
    p.observe('unicast', p.readText(unicast))
    p.observe('otherPort', p.readText(elsewhere))

    p.step('TCP')
    const stream = p.tcp()
    sys.setsockoptInt(stream, Level.SOCKET, So.BROADCAST, 1)
    const answer = p.attempt(() => (sys.connect(stream, to), 'connected'))
    p.observe('stream', answer === 'connected' ? answer : 'refused', answer)
  },
})
