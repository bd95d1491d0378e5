import type { TokenFacts } from '../types/evidence.js';
import type { Finding, Report } from './model.js';

/** What `hf-doctor token` says. */
export interface TokenReport {
  schemaVersion: 1;
  exitCode: number;
  token: Report['token'];
  findings: Finding[];
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
