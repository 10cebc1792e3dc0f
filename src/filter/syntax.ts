/**
 * The filter language: words to a tree. Words are those of pcap-filter(7) where it has them, so that one habit serves captures and
 * listings:
 *
 *     expression := term { or term }          term := factor { [and] factor }          factor := not factor | ( expression ) | primitive
 *     primitive  := [src|dst] port PORTS | [src|dst] host ADDRESS | [src|dst] net ADDRESS/BITS | tcp | udp | udplite | raw | unix | ip | ip6
 *                 | state STATES | pid NUMBERS | prog NAME | user NAME | inode NUMBERS | listening | recv-q OP N | send-q OP N | path TEXT
 *
 * PORTS, STATES and NUMBERS may be lists, `80,443`; ports also ranges, `8000-8999`. `src` is the local end, `dst` the foreign one.
 */
import { UserError } from '../errors.js'

export type Direction = 'src' | 'dst' | 'either'
export type Comparison = '<' | '<=' | '=' | '!=' | '>=' | '>'
/** Inclusive. */
export type Range = readonly [from: number, to: number]

export type Node =
  | { readonly kind: 'and' | 'or'; readonly left: Node; readonly right: Node }
  | { readonly kind: 'not'; readonly operand: Node }
  | { readonly kind: 'port'; readonly direction: Direction; readonly words: readonly Word[] }
  | { readonly kind: 'host' | 'net'; readonly direction: Direction; readonly word: Word }
  | { readonly kind: 'protocol'; readonly name: string }
  | { readonly kind: 'listening' }
  | { readonly kind: 'state' | 'pid' | 'inode' | 'prog' | 'user' | 'path'; readonly words: readonly Word[] }
  | { readonly kind: 'queue'; readonly queue: 'recv-q' | 'send-q'; readonly comparison: Comparison; readonly value: number }

/** A word and where it stands, from 1. */
export interface Word {
  readonly text: string
  readonly position: number
}

const PROTOCOLS = ['tcp', 'udp', 'udplite', 'raw', 'unix', 'ip', 'ip6', 'inet', 'inet6']
const LISTS = ['state', 'pid', 'inode', 'prog', 'user', 'path'] as const
const COMPARISONS: readonly string[] = ['<', '<=', '=', '==', '!=', '>=', '>']
const PRIMITIVES = [...PROTOCOLS.slice(0, 7), 'port', 'portrange', 'src', 'dst', 'host', 'net', ...LISTS, 'listening', 'recv-q', 'send-q']
/** Deeper is nobody's filter. */
const MAX_DEPTH = 64
const MAX_LENGTH = 65536

/** The complaint about a word: where it stands and what was expected. */
export function wrongWord(word: Word | undefined, length: number, expected: string): UserError {
  const what = word === undefined ? `at ${length + 1}: the filter ends` : `at ${word.position}: \`${word.text}\``
  return new UserError(`filter, ${what}: expected ${expected}`, 3)
}

/** Splits at white space, and around parentheses and comparisons. */
function wordsOf(text: string): Word[] {
  const words: Word[] = []
  for (const match of text.matchAll(/[()]|&&|\|\||[<>!=]=?|[^\s()<>=!&|]+|[&|]/g)) words.push({ text: match[0], position: match.index + 1 })
  return words
}

class Parser {
  readonly #words: readonly Word[]
  readonly #length: number
  #next = 0
  #depth = 0
  /** What a bare number after `or` goes on with: `port 80 or 443`. */
  #last: { kind: 'port'; direction: Direction } | undefined

  constructor(text: string) {
    this.#words = wordsOf(text)
    this.#length = text.length
  }

  whole(): Node {
    const node = this.#expression()
    if (this.#next < this.#words.length) throw this.#wrong('and, or, or the end')
    return node
  }

  #peek(): string | undefined {
    return this.#words[this.#next]?.text
  }

