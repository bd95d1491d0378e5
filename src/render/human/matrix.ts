import Table from 'cli-table3';
import stringWidth from 'string-width';
import type { Cell, Report } from '../../report/model.js';
import { rowParts } from '../../report/places.js';
import { shortRoute } from '../../report/short-route.js';
import type { Look } from '../look.js';
import { cellText, paintCell } from './cell.js';
import { indent } from './findings.js';
import { MOST_MODELS, verdictLines, WHERE, worstOf } from './large.js';
import { isUnpaid, unpaid } from './unpaid.js';

const GAP = 2;

/** Models x routes as a table, or turned when the terminal is too narrow for it. */
export function matrix(report: Report, look: Look): string[] {
  const many = report.models.length > MOST_MODELS;
  const models = many ? worstOf(report) : report.models;
  const { routes, cells, texts, money } = gridOf(report, models, look);
  if (models.length === 0 || routes.length === 0) return many ? verdictLines(report, look) : [];
  const heads = routes.map(shortRoute);
  const columns = heads.map((h, c) =>
    Math.max(stringWidth(h), ...texts.map((row) => stringWidth(row[c] ?? ''))),
  );
  const rest = columns.reduce((sum, w) => sum + w + GAP, 0);
  const names = Math.max(...models.map((m) => stringWidth(m.id)));
  const lines =
    Math.min(names, 28) + rest > look.width
      ? turned(models, routes, texts, { cells, money, look })
      : table(models, heads, texts, { names, width: look.width - rest, routes, cells, look });
  if (!many) return lines;
  const note = `${models.length} of ${report.models.length} models are shown, the worst first. All of them: ${WHERE}.`;
  return [
    ...verdictLines(report, look),
    '',
    ...lines,
    '',
    ...indent(note, 0, look.text).map((l) => look.paint.dim(l)),
  ];
}

interface Grid {
  /** Those that were asked for one of the models. */
  routes: string[];
  /** By `key`. */
  cells: ReadonlyMap<string, Cell>;
  /** What stands in the matrix, a row for each model. */
  texts: string[][];
  /** Why nothing can be paid. */
  money: string | null;
}

/** Models x routes, as every view shows them. */
export function gridOf(report: Report, models: Report['models'], look: Look): Grid {
  const shown = new Set(models.map((m) => m.id));
  const cells = new Map<string, Cell>();
  for (const c of report.cells)
    if (!c.control && !c.instead && shown.has(c.model)) cells.set(key(c.model, c.route), c);
  const used = new Set([...cells.values()].map((c) => c.route));
  const routes = report.routes.flatMap((r) => (used.has(r.id) ? [r.id] : []));
  const money = unpaid(report);
  const text = (cell: Cell | undefined) =>
    money && cell && cell.outcome === 'skipped' && isUnpaid(cell)
      ? `${look.symbols.none} ${money}`
      : cellText(cell, look);
  return {
    ...{ routes, cells, money },
    texts: models.map((m) => routes.map((r) => text(cells.get(key(m.id, r))))),
  };
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
      clipRow(m.id, Math.min(o.names, o.width)),
      ...row.map((text, c) => paintCell(text, o.cells.get(key(m.id, o.routes[c] ?? '')), look)),
    ]);
  });
  return view
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
}

/** One block a model, one line a route: what was not asked is left out, unless it could not be paid. */
function turned(
  models: Report['models'],
  routes: readonly string[],
  texts: readonly string[][],
  o: { cells: ReadonlyMap<string, Cell>; money: string | null; look: Look },
): string[] {
  const { money, look } = o;
  const width = Math.max(...routes.map((r) => stringWidth(shortRoute(r))));
  return models.flatMap((m, row) => {
    const own = routes.map((r) => o.cells.get(key(m.id, r)));
    const lines = routes.flatMap((route, c) => {
      const cell = own[c];
      const name = shortRoute(route);
      if (!cell || !isTold(cell, money)) return [];
      // Where the run was ended there is nothing to explain.
      const rule = cell.rule && cell.error !== 'run.cancelled' ? `  ${look.paint.dim(cell.rule)}` : '';
      const text = paintCell(texts[row]?.[c] ?? '', cell, look);
      return [`  ${name}${' '.repeat(width - stringWidth(name))}  ${text}${rule}`];
    });
    const state = stateOf(m, money !== null && own.some((c) => c && isUnpaid(c)) ? money : null);
    return [
      clipRow(m.id, look.width) + look.paint.dim(state),
      ...(lines.length > 0 ? lines : [look.paint.dim('  nothing was asked')]),
    ];
  });
}

function isTold(cell: Cell, money: string | null): boolean {
  if (cell.outcome !== 'skipped' || (money && isUnpaid(cell))) return true;
  return cell.depth === 'catalog' && Boolean(cell.listed);
}

/** One refusal to pay stands for all, whichever model happened to meet it. */
function stateOf(m: Report['models'][number], money: string | null): string {
  if (m.usable) return '';
  if (money) return ` (${money})`;
  return m.checked ? ' (not usable)' : '';
}

/** The place tells two rows of a model apart: it stays. */
function clipRow(row: string, width: number): string {
  const { model, place } = rowParts(row);
  return clip(model, width - stringWidth(place)) + place;
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

export function key(model: string, route: string): string {
  return `${model}\n${route}`;
}
