import { diagnose } from '../diagnose/diagnose.js';
import { reportedToken, type TokenReport } from '../report/token.js';
import type { BaseUrls } from '../routes/request.js';
import type { Evidence, TokenFacts } from '../types/evidence.js';
import type { Observation } from '../types/observation.js';

/** The same catalogue over the token alone. 0 usable, 1 a finding, 3 the Hub could not be asked. */
export function tokenReport(
  token: TokenFacts,
  observations: readonly Observation[],
  run: { bases: BaseUrls; billTo: string | null; now: number; simulated?: boolean },
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
      ...(run.simulated ? { simulated: true } : {}),
      billTo: run.billTo,
      anonymous: false,
      depth: 'catalog',
      unasked: [],
    },
  };
  const { findings } = diagnose(evidence);
  const bad =
    findings.some((f) => f.severity === 'error' && (f.blame === 'token' || f.blame === 'account')) ||
    token.permission.inference === 'denied';
  return {
    schemaVersion: 1,
    exitCode: bad ? 1 : token.status === 'unverified' ? 3 : 0,
    token: reportedToken(token),
    findings,
  };
}