  #take(): Word | undefined {
    return this.#words[this.#next++]
  }

  #accepts(...texts: readonly string[]): boolean {
    const text = this.#peek()
    if (text === undefined || !texts.includes(text)) return false
    this.#next++
    return true
  }

  #wrong(expected: string): UserError {
    return wrongWord(this.#words[this.#next], this.#length, expected)
  }

  #expression(): Node {
    if (++this.#depth > MAX_DEPTH) throw this.#wrong(`at most ${MAX_DEPTH} parentheses within each other`)
    let left = this.#term()
    while (this.#accepts('or', '||')) left = { kind: 'or', left, right: this.#term() }
    this.#depth--
    return left
  }

  #term(): Node {
    let left = this.#factor()
    for (;;) {
      const text = this.#peek()
      if (this.#accepts('and', '&&')) left = { kind: 'and', left, right: this.#factor() }
      else if (text !== undefined && (text === 'not' || text === '!' || text === '(' || PRIMITIVES.includes(text) || PROTOCOLS.includes(text))) left = { kind: 'and', left, right: this.#factor() }
      else return left
    }
  }

  #factor(): Node {
    let negations = 0
    while (this.#accepts('not', '!')) negations++
    const node = this.#operand()
    return negations % 2 === 1 ? { kind: 'not', operand: node } : node
  }

  #operand(): Node {
    if (!this.#accepts('(')) return this.#primitive()
    const node = this.#expression()
    if (!this.#accepts(')')) throw this.#wrong('and, or, or )')
    return node
  }

  #primitive(): Node {
    const text = this.#peek()
    if (text === undefined) throw this.#wrong(PRIMITIVES.join(', '))
    if (PROTOCOLS.includes(text)) {
      this.#next++
      return { kind: 'protocol', name: text }
    }
    if (this.#accepts('listening')) return { kind: 'listening' }
    for (const kind of LISTS) if (this.#accepts(kind)) return { kind, words: this.#list(kind) }
    if (text === 'recv-q' || text === 'send-q') {
      this.#next++
      return this.#comparison(text)
    }
    if (this.#last !== undefined && /^\d/.test(text)) return { kind: 'port', direction: this.#last.direction, words: this.#list('port') }
    let direction: Direction = 'either'
    if (this.#accepts('src')) direction = 'src'
    else if (this.#accepts('dst')) direction = 'dst'
    if (this.#accepts('port', 'portrange')) {
      this.#last = { kind: 'port', direction }
      return { kind: 'port', direction, words: this.#list('port') }
    }
    if (this.#accepts('host')) return { kind: 'host', direction, word: this.#word('an address') }
    if (this.#accepts('net')) return { kind: 'net', direction, word: this.#word('an address and its bits, 10.0.0.0/8') }
    throw this.#wrong(direction === 'either' ? PRIMITIVES.join(', ') : 'port, host or net')
  }

  #word(expected: string): Word {
    const text = this.#peek()
    if (text === undefined || ['(', ')', 'and', 'or', 'not', '!', '&&', '||'].includes(text)) throw this.#wrong(expected)
    return this.#take()!
  }

  /** `a,b,c`: each with its own position. A prog, user or path may hold a comma and is one word. */
  #list(kind: string): Word[] {
    const word = this.#word(kind === 'port' ? 'a port: 443, https, 8000-8999' : kind === 'state' ? 'a state: listen, established, close-wait…' : `the ${kind}`)
    if (kind === 'prog' || kind === 'path') return [word]
    const words: Word[] = []
    let position = word.position
    for (const text of word.text.split(',')) {
      if (text === '') throw wrongWord({ text: word.text, position }, this.#length, 'something between the commas')
      words.push({ text, position })
      position += text.length + 1
    }
    return words
  }

  #comparison(queue: 'recv-q' | 'send-q'): Node {
    const comparison = this.#peek()
    if (comparison === undefined || !COMPARISONS.includes(comparison)) throw this.#wrong('<, <=, =, !=, >= or >')
    this.#next++
    const value = this.#peek()
    if (value === undefined || !/^\d{1,15}$/.test(value)) throw this.#wrong('a number')
    this.#next++
    return { kind: 'queue', queue, comparison: (comparison === '==' ? '=' : comparison) as Comparison, value: Number(value) }
  }
}

/** The tree of a filter; a UserError names the position of the first word that fits nowhere. */
export function parseFilter(text: string): Node {
  if (text.length > MAX_LENGTH) throw new UserError(`filter: ${text.length} characters (at most ${MAX_LENGTH})`, 3)
  return new Parser(text).whole()
}
