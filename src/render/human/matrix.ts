import Table from 'cli-table3';
import stringWidth from 'string-width';
import type { Cell, Report } from '../../report/model.js';
import { shortRoute } from '../../report/short-route.js';
import type { Look } from '../look.js';
import { cellText, paintCell } from './cell.js';

/** Rows that a table may have; beyond it a person reads counts and the worst. */
const MOST_ROWS = 50;
const GAP = 2;

/** Models x routes as a table, or turned when the terminal is too narrow for it. */
export function matrix(report: Report, look: Look): string[] {
  const routes = report.routes.map((r) => r.id);
  const worst = report.models.length > MOST_ROWS;
  const models = worst ? worstOf(report.models) : report.models;
  const cells = new Map<string, Cell>();
  for (const c of report.cells) if (!c.control && !c.instead) cells.set(key(c.model, c.route), c);
  if (models.length === 0 || routes.length === 0) return [];
  const texts = models.map((m) => routes.map((r) => cellText(cells.get(key(m.id, r)), look)));
  const heads = routes.map(shortRoute);
  const columns = heads.map((h, c) =>
    Math.max(stringWidth(h), ...texts.map((row) => stringWidth(row[c] ?? ''))),
  );
  const rest = columns.reduce((sum, w) => sum + w + GAP, 0);
  const names = Math.max(...models.map((m) => stringWidth(m.id)));
  const lines =
    Math.min(names, 28) + rest > look.width
      ? turned(models, routes, cells, look)
      : table(models, heads, texts, { names, width: look.width - rest, routes, cells, look });
  if (!worst) return lines;
  const { usable } = report.summary;
  return [
    ...lines,
    look.paint.dim(
      `${MOST_ROWS} of ${report.models.length} models are shown, those that cannot be used first; ${usable} can be used. All of them: --format json.`,
    ),
  ];
}

function table(
  models: Report['models'],
  heads: readonly string[],
  texts: readonly string[][],
  o: {
    names: number;
    width: number;
    routes: readonly string[];
    cells: ReadonlyMap<string, Cell>;
    look: Look;
  },
): string[] {
  const { look } = o;
  const none = {
    top: '',
    'top-mid': '',
    'top-left': '',
    'top-right': '',
    bottom: '',
    'bottom-mid': '',
    'bottom-left': '',
    'bottom-right': '',
    left: '',
    'left-mid': '',
    mid: '',
    'mid-mid': '',
    right: '',
    'right-mid': '',
    middle: ' '.repeat(GAP),
  };
  const view = new Table({
    chars: none,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  view.push(['', ...heads].map((h) => look.paint.bold(h)));
  models.forEach((m, r) => {
    const row = texts[r] ?? [];
    view.push([
      clip(m.id, Math.min(o.names, o.width)),
      ...row.map((text, c) => paintCell(text, o.cells.get(key(m.id, o.routes[c] ?? '')), look)),
    ]);
  });
  return view
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
}

/** One block a model, one line a route: what was not asked is left out. */
function turned(
  models: Report['models'],
  routes: readonly string[],
  cells: ReadonlyMap<string, Cell>,
  look: Look,
): string[] {
  const width = Math.max(...routes.map((r) => stringWidth(shortRoute(r))));
  return models.flatMap((m) => {
    const asked = routes.filter((r) => {
      const cell = cells.get(key(m.id, r));
      return cell && (cell.outcome !== 'skipped' || (cell.depth === 'catalog' && cell.listed));
    });
    const lines = asked.map((r) => {
      const cell = cells.get(key(m.id, r));
      const rule = cell?.rule ? `  ${look.paint.dim(cell.rule)}` : '';
      const name = shortRoute(r);
      return `  ${name}${' '.repeat(width - stringWidth(name))}  ${paintCell(cellText(cell, look), cell, look)}${rule}`;
    });
    const state = m.usable || !m.checked ? '' : look.paint.dim(' (not usable)');
    return [
      clip(m.id, look.width) + state,
      ...(lines.length > 0 ? lines : [look.paint.dim('  nothing was asked')]),
    ];
  });
}

function worstOf(models: Report['models']): Report['models'] {
  return [...models].sort((a, b) => Number(a.usable) - Number(b.usable)).slice(0, MOST_ROWS);
}

/** Cuts by columns, not by characters; the end of an id tells more than its middle. */
export function clip(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let out = '';
  let columns = stringWidth('…');
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    columns += stringWidth(segment);
    if (columns > width) break;
    out += segment;
  }
  return `${out}…`;
}

function key(model: string, route: string): string {
  return `${model}\n${route}`;
}
