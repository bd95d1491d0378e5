import { whyNotCounted } from '../../report/counts.js';
import type { Cell, CellOutcome, Report } from '../../report/model.js';
import { shortRoute } from '../../report/short-route.js';
import { isQuiet } from '../human/cell.js';
import { OUTCOME_WORDS, WHERE } from '../human/large.js';
import { gridOf, key } from '../human/matrix.js';
import { unpaid } from '../human/unpaid.js';
import type { Look } from '../look.js';
import { filters } from './filters.js';
import { html, type Markup } from './markup.js';
import { cellId, MARKS, modelName, stateOf } from './parts.js';

/** Models x routes, row by row. */
export function* matrix(report: Report, models: Report['models'], look: Look): Generator<Markup> {
  const { routes, cells, texts } = gridOf(report, models, look);
  if (models.length === 0 || routes.length === 0) return;
  const at = new Map(report.cells.map((c, i) => [c, i]));
  const heads = routes.map((r) => html`<th scope="col">${shortRoute(r)}</th>`);
  yield html`<section aria-labelledby="matrix-title">
<h2 id="matrix-title">Models and routes</h2>
${filters(routes, [...cells.values()], models)}
<div class="scroll" role="region" aria-label="Table that scrolls" tabindex="0">
<table id="matrix">
<caption class="hidden">A row for each model, a column for each route. Each cell leads to what was seen.</caption>
<thead><tr><th scope="col">Model</th>${heads}</tr></thead>
<tbody>
`;
  for (const [row, model] of models.entries()) {
    const shown = routes.map((route, column) => {
      const cell = cells.get(key(model.id, route));
      return cellOf(cell, cell ? at.get(cell) : undefined, texts[row]?.[column] ?? '');
    });
    yield html`<tr data-model="${model.id}" data-state="${stateOf(model)}"><th scope="row">${modelName(model.id)}${stateLine(report, model, look)}</th>${shown}</tr>
`;
  }
  yield html`</tbody>
</table>
</div>
${legend([...cells.values()], look)}
${note(report, models)}
</section>
`;
}

function cellOf(cell: Cell | undefined, index: number | undefined, text: string): Markup {
  if (!cell || index === undefined)
    return html`<td><span>${text}<span class="hidden"> ${OUTCOME_WORDS.skipped}</span></span></td>`;
  const { outcome, rule, error } = cell;
  // No news: it must not look like what is.
  const kind = outcome === 'skipped' || !isQuiet(cell) ? outcome : 'gone';
  const why = rule && error !== 'run.cancelled' ? html`<small>${rule}</small>` : null;
  const word = html`<span class="hidden">${OUTCOME_WORDS[outcome]}: </span>`;
  return html`<td class="${kind}" data-outcome="${outcome}" data-rule="${rule ?? ''}"><a href="#${cellId(index)}">${word}<span>${text}</span>${why}</a></td>`;
}

function stateLine(report: Report, m: Report['models'][number], { symbols: s }: Look): Markup {
  const state = stateOf(m);
  const money = state === 'usable' ? null : unpaid(report);
  const why = whyNotCounted(m);
  const known = why === null ? '' : `, ${why}`;
  if (state === 'usable') return html`<small class="ok">${s.good} usable${known}</small>`;
  if (state === 'open') return html`<small class="unknown">${s.unknown} ${money ?? 'not checked'}</small>`;
  return html`<small class="fault">${s.bad} ${money ?? 'cannot be used'}${known}</small>`;
}

function legend(cells: readonly Cell[], { symbols }: Look): Markup {
  const there = new Set(cells.map((c) => c.outcome));
  const kinds = (Object.keys(MARKS) as CellOutcome[]).filter((k) => there.has(k));
  return html`<p class="legend">${kinds.map((k) => html`<span class="${k}">${symbols[MARKS[k]]} ${OUTCOME_WORDS[k]}</span> `)}</p>`;
}

function note({ models }: Report, shown: Report['models']): Markup | null {
  if (shown.length === models.length) return null;
  return html`<p class="note">${shown.length} of ${models.length} models are shown, the worst first. All of them: ${WHERE}.</p>`;
}
