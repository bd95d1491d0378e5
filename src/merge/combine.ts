import type { Diagnosis } from '../diagnose/diagnose.js';
import type { Finding, Report } from '../report/model.js';

/** What was found from one place. */
export interface Place {
  vantage: string;
  found: Diagnosis;
}

/** The diagnoses of several places as one. A model is usable when it is so wherever it was asked. */
export function combine(places: readonly Place[]): Diagnosis {
  const [only] = places;
  if (only && places.length === 1) {
    const cells = only.found.cells.map((c) => (only.vantage ? { ...c, vantage: only.vantage } : c));
    return { ...only.found, cells };
  }
  const out: Diagnosis = { cells: [], findings: [], models: [], alternatives: [] };
  const models = new Map<string, Report['models'][number]>();
  const findings = new Map<string, { finding: Finding; fixes: Map<string, Finding['fixes']> }>();
  for (const { vantage, found } of places) {
    const before = out.cells.length;
    out.cells.push(...found.cells.map((c) => ({ ...c, vantage })));
    for (const m of found.models) models.set(m.id, worse(models.get(m.id), m));
    for (const f of found.findings) {
      const here = { ...f, cells: f.cells.map((i) => i + before) };
      const key = JSON.stringify([f.rule, f.blame, f.title]);
      const known = findings.get(key);
      if (known) known.finding = both(known.finding, here);
      const group = known ?? { finding: here, fixes: new Map() };
      group.fixes.set(vantage, f.fixes);
      findings.set(key, group);
    }
    const named = new Set(out.alternatives.map((a) => a.model));
    for (const a of found.alternatives)
      if (!named.has(a.model)) out.alternatives.push({ ...a, provenBy: a.provenBy + before });
  }
  out.models = [...models.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const names = places.map((p) => p.vantage);
  out.findings = [...findings.values()].map(({ finding, fixes }) => told(finding, fixes, names));
  return out;
}

function worse(
  a: Report['models'][number] | undefined,
  b: Report['models'][number],
): Report['models'][number] {
  if (!a) return b;
  const usable = a.usable && b.usable;
  return {
    ...a,
    task: a.task ?? b.task,
    usable,
    // Where one place could not use it, no other one makes it open.
    checked: (a.checked && b.checked) || [a, b].some((m) => m.checked && !m.usable),
    best: usable && a.best === b.best ? a.best : null,
  };
}

const SEVERITY = ['error', 'warning', 'info'] as const;

function both(a: Finding, b: Finding): Finding {
  const union = <T>(x: readonly T[], y: readonly T[]) => [...new Set([...x, ...y])];
  return {
    ...a,
    severity: SEVERITY.indexOf(a.severity) <= SEVERITY.indexOf(b.severity) ? a.severity : b.severity,
    models: union(a.models, b.models),
    routes: union(a.routes, b.routes),
    cells: union(a.cells, b.cells),
    requestIds: union(a.requestIds, b.requestIds).slice(0, 5),
  };
}

/** Where it was seen, and where not. What was proven in one place need not work in another: it is named. */
function told(f: Finding, byPlace: ReadonlyMap<string, Finding['fixes']>, all: readonly string[]): Finding {
  const seen = [...byPlace.keys()];
  const others = all.filter((p) => !seen.includes(p));
  const where = `Seen from ${seen.map(nameOf).join(', ')}${others.length > 0 ? `, not from ${others.map(nameOf).join(', ')}` : ''}.`;
  const lists = [...byPlace.values()];
  const isSame = others.length === 0 && new Set(lists.map((list) => JSON.stringify(list))).size === 1;
  const fixes = isSame
    ? f.fixes
    : [...byPlace].flatMap(([place, list]) =>
        list.map((fix) => ({ ...fix, text: `From ${nameOf(place)}: ${fix.text}` })),
      );
  return { ...f, fixes, vantages: seen, explanation: `${f.explanation} ${where}` };
}

export function nameOf(vantage: string): string {
  return vantage === '' ? 'a place without a name' : vantage;
}
