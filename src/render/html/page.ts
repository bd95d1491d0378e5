import type { Report } from '../../report/model.js';
import { shortRoute } from '../../report/short-route.js';
import { shellQuote } from '../../safety/quote.js';
import type { Safe } from '../../safety/safe.js';
import { duration } from '../human/cell.js';
import { gapLines, openLines } from '../human/gaps.js';
import { chainOf } from '../human/instead.js';
import { MOST_MODELS, restLines, worstFirst } from '../human/large.js';
import { chunks } from '../json.js';
import { flatLook, type Look } from '../look.js';
import { verdictOf } from '../verdict.js';
import { cells } from './cells.js';
import { finding } from './finding.js';
import { head } from './head.js';
import { html, type Markup, verbatim } from './markup.js';
import { matrix } from './matrix.js';
import { command, lines } from './parts.js';
import { policy } from './policy.js';
import { SCRIPT } from './script.js';
import { STYLE } from './style.js';

/** More would no longer open at once: the worst of them stand here, all of them in the other formats. */
const MOST = 500;

/** The report as one document that needs nothing else: no request leaves it. */
export function renderHtml(report: Safe<Report>): Iterable<string> {
  return chunks(texts(report));
}

function* texts(report: Safe<Report>): Generator<string> {
  for (const { markup } of page(report)) yield markup;
}

function* page(report: Safe<Report>): Generator<Markup> {
  const look = flatLook();
  const models = report.models.length > MOST_MODELS ? worstFirst(report).slice(0, MOST) : report.models;
  const shown = new Set(models.map((m) => m.id));
  yield html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${verdictOf(report, look)} hf-doctor</title>
${verbatim('style', STYLE)}
</head>
<body>
<p class="skip"><a href="#findings">Skip to the findings</a></p>
`;
  yield head(report, look);
  yield html`<main>
`;
  yield* matrix(report, models, look);
  yield* findings(report, shown, look);
  yield* instead(report);
  yield notes(report, look);
  yield* cells(report, shown, look);
  yield html`</main>
<dialog id="panel" aria-labelledby="panel-title">
<div class="bar"><h2 id="panel-title" tabindex="-1">Cell</h2><button type="button" id="panel-close">Close</button></div>
<p id="panel-said" class="hidden" role="status"></p>
<div id="panel-body"></div>
</dialog>
<p id="said" class="hidden" role="status"></p>
${verbatim('script', SCRIPT)}
</body>
</html>
`;
}

function* findings(report: Report, shown: ReadonlySet<string>, look: Look): Generator<Markup> {
  yield html`<section id="findings" aria-labelledby="findings-title">
<h2 id="findings-title" tabindex="-1">Findings</h2>
`;
  for (const [i, f] of report.findings.slice(0, MOST).entries()) yield finding(f, i, report, shown, look);
  const rest = restLines(report.findings.slice(MOST), look).filter((l) => l !== '');
  yield html`${report.findings.length === 0 ? html`<p>There is nothing to tell.</p>` : null}${lines(rest, 'note')}</section>
`;
}

/** What answered in this run in the place of what did not. */
function* instead(report: Report): Generator<Markup> {
  const { alternatives, cells } = report;
  if (alternatives.length === 0) return;
  yield html`<section aria-labelledby="instead-title">
<h2 id="instead-title">What answers instead, asked in this run</h2>
<ul>
`;
  for (const { model, instead, provenBy } of alternatives.slice(0, MOST)) {
    const ms = cells[provenBy]?.latencyMs ?? null;
    const name = instead.model === model ? 'the same model' : instead.model;
    yield html`<li><b>${model}</b>: ${name} on ${shortRoute(instead.route)}${ms === null ? '' : `, ${duration(ms)}`}</li>
`;
  }
  const chain = chainOf(report);
  const code = command(`hf-doctor fallback ${chain.join(' ')}`);
  yield html`</ul>
${chain.length === 0 ? null : html`<p>Code that falls over to it:</p>${code}`}
</section>
`;
}

/** What the matrix leaves open, and why. */
function notes(report: Report, look: Look): Markup {
  const texts = [...gapLines(report, look), ...openLines(report, look)].filter((l) => l !== '');
  const again =
    report.simulated && !report.sources
      ? html`<p>This was a simulation, and its addresses are closed again. To try them:</p>${command(`hf-doctor simulate ${shellQuote(report.simulated)}`)}`
      : null;
  if (texts.length === 0 && again === null) return html``;
  return html`<section aria-labelledby="notes-title">
<h2 id="notes-title">What is left open</h2>
${texts.map((t) => html`<p>${t}</p>`)}
${again}
</section>
`;
}
