/**
 * `sockscope echo`: the client of Listing 61-2 of "The Linux Programming Interface" (standard input to the socket, shutdown(SHUT_WR) at its end, the
 * answer to standard output), for any TCP service; with --listen the echo server of RFC 862 that it talks to.
 */
import type { Command } from 'commander'
import { UserError } from '../errors.js'
import type { Io } from '../io.js'
import { Services } from '../names/services.js'
import { parse, program, seconds, whole } from './arguments.js'
import { systemFile } from './netstat-names.js'
import { tcpPort } from './service-port.js'

interface EchoOptions {
  readonly listen?: string | true
  readonly bind?: string
  readonly maxConnections: number
  readonly ipv4?: true
  readonly ipv6?: true
  readonly timeout?: number
  readonly verbose?: true
}

/** RFC 862; used where /etc/services does not name the service. */
const ECHO_PORT = '7'

const HELP_AFTER = `
SERVICE is a name of /etc/services or a port; without one it is echo, port 7. Any TCP service will do, for the client knows nothing of what is said:
it sends, half-closes, and prints all that comes back.

Examples:
  sockscope echo --listen 5007 &             a server on 127.0.0.1 and ::1
  sockscope echo localhost 5007 <file | cmp - file
  printf 'GET / HTTP/1.0\\r\\n\\r\\n' | sockscope echo example.org http
  sockscope echo --listen 5007 --bind 0.0.0.0     to be reached from elsewhere

Exit status: 0 done (a server: ended by a signal); 1 refused, unknown host, connection lost, port in use or not permitted; 2 used wrongly, an
unknown service included; 141 the reader of standard output went away.
`

const command = (io: Io): Command =>
  program('echo', io)
    .usage('[OPTIONS…] HOST [SERVICE] | --listen [PORT] [OPTIONS…]')
    .description('Sends standard input to a TCP service, half-closes, and prints the answer; or is an echo server.')
    .argument('[host]', 'name or address to connect to; each of its addresses is tried in turn')
    .argument('[service]', 'service or port (echo)')
    .option('--listen [port]', 'be the server, on this service or port; 0: one that the kernel picks')
    .option('--bind <address>', 'with --listen: the address to listen on, instead of 127.0.0.1 and ::1')
    .option('--max-connections <n>', 'with --listen: so many at a time, more are closed at once', whole('--max-connections', 1, 1_000_000), 1000)
    .option('-4, --ipv4', 'IPv4 only')
    .option('-6, --ipv6', 'IPv6 only')
    .option('--timeout <seconds>', 'wait so long for each address to connect (default: the kernel\'s patience, about two minutes)', seconds('--timeout', 0.001))
    .option('-v, --verbose', 'say on standard error who is connected and how much was moved')
    .addHelpText('after', HELP_AFTER)

export async function run(args: string[], io: Io): Promise<number> {
  const parser = command(io)
  if (!parse(parser, args)) return 0
  const options: EchoOptions = parser.opts()
  const [host, service] = parser.args
  if (options.ipv4 === true && options.ipv6 === true) throw new UserError('-4 and -6: only one of them', 2)
  const services = new Services(systemFile('/etc/services'))
  const family = options.ipv4 === true ? 4 : options.ipv6 === true ? 6 : 0
  const verbose = options.verbose === true
  const portOf = (word: string | undefined, least: 0 | 1): number => tcpPort(word ?? (services.port('echo', 'tcp') === undefined ? ECHO_PORT : 'echo'), services, least)
  if (options.listen !== undefined) {
    if (host !== undefined) throw new UserError(`${host}: --listen takes no host (--bind names the address to listen on)`, 2)
    const port = portOf(options.listen === true ? undefined : options.listen, 0)
    const { listenOn, serve } = await import('./echo-server.js')
    return serve({ addresses: listenOn(options.bind, family), optional: options.bind === undefined && family === 0, port, maxConnections: options.maxConnections, verbose }, io)
  }
  if (options.bind !== undefined) throw new UserError('--bind: only with --listen', 2)
  if (host === undefined || host === '') throw new UserError('no host (sockscope echo HOST [SERVICE], or --listen to be the server)', 2)
  const port = portOf(service, 1)
  const { exchange } = await import('./echo-client.js')
  await exchange({ host, port, family, timeoutMillis: (options.timeout ?? 0) * 1000, verbose }, io)
  return 0
}
