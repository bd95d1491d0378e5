import type { CellOutcome, Report } from '../../report/model.js';
import { baselineLines } from '../human/baseline.js';
import { duration } from '../human/cell.js';
import { closing } from '../human/closing.js';
import { costText, count, roleName, tokenState } from '../human/header.js';
import { OUTCOME_WORDS } from '../human/large.js';
import type { Look, Symbols } from '../look.js';
import { signOf, verdictOf } from '../verdict.js';
import { html, type Markup } from './markup.js';
import { fact, facts, lines, MARKS } from './parts.js';

/** The verdict first, then what to do next, then what was run. */
export function head(report: Report, look: Look): Markup {
  const text = verdictOf(report, look);
  const mark = signOf(report, look);
  const next = closing(report, look).join(' ');
  const rest = next.startsWith(text) ? next.slice(text.length).trim() : next;
  return html`<header class="top">
<p class="brand"><b>hf-doctor</b> ${report.tool.version}<span> · </span>${when(report.startedAt)}</p>
<h1 class="${kindOf(report)}"><span class="mark" aria-hidden="true">${mark}</span> ${text}</h1>
${lines(rest === '' ? [] : [rest], 'next')}
${counts(report, look.symbols)}
${lines(baselineLines(report, look), 'since')}
${about(report, look)}
</header>
`;
}

function kindOf({ exitCode }: Report): CellOutcome {
  return exitCode === 0 ? 'ok' : exitCode === 1 ? 'fault' : 'unknown';
}

function counts({ summary }: Report, s: Symbols): Markup {
  const kinds = (Object.keys(MARKS) as CellOutcome[]).filter((k) => summary.cells[k] > 0);
  const models = html`<li><b>${summary.usable}</b> of ${count(summary.models, 'model')} usable</li>`;
  const cells = kinds.map(
    (k) =>
      html`<li class="${k}"><span class="mark" aria-hidden="true">${s[MARKS[k]]}</span> <b>${summary.cells[k]}</b> ${OUTCOME_WORDS[k]}</li>`,
  );
  return html`<ul class="counts" aria-label="Counts">${[models, ...cells]}</ul>`;
}

/** Whose token it is stays out: this document travels. */
function about(r: Report, look: Look): Markup {
  const { token: t } = r;
  const host = (url: string) => (URL.canParse(url) ? new URL(url).host : url);
  const ends = [`hub ${host(r.endpoints.hub)}`, `router ${host(r.endpoints.router)}`];
  if (r.endpoints.gateway) ends.push(`gateway ${host(r.endpoints.gateway)}`);
  const role = t.role ? `${roleName(t.role)} ` : '';
  const source = t.status === 'missing' ? '' : ` (${role}from ${t.source ?? 'an unknown source'})`;
  return facts([
    fact('Token', tokenState(t, look, null) + source),
    fact('Asked', r.simulated ? `the simulator, scenario ${r.simulated}` : ends.join(', ')),
    fact('From', r.vantage ?? null),
    fact('Shard', r.shard ?? null),
    fact('Depth', r.depth ?? null),
    fact('Sent', `${costText(r.cost)}, in ${duration(r.durationMs)}${r.complete ? '' : ', not complete'}`),
  ]);
}

function when(at: string): Markup {
  const known = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d{1,9})?)?Z$/.exec(at);
  return known
    ? html`<time datetime="${at}">${known[1] ?? ''} ${known[2] ?? ''} UTC</time>`
    : html`<span>${at}</span>`;
}
