import * as z from 'zod/mini';

/* What a report tells of its run beside the diagnosis: what it cost, what it was merged of, where it ran. */

const nullableString = z.nullable(z.string());

export const costSchema = z.looseObject({
  /**
   * Only where --max-cost allowed less: `usdWanted`, what all calls would cost, and `stoppedShort`, those
   * that were let go as far as they are free.
   */
  planned: z.looseObject({
    requests: z.int(),
    billable: z.int(),
    usd: z.number(),
    usdWanted: z.optional(z.number()),
    stoppedShort: z.optional(z.int()),
  }),
  /**
   * `retries`: probes that were asked again, of the requests; no plan holds them. `unsent`: requests for
   * which no connection came about. `usd`: what the calls
   * that may have been charged cost at most, as far as prices are known.
   */
  measured: z.looseObject({
    requests: z.int(),
    retries: z.optional(z.int()),
    unsent: z.optional(z.int()),
    billable: z.int(),
    usd: z.optional(z.number()),
  }),
});

/** A run that a merged report was made of. */
export const sourceSchema = z.looseObject({
  /** Of what it saw: the same report merged twice counts once. */
  id: z.string(),
  vantage: nullableString,
  shard: nullableString,
  version: z.string(),
  simulated: nullableString,
  startedAt: z.string(),
  durationMs: z.int(),
  complete: z.boolean(),
  exitCode: z.int(),
  tokenSent: z.boolean(),
  cost: costSchema,
});

/** True for what is set, without its value: it may name a company. */
export const supportSchema = z.looseObject({
  node: z.string(),
  platform: z.string(),
  arch: z.string(),
  ci: z.boolean(),
  proxy: z.boolean(),
  tlsVerification: z.boolean(),
  extraCa: z.nullable(z.string()),
});

export type Source = z.infer<typeof sourceSchema>;
