import type { Cell, Finding, Report } from '../../src/report/model.js';

const ROUTES = ['legacy', 'router', 'provider:novita', 'provider:together', 'hf-inference'] as const;

/** A report of so many models on five routes, each seventh provider cell faulty, with its findings. */
export function reportOf(models: number): Report {
  const ids = Array.from({ length: models }, (_, i) => `organization-${i % 40}/model-${i}-instruct`);
  const cells = ids.flatMap((model, m) => ROUTES.map((route, r) => cellOf(model, route, m * 5 + r)));
  const faulty = cells.flatMap((cell, i) => (cell.outcome === 'fault' ? [i] : []));
  const count = (outcome: Cell['outcome']) => cells.filter((c) => c.outcome === outcome).length;
  return {
    schemaVersion: 1,
    tool: { name: 'hf-doctor', version: '0.0.0' },
    ok: false,
    exitCode: 0,
    complete: true,
    startedAt: '2026-01-01T00:00:00.000Z',
    durationMs: 1000,
    simulated: null,
    depth: 'live',
    endpoints: {
      hub: 'https://h.example',
      router: 'https://r.example',
      legacy: 'https://l.example',
      gateway: null,
    },
    token: {
      status: 'valid',
      source: 'env HF_TOKEN',
      masked: null,
      role: 'read',
      permission: { inference: 'granted', reason: 'The token may call Inference Providers.' },
      shadowed: [],
    },
    models: ids.map((id) => ({
      id,
      task: 'conversational',
      providers: [{ provider: 'novita', status: 'live' }],
      usable: true,
      checked: true,
      best: 'router',
    })),
    routes: ROUTES.map((id) => ({ id, kind: id.split(':')[0] ?? id, provider: id.split(':')[1] ?? null })),
    cells,
    findings: [finding(cells, faulty)],
    alternatives: [],
    cost: { planned: { requests: 0, billable: 0, usd: 0 }, measured: { requests: 0, billable: 0, usd: 0 } },
    summary: {
      models,
      usable: models,
      cells: { ok: count('ok'), fault: count('fault'), flaky: 0, unknown: 0, skipped: 0 },
    },
  };
}

function cellOf(model: string, route: string, at: number): Cell {
  const fault = at % 7 === 0;
  return {
    model,
    route,
    auth: 'token',
    depth: 'live',
    url: `https://r.example/v1/chat/completions?n=${at}`,
    status: fault ? 500 : 200,
    error: null,
    outcome: fault ? 'fault' : 'ok',
    reason: null,
    unfinished: false,
    rule: fault ? 'provider-outage' : null,
    latencyMs: 50 + (at % 400),
    attempts: 1,
    requestId: `Root=1-${at}`,
    evidence: fault ? '{"error":"Internal Server Error"} <b>&amp;</b> | `x`' : null,
    control: false,
  };
}

function finding(cells: readonly Cell[], faulty: readonly number[]): Finding {
  return {
    rule: 'provider-outage',
    severity: 'warning',
    blame: 'provider',
    confidence: 'likely',
    title: 'novita fails',
    explanation: 'The provider answers with an error of its own. The other routes work.',
    notThis: null,
    models: faulty.map((i) => cells[i]?.model ?? ''),
    routes: ['provider:novita'],
    cells: [...faulty],
    requestIds: [],
    fixes: [{ text: 'Use the router until it is back.', commands: [], links: [] }],
    verify: null,
  };
}
