import type { Report } from '../../src/report/model.js';
import { cell, finding, report } from '../render/support.js';

/** A report in which every text that may come from outside is this one. */
export function filledWith(payload: string): Report {
  const p = payload;
  const cells = [
    cell(p, p, {
      status: 500,
      outcome: 'fault',
      rule: 'provider-outage',
      error: p,
      evidence: p,
      requestId: p,
    }),
    cell(p, 'router', { outcome: 'skipped', reason: p, depth: 'catalog', listed: p }),
    cell(p, 'legacy', { outcome: 'unknown', status: null, error: p, reason: p }),
    cell('org/other', p, {}),
    cell('org/other', 'router', { outcome: 'flaky', status: 503, rule: 'flaky', reason: p }),
    cell(`${p} instead`, 'router', { instead: true }),
  ];
  const told = finding({
    title: p,
    explanation: p,
    notThis: p,
    models: [p],
    routes: [p],
    cells: [0, 2],
    requestIds: [p],
    fixes: [
      {
        text: p,
        commands: [p, `first\n${p}`],
        links: [p, `https://huggingface.co/${p}`],
        snippet: { language: p, code: `${p}\n${p}` },
      },
      { text: `Or ${p}`, commands: [], links: [] },
    ],
    verify: `curl ${p}`,
  });
  const made = report(cells, {
    ok: false,
    exitCode: 1,
    simulated: p,
    startedAt: p,
    tool: { name: 'hf-doctor', version: p },
    endpoints: { hub: `https://h.test/${p}`, router: p, legacy: p, gateway: p },
    findings: [
      told,
      { ...told, rule: 'flaky', severity: 'warning', cells: [4], ignored: p },
      { ...told, rule: 'token-shadowed', blame: 'token', severity: 'warning', cells: [] },
      { ...told, rule: 'slow', severity: 'info', cells: [] },
    ],
    alternatives: [{ model: p, instead: { model: p, route: p }, provenBy: 5 }],
    recovered: [{ model: p, route: p }],
  });
  return {
    ...made,
    routes: made.routes.map((r) => ({ ...r, provider: p })),
    token: { ...made.token, source: p, masked: p, role: p, shadowed: [{ source: p }] },
    summary: { ...made.summary, faults: { known: 1, new: 1 } },
  };
}
