import * as z from 'zod/mini';
import { CAPABILITIES, ERROR_CODES, type Observation, type RouteId } from '../types/observation.js';
import type { Recorded } from './record.js';
import { BLANK } from './record.js';

/* What a record must be before anything is concluded from it: it may come from anybody. */

const MOST_ROWS = 100_000;
const text = z.string().check(z.maxLength(10_000));
const short = z.string().check(z.maxLength(500));
const orNull = z.nullable(text);
const list = <T extends z.ZodMiniType>(item: T) => z.array(item).check(z.maxLength(MOST_ROWS));
const auth = z.enum(['token', 'anonymous']);
const depth = z.enum(['catalog', 'auth', 'live']);
const route = z
  .string()
  .check(
    z.regex(
      /^(?:legacy|router|hf-inference|gateway|(?:router|provider):(?:[\w.-]{1,100}|\?))(?:\+(?:stream|tools|json))?$/,
    ),
  ) as unknown as z.ZodMiniType<RouteId>;
const status = z.int().check(z.gte(0), z.lte(9_999));
const error = z.enum(ERROR_CODES);

const observation = z.object({
  id: z.int(),
  origin: z.enum(['probe', 'recording', 'text']),
  purpose: z.enum(['inference', 'whoami', 'mapping', 'router-models']),
  surface: z.enum([
    ...(['legacy', 'router', 'hf-inference', 'provider', 'hub', 'gateway', 'dedicated', 'other'] as const),
  ]),
  route: z.optional(route),
  // It stands in a command that people paste.
  method: z.optional(z.string().check(z.regex(/^[A-Z]{3,10}$/))),
  url: z.optional(text),
  host: z.optional(short),
  path: z.optional(text),
  auth: z.enum(['token', 'anonymous', 'unknown']),
  control: z.boolean(),
  model: z.optional(short),
  suffix: z.optional(short),
  ref: z.optional(short),
  unproven: z.optional(z.literal(true)),
  instead: z.optional(z.literal(true)),
  capability: z.optional(z.enum(CAPABILITIES)),
  provider: z.optional(short),
  task: z.optional(short),
  depth,
  status: z.optional(status),
  error: z.optional(error),
  errorDetail: z.optional(text),
  contentType: z.optional(short),
  headers: z.optional(z.record(short, text)),
  body: z.object({
    kind: z.enum(['json', 'html', 'text', 'sse', 'binary', 'empty']),
    message: z.optional(text),
    code: z.optional(text),
    type: z.optional(text),
    estimatedTime: z.optional(z.number()),
    excerpt: text,
  }),
  shape: z.optional(z.enum(['ok', 'unexpected', 'empty', 'error-inside'])),
  client: z.optional(
    z.object({
      name: short,
      version: z.nullable(short),
      language: z.nullable(z.enum(['python', 'node', 'curl'])),
    }),
  ),
  exception: z.optional(text),
  count: z.int(),
  requestBody: z.optional(text),
  latencyMs: z.optional(z.number().check(z.gte(0), z.lte(1e9))),
  attempts: z.int(),
  retry: z.optional(z.object({ status: z.nullable(status), error: z.nullable(error) })),
  suspect: z.optional(z.boolean()),
  requestId: z.optional(text),
  at: z.optional(short),
  /** Of a merged report: the runs that saw it. */
  sources: z.optional(list(short)),
});

const skip = z.object({
  model: short,
  route,
  auth,
  depth,
  reason: text,
  because: z.optional(z.enum(['suffix', 'absent'])),
  unfinished: z.optional(z.boolean()),
  sources: z.optional(list(short)),
});

