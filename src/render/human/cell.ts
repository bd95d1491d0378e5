import { whyNotCounted } from '../../report/counts.js';
import type { Cell } from '../../report/model.js';
import type { Look } from '../look.js';

/** Error codes as the two words that fit into a matrix. */
const SHORT: Readonly<Record<string, string>> = {
  'dns.not-found': 'no DNS',
  'dns.temporary': 'no DNS',
  'dns.empty': 'no DNS',
  'net.refused': 'refused',
  'net.unreachable': 'no way',
  'net.connect-timeout': 'timeout',
  'net.deadline': 'timeout',
  'net.no-answer': 'timeout',
  'net.stalled': 'stalled',
  'net.closed-early': 'closed',
  'net.reset': 'reset',
  'tls.clock': 'TLS clock',
  'tls.expired': 'TLS expired',
  'proxy.refused': 'proxy',
  'proxy.timeout': 'proxy',
  'http.truncated': 'cut off',
  'http.redirect': 'redirect',
  'run.cancelled': 'stopped',
  'run.token-withheld': 'withheld',
};

/** It stopped on purpose before an answer was made. */
export function isReached(cell: Cell): boolean {
  return cell.outcome === 'ok' && cell.status !== null && cell.status >= 400;
}

/** Its time stands in the matrix and was taken while this machine was busy. */
export function isLate(cell: Cell): boolean {
  return cell.outcome === 'ok' && !isReached(cell) && cell.suspect === true && cell.latencyMs !== null;
}

/** `✔ 640 ms`, `✔ ~640 ms`, `✖ 500 ×2`, `–`: symbol, then status or reason, so that colour is never needed. */
export function cellText(cell: Cell | undefined, { symbols: s }: Look): string {
  if (!cell || cell.outcome === 'skipped')
    return cell?.depth === 'catalog' && cell.listed ? `${s.none} ${cell.listed}` : s.none;
  const times = cell.attempts > 1 ? ` ${s.times}${cell.attempts}` : '';
  if (isReached(cell)) return `${s.good} reached`;
  if (cell.outcome === 'ok') return `${s.good} ${isLate(cell) ? '~' : ''}${duration(cell.latencyMs)}`;
  if (cell.outcome === 'flaky') return `${s.warn} ${failure(cell)}, then ok`;
  return `${cell.outcome === 'unknown' ? s.unknown : s.bad} ${failure(cell)}${times}`;
}

export function paintCell(text: string, cell: Cell | undefined, { paint }: Look): string {
  switch (cell?.outcome) {
    case 'ok':
      return paint.green(text);
    case 'fault':
      return isQuiet(cell) ? paint.dim(text) : paint.red(text);
    case 'flaky':
    case 'unknown':
      return isQuiet(cell) ? paint.dim(text) : paint.yellow(text);
    default:
      return paint.dim(text);
  }
}

/** No news: the finding says why. */
export function isQuiet(cell: Cell): boolean {
  return cell.rule === 'legacy-host-gone' || whyNotCounted(cell) !== null;
}

function failure(cell: Cell): string {
  if (cell.status !== null && !(cell.status >= 200 && cell.status < 300)) return String(cell.status);
  const short = cell.error === null ? null : shortError(cell.error);
  if (cell.status === null) return short ?? 'no answer';
  if (short) return `${cell.status} ${short}`;
  return `${cell.status}, ${cell.outcome === 'unknown' ? 'cut short' : 'but not an answer'}`;
}

function shortError(code: string): string {
  const known = Object.hasOwn(SHORT, code) ? SHORT[code] : undefined;
  return known ?? code.split('.')[1] ?? code;
}

export function duration(ms: number | null): string {
  if (ms === null) return 'ok';
  return ms < 10_000 ? `${ms} ms` : `${(ms / 1000).toFixed(0)} s`;
}
