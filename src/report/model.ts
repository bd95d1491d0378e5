import * as z from 'zod/mini';
import { RULE_IDS } from '../types/rule-id.js';
import { costSchema, sourceSchema, supportSchema } from './run-model.js';

/*
 * The report, schema version 1. This schema is the type: what people script against.
 * Objects are loose, so that an addition is never a breaking change.
 */

export const SEVERITIES = ['error', 'warning', 'info'] as const;
export const BLAMES = [
  'token',
  'account',
  'code',
  'client',
  'network',
  'hub',
  'router',
  'provider',
  'gateway',
  'model',
  'unknown',
] as const;
export const CONFIDENCES = ['certain', 'likely', 'possible'] as const;
export const DEPTHS = ['catalog', 'auth', 'live'] as const;
export const OUTCOMES = ['ok', 'fault', 'flaky', 'unknown', 'skipped'] as const;

const nullableString = z.nullable(z.string());
const nullableInt = z.nullable(z.int());

export const fixSchema = z.looseObject({
  text: z.string(),
  commands: z.array(z.string()),
  links: z.array(z.string()),
  snippet: z.optional(z.looseObject({ language: z.string(), code: z.string() })),
});

/** Why it does not count for the exit code: a baseline, an expectation of the config, or `--ignore`. */
const marks = {
  /** Of a merged report with several places: where it was seen. */
  vantages: z.optional(z.array(z.string())),
  /** With a baseline: it stood there already. A model: it could not be used then either. */
  known: z.optional(z.boolean()),
  /** As the config says that it will be. */
  expected: z.optional(z.boolean()),
  /** The reason that was given; empty where none was. */
  ignored: z.optional(z.string()),
};

export const findingSchema = z.looseObject({
  rule: z.enum(RULE_IDS),
  severity: z.enum(SEVERITIES),
  blame: z.enum(BLAMES),
  confidence: z.enum(CONFIDENCES),
  title: z.string(),
  explanation: z.string(),
  /** What people usually try here and what cannot help. */
  notThis: nullableString,
  models: z.array(z.string()),
  routes: z.array(z.string()),
  /** Indexes into `cells`. */
  cells: z.array(z.int()),
  /** Ids that the owner of the fault can look up. */
  requestIds: z.array(z.string()),
  fixes: z.array(fixSchema),
  /** A command that shows whether the fault is gone. */
  verify: nullableString,
  ...marks,
});

export const cellSchema = z.looseObject({
  model: z.string(),
  route: z.string(),
  auth: z.enum(['token', 'anonymous']),
  depth: z.enum(DEPTHS),
  url: nullableString,
  status: nullableInt,
  error: nullableString,
  outcome: z.enum(OUTCOMES),
  /** Why it was skipped or is unknown. */
  reason: nullableString,
  /** Skipped only because the run ended or a limit was reached: it could have been asked. */
  unfinished: z.boolean(),
  rule: z.nullable(z.enum(RULE_IDS)),
  /** Milliseconds. */
  latencyMs: nullableInt,
  attempts: z.int(),
  /** The machine that asked was busy meanwhile: its times cannot be trusted. */
  suspect: z.optional(z.boolean()),
  requestId: nullableString,
  /** First 200 characters of the answer, redacted. */
  evidence: nullableString,
  /** What the mapping of the model says about this provider: live, staging, error. */
  listed: z.optional(nullableString),
  /** Asked to find what works in the place of another model: no part of the matrix and its counts. */
  instead: z.optional(z.boolean()),
  /** True for the control probe without token that every surface gets. */
  control: z.boolean(),
  /** Of a merged report: from where it was asked. */
  vantage: z.optional(z.string()),
  /** Of a merged report: ids of the runs that saw it. The worst of what they saw stands here. */
  sources: z.optional(z.array(z.string())),
  ...marks,
});

