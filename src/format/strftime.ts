/** Dates in the forms of strftime(3), in the C locale and local time. A form that is not known stays as it stands. */

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']

const two = (n: number): string => String(n).padStart(2, '0')
const blank = (n: number): string => String(n).padStart(2, ' ')
const hour12 = (d: Date): number => d.getHours() % 12 || 12
/** Days since 1 January, from 0. */
const dayOfYear = (d: Date): number => Math.round((Date.UTC(d.getFullYear(), d.getMonth(), d.getDate()) - Date.UTC(d.getFullYear(), 0, 1)) / 86_400_000)
/** Days since Monday. */
const afterMonday = (d: Date): number => (d.getDay() + 6) % 7

/** ISO 8601 week: that of the week's Thursday. */
function isoWeek(d: Date): { readonly year: number; readonly week: number } {
  const thursday = new Date(d.getFullYear(), d.getMonth(), d.getDate() - afterMonday(d) + 3)
  return { year: thursday.getFullYear(), week: Math.floor(dayOfYear(thursday) / 7) + 1 }
}

/** Minutes east of Greenwich as `+0100`. */
function zone(d: Date): string {
  const east = -d.getTimezoneOffset(), far = Math.abs(east)
  return `${east < 0 ? '-' : '+'}${two(Math.floor(far / 60))}${two(far % 60)}`
}

/** Where English has abbreviations of the zones of the neighbourhood: CET is one in Britain, not in America. */
const ENGLISH = ['en-US', 'en-GB', 'en-AU', 'en-NZ', 'en-IN', 'en-ZA']

/** `CET`, as far as the locales know it; else as tzdata names zones without letters: `+03`. */
function zoneName(d: Date): string {
  for (const locale of ENGLISH) {
    const name = new Intl.DateTimeFormat(locale, { timeZoneName: 'short' }).formatToParts(d).find(({ type }) => type === 'timeZoneName')?.value
    if (name !== undefined && !/[+-]/.test(name)) return name
  }
  return zone(d).replace(/00$/, '')
}

const FORMS: Readonly<Record<string, string | ((d: Date) => string)>> = {
  '%': () => '%', n: () => '\n', t: () => '\t',
  D: '%m/%d/%y', F: '%Y-%m-%d', T: '%H:%M:%S', R: '%H:%M', r: '%I:%M:%S %p', c: '%a %b %e %H:%M:%S %Y', x: '%m/%d/%y', X: '%H:%M:%S',
  Y: (d) => String(d.getFullYear()), C: (d) => two(Math.floor(d.getFullYear() / 100)), y: (d) => two(d.getFullYear() % 100),
  m: (d) => two(d.getMonth() + 1), d: (d) => two(d.getDate()), e: (d) => blank(d.getDate()), j: (d) => String(dayOfYear(d) + 1).padStart(3, '0'),
  H: (d) => two(d.getHours()), k: (d) => blank(d.getHours()), I: (d) => two(hour12(d)), l: (d) => blank(hour12(d)),
  M: (d) => two(d.getMinutes()), S: (d) => two(d.getSeconds()), s: (d) => String(Math.floor(d.getTime() / 1000)),
  p: (d) => (d.getHours() < 12 ? 'AM' : 'PM'), P: (d) => (d.getHours() < 12 ? 'am' : 'pm'),
  a: (d) => DAYS[d.getDay()]!.slice(0, 3), A: (d) => DAYS[d.getDay()]!, b: (d) => MONTHS[d.getMonth()]!.slice(0, 3), h: (d) => MONTHS[d.getMonth()]!.slice(0, 3),
  B: (d) => MONTHS[d.getMonth()]!, u: (d) => String(d.getDay() || 7), w: (d) => String(d.getDay()),
  U: (d) => two(Math.floor((dayOfYear(d) + 7 - d.getDay()) / 7)), W: (d) => two(Math.floor((dayOfYear(d) + 7 - afterMonday(d)) / 7)),
  V: (d) => two(isoWeek(d).week), G: (d) => String(isoWeek(d).year), g: (d) => two(isoWeek(d).year % 100), z: zone,
  Z: zoneName,
}

/** Flags and width of glibc between the % and the letter: `%-d` without the zero, `%_H` with a blank, `%^a` in capitals, `%#Z` in small letters. */
function flagged(text: string, letter: string, flags: string, width: number): string {
  let fill = /^[0-9]/.test(text) ? '0' : ' '
  for (const flag of flags) {
    if (flag === '-') text = text.replace(/^[0 ]+(?=.)/, '')
    else if (flag === '_') text = text.replace(/^0+(?=.)/, (zeros) => ' '.repeat(zeros.length))
    else if (flag === '0') text = text.replace(/^ +/, (blanks) => '0'.repeat(blanks.length))
    else if (flag === '^') text = text.toUpperCase()
    else text = letter === 'Z' || letter === 'p' ? text.toLowerCase() : text.toUpperCase()
    if (flag === '_') fill = ' '
    if (flag === '0') fill = '0'
  }
  return flags.includes('-') ? text : text.padStart(width, fill)
}

export function strftime(form: string, date: Date): string {
  return form.replace(/%([-_0^#]*)(\d{0,3})[EO]?([%a-zA-Z])/g, (whole, flags: string, width: string, letter: string) => {
    const fill = FORMS[letter]
    if (fill === undefined) return whole
    return flagged(typeof fill === 'string' ? strftime(fill, date) : fill(date), letter, flags, Number(width))
  })
}
