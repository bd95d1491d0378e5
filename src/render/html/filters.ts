import type { Cell, CellOutcome, Report } from '../../report/model.js';
import { shortRoute } from '../../report/short-route.js';
import { OUTCOME_WORDS } from '../human/large.js';
import { html, type Markup } from './markup.js';
import { MARKS, stateOf } from './parts.js';

const STATES = { dead: 'cannot be used', open: 'not checked', usable: 'usable' } as const;

/** Without the script there is nothing to filter with: it takes `hidden` away. */
export function filters(routes: readonly string[], cells: readonly Cell[], models: Report['models']): Markup {
  const states = tally(models.map(stateOf));
  const outcomes = tally(cells.map((c) => c.outcome));
  const rules = tally(cells.flatMap((c) => c.rule ?? []));
  const columns = routes.map((route, i) => html`<option value="${i}">${shortRoute(route)}</option>`);
  const options = [
    group(
      'Models that are',
      (Object.keys(STATES) as (keyof typeof STATES)[]).map((k) => [`state ${k}`, STATES[k], states.get(k)]),
    ),
    group(
      'Cells that are',
      (Object.keys(MARKS) as CellOutcome[]).map((k) => [`outcome ${k}`, OUTCOME_WORDS[k], outcomes.get(k)]),
    ),
    group(
      'Cells with the cause',
      [...rules].sort((a, b) => b[1] - a[1]).map(([rule, n]) => [`rule ${rule}`, rule, n]),
    ),
  ];
  return html`<form id="filter" hidden>
<label>Model <input id="filter-model" type="search" autocomplete="off" spellcheck="false" placeholder="part of its name"></label>
<label>Verdict <select id="filter-verdict"><option value="">all</option>${options}</select></label>
<label>Provider or route <select id="filter-route"><option value="">all</option>${columns}</select></label>
<button type="reset">Clear</button>
<p id="filter-result" role="status"></p>
</form>`;
}

function group(label: string, rows: readonly (readonly [string, string, number | undefined])[]): Markup {
  const options = rows.filter(([, , n]) => n !== undefined);
  if (options.length === 0) return html``;
  return html`<optgroup label="${label}">${options.map(([value, text, n]) => html`<option value="${value}">${text} (${n ?? 0})</option>`)}</optgroup>`;
}

function tally<T extends string>(values: readonly T[]): Map<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
