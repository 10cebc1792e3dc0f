/** How packet lines are printed: one object, read by every printer. Letters are those of tcpdump(1). */
export interface PrintOptions {
  /** -v, -vv, -vvv, -vvvv: 0 to 4, more counts as 4 */
  readonly verbose: number
  /** -q: 0, 1, or 2 for -qq */
  readonly quiet: number
  /** -e */
  readonly link: boolean
  /** -n */
  readonly numeric: boolean
  /** -S */
  readonly absolute: boolean
  /** not -K */
  readonly checksums: boolean
  /** -t: 0 time of day, 1 none, 2 epoch, 3 since the previous, 4 date and time, 5 since the first */
  readonly time: number
  /** --nano: nine digits instead of six */
  readonly nano: boolean
  /** -x -X -A, doubled with the link header */
  readonly dump: 'none' | 'x' | 'xx' | 'X' | 'XX' | 'A' | 'AA'
  /** -# */
  readonly number: boolean
  /** -T, or '' */
  readonly type: string
  /** -M, or undefined */
  readonly secret: string | undefined
  /** -E, one secret a line, or undefined */
  readonly espSecrets: string | undefined
  /** -b: AS numbers as ASDOT */
  readonly asDot: boolean
  /** -u: undecoded NFS handles */
  readonly rawNfsHandles: boolean
  /** -H: 802.11s draft mesh headers */
  readonly mesh: boolean
  /** --style: tcpdump's of today, or the book's */
  readonly style: 'modern' | 'classic'
}

export const DEFAULT_PRINT_OPTIONS: PrintOptions = {
  verbose: 0,
  quiet: 0,
  link: false,
  numeric: false,
  absolute: false,
  checksums: true,
  time: 0,
  nano: false,
  dump: 'none',
  number: false,
  type: '',
  secret: undefined,
  espSecrets: undefined,
  asDot: false,
  rawNfsHandles: false,
  mesh: false,
  style: 'modern',
}
