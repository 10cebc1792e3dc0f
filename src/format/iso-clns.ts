/** OSI network protocols, told apart by their first byte (ISO/IEC 9577), as tcpdump prints them. */
import { printClnp } from './clnp.js'
import { printEsIs } from './es-is.js'
import { writeUnknownData } from './fields.js'
import { printIp4 } from './ip4.js'
import { printIp6 } from './ip6.js'
import { printIsIs } from './isis.js'
import { Nlpid, NLPIDS } from './osi.js'
import { printPpp } from './ppp.js'
import { MAX_DEPTH, type Printer } from './printer.js'
import { printQ933 } from './q933.js'

export function printIsoClns(p: Printer, at: number, length: number): void {
  // PPP and IP in it may carry OSI again
  if (p.depth >= MAX_DEPTH) {
    p.out.text('[nested too deeply]')
    return
  }
  p.depth++
  printByIdentifier(p, at, length)
  p.depth--
}

function printByIdentifier(p: Printer, at: number, length: number): void {
  const { out, options } = p
  p.protocol = 'isoclns'
  const id = p.u8(at)
  if (options.link) out.text('OSI NLPID ').text(NLPIDS.get(id) ?? 'Unknown').text(' (0x').hex(id, 2).text('): ')
  switch (id) {
    case Nlpid.CLNP:
      if (!printClnp(p, at, length)) writeUnknownData(p, at, '\n\t', length)
      return
    case Nlpid.ES_IS:
      return printEsIs(p, at, length)
    case Nlpid.IS_IS:
      if (!printIsIs(p, at, length)) writeUnknownData(p, at, '\n\t', length)
      return
    case Nlpid.NULL:
      out.text(options.link ? '' : ', ').text('length: ').dec(length)
      return
    case Nlpid.Q933:
      return printQ933(p, at + 1, length - 1)
    case Nlpid.IP:
      return printIp4(p, at + 1, length - 1)
    case Nlpid.IP6:
      return printIp6(p, at + 1, length - 1)
    case Nlpid.PPP:
      printPpp(p, at + 1, length - 1)
      return
  }
  if (!options.link) out.text('OSI NLPID 0x').hex(id, 2).text(' unknown, ')
  out.text('length: ').dec(length)
  if (length > 1) writeUnknownData(p, at, '\n\t', length)
}
