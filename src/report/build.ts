import type { TokenFacts } from '../types/evidence.js';
import type { Depth, RouteId } from '../types/observation.js';
import { type Ending, exitCodeOf, type FailOn } from './exit-code.js';
import type { Report } from './model.js';
import { reportedToken } from './token.js';

export interface ReportInput {
  version: string;
  startedAt: string;
  durationMs: number;
  simulated: string | null;
  depth: Depth;
  endpoints: Report['endpoints'];
  token: TokenFacts;
  tokenSent: boolean;
  diagnosis: Pick<Report, 'cells' | 'findings' | 'models' | 'alternatives'>;
  cost: Report['cost'];
  /** Models for which the search for something else ended before all was tried. */
  unsearched?: number;
  /** Shards that nobody reported. */
  missing?: string[];
  /** Files that could not be read. */
  unread?: number;
  complete: boolean;
  interrupted: Ending | null;
  failOn: FailOn;
}

/** All that is known, as the report. Pure; the exit code is part of it. */
export function buildReport(i: ReportInput): Report {
  const { cells, findings, models, alternatives } = i.diagnosis;
  const body = {
    token: { ...reportedToken(i.token), sent: i.tokenSent },
    models,
    routes: columns(cells.flatMap((c) => (c.instead ? [] : [c.route]))).map((id) => ({
      id,
      kind: kindOf(id),
      provider: providerOf(id),
    })),
    cells,
    findings,
    alternatives,
    ...(i.unsearched ? { unsearched: i.unsearched } : {}),
    ...(i.missing?.length ? { missing: i.missing } : {}),
    ...(i.unread ? { unread: i.unread } : {}),
    cost: i.cost,
    summary: summarise(models, cells),
  };
  const exitCode = exitCodeOf({ ...body, depth: i.depth }, i.failOn, i.interrupted);
  return {
    schemaVersion: 1,
    tool: { name: 'hf-doctor', version: i.version },
    ok: exitCode === 0,
    exitCode,
    complete: i.complete,
    startedAt: i.startedAt,
    durationMs: Math.max(0, Math.round(i.durationMs)),
    simulated: i.simulated,
    depth: i.depth,
    endpoints: i.endpoints,
    ...body,
  };
}

const ORDER = ['legacy', 'router', 'router:', 'provider:', 'hf-inference', 'gateway'];

/** The routes of the matrix, in a fixed order; providers with the most cells first. */
export function columns(routes: readonly string[]): RouteId[] {
  const count = new Map<string, number>();
  for (const r of routes) count.set(r, (count.get(r) ?? 0) + 1);
  const plain = (r: string) => r.split('+')[0] ?? r;
  const rank = (r: string) =>
    ORDER.findIndex((o) => plain(r) === o || (o.endsWith(':') && r.startsWith(o))) +
    (r.includes('+') ? ORDER.length : 0);
  const sorted = [...count.keys()].sort(
    (a, b) => rank(a) - rank(b) || (count.get(b) ?? 0) - (count.get(a) ?? 0) || (a < b ? -1 : 1),
  );
  return sorted as RouteId[];
}

export function kindOf(route: string): string {
  return route.split(/[:+]/)[0] ?? route;
}

export function providerOf(route: string): string | null {
  const plain = route.split('+')[0] ?? route;
  if (plain === 'hf-inference') return plain;
  return plain.startsWith('provider:') ? plain.slice('provider:'.length) : null;
}

function summarise(models: Report['models'], cells: Report['cells']): Report['summary'] {
  const own = cells.filter((c) => !c.control && !c.instead);
  const of = (outcome: string) => own.filter((c) => c.outcome === outcome).length;
  return {
    models: models.length,
    usable: models.filter((m) => m.usable).length,
    cells: {
      ok: of('ok'),
      fault: of('fault'),
      flaky: of('flaky'),
      unknown: of('unknown'),
      skipped: of('skipped'),
    },
  };
}
