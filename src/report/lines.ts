import type { Finding, Report } from './model.js';

/*
 * The report as lines, for runs that are longer than a memory: `start`, then models, cells, findings
 * and alternatives as they become known, then `end`. `cells` of a finding count the cell lines from 0.
 */

export type Line = { schemaVersion: 1; type: 'start' | 'model' | 'cell' | 'finding' | 'alternative' | 'end' };

/** What one part of a run found. A finding may come again in a later part, for other models. */
export type Part = Pick<Report, 'models' | 'cells' | 'findings' | 'alternatives'>;

export type Start = Pick<Report, 'tool' | 'startedAt' | 'simulated' | 'depth' | 'endpoints' | 'token'>;

/** What is known at the end alone. */
export interface End
  extends Pick<
    Report,
    'ok' | 'exitCode' | 'complete' | 'durationMs' | 'cost' | 'summary' | 'unsearched' | 'recovered'
  > {
  /** Each kind of finding, with how many models it hit. */
  findings: (Pick<Finding, 'rule' | 'severity' | 'blame'> & { models: number })[];
}

export function startLine({ tool, startedAt, simulated, depth, endpoints, token }: Start): Line {
  return { schemaVersion: 1, type: 'start', ...{ tool, startedAt, simulated, depth, endpoints, token } };
}

/** `before`: cell lines that were written already. */
export function partLines(part: Part, before: number): Line[] {
  const at = (type: Line['type']) => ({ schemaVersion: 1 as const, type });
  return [
    ...part.models.map((m) => ({ ...at('model'), ...m })),
    ...part.cells.map((c) => ({ ...at('cell'), ...c })),
    ...part.findings.map((f) => ({ ...at('finding'), ...f, cells: f.cells.map((i) => i + before) })),
    ...part.alternatives.map((a) => ({ ...at('alternative'), ...a, provenBy: a.provenBy + before })),
  ];
}

export function endLine(end: End): Line {
  const { ok, exitCode, complete, durationMs, cost, summary, findings } = end;
  return {
    schemaVersion: 1,
    type: 'end',
    ...{ ok, exitCode, complete, durationMs, cost, summary, findings },
    ...(end.unsearched ? { unsearched: end.unsearched } : {}),
    ...(end.recovered ? { recovered: end.recovered } : {}),
  };
}

/** Kinds of findings, added up over the parts; a model counts once in a part. */
export function tally(known: End['findings'], findings: readonly Finding[]): End['findings'] {
  const out = new Map(known.map((f) => [`${f.rule} ${f.severity} ${f.blame}`, f]));
  const counted = new Map<string, Set<string>>();
  for (const { rule, severity, blame, models } of findings) {
    const key = `${rule} ${severity} ${blame}`;
    const own = counted.get(key) ?? new Set();
    const before = own.size;
    for (const m of models) own.add(m);
    counted.set(key, own);
    out.set(key, { rule, severity, blame, models: (out.get(key)?.models ?? 0) + own.size - before });
  }
  return [...out.values()];
}
