import type { Report } from '../report/model.js';

/** Only this machine itself reaches it. */
export function isLoopback(address: string): boolean {
  return address === '::1' || /^(?:::ffff:)?127\./.test(address);
}

/**
 * What readers may see of a report: no part of a token, and not where it lies. `isOpen`: on a network,
 * and so no answer of a server either, since it may name a user.
 */
export function forReaders({ evidence: _, ...report }: Report, isOpen: boolean): Report {
  const source =
    report.token.source && (/^(?:env \w{1,60}|stdin)$/.exec(report.token.source)?.[0] ?? 'a file');
  const token = { ...report.token, masked: null, source, shadowed: [] };
  const cells = isOpen ? report.cells.map((c) => ({ ...c, evidence: null })) : report.cells;
  return { ...report, token, cells };
}

/** Said when it begins: where, and who can read what. Lines for stderr. */
export function invitation({ address, port }: { address: string; port: number }): string {
  const host = address.includes(':') ? `[${address}]` : address;
  const line = `Listening on http://${host}:${port}/ for the last report, /metrics and /healthz.\n`;
  if (isLoopback(address)) return line;
  return `${line}Note: other machines can reach ${host}. Whoever does reads, without a password: models, base URLs, verdicts, findings, times and cost. No token, no answer of a server.\n`;
}
