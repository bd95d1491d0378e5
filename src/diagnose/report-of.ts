import { buildReport, type ReportInput } from '../report/build.js';
import type { Report } from '../report/model.js';
import { evidenceOf, MOST_RECORDED_MODELS, type Recorded, toRecord } from '../report/record.js';
import { type Diagnosis, diagnose } from './diagnose.js';

/** What a report tells of its run beside the diagnosis. */
export interface About extends Omit<ReportInput, 'token' | 'depth' | 'endpoints' | 'diagnosis'> {
  /** Keep the evidence in the report, so that it can be diagnosed again. */
  keep: boolean;
}

/** The report of what was recorded, live or replayed. `known`: its diagnosis, where that was made already. */
export function reportOf(recorded: Recorded, about: About, known: Diagnosis | null = null): Report {
  const { token, run, skips, instead } = recorded;
  const { models } = run;
  return {
    ...buildReport({
      ...about,
      token,
      depth: run.depth,
      endpoints: { ...run.endpoints },
      diagnosis: known ?? diagnose(evidenceOf(recorded), skips, null, { ...instead }),
    }),
    ...(about.keep && models.length <= MOST_RECORDED_MODELS ? { evidence: toRecord(recorded) } : {}),
  };
}
