/** Its text is its hash in the policy. No colour is the only carrier of a meaning. */
export const STYLE = `
:root {
  --back: #fff; --plane: #f6f7f9; --line: #d9dee4; --text: #1a1f26; --soft: #55606c; --accent: #0b57d0;
  --good: #14652c; --good-back: #eaf6ee; --bad: #a8201a; --bad-back: #fdeeec;
  --warn: #744700; --warn-back: #fdf4e1; --shade: rgb(16 24 32 / 40%);
}
@media (prefers-color-scheme: dark) {
  :root {
    --back: #0f1317; --plane: #171c22; --line: #2d353f; --text: #e5e9ee; --soft: #a3aeba; --accent: #8db8ff;
    --good: #6fd493; --good-back: #14261b; --bad: #ff9c92; --bad-back: #2e1918;
    --warn: #f0c463; --warn-back: #292112; --shade: rgb(0 0 0 / 60%);
  }
}
* { box-sizing: border-box; }
html { color-scheme: light dark; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  max-width: 76rem; margin: 0 auto; padding: 1.5rem clamp(1rem, 4vw, 3rem) 4rem;
  background: var(--back); color: var(--text); overflow-wrap: anywhere;
  font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
}
h1, h2, h3, p, dl, dd, ul, pre { margin: 0; }
h1 { margin: .35rem 0 .5rem; font-size: clamp(1.4rem, 1.1rem + 1.6vw, 2.1rem); line-height: 1.2; letter-spacing: -.015em; text-wrap: balance; }
h2 { margin: 2.5rem 0 .75rem; font-size: 1.15rem; letter-spacing: -.005em; }
h3 { font-size: 1.02rem; line-height: 1.4; }
a { color: var(--accent); text-underline-offset: .15em; }
code, pre { font: .86em/1.55 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
pre { white-space: pre-wrap; } pre > code { font-size: 1em; }
:focus { outline: none; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
button, input, select { font: inherit; color: inherit; }
button, input, select { padding: .3rem .6rem; border: 1px solid var(--line); border-radius: 6px; background: var(--back); }
input, select { min-height: 2.2rem; border-color: var(--soft); }
button { cursor: pointer; }
button:hover { border-color: var(--accent); color: var(--accent); }
.hidden { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip a { position: absolute; left: -999rem; }
.skip a:focus { left: 1rem; top: .5rem; padding: .4rem .8rem; background: var(--back); z-index: 9; }
.mark { font-family: "Segoe UI Symbol", "DejaVu Sans", system-ui, sans-serif; font-weight: 400; }
.ok { color: var(--good); } .fault { color: var(--bad); } .flaky, .unknown { color: var(--warn); } .skipped, .gone { color: var(--soft); }
.brand, .tags, .legend, .note, .since { color: var(--soft); font-size: .9rem; }
.brand b { color: var(--text); }
h1.ok, h1.fault, h1.unknown { color: var(--text); } h1.ok .mark { color: var(--good); } h1.fault .mark { color: var(--bad); } h1.unknown .mark { color: var(--warn); }
.next { max-width: 46rem; font-size: 1.05rem; }
.counts { display: flex; flex-wrap: wrap; gap: .4rem 1.4rem; margin: 1rem 0; padding: .7rem 0; border: solid var(--line); border-width: 1px 0; list-style: none; }
.top dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(28rem, 100%), 1fr)); gap: .3rem 2rem; margin-top: .75rem; font-size: .9rem; }
dl > div { display: grid; grid-template-columns: 6.5rem minmax(0, 1fr); gap: .9rem; }
.top dl > div { grid-template-columns: 3.6rem minmax(0, 1fr); }
dt { color: var(--soft); font-size: .9rem; line-height: 1.7; }
dd > * + * { margin-top: .35rem; }

form { display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: end; margin-bottom: .75rem; }
form[hidden] { display: none; }
label { display: grid; gap: .15rem; color: var(--soft); font-size: .85rem; }
label > * { color: var(--text); font-size: .95rem; min-width: 0; max-width: 100%; width: 13.5rem; }
#filter-result { padding: .35rem 0; color: var(--soft); font-size: .9rem; font-variant-numeric: tabular-nums; }
.scroll { position: relative; max-height: min(80vh, 60rem); overflow: auto; border: 1px solid var(--line); border-radius: 8px; }
table { width: 100%; border-collapse: separate; border-spacing: 0; font-size: .9rem; }
th, td { padding: 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
tbody tr:last-child > * { border-bottom: 0; }
thead th { position: sticky; top: 0; z-index: 2; padding: .45rem .7rem; background: var(--plane); font-weight: 600; white-space: nowrap; }
th:first-child { position: sticky; left: 0; z-index: 1; min-width: 16rem; max-width: 22rem; background: var(--back); background-clip: padding-box; border-right: 1px solid var(--line); }
thead th:first-child { z-index: 3; background: var(--plane); }
tbody th { padding: .45rem .7rem; font-weight: 600; line-height: 1.35; }
tbody tr:hover > th { background: var(--plane); }
.org { color: var(--soft); font-weight: 400; }
small { display: block; font-size: .88em; font-weight: 400; line-height: 1.4; }
td { white-space: nowrap; font-variant-numeric: tabular-nums; }
td > a { display: block; min-height: 100%; padding: .45rem .7rem; color: inherit; text-decoration: none; }
td > span { display: block; padding: .45rem .7rem; color: var(--soft); }
td > a:hover { box-shadow: inset 0 0 0 2px var(--accent); }
td > a:hover > span { text-decoration: underline; }
td > a:focus-visible { outline-offset: -2px; }
td.fault { background: var(--bad-back); } td.flaky, td.unknown { background: var(--warn-back); } td.ok { background: var(--good-back); }
.legend { margin-top: .6rem; } .legend span { margin-right: 1rem; white-space: nowrap; } .note { margin-top: .4rem; }

.finding { margin-top: .9rem; padding: .95rem 1.15rem 1.1rem; border: 1px solid var(--line); border-left: 4px solid var(--soft); border-radius: 8px; background: var(--back); }
.finding.error { border-left-color: var(--bad); } .finding.warning { border-left-color: var(--warn); }
.finding.error .mark { color: var(--bad); } .finding.warning .mark { color: var(--warn); }
.finding > p { max-width: 52rem; } .tags { margin-bottom: .4rem; }
.finding dl { display: grid; gap: .45rem; margin-top: .75rem; max-width: 60rem; }
.cmd, .evidence { position: relative; padding: .55rem .75rem; border: 1px solid var(--line); border-radius: 6px; background: var(--plane); }
.cmd { display: flex; gap: .75rem; align-items: start; justify-content: space-between; }
.cmd pre { flex: 1; min-width: 0; } .cmd button { flex: none; padding: .05rem .5rem; font-size: .82rem; }
main > section > ul { padding-left: 1.2rem; } main > section > .cmd { margin-top: .4rem; max-width: 60rem; }
main > section > p + p { margin-top: .4rem; }
summary { cursor: pointer; padding: .25rem 0; }
.all > .cell { border-top: 1px solid var(--line); color: var(--text); } .cell > summary b { font-weight: 600; }
.cell.fault b { color: var(--bad); } .cell.ok b { color: var(--good); } .cell.flaky b, .cell.unknown b { color: var(--warn); } .cell.skipped b { color: var(--soft); }
.cell > div { padding: .3rem 0 1rem 1rem; } .cell dl, #panel-body > dl { display: grid; gap: .35rem; }

dialog { position: fixed; inset: 0 0 0 auto; width: min(44rem, 100vw); max-width: none; height: 100%; max-height: none; margin: 0; padding: 0 1.4rem 2rem; overflow: auto; overscroll-behavior: contain; border: 0; border-left: 1px solid var(--line); background: var(--back); color: var(--text); }
dialog::backdrop { background: var(--shade); }
.bar { position: sticky; top: 0; z-index: 1; display: flex; gap: 1rem; align-items: start; justify-content: space-between; padding: 1.1rem 0 .8rem; background: var(--back); }
.bar h2 { margin: 0; line-height: 1.35; } .bar button { flex: none; }

@media (max-width: 40rem) {
  body { padding-top: 1rem; }
  dl > div { grid-template-columns: minmax(0, 1fr); gap: 0; }
  .finding { padding: .8rem .85rem .9rem; }
  .finding dt, .cell dt, #panel dt { font-size: .8rem; }
  th:first-child { min-width: 8.5rem; max-width: 46vw; }
  label, label > * { width: 100%; } label { flex: 1 1 40%; } label:first-child { flex-basis: 100%; }
  dialog { border: 0; padding-inline: 1rem; }
}
@media (forced-colors: active) { .finding { border-left-width: 1px; } }
@media print {
  :root { --back: #fff; --plane: #fff; --line: #b8bec6; --text: #000; --soft: #333; --accent: #000; --good: #000; --bad: #000; --warn: #000; --good-back: #fff; --bad-back: #fff; --warn-back: #fff; }
  html { color-scheme: light; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  form, .skip, dialog, .cmd button { display: none !important; }
  .scroll { max-height: none; overflow: visible; border: 0; }
  thead th, th:first-child { position: static; } td, thead th { white-space: normal; } table { font-size: 7pt; }
  thead th, tbody th, td > a, td > span:first-child { padding: .2rem .25rem; } th:first-child { min-width: 7.5rem; }
  a.url, a { text-decoration: none; }
  .finding, .cell, tr { break-inside: avoid; } h2, h3 { break-after: avoid; }
  details.all::details-content, .cell::details-content { content-visibility: visible; block-size: auto; }
  .cell.ok, .cell.skipped, .cell.control, .cell dl > div:has(.cmd, a) { display: none; }
}
`;
