/**
 * The command lines of GNU programs as getopt_long(3) takes them: bundled letters, long names cut short as long as they stay
 * clear, options after words, `--` before words only. Messages are getopt's.
 */
export interface LongOption {
  readonly name: string
  readonly argument: 'none' | 'required' | 'optional'
  /** What it stands for; a letter for those that have one. */
  readonly is: string
}

export interface Grammar {
  /** Letters; a colon after one that takes an argument. */
  readonly short: string
  /** Long names that may be cut short among themselves… */
  readonly long: readonly LongOption[]
  /** …and those that are looked at only when none of these fits. */
  readonly more: readonly LongOption[]
}

export interface Given {
  /** In the order of the command line. */
  readonly options: readonly { readonly is: string; readonly value: string | undefined }[]
  readonly words: readonly string[]
  /** getopt's complaint; what stood before it is in `options`. */
  readonly error: string | undefined
}

/** @param takesNext for an option with an optional argument: whether the word after it is one */
export function getopt(args: readonly string[], grammar: Grammar, takesNext: (is: string, word: string) => boolean): Given {
  const options: { is: string; value: string | undefined }[] = []
  const words: string[] = []
  const done = (error?: string): Given => ({ options, words, error })
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!
    if (arg === '--') {
      words.push(...args.slice(i + 1))
      break
    }
    if (arg === '-' || !arg.startsWith('-')) {
      words.push(arg)
      continue
    }
    if (arg.startsWith('--')) {
      const equals = arg.indexOf('=')
      const name = equals < 0 ? arg.slice(2) : arg.slice(2, equals)
      let value = equals < 0 ? undefined : arg.slice(equals + 1)
      const found = longOption(name, grammar)
      if (typeof found === 'string') return done(found)
      if (found.argument === 'none' && value !== undefined) return done(`option '--${found.name}' doesn't allow an argument`)
      if (found.argument === 'required' && value === undefined) {
        value = args[++i]
        if (value === undefined) return done(`option '--${found.name}' requires an argument`)
      }
      const next = args[i + 1]
      if (found.argument === 'optional' && value === undefined && next !== undefined && takesNext(found.is, next)) value = args[++i]
      options.push({ is: found.is, value })
      continue
    }
    for (let at = 1; at < arg.length; at++) {
      const letter = arg[at]!
      const known = letter === ':' ? -1 : grammar.short.indexOf(letter)
      if (known < 0) return done(`invalid option -- '${letter}'`)
      if (grammar.short[known + 1] !== ':') {
        const next = args[i + 1]
        const wantsNext = at === arg.length - 1 && next !== undefined && takesNext(letter, next)
        options.push({ is: letter, value: wantsNext ? args[++i] : undefined })
        continue
      }
      const value = at + 1 < arg.length ? arg.slice(at + 1) : args[++i]
      if (value === undefined) return done(`option requires an argument -- '${letter}'`)
      options.push({ is: letter, value })
      break
    }
  }
  return done()
}

function longOption(name: string, grammar: Grammar): LongOption | string {
  const exact = grammar.more.find((option) => option.name === name) ?? grammar.long.find((option) => option.name === name)
  if (exact !== undefined) return exact
  for (const list of [grammar.long, grammar.more]) {
    const fits = list.filter((option) => option.name.startsWith(name))
    const [first] = fits
    if (first === undefined) continue
    if (fits.every((option) => option.is === first.is && option.argument === first.argument)) return first
    return `option '--${name}' is ambiguous; possibilities: ${fits.map((option) => `'--${option.name}'`).join(' ')}`
  }
  return `unrecognized option '--${name}'`
}
