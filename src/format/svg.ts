/** What all pictures share: escaping, and colours for light and dark screens. */

/** Text inside an element or a quoted attribute; characters that XML cannot hold become U+FFFD. */
export function escapeXml(text: string): string {
  return text
    // eslint-disable-next-line no-control-regex -- they are what this looks for
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)
}

/** The style of every picture; `page` is its ground. Colours keep a contrast of 4.5:1 on either ground. */
export const SVG_STYLE = `
:root{color-scheme:light dark}
.page{fill:#fff}text{fill:#1f2328}.dim,.fold{fill:#59636e}.head{font-weight:bold}
.lifeline,.axis{stroke:#59636e;stroke-width:1}.grid{stroke:#d1d9e0;stroke-width:.5}
.arrow{stroke-width:1.3;fill:none}.arrow.plain{stroke:#1f2328}.tip.plain{fill:#1f2328}
.arrow.fault{stroke:#c81e1e;stroke-dasharray:5 3}.tip.fault,text.fault{fill:#c81e1e}
.arrow.notice{stroke:#8a5a00}.tip.notice,text.notice{fill:#8a5a00}
.state{fill:#1a5fb4;font-weight:bold}.note{font-size:11px}
.s0{stroke:#0b62c4;fill:none}.s1{stroke:#b3261e;fill:none}.s2{stroke:#1a7f37;fill:none}.s3{stroke:#8a5a00;fill:none}.s4{stroke:#8250df;fill:none}
.f0{fill:#0b62c4}.f1{fill:#b3261e}.f2{fill:#1a7f37}.f3{fill:#8a5a00}.f4{fill:#8250df}
@media (prefers-color-scheme:dark){
.page{fill:#0d1117}text{fill:#e6edf3}.dim,.fold{fill:#9198a1}.lifeline,.axis{stroke:#9198a1}.grid{stroke:#2a313c}
.arrow.plain{stroke:#e6edf3}.tip.plain{fill:#e6edf3}.arrow.fault{stroke:#ff7b72}.tip.fault,text.fault{fill:#ff7b72}
.arrow.notice{stroke:#e3b341}.tip.notice,text.notice{fill:#e3b341}.state{fill:#79c0ff}
.s0{stroke:#58a6ff}.s1{stroke:#ff7b72}.s2{stroke:#56d364}.s3{stroke:#e3b341}.s4{stroke:#d2a8ff}
.f0{fill:#58a6ff}.f1{fill:#ff7b72}.f2{fill:#56d364}.f3{fill:#e3b341}.f4{fill:#d2a8ff}}
`.replaceAll('\n', '')
