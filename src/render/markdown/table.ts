import type { Report } from '../../report/model.js';
import { shortRoute } from '../../report/short-route.js';
import { MOST_MODELS, worstFirst } from '../human/large.js';
import { gridOf } from '../human/matrix.js';
import type { Look } from '../look.js';
import { code, short, text } from './escape.js';

/** Columns that a reader scrolls through; those that fail or are not clear are kept. */
const MOST_ROUTES = 24;
/** More do not fit into any text of this kind. */
const MOST_ROWS = 1_000;
const LONGEST_ID = 200;

export interface TableOfModels {
  /** The two lines that make it a table. Empty where nothing was asked. */
  head: string[];
  /** One for each model; the worst first, where there are many. */
  rows: string[];
  /** How many there are, also of those that have no row. */
  models: number;
  /** Columns that are left out. */
  hidden: number;
}

/** Models x routes. */
export function tableOfModels(report: Report, look: Look): TableOfModels {
  const total = report.models.length;
  const models = total > MOST_MODELS ? worstFirst(report).slice(0, MOST_ROWS) : report.models;
  const { routes: all, texts } = gridOf(report, models, look);
  const kept = keptRoutes(report, all);
  if (models.length === 0 || kept.length === 0) return { head: [], rows: [], models: 0, hidden: 0 };
  const columns = kept.map((route) => all.indexOf(route));
  const textOf = (value: string) => text(short(value, LONGEST_ID), { cell: true });
  const names = kept.map((route) => textOf(shortRoute(route)));
  return {
    head: [rowOf(['model', ...names]), rowOf(['---', ...names.map(() => '---')])],
    rows: models.map((m, r) =>
      rowOf([
        code(short(m.id, LONGEST_ID), { cell: true }),
        ...columns.map((c) => textOf(texts[r]?.[c] ?? '')),
      ]),
    ),
    models: total,
    hidden: all.length - kept.length,
  };
}

function keptRoutes({ cells }: Report, routes: readonly string[]): readonly string[] {
  if (routes.length <= MOST_ROUTES) return routes;
  const tells = new Set(cells.flatMap((c) => (['ok', 'skipped'].includes(c.outcome) ? [] : [c.route])));
  const first = [...routes.filter((r) => tells.has(r)), ...routes.filter((r) => !tells.has(r))];
  const kept = new Set(first.slice(0, MOST_ROUTES));
  return routes.filter((r) => kept.has(r));
}

function rowOf(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
