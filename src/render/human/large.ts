import { faulty } from '../../report/faults.js';
import type { Cell, Finding, Report } from '../../report/model.js';
import type { Look } from '../look.js';
import { indent } from './findings.js';
import { count } from './header.js';

/* A run of many models: counts for all, names for the worst. */

/** Models that a person reads one by one. */
export const MOST_MODELS = 50;
/** Findings that are told in full where there are many models. */
const MOST_FINDINGS = 20;

export const WHERE = '--format json or ndjson on stdout, --output report.json in a file';

const isLarge = ({ models }: Report) => models.length > MOST_MODELS;

/** Faults first, those that cannot be used before all; then what is not clear, then what fails at times. */
export function worstFirst({ models, cells }: Report): Report['models'] {
  const failing = faulty(cells);
  const having = (outcome: Cell['outcome']) =>
    new Set(cells.flatMap((c) => (c.outcome === outcome && !c.control && !c.instead ? [c.model] : [])));
  const [unknown, flaky] = [having('unknown'), having('flaky')];
  const rank = (m: Report['models'][number]) => {
    if (failing.has(m.id)) return m.usable ? 1 : 0;
    if (unknown.has(m.id) || !m.usable) return 2;
    return flaky.has(m.id) ? 3 : 4;
  };
  const cut = new Set(cells.flatMap((c) => (c.unfinished ? [c.model] : [])));
  const asked = new Set(
    cells.flatMap((c) =>
      c.control || c.instead || c.outcome === 'skipped' || c.rule === 'legacy-host-gone' ? [] : [c.model],
    ),
  );
  // A row of dashes tells nothing.
  return models
    .filter((m) => asked.has(m.id) || !cut.has(m.id))
    .map((m) => ({ m, rank: rank(m) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ m }) => m);
}

/** Those that a person reads one by one. */
export function worstOf(report: Report): Report['models'] {
  return worstFirst(report).slice(0, MOST_MODELS);
}

/** How many cells and models met each rule, the worst first: what works and what was not asked as well. */
export function verdictLines(report: Report, look: Look): string[] {
  const groups = new Map<
    string,
    { outcome: Cell['outcome']; name: string; cells: number; models: Set<string> }
  >();
  for (const c of report.cells) {
    if (c.control || c.instead) continue;
    const stopped = c.error === 'run.cancelled' ? 'stopped' : null;
    const name = c.outcome === 'ok' ? 'works' : (stopped ?? c.rule ?? OUTCOME_WORDS[c.outcome]);
    const key = `${c.outcome} ${name}`;
    const group = groups.get(key) ?? { outcome: c.outcome, name, cells: 0, models: new Set() };
    groups.set(key, group);
    group.cells += 1;
    group.models.add(c.model);
  }
  const { symbols: s, paint } = look;
  const marks: Record<Cell['outcome'], string> = {
    fault: paint.red(s.bad),
    unknown: paint.yellow(s.unknown),
    flaky: paint.yellow(s.warn),
    ok: paint.green(s.good),
    skipped: paint.dim(s.none),
  };
  const order = Object.keys(marks);
  const sorted = [...groups.values()].sort(
    (a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome) || b.cells - a.cells,
  );
  const width = Math.max(...sorted.map((g) => g.name.length));
  return sorted.map(
    (g) =>
      `${marks[g.outcome]} ${g.name.padEnd(width)}  ${count(g.cells, 'cell')}, ${count(g.models.size, 'model')}`,
  );
}

/** An outcome in words, for all that cannot show a status. */
export const OUTCOME_WORDS: Record<Cell['outcome'], string> = {
  ok: 'works',
  fault: 'fault',
  flaky: 'fails at times',
  unknown: 'not clear',
  skipped: 'not asked',
};

/** The findings that are told in full; they come worst first. */
export function shownOf(report: Report, findings: readonly Finding[]): readonly Finding[] {
  return isLarge(report) ? findings.slice(0, MOST_FINDINGS) : findings;
}

/** The others, by their rule. */
export function restLines(left: readonly Finding[], look: Look): string[] {
  if (left.length === 0) return [];
  const counts = new Map<string, number>();
  for (const { rule } of left) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  const rules = [...counts].map(([rule, n]) => `${rule} (${n})`).join(', ');
  return [
    ...indent(`And ${count(left.length, 'finding')} more: ${rules}. All of them: ${WHERE}.`, 0, look.text),
    '',
  ];
}
