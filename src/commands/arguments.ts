/** What the commands on live sockets share of a command line: commander's errors as UserError, numbers, and output. */
import { Command, CommanderError } from 'commander'
import { UserError } from '../errors.js'
import type { Io } from '../io.js'

/** A commander program that prints its help through `io` and never ends the process. */
export const program = (name: string, io: Io): Command =>
  new Command(name)
    .helpOption('-h, --help', 'this text')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        io.out(Buffer.from(text))
      },
      writeErr: () => {},
    })

/** Parses; false when help was asked for and printed. A wrong option is a UserError of exit status 2. */
export function parse(command: Command, args: readonly string[]): boolean {
  try {
    command.parse([...args], { from: 'user' })
    return true
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode === 0) return false
    throw new UserError(`${error.message.replace(/^error: /, '').replaceAll('\n', ' ')} (see sockscope ${command.name()} --help)`, 2)
  }
}

/** Options of which at most one may be given: each is its name, or false where it is not. @throws UserError of exit status 2 */
export function apart(...given: readonly (string | false)[]): void {
  const names = given.filter((name) => name !== false)
  if (names.length > 1) throw new UserError(`${names.join(' and ')}: mutually exclusive (give one of them)`, 2)
}

/** A whole number of an option, within bounds. */
export const whole = (option: string, least: number, most: number) => (text: string): number => {
  if (!/^\d+$/.test(text) || Number(text) < least || Number(text) > most) throw new UserError(`${option} ${text}: not a whole number from ${least} to ${most}`, 2)
  return Number(text)
}

/** A number of seconds of an option. */
export const seconds = (option: string, least: number) => (text: string): number => {
  if (!/^\d+(\.\d+)?$/.test(text) || Number(text) < least || Number(text) > 1e6) throw new UserError(`${option} ${text}: not seconds (a number from ${least})`, 2)
  return Number(text)
}

export const print = (io: Io, text: string): void => {
  if (text !== '') io.out(Buffer.from(text))
}

export const pause = (millis: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, millis))
