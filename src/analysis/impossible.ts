/** Why a segment cannot be: numbers of `Segment.impossible`. */
export const IMPOSSIBLE_REASONS = [
  '',
  'data beyond its own FIN',
  'a segment after its own RST',
  'a SYN with other numbers in the middle of a connection',
  'SYN and FIN in one segment',
  'SYN and RST in one segment',
] as const
