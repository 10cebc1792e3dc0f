/** The port that a word of a command line means: a number, or a service of /etc/services. */
import { UserError } from '../errors.js'
import type { Services } from '../names/services.js'

/**
 * @param least 0 where the kernel may pick one
 * @param hint what else the word may have been meant for
 * @throws UserError of status 2
 */
export function tcpPort(word: string, services: Services, least: 0 | 1 = 0, hint = ''): number {
  if (/^\d+$/.test(word)) {
    if (Number(word) > 65535 || Number(word) < least) throw new UserError(`${word}: not a port (${least} to 65535)`, 2)
    return Number(word)
  }
  const port = services.port(word, 'tcp')
  if (port === undefined) throw new UserError(`${word}: unknown service (/etc/services names them${hint})`, 2)
  return port
}
