import type { Cell, Report } from '../../report/model.js';
import type { Look } from '../look.js';
import { isLate, isReached } from './cell.js';
import { indent } from './findings.js';
import { openModels } from './headline.js';
import { unpaid } from './unpaid.js';

/** Names that a line may hold; all of them are in the report. */
const MOST_NAMES = 8;
const MOST_REASONS = 12;
/** So it is for each cell at depth catalog, and the headline says it. */
const NOT_ASKED = 'nothing is asked';

/** What the matrix leaves open, and why: each kind in a line. */
export function gapLines(report: Report, look: Look): string[] {
  const own = report.cells.filter((c) => !c.control && !c.instead);
  const { none, unknown } = look.symbols;
  const late = own.filter(isLate).length;
  const lines = [
    reasons(
      `${none} not asked`,
      own.filter((c) => c.outcome === 'skipped' && !c.reason?.startsWith(NOT_ASKED)),
    ),
    reasons(
      `${unknown} not clear`,
      own.filter((c) => c.outcome === 'unknown' && c.rule === null),
    ),
    stoppedShort(report, own),
    late > 0 ? `~ this machine was busy meanwhile: the time is not to be trusted (${late})` : null,
  ].filter((l) => l !== null);
  if (lines.length === 0) return [];
  return [...lines.flatMap((l) => indent(l, 0, look.text)).map((l) => look.paint.dim(l)), ''];
}

/** Why cells are empty or open, grouped. */
function reasons(label: string, cells: readonly Cell[]): string | null {
  const counts = new Map<string, number>();
  for (const { reason } of cells) if (reason) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  if (counts.size === 0) return null;
  const texts = [...counts].slice(0, MOST_REASONS).map(([reason, n]) => `${reason} (${n})`);
  const rest = counts.size - texts.length;
  return `${label}: ${[...texts, ...(rest > 0 ? [`and ${rest} more reasons`] : [])].join('; ')}`;
}

/** Asked only as far as it is free, because the rest did not fit into --max-cost. */
function stoppedShort(report: Report, own: readonly Cell[]): string | null {
  const enough = enoughCost(report);
  if (enough === null || !report.cost.planned.stoppedShort) return null;
  const names = [...new Set(own.filter(isReached).map((c) => c.model))];
  if (names.length === 0) return null;
  return `reached, not generated: ${some(names)}. A real call would cost more than allowed: ${enough} would do`;
}

/** `--max-cost 0.12`, where the limit of this run was too small for what was asked for. */
export function enoughCost(report: Report): string | null {
  const { usdWanted = 0 } = report.cost.planned;
  if (usdWanted <= 0) return null;
  // Two digits, never less than what is needed.
  const digits = 1 - Math.floor(Math.log10(usdWanted));
  const places = Math.min(12, Math.max(0, digits));
  const rounded = (Math.ceil(usdWanted * 10 ** digits) / 10 ** digits).toFixed(places);
  return `--max-cost ${rounded.replace(/(\.\d{2,10}?)0{1,10}$/, '$1')}`;
}

const TOO_MANY = /^--max-requests /;
const TOO_MUCH = /^--max-(?:requests|cost) /;
/** Requests for a model, where none was asked to learn it from. */
const EACH = 6;
/** Where few were asked, the rest may take more: more providers, and what fails is asked again. */
const MARGIN = 1.1;
/** So few more can be counted. */
const FEW = 50;
/** What a run may send unless it is told otherwise: a smaller number need not be named. */
const USUAL = 500;

/** `--max-requests 12`, where the limit left probes out, or would after the other one was raised; `about` where it was reckoned. */
export function enoughRequests(report: Report): { about: boolean; text: string } | null {
  const { cells, models, cost, depth } = report;
  const own = cells.filter((c) => !c.control && !c.instead);
  const left = own.filter((c) => c.unfinished && TOO_MUCH.test(c.reason ?? ''));
  if (left.length === 0) return null;
  const asked = own.filter((c) => c.outcome !== 'skipped' || c.unfinished);
  const unread = new Set(unreadModels(report));
  const rest = left.filter((c) => !unread.has(c.model)).length;
  const read = models.length - unread.size;
  const of = asked.filter((c) => !unread.has(c.model)).length;
  const each = depth === 'catalog' ? 1 : read > 0 ? 1 + of / read : EACH;
  const more = rest + unread.size * each;
  const about = depth !== 'catalog' && (unread.size > 0 || rest > FEW);
  const sent = Math.max(cost.planned.requests, cost.measured.requests);
  const sum = sent + Math.ceil(more * (about ? MARGIN : 1));
  if (sum <= USUAL && !left.some((c) => TOO_MANY.test(c.reason ?? ''))) return null;
  const unit = about || unread.size > 0 ? 10 ** Math.max(0, Math.floor(Math.log10(sum)) - 1) : 1;
  return { about, text: `--max-requests ${Math.ceil(sum / unit) * unit}` };
}

/** Models that the Hub was not asked about, because the run was over. */
function unreadModels({ models, cells }: Report): string[] {
  const some = new Set(cells.flatMap((c) => (c.unfinished || c.control || c.instead ? [] : [c.model])));
  return models
    .filter((m) => m.task === null && m.providers.length === 0 && !m.checked && !some.has(m.id))
    .map((m) => m.id);
}

/** Where only some could be checked, which ones could not. */
export function openLines(report: Report, look: Look): string[] {
  const open = openModels(report);
  if (open.length === 0 || open.length === report.models.length) return [];
  // One refusal stands for all, and the headline says it.
  if (report.summary.usable === 0 && unpaid(report)) return [];
  return [...indent(`Not checked: ${some(open)}`, 0, look.text), ''];
}

function some(names: readonly string[]): string {
  const rest = names.length - MOST_NAMES;
  return names.slice(0, MOST_NAMES).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
