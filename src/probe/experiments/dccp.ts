/** DCCP: datagrams with congestion control (RFC 4340); in this kernel or not (removed in Linux 6.16). */
import { Family, Protocol, SockType } from '../../socket/constants.js'
import { experiment } from '../experiment.js'
import { presence } from '../protocols.js'

export default experiment({
  claims: {
    presence: { says: 'socket(AF_INET, SOCK_DCCP) makes a socket where this kernel lists DCCP, and nowhere else', source: 'TLPI §61.12.2; RFC 4340; proc(5)', expected: 'agrees' },
  },
  run: (p) => {
    p.step('socket()')
    const { verdict, detail } = presence(p, 'DCCP', Family.INET, SockType.DCCP, Protocol.DCCP)
    p.observe('presence', verdict, detail)
  },
})
