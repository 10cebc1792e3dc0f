/**
 * The C library through koffi: the one file that knows the FFI. Traps it answers (shared facts on koffi 3): errno is read in
 * the statement after the call; `.async` does not keep its buffers alive, so `callAsync` does and nothing else may use it.
 */
import { UserError } from '../errors.js'
import { SyscallError } from './errno.js'

type Argument = number | bigint | Uint8Array | null | string

interface Native {
  (...args: readonly Argument[]): number | bigint
  async(...args: readonly unknown[]): void
}

/** The part of koffi that is used here. */
interface Koffi {
  load(path: string | null): { func(definition: string): Native }
  errno(): number
  address(value: Uint8Array): bigint
}

/** `intptr_t` stands for ssize_t and the results of syscall(2): koffi knows no `ssize_t`. */
const PROTOTYPES = {
  socket: 'int socket(int family, int type, int protocol)',
  bind: 'int bind(int fd, void *address, uint32_t length)',
  listen: 'int listen(int fd, int backlog)',
  connect: 'int connect(int fd, void *address, uint32_t length)',
  accept4: 'int accept4(int fd, void *address, void *length, int flags)',
  shutdown: 'int shutdown(int fd, int how)',
  getsockname: 'int getsockname(int fd, void *address, void *length)',
  getpeername: 'int getpeername(int fd, void *address, void *length)',
  getsockopt: 'int getsockopt(int fd, int level, int name, void *value, void *length)',
  setsockopt: 'int setsockopt(int fd, int level, int name, void *value, uint32_t length)',
  send: 'intptr_t send(int fd, void *bytes, size_t length, int flags)',
  recv: 'intptr_t recv(int fd, void *bytes, size_t length, int flags)',
  sendto: 'intptr_t sendto(int fd, void *bytes, size_t length, int flags, void *address, uint32_t addressLength)',
  sendmsg: 'intptr_t sendmsg(int fd, void *message, int flags)',
  recvmsg: 'intptr_t recvmsg(int fd, void *message, int flags)',
  sendmmsg: 'int sendmmsg(int fd, void *messages, unsigned int count, int flags)',
  recvmmsg: 'int recvmmsg(int fd, void *messages, unsigned int count, int flags, void *timeout)',
  sendfile: 'intptr_t sendfile(int outFd, int inFd, void *offset, size_t count)',
  socketpair: 'int socketpair(int family, int type, int protocol, void *pair)',
  pipe2: 'int pipe2(void *pair, int flags)',
  read: 'intptr_t read(int fd, void *bytes, size_t length)',
  write: 'intptr_t write(int fd, void *bytes, size_t length)',
  splice: 'intptr_t splice(int inFd, void *inOffset, int outFd, void *outOffset, size_t length, unsigned int flags)',
  poll: 'int poll(void *fds, unsigned long count, int timeout)',
  close: 'int close(int fd)',
  _exit: 'void _exit(int status)',
  clock_gettime: 'int clock_gettime(int clock, void *time)',
  dup: 'int dup(int fd)',
  ioctl: 'int ioctl(int fd, unsigned long request, ...)',
  fcntl: 'int fcntl(int fd, int command, ...)',
  syscall: 'intptr_t syscall(long number, ...)',
} as const

export type Call = keyof typeof PROTOTYPES

/** Machines whose socket numbers, pointer size and byte order are the ones written in this folder. */
const MACHINES = ['x64', 'arm64', 'riscv64', 'loong64']
/** Names of libc: what is already in the process (glibc and musl alike), then by file name. */
const NAMES = [null, 'libc.so.6', 'libc.so', `libc.musl-${process.arch === 'x64' ? 'x86_64' : process.arch === 'arm64' ? 'aarch64' : process.arch}.so.1`]

export class Libc {
  readonly #koffi: Koffi
  readonly #functions: Readonly<Record<Call, Native>>
  /** Buffers whose bare addresses a call in flight uses: a field, so that no collector and no optimizer drops them. */
  #held: readonly Uint8Array[] = []

  constructor(koffi: Koffi) {
    this.#koffi = koffi
    this.#functions = functionsOf(koffi)
  }