const token = z.object({
  status: z.enum(['valid', 'invalid', 'missing', 'malformed', 'unverified']),
  source: orNull,
  masked: orNull,
  kind: z.nullable(z.enum(['user', 'oauth', 'oauth-refresh', 'jwt', 'org', 'provider-key', 'unknown'])),
  faults: list(z.object({ kind: short, position: z.nullable(z.int()), text })),
  shadowed: list(z.object({ source: text, sameValue: z.boolean() })),
  lookalikes: list(z.object({ name: text, readBy: orNull })),
  role: z.nullable(z.enum(['read', 'write', 'god', 'fineGrained', 'oauth', 'app', 'unknown'])),
  whoami: z.nullable(
    z.object({
      type: z.enum(['user', 'org', 'app', 'unknown']),
      isPro: z.nullable(z.boolean()),
      canPay: z.nullable(z.boolean()),
      billingMode: z.nullable(z.enum(['prepaid', 'postpaid'])),
      scoped: list(
        z.object({ entity: z.enum(['user', 'org', 'other']), name: orNull, permissions: list(short) }),
      ),
      global: list(short),
      scopes: z.nullable(list(short)),
      expiresAt: orNull,
      orgs: list(z.object({ name: text, role: orNull, restrictions: list(text) })),
    }),
  ),
  permission: z.object({ inference: z.enum(['granted', 'denied', 'unknown']), reason: text }),
});

const mapping = z.object({
  provider: short,
  providerId: text,
  task: short,
  status: short,
  adapter: z.optional(short),
  adapterWeightsPath: z.optional(text),
});
const price = z.object({ input: z.number(), output: z.number() });
const served = z.object({
  provider: short,
  status: short,
  price: z.nullable(price),
  isFree: z.boolean(),
  throughput: z.nullable(z.number()),
});
const catalog = z.object({
  models: z.record(
    short,
    z.object({
      id: short,
      canonical: short,
      exists: z.enum(['yes', 'no', 'unknown']),
      task: orNull,
      pipelineTag: orNull,
      gated: z.enum(['no', 'auto', 'manual', 'unknown']),
      private: z.nullable(z.boolean()),
      mappingKnown: z.boolean(),
      providers: list(mapping),
    }),
  ),
  routerModels: z.nullable(list(z.object({ id: short, providers: list(served) }))),
  providers: list(short),
  clientProviders: list(short),
});

const run = z.object({
  live: z.boolean(),
  now: short,
  models: list(short),
  routes: list(route),
  endpoints: z.object({ hub: text, router: text, legacy: text, gateway: orNull }),
  simulated: z.optional(z.boolean()),
  billTo: orNull,
  anonymous: z.boolean(),
  depth,
  unasked: list(skip),
});

export const recordSchema = z.object({
  run,
  token,
  catalog,
  observations: list(observation),
  skips: list(skip),
  instead: z.object({ observations: list(observation), proofs: list(z.tuple([short, z.int()])) }),
});

/** The record of a report as evidence again; null when it is none. Never throws. */
export function readRecord(value: unknown): Recorded | null {
  const read = recordSchema.safeParse(value);
  if (!read.success) return null;
  const { observations, instead, ...rest } = read.data;
  const whole = (list: readonly object[]) => list.map((o) => filled(o as Partial<Observation>));
  return {
    ...(rest as Pick<Recorded, 'run' | 'token' | 'catalog' | 'skips'>),
    observations: whole(observations),
    instead: { observations: whole(instead.observations), proofs: new Map(instead.proofs) },
  };
}

/** What was seen from one place. */
export interface PlaceRecord {
  /** `''`: a place without a name. */
  vantage: string;
  record: Recorded;
}

export const MOST_PLACES = 100;
export const LONGEST_PLACE = 100;

const mergedSchema = z.object({
  merged: z
    .array(z.object({ vantage: z.string().check(z.maxLength(LONGEST_PLACE)), record: z.unknown() }))
    .check(z.minLength(1), z.maxLength(MOST_PLACES)),
});

/** The same of a merged report; null also where one of its records cannot be read. */
export function readPlaces(value: unknown): PlaceRecord[] | null {
  const read = mergedSchema.safeParse(value);
  if (!read.success) return null;
  const places: PlaceRecord[] = [];
  for (const { vantage, record } of read.data.merged) {
    const whole = readRecord(record);
    if (!whole) return null;
    places.push({ vantage, record: whole });
  }
  return places;
}

function filled(o: Partial<Observation>): Observation {
  return { ...BLANK, ...o, body: { ...BLANK.body, ...o.body } } as Observation;
}
