/** Exercise 61-2: pipe() built of socketpair() and shutdown(), beside a real pipe. */
import { fstatSync } from 'node:fs'
import { Family, Msg, O_NONBLOCK, Poll, Shut, SockType } from '../../socket/constants.js'
import { experiment } from '../experiment.js'

const SOURCE = 'TLPI exercise 61-2, §44.2'
/** F_GETPIPE_SZ, <linux/fcntl.h>. */
const F_GETPIPE_SZ = 1032
const MANY = 4 << 20

export default experiment({
  claims: {
    carries: { says: 'what is written to one end is read at the other', source: SOURCE, expected: 'hello' },
    readEnd: { says: 'the reading end cannot be written', source: SOURCE, expected: 'EPIPE' },
    writeEnd: { says: 'the writing end reads end of file', source: SOURCE, expected: 'end of file' },
    pipeReadEnd: { says: 'of a real pipe it is not open for that at all', source: 'pipe(7)', expected: 'EBADF' },
    endOfFile: { says: 'when the writing end is closed, what was written and then end of file is read', source: SOURCE, expected: 'last|end of file' },
    noReader: { says: 'writing when the reading end is closed fails', source: SOURCE, expected: 'EPIPE' },
    pipeNoReader: { says: 'as with a real pipe', source: 'pipe(7)', expected: 'EPIPE' },
    hangUp: { says: 'poll() of the reading end says that the writer is gone', source: 'poll(2)', expected: true },
    stream: { says: 'it is a stream of bytes without boundaries', source: SOURCE, expected: 'onetwo' },
    kind: { says: 'what differs: fstat() says that it is a socket', source: 'pipe(7); stat(2)', expected: 'socket, not FIFO' },
    capacity: { says: 'a real pipe holds 65536 bytes', source: 'pipe(7)', expected: 65536 },
    filled: { says: 'and no more is written than it holds', source: 'pipe(7)', expected: 65536 },
    socketCapacity: { says: 'what the socket pair holds its send buffer bounds', source: 'unix(7)', expected: { least: 4096, most: MANY - 1, unit: 'B' }, sysctls: ['net/core/wmem_default'] },
  },
  run: (p) => {
    const { sys } = p
    /** The exercise: [reading end, writing end]. */
    const pipeOfSockets = (): readonly [number, number] => {
      const [reader, writer] = sys.socketpair(Family.UNIX, SockType.STREAM)
      sys.shutdown(reader, Shut.WR)
      sys.shutdown(writer, Shut.RD)
      return [reader, writer]
    }
    const kindOf = (fd: number): string => {
      const stat = fstatSync(fd)
      return stat.isSocket() ? 'socket' : stat.isFIFO() ? 'FIFO' : 'other'
    }

    p.step('a pipe of sockets')
    const [reader, writer] = pipeOfSockets()
    sys.write(writer, Buffer.from('hello'))
    p.observe('carries', p.readText(reader))
    p.observe('readEnd', p.attempt(() => sys.write(reader, Buffer.from('x'))))
    p.observe('writeEnd', p.readText(writer))
    sys.write(writer, Buffer.from('one'))
    sys.write(writer, Buffer.from('two'))
    p.observe('stream', p.readText(reader))

    p.step('a real pipe')
    const [pipeReader, pipeWriter] = sys.pipe(O_NONBLOCK)
    p.observe('pipeReadEnd', p.attempt(() => sys.write(pipeReader, Buffer.from('x'))))
    p.observe('kind', `${kindOf(reader)}, not ${kindOf(pipeReader)}`)
    p.observe('capacity', sys.fcntl(pipeReader, F_GETPIPE_SZ))
    p.observe('filled', sys.write(pipeWriter, Buffer.alloc(MANY)))
    p.observe('socketCapacity', p.attempt(() => sys.send(writer, Buffer.alloc(MANY), Msg.DONTWAIT)))

    p.step('the writer ends')
    const [second, its] = pipeOfSockets()
    sys.write(its, Buffer.from('last'))
    sys.close(its)
    p.observe('hangUp', (sys.poll([{ fd: second, events: Poll.IN }], 0)[0]! & Poll.HUP) !== 0)
    p.observe('endOfFile', `${p.readText(second)}|${p.readText(second)}`)

    p.step('the reader ends')
    sys.close(reader)
    p.observe('noReader', p.attempt(() => sys.write(writer, Buffer.from('x'))))
    sys.close(pipeReader)
    p.observe('pipeNoReader', p.attempt(() => sys.write(pipeWriter, Buffer.from('x'))))
  },
})
