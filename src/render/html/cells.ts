import { whyNotCounted } from '../../report/counts.js';
import type { Cell, Report } from '../../report/model.js';
import { shortRoute } from '../../report/short-route.js';
import { cellText, duration, isReached } from '../human/cell.js';
import { count } from '../human/header.js';
import { OUTCOME_WORDS } from '../human/large.js';
import type { Look } from '../look.js';
import { askAgain } from './again.js';
import { html, type Markup } from './markup.js';
import { cellId, command, fact, facts, findingId, isListed } from './parts.js';

/** What each cell leads to; the script shows the same in a panel, with the findings in full. */
export function* cells(report: Report, shown: ReadonlySet<string>, look: Look): Generator<Markup> {
  const listed = report.cells.filter((c) => isListed(c, shown)).length;
  if (listed === 0) return;
  const findings = findingsByCell(report);
  const again = askAgain(report);
  yield html`<section aria-labelledby="cells-title">
<h2 id="cells-title">Each answer</h2>
<details class="all"><summary>${count(listed, 'cell')}: what was asked and what came back</summary>
`;
  for (const [i, cell] of report.cells.entries())
    if (isListed(cell, shown)) yield entry(cell, i, findings.get(i) ?? [], again(cell), report, look);
  yield html`</details>
</section>
`;
}

function findingsByCell({ findings }: Report): ReadonlyMap<number, readonly number[]> {
  const by = new Map<number, number[]>();
  for (const [n, f] of findings.entries())
    for (const i of f.cells) {
      const own = by.get(i);
      if (own) own.push(n);
      else by.set(i, [n]);
    }
  return by;
}

function entry(
  c: Cell,
  index: number,
  of: readonly number[],
  again: string,
  { findings }: Report,
  look: Look,
): Markup {
  const text = c.outcome === 'skipped' ? `${look.symbols.none} ${OUTCOME_WORDS.skipped}` : cellText(c, look);
  const aside = whyNotCounted(c);
  const why = [...(c.rule ? [c.rule] : []), ...(aside === null ? [] : [aside])];
  const verdict = c.outcome === 'skipped' ? '' : [OUTCOME_WORDS[c.outcome], ...why].join(', ');
  const asked = c.control ? ', without a token' : c.instead ? ', looked for instead' : '';
  const links = of.map((n) => html`<p><a href="#${findingId(n)}">${findings[n]?.title ?? ''}</a></p>`);
  const rows = [
    fact('Verdict', html`<b>${text}</b>${verdict === '' ? '' : ` ${verdict}`}`),
    fact('Why', c.reason),
    fact('Answer', answer(c)),
    fact('Evidence', c.evidence ? html`<pre class="evidence"><code>${c.evidence}</code></pre>` : null),
    fact(
      'Asked',
      c.url ? html`<code>${c.url}</code>${c.auth === 'anonymous' ? ' without a token' : ''}` : null,
    ),
    fact('Took', c.latencyMs === null ? null : took(c)),
    fact('In the catalogue', c.listed ?? null),
    fact('Request id', c.requestId ? html`<code>${c.requestId}</code>` : null),
    fact('From', c.vantage ?? null),
    fact('Ask again', command(again)),
    fact(of.length > 1 ? 'Findings' : 'Finding', of.length > 0 ? html`${links}` : null),
  ];
  return html`<details class="cell ${c.outcome}${c.control ? ' control' : ''}"><summary><b>${text}</b> <span>${c.model} on ${shortRoute(c.route)}${asked}</span></summary>
<div id="${cellId(index)}" data-findings="${of.map(findingId).join(' ')}">${facts(rows)}</div></details>
`;
}

function answer(c: Cell): string | null {
  const parts = [c.status === null ? null : `HTTP ${c.status}`, c.error];
  const told = parts.filter((p) => p !== null).join(', ');
  if (told === '') return null;
  return isReached(c) ? `${told}: refused on purpose, before anything was generated` : told;
}

function took(c: Cell): string {
  const tries = c.attempts > 1 ? `, ${count(c.attempts, 'attempt')}` : '';
  return `${duration(c.latencyMs)}${tries}${c.suspect ? ', while this machine was busy' : ''}`;
}
