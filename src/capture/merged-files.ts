/** Several captures as one, by time: of the frames at hand, one a capture, the earliest goes first. Within a capture the order stays as it is. */
import { UserError } from '../errors.js'
import { newFrame, type Frame, type FrameSource, type SourceInterface } from './source.js'

interface Member {
  readonly source: FrameSource
  readonly frame: Frame
  /** Its first interface among those of all. */
  readonly interfaceBase: number
  has: boolean
  isOver: boolean
}

/** More interfaces than this of one file share a number with the next file's. */
const INTERFACES = 1000

export class MergedFiles implements FrameSource {
  readonly label: string
  readonly isStream: boolean
  readonly #members: Member[]
  /** Why members ended before their time; thrown when all are at their end. */
  readonly #failures: UserError[] = []
  /** The member whose frame was lent last: only then may its next be read. */
  #lent: Member | undefined

  constructor(sources: readonly FrameSource[]) {
    this.label = sources.map(({ label }) => label).join(', ')
    this.isStream = sources.some(({ isStream }) => isStream)
    this.#members = sources.map((source, i) => ({ source, frame: newFrame(), interfaceBase: i * INTERFACES, has: false, isOver: false }))
  }

  get interfaces(): readonly SourceInterface[] {
    return this.#members.flatMap(({ source }) => source.interfaces)
  }

  next(frame: Frame): boolean {
    if (this.#lent !== undefined) {
      this.#lent.has = this.#lent.source.next(this.#lent.frame)
      this.#lent = undefined
    }
    let first: Member | undefined
    for (const member of this.#members) {
      if (!member.has) {
        if (!member.isOver) return false
        continue
      }
      if (first === undefined || isBefore(member.frame, first.frame)) first = member
    }
    if (first === undefined) return false
    Object.assign(frame, first.frame)
    frame.interfaceId += first.interfaceBase
    this.#lent = first
    return true
  }

  commentsOf(): readonly Uint8Array[] {
    return this.#lent?.source.commentsOf?.(this.#lent.frame) ?? []
  }

  /** @throws UserError of the first damaged capture, once the others have been read to their end */
  async more(): Promise<boolean> {
    if (this.#lent !== undefined) {
      this.#lent.has = this.#lent.source.next(this.#lent.frame)
      this.#lent = undefined
    }
    for (const member of this.#members) while (!member.has && !member.isOver) await this.#fill(member)
    if (this.#members.some(({ has }) => has)) return true
    if (this.#failures[0] !== undefined) throw this.#failures.shift()!
    return false
  }

  async #fill(member: Member): Promise<void> {
    member.has = member.source.next(member.frame)
    if (member.has) return
    try {
      if (await member.source.more()) return
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      this.#failures.push(error)
    }
    member.isOver = true
  }

  close(): void {
    for (const { source } of this.#members) source.close()
  }
}

const isBefore = (a: Frame, b: Frame): boolean => a.seconds < b.seconds || (a.seconds === b.seconds && a.nanos < b.nanos)
