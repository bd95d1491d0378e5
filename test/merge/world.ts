import { type Report, reportSchema } from '../../src/report/model.js';
import { type Recorded, toRecord } from '../../src/report/record.js';
import { readRecord } from '../../src/report/record-schema.js';
import type { Observation } from '../../src/types/observation.js';
import { run } from '../support/cli.js';

const reports = new Map<string, Promise<Report>>();

/** The report of a scenario, with its evidence, as a file would hold it. */
export function reportOf(scenario: string): Promise<Report> {
  const made = reports.get(scenario) ?? make(scenario);
  reports.set(scenario, made);
  return made;
}

async function make(scenario: string): Promise<Report> {
  const { stdout } = await run(['check', '--simulate', scenario, '--format', 'json', '--quiet']);
  return reportSchema.parse(JSON.parse(stdout));
}

export function recordOf(report: Report): Recorded {
  const record = readRecord(report.evidence);
  if (!record) throw new Error('the report holds no evidence');
  return record;
}

export const withRecord = (report: Report, record: Recorded): Report => ({
  ...report,
  evidence: JSON.parse(JSON.stringify(toRecord(record))),
});

const ref = (o: Observation) => o.ref ?? (o.suffix ? `${o.model}:${o.suffix}` : o.model);

/** The report of a machine that was given only these models. */
export function cut(report: Report, models: ReadonlySet<string>, shard: string): Report {
  const r = recordOf(report);
  const bare = new Set([...models].map((m) => m.split(':')[0] ?? m));
  const mine = (o: Observation) =>
    o.model === null || (o.purpose === 'inference' ? models.has(ref(o) ?? '') : bare.has(o.model));
  return {
    ...withRecord(report, {
      ...r,
      observations: r.observations.filter(mine),
      skips: r.skips.filter((s) => models.has(s.model)),
      instead: { ...r.instead, proofs: new Map([...r.instead.proofs].filter(([m]) => models.has(m))) },
      catalog: {
        ...r.catalog,
        models: Object.fromEntries(Object.entries(r.catalog.models).filter(([id]) => bare.has(id))),
      },
      run: { ...r.run, models: r.run.models.filter((m) => models.has(m)) },
    }),
    shard,
  };
}
