import type { PlanView } from '../report/plan-view.js';
import type { Safe } from '../safety/safe.js';
import { indent } from './human/findings.js';
import { count, dollars } from './human/header.js';
import { renderValue } from './json.js';
import type { Look } from './look.js';

/** Each request that a run would send. */
export function renderPlan(view: Safe<PlanView>, format: 'human' | 'json' | 'ndjson', look: Look): string {
  if (format !== 'human') return renderValue(view, format);
  const lines = view.requests.map((r) => {
    const price = r.usd > 0 ? `, at most about $${dollars(r.usd)}` : ', free';
    return `${r.method.padEnd(4)} ${r.url}  ${look.paint.dim(r.auth + price)}`;
  });
  const { requests, billable, usd } = view.cost;
  const sum = `At least ${count(requests, 'request')}, ${billable} that may be charged, about $${dollars(usd)}. Nothing was sent.`;
  const most = `A run never costs more than $${view.maxUsd} in all (--max-cost).`;
  const told = [sum, ...leftOut(view), ...view.notYetKnown, most];
  return `${[...lines, '', ...told.flatMap((t) => indent(t, 0, look.text))].join('\n')}\n`;
}

/** What a limit keeps from being asked. */
function leftOut({ skips }: Safe<PlanView>): string[] {
  const reasons = skips.flatMap((s) => (s.unfinished ? [s.reason] : []));
  return [...new Set(reasons)].map((reason) => {
    const n = reasons.filter((r) => r === reason).length;
    return `${count(n, 'request')} left out: ${reason}.`;
  });
}
