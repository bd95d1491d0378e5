import type { PlanView } from '../report/plan-view.js';
import { shortRoute } from '../report/short-route.js';
import type { Safe } from '../safety/safe.js';
import { indent } from './human/findings.js';
import { count, dollars } from './human/header.js';
import { renderValue } from './json.js';
import type { Look } from './look.js';

/** Each request that a run would send. */
export function renderPlan(view: Safe<PlanView>, format: 'human' | 'json' | 'ndjson', look: Look): string {
  if (format !== 'human') return renderValue(view, format);
  const lines = view.requests.map((r) => {
    const price = r.usd > 0 ? `at most about $${dollars(r.usd)}` : 'free';
    const facts = [r.auth, price, ...(r.onlyIf === null ? [] : [`only ${r.onlyIf}`])].join(', ');
    const way = r.route === null ? '' : ` on ${shortRoute(r.route)}`;
    const model = r.model === null ? '' : `  ${r.model}${way}`;
    return `${r.method.padEnd(4)} ${r.url}${model}  ${look.paint.dim(facts)}`;
  });
  const { requests, billable, usd } = view.cost;
  const paid =
    billable > 0
      ? `${billable} of them may be charged, at most about $${dollars(usd)}`
      : 'none of them is charged';
  const sum = `${view.final ? '' : 'Up to '}${count(requests, 'request')} as above, ${paid}. Nothing was sent.`;
  const most = view.paid ? [`A run never costs more than $${view.maxUsd} in all (--max-cost).`] : [];
  const told = [sum, ...leftOut(view), ...cutShort(view), ...view.notYetKnown, ...most];
  return `${[...lines, '', ...told.flatMap((t) => indent(t, 0, look.text))].join('\n')}\n`;
}

function cutShort({ cost, maxUsd, skips }: Safe<PlanView>): string[] {
  if (cost.usdWanted === undefined || skips.some((s) => s.reason.startsWith('--max-cost'))) return [];
  return [
    `Calls that do not fit into --max-cost ${maxUsd} stop before an answer is made. About $${dollars(cost.usdWanted)} is enough for these.`,
  ];
}

/** What a limit keeps from being asked. */
function leftOut({ skips }: Safe<PlanView>): string[] {
  const reasons = skips.flatMap((s) => (s.unfinished ? [s.reason] : []));
  return [...new Set(reasons)].map((reason) => {
    const n = reasons.filter((r) => r === reason).length;
    return `${count(n, 'request')} left out: ${reason}.`;
  });
}
