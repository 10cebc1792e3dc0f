/**
 * Text from strangers, made safe to print on a terminal: C0 and C1 controls, DEL, bidirectional overrides and line
 * separators become `\x1b` or `\u202e`; a backslash stays as it is. Threats: docs/output.md.
 */

// eslint-disable-next-line no-control-regex -- control bytes are what this looks for
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g

/** `text` with every unsafe character as an escape; the same string when there is none. */
export function escapeControls(text: string): string {
  return text.replace(UNSAFE, (c) => {
    const code = c.charCodeAt(0)
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`
  })
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Bytes as safe text: valid UTF-8 is kept, an invalid byte becomes `\xff`, and controls are escaped as in escapeControls. */
export function escapeBytes(bytes: Uint8Array): string {
  try {
    return escapeControls(strict.decode(bytes))
  } catch {
    return escapeInvalid(bytes)
  }
}

function escapeInvalid(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes[at]!)
    let piece: string | undefined
    try {
      piece = length > 0 ? strict.decode(bytes.subarray(at, at + length)) : undefined
    } catch {
      piece = undefined
    }
    if (piece === undefined) {
      text += `\\x${bytes[at]!.toString(16).padStart(2, '0')}`
      at++
    } else {
      text += escapeControls(piece)
      at += length
    }
  }
  return text
}

/** Bytes in the UTF-8 sequence that `lead` opens; 0 when it opens none. */
function sequenceLength(lead: number): number {
  if (lead < 0x80) return 1
  if (lead < 0xc2) return 0
  if (lead < 0xe0) return 2
  if (lead < 0xf0) return 3
  return lead < 0xf5 ? 4 : 0
}
