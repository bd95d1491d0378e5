import type { Expectation, Ignore } from '../types/excuse.js';
import { bareId } from '../types/model-ref.js';
import { type Excuse, type Fault, faultsIn } from './judge.js';
import type { Report } from './model.js';

/* What the user said beforehand: faults that are expected, and findings that are to be ignored. */

/** Red as the config says: no alert, until it is another fault, and told when it is gone. */
export function expecting(expectations: readonly Expectation[]): Excuse {
  const that = expectedBy(expectations);
  return {
    kind: 'expected',
    of: (fault) => (that(fault).length > 0 ? { expected: true } : null),
    recovered(report) {
      const gone = groupedBy(unmet(report, expectations, that), (e) => e.model);
      return works(report)
        .filter((cell) => gone.get(cell.model)?.some((e) => isAt(e, cell)))
        .map(({ model, route }) => ({ model, route, expected: true }));
    },
  };
}

/** What nobody wants to hear of, with the reason. */
export function ignoring(list: readonly Ignore[]): Excuse {
  const that = ignoredBy(list);
  return {
    kind: 'ignored',
    of(fault) {
      const [found] = that(fault);
      return found ? { ignored: found.reason ?? '' } : null;
    },
    recovered: () => [],
  };
}

/** Those that took nothing out of the count, and of the expectations those whose fault is not gone either. */
export function idle(report: Report, { expect, ignore }: Said): Said {
  const fine = groupedBy(works(report), (cell) => cell.model);
  return {
    expect: unmet(report, expect, expectedBy(expect)).filter(
      (e) => !fine.get(e.model)?.some((cell) => isAt(e, cell)),
    ),
    ignore: unmet(report, ignore, ignoredBy(ignore)),
  };
}

export interface Said {
  expect: readonly Expectation[];
  ignore: readonly Ignore[];
}

function unmet<T>(report: Report, entries: readonly T[], that: (fault: Fault) => T[]): T[] {
  if (entries.length === 0) return [];
  const left = new Set(entries);
  for (const fault of faultsIn(report)) for (const entry of that(fault)) left.delete(entry);
  return [...left];
}

function expectedBy(expectations: readonly Expectation[]): (fault: Fault) => Expectation[] {
  const byModel = groupedBy(expectations, (e) => bareId(e.model));
  return (fault) => byModel.get(bareId(fault.model ?? ''))?.filter((e) => isExpected(e, fault)) ?? [];
}

function ignoredBy(list: readonly Ignore[]): (fault: Fault) => Ignore[] {
  const byRule = groupedBy(list, (i) => i.rule);
  return (fault) => byRule.get(fault.rule)?.filter((i) => isIgnored(i, fault)) ?? [];
}

function isExpected(e: Expectation, fault: Fault): boolean {
  const { cell, rule } = fault;
  const failed = cell !== null && cell.outcome !== 'ok';
  return (
    isNamed(e.model, fault) &&
    isAt(e, fault) &&
    e.faults.some((f) => (typeof f === 'number' ? failed && cell.status === f : f === rule))
  );
}

function isIgnored(i: Ignore, fault: Fault): boolean {
  return (i.route === null || i.route === fault.route) && (i.model === null || isNamed(i.model, fault));
}

/** A fault that was made of no cell names the bare id. */
function isNamed(model: string, { model: named, cell }: Fault): boolean {
  return named === model || (cell === null && named === bareId(model));
}

function works({ cells }: Report): Report['cells'] {
  return cells.filter((c) => !c.control && !c.instead && c.outcome === 'ok');
}

function isAt(e: Expectation, { route }: { route: string | null }): boolean {
  return e.route === null || e.route === route;
}

function groupedBy<T>(list: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of list) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