export const reportSchema = z.looseObject({
  schemaVersion: z.literal(1),
  tool: z.looseObject({ name: z.literal('hf-doctor'), version: z.string() }),
  ok: z.boolean(),
  exitCode: z.int(),
  complete: z.boolean(),
  startedAt: z.string(),
  durationMs: z.int(),
  simulated: nullableString,
  /** How far the probes were meant to go; a cell tells how far its own went. */
  depth: z.optional(z.enum(DEPTHS)),
  endpoints: z.looseObject({
    hub: z.string(),
    router: z.string(),
    legacy: z.string(),
    gateway: nullableString,
  }),
  token: z.looseObject({
    status: z.enum(['valid', 'invalid', 'missing', 'malformed', 'unverified']),
    source: nullableString,
    masked: nullableString,
    /** False with --anonymous: it was found and left alone. */
    sent: z.optional(z.boolean()),
    role: nullableString,
    permission: z.looseObject({ inference: z.enum(['granted', 'denied', 'unknown']), reason: z.string() }),
    shadowed: z.array(z.looseObject({ source: z.string() })),
  }),
  models: z.array(
    z.looseObject({
      id: z.string(),
      task: nullableString,
      providers: z.array(z.looseObject({ provider: z.string(), status: z.string() })),
      usable: z.boolean(),
      /** False when this run could not tell: it was not asked, or gave no answer. */
      checked: z.boolean(),
      best: nullableString,
      ...marks,
    }),
  ),
  routes: z.array(z.looseObject({ id: z.string(), kind: z.string(), provider: nullableString })),
  cells: z.array(cellSchema),
  findings: z.array(findingSchema),
  alternatives: z.array(
    z.looseObject({
      model: z.string(),
      instead: z.looseObject({ model: z.string(), route: z.string() }),
      /** Index of the cell that worked in this run. */
      provenBy: z.int(),
    }),
  ),
  /** Models that failed, where the search for what answers instead ended before all was tried. */
  unsearched: z.optional(z.int()),
  cost: costSchema,
  summary: z.looseObject({
    models: z.int(),
    usable: z.int(),
    cells: z.looseObject({
      ok: z.int(),
      fault: z.int(),
      flaky: z.int(),
      unknown: z.int(),
      skipped: z.int(),
    }),
    /** With a baseline: findings above info, by whether they stood there already. */
    faults: z.optional(z.looseObject({ known: z.int(), new: z.int() })),
    /** With expectations or something to ignore: findings above info that do not count, by why. */
    excused: z.optional(z.looseObject({ expected: z.int(), ignored: z.int() })),
  }),
  /** A name for the place that the run was made from. */
  vantage: z.optional(z.string()),
  /** Which part of the models this run took: `2/5`. */
  shard: z.optional(z.string()),
  /** Of a merged report: what it was made of, and the shards that were not among it. */
  sources: z.optional(z.array(sourceSchema)),
  missing: z.optional(z.array(z.string())),
  /** Files that should have been merged and could not be read. */
  unread: z.optional(z.int()),
  /** Of a bundle: where it ran, without a name or an address. */
  support: z.optional(supportSchema),
  /** What the diagnosis was made of, so that it can be made again; runs of many models have none. */
  evidence: z.optional(z.unknown()),
  /** What was faulty in the baseline, or is expected to be (`expected`), and is fine now. */
  recovered: z.optional(
    z.array(z.looseObject({ model: z.string(), route: z.string(), expected: z.optional(z.boolean()) })),
  ),
});

export type Severity = (typeof SEVERITIES)[number];
export type Blame = (typeof BLAMES)[number];
export type Confidence = (typeof CONFIDENCES)[number];
export type CellOutcome = (typeof OUTCOMES)[number];
export type Fix = z.infer<typeof fixSchema>;
export type Finding = z.infer<typeof findingSchema>;
export type Cell = z.infer<typeof cellSchema>;
export type Report = z.infer<typeof reportSchema>;
