import type { Cell, Finding, Report } from '../../src/report/model.js';

/** A cell; what is not said is that of a good answer. */
export function cell(model: string, route: string, more: Partial<Cell> = {}): Cell {
  return {
    ...{ model, route, auth: 'token', depth: 'live', url: null, status: 200, error: null, outcome: 'ok' },
    ...{ reason: null, unfinished: false, rule: null, latencyMs: 1, attempts: 1, requestId: null },
    ...{ evidence: null, control: false },
    ...more,
  };
}

export const DOWN: Partial<Cell> = { outcome: 'fault', status: 500, rule: 'provider-outage' };

export function finding(rule: Finding['rule'], more: Partial<Finding> = {}): Finding {
  return {
    ...{ rule, severity: 'error', blame: 'provider', confidence: 'certain', title: rule, explanation: '' },
    ...{ notThis: null, models: [], routes: [], cells: [], requestIds: [], fixes: [], verify: null },
    ...more,
  };
}

/** A report of these cells: one finding for each rule, a model usable where a cell is good. */
export function report(cells: Cell[], more: Partial<Report> = {}): Report {
  const own = cells.filter((c) => !c.control);
  const models = [...new Set(own.map((c) => c.model))].map((id) => {
    const good = own.find((c) => c.model === id && c.outcome === 'ok');
    const providers = own.filter((c) => c.model === id).map((c) => ({ provider: c.route, status: 'live' }));
    return {
      id,
      task: null,
      providers,
      usable: good !== undefined,
      checked: true,
      best: good?.route ?? null,
    };
  });
  const findings = [...new Set(own.flatMap((c) => c.rule ?? []))].map((rule) =>
    finding(rule, { cells: cells.flatMap((c, i) => (c.rule === rule ? [i] : [])) }),
  );
  const usable = models.filter((m) => m.usable).length;
  const exitCode = usable === models.length ? 0 : 1;
  return {
    ...{ schemaVersion: 1, tool: { name: 'hf-doctor', version: '0' }, ok: exitCode === 0, exitCode },
    ...{ complete: true, startedAt: '2026-11-21T09:00:00.000Z', durationMs: 1, simulated: null },
    endpoints: { hub: '', router: '', legacy: '', gateway: null },
    token: {
      ...{ status: 'valid', source: null, masked: null, role: null, shadowed: [] },
      permission: { inference: 'granted', reason: '' },
    },
    ...{ models, routes: [], cells, findings, alternatives: [] },
    cost: {
      planned: { requests: 2, billable: 2, usd: 0.001 },
      measured: { requests: 2, billable: 2 },
    },
    summary: {
      ...{ models: models.length, usable },
      cells: { ok: 0, fault: 0, flaky: 0, unknown: 0, skipped: 0 },
    },
    ...more,
  };
}
