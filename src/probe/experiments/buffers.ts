/** SO_RCVBUF and SO_SNDBUF: what is granted, the window that comes of it, low-water marks, and what a long fat path needs. */
import { performance } from 'node:perf_hooks'
import { Ioctl, Level, Msg, Poll, Shut } from '../../socket/constants.js'
import { So, Tcp } from '../../socket/option-numbers.js'
import { experiment } from '../experiment.js'
import { advice } from '../path.js'
import { connectOver } from '../wire-connection.js'

const SOURCE = 'socket(7); TLPI §61.9; UNP §7.5'
const WINDOW = 'UNP §7.5; tcp(7); RFC 7323 §2'
const RMEM = ['net/ipv4/tcp_rmem']
const SMALL = 4096
const MIDDLE = 200_000
const HUGE = 1 << 30
/** A window without scaling. */
const UNSCALED = 65535
const MANY = 8 << 20
const MARK = 10
const UNSENT = 4096
const DELAY = 10

export default experiment({
  claims: {
    receiveDefault: { says: 'a TCP socket begins with the middle number of tcp_rmem', source: 'tcp(7)', expected: 131072, sysctls: RMEM },
    sendDefault: { says: 'and the middle number of tcp_wmem', source: 'tcp(7)', expected: 16384, sysctls: ['net/ipv4/tcp_wmem'] },
    datagramDefault: { says: 'a UDP socket begins with rmem_default and wmem_default', source: 'socket(7)', expected: '212992 212992', sysctls: ['net/core/rmem_default', 'net/core/wmem_default'] },
    doubled: { says: 'SO_RCVBUF 10000 is doubled', source: SOURCE, expected: 20000 },
    sendDoubled: { says: 'SO_SNDBUF 10000 is doubled', source: SOURCE, expected: 20000 },
    granted: { says: `SO_RCVBUF ${MIDDLE} is granted`, source: SOURCE, expected: 2 * MIDDLE, sysctls: ['net/core/rmem_max'] },
    sendGranted: { says: `SO_SNDBUF ${MIDDLE} is granted`, source: SOURCE, expected: 2 * MIDDLE, sysctls: ['net/core/wmem_max'] },
    clamped: { says: 'beyond rmem_max SO_RCVBUF is cut to it, without an error', source: SOURCE, expected: 'twice rmem_max', sysctls: ['net/core/rmem_max'] },
    sendClamped: { says: 'beyond wmem_max SO_SNDBUF is cut to it', source: SOURCE, expected: 'twice wmem_max', sysctls: ['net/core/wmem_max'] },
    floor: { says: 'SO_RCVBUF 1 is raised to the least there is', source: 'socket(7)', expected: { least: 256, most: 8192, unit: 'B' } },
    sendFloor: { says: 'SO_SNDBUF 1 as well', source: 'socket(7)', expected: { least: 2048, most: 16384, unit: 'B' } },
    scale: { says: 'the SYN\'s window scale is the least that lets a window be as large as tcp_rmem lets the buffer grow', source: WINDOW, expected: 'the least that does', sysctls: [...RMEM, 'net/ipv4/tcp_window_scaling', 'net/core/rmem_max'] },
    synWindow: { says: 'the SYN of a fresh socket offers a window', source: WINDOW, expected: { least: 14600, most: UNSCALED, unit: 'B' }, needs: ['capture'], sysctls: RMEM },
    beforeScale: { says: `SO_RCVBUF ${SMALL} before connect() decides the scale`, source: WINDOW, expected: 0 },
    beforeWindow: { says: 'and the window of the SYN', source: WINDOW, expected: { most: 2 * SMALL, unit: 'B' }, needs: ['capture'] },
    tooLate: { says: `SO_RCVBUF ${MIDDLE} after such a connect() enlarges the buffer`, source: WINDOW, expected: 2 * MIDDLE, sysctls: ['net/core/rmem_max'] },
    tooLateWindow: { says: 'but the window stays below 64 kB: the scale was said in the SYN', source: WINDOW, expected: { most: UNSCALED, unit: 'B' } },
    inTimeWindow: { says: `SO_RCVBUF ${MIDDLE} before connect() lets it open further`, source: WINDOW, expected: { least: UNSCALED + 1, most: 2 * MIDDLE, unit: 'B' }, sysctls: ['net/ipv4/tcp_window_scaling', 'net/core/rmem_max'] },
    listener: { says: 'for a server it is set before listen(): the accepted socket has the buffer and the scale', source: WINDOW, expected: `${2 * SMALL} B, scale 0` },
    grows: { says: 'a buffer that nobody set grows with the data', source: 'tcp(7), tcp_moderate_rcvbuf', expected: 'larger', sysctls: ['net/ipv4/tcp_moderate_rcvbuf', ...RMEM] },
    fixed: { says: 'one that was set does not', source: 'tcp(7)', expected: 'as it was' },
    lowWater: { says: `with SO_RCVLOWAT ${MARK} poll() does not say readable for ${MARK - 1} bytes`, source: 'socket(7); UNP §6.3, §7.5', expected: 'not readable' },
    lowWaterReached: { says: 'it does for one more', source: 'socket(7); UNP §6.3', expected: 'readable' },
    lowWaterEnd: { says: 'and for the end of the stream, whatever the mark', source: 'UNP §6.3', expected: 'readable' },
    lowWaterRead: { says: 'a recv() that may not wait takes what there is all the same', source: 'recv(2)', expected: MARK - 1 },
    sendLowWater: { says: 'SO_SNDLOWAT is 1 and cannot be set', source: 'socket(7)', expected: '1, ENOPROTOOPT' },
    unsent: { says: `with TCP_NOTSENT_LOWAT ${UNSENT} poll() says writable no more when so much is unsent`, source: 'tcp(7)', expected: { least: UNSENT / 2, most: 2 * UNSENT, unit: 'B' } },
    unsentWithout: { says: 'without, only when the send buffer is full', source: 'tcp(7)', expected: { least: 10 * UNSENT, unit: 'B' }, sysctls: ['net/ipv4/tcp_notsent_lowat', 'net/core/wmem_max'] },
    perRoundTrip: { says: 'no more than a window is sent in a round trip', source: 'UNP §7.5; RFC 7323 §1.1', expected: { least: 0.2, most: 1.05, unit: 'windows' }, needs: ['veth'] },
    path: { says: 'bandwidth × delay of the path (--rtt, --rate) against the most that the buffers grow to', source: 'UNP §7.5; RFC 7323 §1.1; tcp(7)', expected: 'enough', sysctls: [...RMEM, 'net/ipv4/tcp_wmem', 'net/ipv4/tcp_adv_win_scale'] },
  },
  run: async (p) => {
    const { sys } = p
    const numbers = (name: string): number[] => p.sysctl(name).split(/\s+/).map(Number)
    const size = (fd: number, option: number): number => sys.getsockoptInt(fd, Level.SOCKET, option)
    const set = (fd: number, option: number, value: number): number => {
      sys.setsockoptInt(fd, Level.SOCKET, option, value)
      return size(fd, option)
    }
    const info = (fd: number, field: string): number => Number(p.tcpInfo(fd).get(field) ?? 0)
    /** Moves bytes and reads them as they come; the largest window that the receiver offered, as its peer knows it. `rest`: ms after each turn. */
    const move = async (from: number, to: number, count: number, rest = 0): Promise<number> => {
      const chunk = Buffer.alloc(65536)
      const into = Buffer.alloc(1 << 20)
      let window = 0
      for (let sent = 0, got = 0, turn = 0; got < count; turn++) {
        const more = sent < count ? p.attempt(() => p.quiet.send(from, chunk.subarray(0, count - sent), Msg.DONTWAIT)) : 0
        if (typeof more === 'number') sent += more
        const came = p.attempt(() => p.quiet.recv(to, into, Msg.DONTWAIT))
        if (typeof came === 'number') got += came
        window = Math.max(window, info(from, 'snd_wnd'))
        if (rest > 0 || turn % 16 === 0) await p.pause(rest)
      }
      return window
    }

    p.step('what a fresh socket has, and what is granted')
    const tcp = p.tcp()
    const udp = p.udp()
    p.observe('receiveDefault', size(tcp, So.RCVBUF))
    p.observe('sendDefault', size(tcp, So.SNDBUF))
    p.observe('datagramDefault', `${size(udp, So.RCVBUF)} ${size(udp, So.SNDBUF)}`)
    p.observe('doubled', set(udp, So.RCVBUF, 10000))
    p.observe('sendDoubled', set(udp, So.SNDBUF, 10000))
    p.observe('granted', set(udp, So.RCVBUF, MIDDLE))
    p.observe('sendGranted', set(udp, So.SNDBUF, MIDDLE))
    for (const [claim, option, name] of [['clamped', So.RCVBUF, 'rmem_max'], ['sendClamped', So.SNDBUF, 'wmem_max']] as const) {
      const most = set(udp, option, HUGE)
      p.observe(claim, most === 2 * numbers(`net/core/${name}`)[0]! ? `twice ${name}` : 'another size', String(most))
    }
    p.observe('floor', set(udp, So.RCVBUF, 1))
    p.observe('sendFloor', set(udp, So.SNDBUF, 1))

    p.step('the window of a socket whose buffer nobody set')
    const plain = p.connect()
    const most = Math.max(numbers('net/ipv4/tcp_rmem')[2] ?? 0, numbers('net/core/rmem_max')[0] ?? 0)
    const scale = info(plain.client, 'rcv_wscale')
    const covers = (shift: number): boolean => UNSCALED * 2 ** shift >= most
    p.observe('scale', scale === 14 || (covers(scale) && !covers(scale - 1)) ? 'the least that does' : 'another', `scale ${scale}, for ${most} B`)
    const synWindow = ({ client, clientPort }: { readonly client: number; readonly clientPort: number }): number | string =>
      p.segments().find(({ flags, sourcePort }) => sourcePort === clientPort && flags.replace(/[EW]/g, '') === 'S')?.window ?? `no SYN of fd ${client}`
    if (p.can('capture')) p.observe('synWindow', synWindow(plain))
    const before = size(plain.server, So.RCVBUF)
    await move(plain.client, plain.server, MANY)
    const grown = size(plain.server, So.RCVBUF)
    p.observe('grows', grown > before ? 'larger' : 'as it was', `${before}, then ${grown}`)

    p.step(`SO_RCVBUF ${SMALL} before connect(), ${MIDDLE} after it`)
    const late = p.connect({ prepareClient: (fd) => set(fd, So.RCVBUF, SMALL) })
    p.observe('beforeScale', info(late.client, 'rcv_wscale'))
    if (p.can('capture')) p.observe('beforeWindow', synWindow(late))
    p.observe('tooLate', set(late.client, So.RCVBUF, MIDDLE))
    p.observe('tooLateWindow', await move(late.server, late.client, MANY / 4))

    p.step(`SO_RCVBUF ${MIDDLE} before connect()`)
    const inTime = p.connect({ prepareClient: (fd) => set(fd, So.RCVBUF, MIDDLE) })
    const first = size(inTime.client, So.RCVBUF)
    p.observe('inTimeWindow', await move(inTime.server, inTime.client, MANY / 2))
    p.observe('fixed', size(inTime.client, So.RCVBUF) === first ? 'as it was' : 'another', `${first}, then ${size(inTime.client, So.RCVBUF)}`)

    p.step(`SO_RCVBUF ${SMALL} before listen()`)
    const inherited = p.connect({ prepareListener: (fd) => set(fd, So.RCVBUF, SMALL) })
    p.observe('listener', `${size(inherited.server, So.RCVBUF)} B, scale ${info(inherited.server, 'rcv_wscale')}`)

    p.step('low-water marks')
    const marked = p.connect()
    const readable = (): string => ((sys.poll([{ fd: marked.server, events: Poll.IN }], 0)[0]! & Poll.IN) === 0 ? 'not readable' : 'readable')
    sys.setsockoptInt(marked.server, Level.SOCKET, So.RCVLOWAT, MARK)
    sys.send(marked.client, Buffer.alloc(MARK - 1))
    await p.until('the bytes', () => p.quiet.ioctlInt(marked.server, Ioctl.SIOCINQ) === MARK - 1)
    p.observe('lowWater', readable())
    sys.send(marked.client, Buffer.alloc(1))
    await p.until('one more', () => p.quiet.ioctlInt(marked.server, Ioctl.SIOCINQ) === MARK)
    p.observe('lowWaterReached', readable())
    p.read(marked.server)
    sys.send(marked.client, Buffer.alloc(MARK - 1))
    await p.until('the bytes', () => p.quiet.ioctlInt(marked.server, Ioctl.SIOCINQ) === MARK - 1)
    p.observe('lowWaterRead', p.attempt(() => sys.recv(marked.server, Buffer.alloc(100), Msg.DONTWAIT)))
    sys.shutdown(marked.client, Shut.WR)
    await p.until('the end', () => p.state('server') === 'CLOSE_WAIT')
    p.observe('lowWaterEnd', readable())
    p.observe('sendLowWater', `${size(tcp, So.SNDLOWAT)}, ${p.attempt(() => set(tcp, So.SNDLOWAT, 2))}`)

    p.step('writable until the buffer is full, or until so much is unsent')
    for (const [claim, mark] of [['unsentWithout', undefined], ['unsent', UNSENT]] as const) {
      const { client } = p.connect({ prepareListener: (fd) => set(fd, So.RCVBUF, SMALL) })
      set(client, So.SNDBUF, MIDDLE)
      if (mark !== undefined) sys.setsockoptInt(client, Level.TCP, Tcp.NOTSENT_LOWAT, mark)
      const chunk = Buffer.alloc(1024)
      for (let i = 0; i < 1000 && (p.quiet.poll([{ fd: client, events: Poll.OUT }], 0)[0]! & Poll.OUT) !== 0; i++) p.attempt(() => p.quiet.send(client, chunk, Msg.DONTWAIT))
      p.observe(claim, sys.ioctlInt(client, Ioctl.SIOCOUTQNSD))
    }

    p.step('the path')
    const [, , receiveGrows = 0] = numbers('net/ipv4/tcp_rmem')
    const [, , sendGrows = 0] = numbers('net/ipv4/tcp_wmem')
    const limits = (grows: number, name: string): { readonly grows: number; readonly settable: number } => ({ grows, settable: numbers(name)[0] ?? 0 })
    const { verdict, text } = advice(p.path, limits(receiveGrows, 'net/core/rmem_max'), limits(sendGrows, 'net/core/wmem_max'), numbers('net/ipv4/tcp_adv_win_scale')[0] ?? 1)
    p.observe('path', verdict, text)
    if (!p.can('veth')) return

    p.step(`a window a round trip: ${2 * DELAY} ms, SO_RCVBUF ${SMALL}`)
    const wire = p.wire({ delay: DELAY })
    const { left, right } = await connectOver(p, wire, (fd) => p.quiet.setsockoptInt(fd, Level.SOCKET, So.RCVBUF, SMALL))
    const bytes = 60_000
    const begin = performance.now()
    const window = await move(left, right, bytes, 1)
    const roundTrips = (performance.now() - begin) / (2 * DELAY)
    p.observe('perRoundTrip', Math.round((bytes / roundTrips / window) * 100) / 100, `${bytes} B in ${roundTrips.toFixed(1)} round trips, the largest window ${window} B`)
  },
})
