import { renderHuman } from '../../src/render/human/human.js';
import { makeLook } from '../../src/render/look.js';
import type { Cell, Finding, Report } from '../../src/report/model.js';
import { makeSafe } from '../../src/safety/safe.js';

export const look = (columns = 100) =>
  makeLook({ flag: false, env: { LANG: 'C.UTF-8' }, isTTY: false, columns });

export const cell = (model: string, route: string, more: Partial<Cell> = {}): Cell => ({
  model,
  route,
  auth: 'token',
  depth: 'live',
  url: null,
  status: 200,
  error: null,
  outcome: 'ok',
  reason: null,
  rule: null,
  latencyMs: 12,
  attempts: 1,
  requestId: null,
  evidence: null,
  control: false,
  unfinished: false,
  ...more,
});

export const REACHED: Partial<Cell> = { status: 422, depth: 'auth' };
export const DOWN: Partial<Cell> = { status: 500, outcome: 'fault', rule: 'provider-outage' };
export const skipped = (reason: string): Partial<Cell> => ({
  status: null,
  outcome: 'skipped',
  reason,
  latencyMs: null,
  attempts: 0,
});

export const finding = (more: Partial<Finding> = {}): Finding => ({
  rule: 'provider-outage',
  severity: 'error',
  blame: 'provider',
  confidence: 'certain',
  title: 'novita fails',
  explanation: 'It fails.',
  notThis: null,
  models: [],
  routes: [],
  cells: [],
  requestIds: [],
  fixes: [],
  verify: null,
  ...more,
});

/** A report of these cells: a model is usable where one of them is good, and checked where one tells. */
export function report(cells: Cell[], more: Partial<Report> = {}): Report {
  const ids = [...new Set(cells.filter((c) => !c.instead).map((c) => c.model))];
  const good = new Set(cells.flatMap((c) => (['ok', 'flaky'].includes(c.outcome) ? [c.model] : [])));
  const told = new Set(cells.flatMap((c) => (c.outcome === 'fault' ? [c.model] : [])));
  const usable = (id: string) => good.has(id);
  return {
    schemaVersion: 1,
    tool: { name: 'hf-doctor', version: '0' },
    ok: true,
    exitCode: 0,
    complete: true,
    startedAt: '2026-11-21T00:00:00.000Z',
    durationMs: 1,
    simulated: null,
    depth: 'live',
    endpoints: { hub: 'https://h.test', router: 'https://r.test', legacy: 'https://l.test', gateway: null },
    token: {
      status: 'valid',
      source: 'env HF_TOKEN',
      masked: null,
      role: 'read',
      permission: { inference: 'granted', reason: '' },
      shadowed: [],
    },
    models: ids.map((id) => ({
      id,
      task: 'conversational',
      providers: [],
      usable: usable(id),
      checked: usable(id) || told.has(id),
      best: usable(id) ? 'router' : null,
    })),
    routes: [...new Set(cells.map((c) => c.route))].map((id) => ({ id, kind: id, provider: null })),
    cells,
    findings: [],
    alternatives: [],
    cost: { planned: { requests: 1, billable: 1, usd: 0 }, measured: { requests: 1, billable: 1 } },
    summary: {
      models: ids.length,
      usable: ids.filter(usable).length,
      cells: { ok: 1, fault: 0, flaky: 0, unknown: 0, skipped: 0 },
    },
    ...more,
  };
}

export function shown(r: Report, columns = 100): string {
  return renderHuman(
    makeSafe(r, (t) => t, new Set()),
    look(columns),
  );
}

/** In one line, as a person reads over the breaks. */
export const flat = (r: Report, columns?: number) => shown(r, columns).replace(/\s+/g, ' ');
