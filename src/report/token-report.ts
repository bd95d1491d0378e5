import { diagnose } from '../diagnose/diagnose.js';
import type { BaseUrls } from '../routes/request.js';
import type { Evidence, TokenFacts } from '../types/evidence.js';
import type { Observation } from '../types/observation.js';
import type { Finding, Report } from './model.js';

export interface TokenReport {
  schemaVersion: 1;
  exitCode: number;
  token: Report['token'];
  findings: Finding[];
}

/** The same catalogue over the token alone. 0 usable, 1 a finding, 3 the Hub could not be asked. */
export function tokenReport(
  token: TokenFacts,
  observations: readonly Observation[],
  run: { bases: BaseUrls; billTo: string | null; now: number },
): TokenReport {
  const evidence: Evidence = {
    observations,
    token,
    catalog: { models: {}, routerModels: null, providers: [], clientProviders: [] },
    run: {
      live: true,
      now: new Date(run.now).toISOString(),
      models: [],
      routes: [],
      endpoints: run.bases,
      billTo: run.billTo,
      anonymous: false,
    },
  };
  const { findings } = diagnose(evidence);
  const bad =
    findings.some((f) => f.severity === 'error' && f.blame !== 'network') ||
    token.permission.inference === 'denied';
  return {
    schemaVersion: 1,
    exitCode: bad ? 1 : token.status === 'unverified' ? 3 : 0,
    token: reportedToken(token),
    findings,
  };
}

/** Facts of the token as the report carries them. */
export function reportedToken(t: TokenFacts): Report['token'] {
  return {
    status: t.status,
    source: t.source,
    masked: t.masked,
    role: t.role,
    permission: { ...t.permission },
    shadowed: t.shadowed.map((s) => ({ ...s })),
    faults: t.faults.map((f) => ({ ...f })),
    lookalikes: t.lookalikes.map((l) => ({ ...l })),
  };
}
