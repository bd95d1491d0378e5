import type { CellState } from '../report/state.js';

/** `ok`, `500 provider-outage`, `flaky (500, then 200)`. */
export function stateText({ outcome, rule, status, error, listed, reason }: CellState): string {
  if (outcome === 'ok') return rule ? `ok, ${rule}` : 'ok';
  if (outcome === 'flaky') {
    const came = reason?.replace(/^first /, '') ?? (status === null ? error : String(status));
    const also = rule !== null && rule !== 'flaky' ? `, ${rule}` : '';
    return `flaky${also}${came === null ? '' : ` (${came})`}`;
  }
  if (outcome === 'skipped') return listed ? `listed as ${listed}` : 'not asked';
  return [status ?? error ?? 'no answer', rule].filter((part) => part !== null).join(' ');
}
