/** The style and the script of the report's page: constant, named by their hashes in its policy. */

export const REPORT_STYLE = `
body{font:14px/1.45 system-ui,sans-serif;margin:1.5rem;background:#fff;color:#1f2328}
h1{font-size:1.3rem;overflow-wrap:anywhere}h2{font-size:1.1rem;margin-top:2rem;overflow-wrap:anywhere}
.facts{display:flex;flex-wrap:wrap;gap:.4rem 2rem;margin:0}.facts div{display:flex;gap:.5rem}.facts dt{color:#59636e}.facts dd{margin:0;font-weight:600}
.scroll{overflow:auto;max-height:75vh}#flows thead th{position:sticky;top:0;background:#fff;box-shadow:inset 0 -1px #d1d9e0}table{border-collapse:collapse;font-size:13px;white-space:nowrap}
th,td{padding:.2rem .6rem;border-bottom:1px solid #d1d9e0;text-align:left}.right{text-align:right}td.right{font-variant-numeric:tabular-nums}
th button{font:inherit;font-weight:600;color:inherit;background:none;border:0;padding:0;cursor:pointer}
th[aria-sort=ascending] button::after{content:" \\25b2"}th[aria-sort=descending] button::after{content:" \\25bc"}
input{font:inherit;color:inherit;background:transparent;border:1px solid #818b98;border-radius:4px;padding:.15rem .4rem;width:22rem}
a{color:#0b62c4}code{font-family:ui-monospace,monospace;overflow-wrap:anywhere}figure{margin:1rem 0;overflow-x:auto}
.name{color:#59636e}.request{white-space:normal;overflow-wrap:anywhere}.request bdi{display:block;width:max-content;max-width:24rem}.notes .text{white-space:pre-wrap;overflow-wrap:anywhere}
#hosts{margin-top:1rem}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(34rem,100%),1fr));gap:1rem}.charts svg{width:100%;height:auto}.charts figure{margin:0}
.dim,#shown{color:#59636e}summary{cursor:pointer}
.c-red{color:#b3261e}.c-yellow{color:#8a5a00}.c-green{color:#1a7f37}.c-cyan{color:#0b62c4}.c-gray{color:#59636e}
@media (prefers-color-scheme:dark){body{background:#0d1117;color:#e6edf3}.facts dt,.dim,.name,#shown,.c-gray{color:#9198a1}
th,td{border-color:#2a313c}#flows thead th{background:#0d1117;box-shadow:inset 0 -1px #2a313c}a,.c-cyan{color:#58a6ff}.c-red{color:#ff7b72}.c-yellow{color:#e3b341}.c-green{color:#56d364}}
@media print{.scroll{max-height:none}figure{break-inside:avoid}}
`

export const REPORT_SCRIPT = `
'use strict'
const table = document.getElementById('flows')
const body = table.tBodies[0]
const heads = [...table.tHead.rows[0].cells]
const value = (row, i) => row.cells[i].dataset.v
const compare = (a, b) => {
  if (a === '' || b === '') return a === b ? 0 : a === '' ? 1 : -1
  const x = Number(a), y = Number(b)
  return Number.isNaN(x) || Number.isNaN(y) ? (a < b ? -1 : a > b ? 1 : 0) : x - y
}
heads.forEach((head, i) => head.firstElementChild.addEventListener('click', () => {
  const descending = head.getAttribute('aria-sort') === 'ascending'
  for (const other of heads) other.removeAttribute('aria-sort')
  head.setAttribute('aria-sort', descending ? 'descending' : 'ascending')
  const rows = [...body.rows].sort((a, b) => (descending ? -1 : 1) * compare(value(a, i), value(b, i)))
  body.append(...rows)
}))
const search = document.getElementById('search')
const shown = document.getElementById('shown')
const filter = () => {
  const words = search.value.toLowerCase().split(/\\s+/).filter((word) => word !== '')
  let count = 0
  for (const row of body.rows) {
    const text = row.textContent.toLowerCase()
    row.hidden = !words.every((word) => text.includes(word))
    if (!row.hidden) count++
  }
  shown.textContent = count + ' of ' + body.rows.length
}
search.addEventListener('input', filter)
filter()
`
