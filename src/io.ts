/** What a command may touch of the process it runs in. `cli.ts` makes the real one; a test makes its own, in memory. */
export interface Io {
  /** stdout: data only. The chunk is lent: it is written out or copied before the call returns. Throws BrokenPipe, UserError. */
  readonly out: (chunk: Uint8Array) => void
  /** As `out`, but others go on while stdout is full; the chunk is lent until it settles. Absent: use `out`. */
  readonly outLater?: (chunk: Uint8Array) => Promise<void>
  /** stderr: one line of talk, without its newline; control bytes in it are escaped here. */
  readonly err: (line: string) => void
  /** Path of the module that loads the program's bundle (bin/load.js), for threads that run it too. */
  readonly loader: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** stdout is a terminal: tables, colours and lines as they happen. */
  readonly isTerminal: boolean
  /** Width of that terminal; 80 when it is none. */
  readonly columns: number
  /** Width and height of that terminal now: it may have changed. Absent when it is none. */
  readonly size?: () => readonly [columns: number, rows: number]
  /** Has `act` called when the signal comes, until the function returned is called. Absent: no signals come. */
  readonly onSignal?: (signal: NodeJS.Signals, act: () => void) => () => void
  /** Has the process end with the command, though something that nobody can close is still open and would keep it. */
  readonly endWithCommand?: () => void
}
