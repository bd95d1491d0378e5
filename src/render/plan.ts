import type { Plan } from '../probe/spec.js';
import type { BaseUrls } from '../routes/request.js';
import type { Safe } from '../safety/safe.js';
import { indent } from './human/findings.js';
import { count, dollars } from './human/header.js';
import { stringify } from './json.js';
import type { Look } from './look.js';

export interface PlanView extends Plan {
  models: readonly { id: string; suffix: string | null }[];
  bases: BaseUrls;
  anonymous: boolean;
  hasToken: boolean;
}

/** Each request that a run would send, in its order, and what is only known once the Hub was asked. */
export function renderPlan(view: Safe<PlanView>, format: 'human' | 'json', look: Look): string {
  const rows = requestsOf(view);
  const unknown = [
    ...(view.models.length === 0
      ? [
          'No model was named: three are read from the live catalogue first, and their probes are planned then.',
        ]
      : []),
    'One more request for each live provider of each model: the mapping names them.',
  ];
  if (format === 'json')
    return `${stringify({ requests: rows, skips: view.skips, cost: view.cost, notYetKnown: unknown })}\n`;
  const lines = rows.map(
    (r) =>
      `${r.method.padEnd(4)} ${r.url}  ${look.paint.dim(`${r.auth}${r.usd > 0 ? `, at most about $${dollars(r.usd)}` : ', free'}`)}`,
  );
  const { requests, billable, usd } = view.cost;
  return `${[
    ...lines,
    '',
    ...indent(
      `${count(requests, 'request')}, ${billable} that may be charged, about $${dollars(usd)}. Nothing was sent.`,
      0,
      look.text,
    ),
    ...unknown.flatMap((u) => indent(u, 0, look.text)),
  ].join('\n')}\n`;
}

function requestsOf(view: PlanView) {
  const auth = view.anonymous || !view.hasToken ? 'no token' : 'token';
  const free = (url: string, a = auth) => ({ method: 'GET', url, auth: a, usd: 0 });
  return [
    ...(auth === 'token' ? [free(`${view.bases.hub}/api/whoami-v2`)] : []),
    free(`${view.bases.router}/v1/models`, 'no token'),
    ...view.models.map((m) => free(`${view.bases.hub}/api/models/${m.id}`)),
    ...view.specs.map((s) => ({
      method: s.request.method,
      url: s.request.url,
      auth: s.auth === 'token' ? 'token' : 'no token',
      usd: s.usd,
    })),
  ];
}
