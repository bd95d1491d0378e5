import type { Cell, Report } from './model.js';

/**
 * A merged report of several places with each model once for each place, as `org/name @eu-west`: what
 * shows models x routes has a row for each. Any other report as it is.
 */
export function byPlace<R extends Report>(report: R): R {
  const places = new Set(report.cells.map((c) => c.vantage));
  if (places.size < 2) return report;
  const own = new Map<string, Cell[]>();
  const cells = report.cells.map((c) => {
    const cell = { ...c, model: nameAt(c.model, c.vantage) };
    if (c.control || c.instead) return cell;
    const row = own.get(cell.model);
    if (row) row.push(cell);
    else own.set(cell.model, [cell]);
    return cell;
  });
  const models = report.models.flatMap((m) =>
    [...places].flatMap((place) => {
      const id = nameAt(m.id, place);
      const asked = own.get(id);
      if (!asked) return [];
      const works = asked.find(
        (c) => (c.outcome === 'ok' || c.outcome === 'flaky') && !c.route.includes('+'),
      );
      const failed = asked.some((c) => c.outcome === 'fault');
      return {
        ...m,
        id,
        usable: works !== undefined,
        checked: works !== undefined || failed,
        best: works?.route ?? null,
      };
    }),
  );
  const summary = { ...report.summary, models: models.length, usable: models.filter((m) => m.usable).length };
  return { ...report, models, cells, summary };
}

function nameAt(model: string, place: string | undefined): string {
  return `${model} @${place === undefined || place === '' ? 'unnamed' : place}`;
}

/** The model that was asked, also where the row names the place. */
export function askedModel({ model, vantage }: Cell): string {
  return vantage === undefined ? model : rowParts(model).model;
}

/** The name of a row in its two parts; ids of the Hub hold no blank. */
export function rowParts(row: string): { model: string; place: string } {
  const at = row.lastIndexOf(' @');
  return at === -1 || !/^ @[\w.-]{1,40}$/.test(row.slice(at))
    ? { model: row, place: '' }
    : { model: row.slice(0, at), place: row.slice(at) };
}