  /** Makes the call; -1 throws a SyscallError whose arguments read `args` (a text, or made only when it is needed). */
  call(name: Call, args: string | (() => string), ...values: readonly Argument[]): number {
    const native = this.#functions[name]
    const result = Number(native(...values))
    const errno = result === -1 ? this.#koffi.errno() : 0
    if (errno !== 0) throw new SyscallError(name, typeof args === 'string' ? args : args(), errno)
    return result
  }

  /** As `call`, with `held` kept alive because `values` names them only by address. */
  callHolding(held: readonly Uint8Array[], name: Call, args: string, ...values: readonly Argument[]): number {
    this.#held = held
    try {
      return this.call(name, args, ...values)
    } finally {
      this.#held = []
    }
  }

  /** syscall(2) by number: all integer arguments. `name` is what an error says. */
  numbered(name: string, number: number, ...values: readonly number[]): number {
    const native = this.#functions.syscall
    const result = Number(native(number, ...values.flatMap((value): Argument[] => ['long', value])))
    const errno = result === -1 ? this.#koffi.errno() : 0
    if (errno !== 0) throw new SyscallError(name, values.join(', '), errno)
    return result
  }

  /** fcntl(2) with an integer argument (variadic in C). */
  fcntl(fd: number, command: number, argument: number): number {
    return this.call('fcntl', `fd ${fd}, ${command}, ${argument}`, fd, command, 'int', argument)
  }

  /** ioctl(2) whose argument is a structure or an int in memory (variadic in C). */
  ioctl(fd: number, request: number, argument: Uint8Array): number {
    return this.call('ioctl', () => `fd ${fd}, 0x${request.toString(16)}`, fd, request, 'void *', argument)
  }

  /**
   * Makes the call on one of libuv's four threads. Every buffer in `values` and `held` lives until the callback. Only for calls that
   * end within a quarter of a second: files and names wait behind them, and so does process.exit().
   */
  callAsync(held: readonly Uint8Array[], name: Exclude<Call, 'syscall' | 'fcntl' | 'ioctl'>, args: string, ...values: readonly Argument[]): Promise<number> {
    return new Promise((resolve, reject) => {
      const keep: { buffers: readonly unknown[] } = { buffers: [held, values] }
      this.#functions[name].async(...values, (error: unknown, result: number | bigint) => {
        const errno = error === null && Number(result) === -1 ? this.#koffi.errno() : 0
        keep.buffers = [] // the store, after the call, is what keeps them until here
        if (error !== null) reject(error instanceof Error ? error : new Error('the call could not be made'))
        else if (errno !== 0) reject(new SyscallError(name, args, errno))
        else resolve(Number(result))
      })
    })
  }

  /** Address of a buffer's first byte. It holds nothing: pass the buffer to callHolding. */
  address(buffer: Uint8Array): bigint {
    return this.#koffi.address(buffer)
  }

  /** How many buffers the call under way holds; for a test. */
  get holding(): number {
    return this.#held.length
  }
}

function functionsOf(koffi: Koffi): Record<Call, Native> {
  let refusal: unknown
  for (const name of NAMES) {
    try {
      const library = koffi.load(name)
      return Object.fromEntries(Object.entries(PROTOTYPES).map(([call, text]) => [call, library.func(text)])) as Record<Call, Native>
    } catch (error) {
      refusal ??= error
    }
  }
  throw new UserError(`the C library cannot be called: ${messageOf(refusal)} (commands that read only /proc still work)`)
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).split('\n')[0]!

let loaded: Libc | undefined

/** @param load what gives koffi; a test gives one that fails */
export async function loadLibc(load: () => Promise<unknown> = () => import('koffi')): Promise<Libc> {
  if (loaded !== undefined) return loaded
  if (!MACHINES.includes(process.arch)) {
    throw new UserError(`system calls: not on this machine (${process.arch}; they work on ${MACHINES.join(', ')})`)
  }
  let koffi: Koffi
  try {
    const module = (await load()) as { default?: Koffi } & Koffi
    koffi = module.default ?? module
  } catch (error) {
    throw new UserError(`system calls need koffi, which cannot be loaded: ${messageOf(error)} (npm install koffi@3)`)
  }
  return (loaded = new Libc(koffi))
}
