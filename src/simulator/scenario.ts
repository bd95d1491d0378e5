import { basename } from 'node:path';
import { isMap, LineCounter, parseDocument, visit } from 'yaml';
import * as z from 'zod/mini';
import { answerSpecSchema } from './answer-spec.js';
import { block } from './block.js';
import { FAULT_NAMES } from './faults.js';
import { describeIssue, place, yamlProblem } from './problems.js';
import { CAPABILITIES } from './reply.js';
import { SURFACES } from './request.js';

const texts = z._default(z.array(z.string()), () => []);
/** A fault by name, or an answer of the scenario's own. */
const misfortune = { fault: z.optional(z.enum(FAULT_NAMES)), answer: z.optional(answerSpecSchema) };

const optionalMisfortune = z.optional(block(misfortune));

const orgSchema = block({
  name: z.string(),
  role: z._default(z.string(), 'write'),
  permissions: texts,
  /** `token-policy`, `token-revoked`, `sso`, `mfa`, `ip`. */
  restrictions: texts,
});

const tokenSchema = block({
  /** Does the Hub know it? `malformed`: `text` stands in its place, with `{{token}}` for the good value. */
  state: z._default(z.enum(['known', 'unknown', 'missing', 'malformed']), 'known'),
  text: z.optional(z.string()),
  user: z._default(z.string(), 'ada'),
  role: z._default(z.enum(['fineGrained', 'read', 'write', 'god']), 'fineGrained'),
  /** Of a fine-grained token, on the user itself. */
  permissions: z._default(z.array(z.string()), () => ['inference.serverless.write']),
  global: texts,
  pro: z._default(z.boolean(), false),
  canPay: z._default(z.boolean(), false),
  orgs: z._default(z.array(orgSchema), () => []),
});

const providerSchema = block({
  /** The provider's own name for the model; the Hub id when it is the same. */
  id: z.optional(z.string()),
  /** `conversational` for text models unless said. */
  task: z.optional(z.string()),
  status: z._default(z.enum(['live', 'staging', 'error']), 'live'),
  ...misfortune,
  /** What goes wrong only when that is asked for. */
  with: z.prefault(
    block({ stream: optionalMisfortune, tools: optionalMisfortune, json: optionalMisfortune }),
    {},
  ),
  /** US dollars per million tokens. */
  price: z.optional(block({ input: z.number(), output: z.number() })),
  free: z._default(z.boolean(), false),
  /** Tokens per second: the router takes the fastest first. */
  throughput: z.optional(z.number()),
});

const modelSchema = block({
  pipelineTag: z._default(z.string(), 'text-generation'),
  tags: texts,
  gated: z._default(z.enum(['no', 'auto', 'manual']), 'no'),
  private: z._default(z.boolean(), false),
  renamedTo: z.optional(z.string()),
  providers: z._default(z.record(z.string(), providerSchema), () => ({})),
});

const whenSchema = block({
  surface: z.optional(z.enum(SURFACES)),
  provider: z.optional(z.string()),
  /** Hub id, without suffix; `*` stands for anything. */
  model: z.optional(z.string()),
  /** The suffix as sent; `none` for a bare id. */
  suffix: z.optional(z.string()),
  auth: z.optional(z.enum(['token', 'other-token', 'anonymous'])),
  /** A prefix, or with `*` a pattern for the whole path. */
  path: z.optional(z.string()),
  method: z.optional(z.string()),
  /** A chat request that asks for this beside a plain answer; `none` for one that asks for nothing. */
  capability: z.optional(z.enum([...CAPABILITIES, 'none'])),
  /** Skips the first n requests that fit; then plays at most `times`. */
  after: z._default(z.int().check(z.minimum(0)), 0),
  times: z.optional(z.int().check(z.minimum(1))),
});

/** One file is one world: a token, an account, models with their providers, and what goes wrong. */
export const scenarioSchema = block({
  name: z.string(),
  title: z.string(),
  /** For people: what happens here and what it should lead to. */
  story: z.string(),
  token: z.prefault(tokenSchema, {}),
  account: z.prefault(block({ ...misfortune, disabled: texts }), {}),
  /** What a check of this scenario asks for when the user names nothing. */
  check: block({
    models: z.array(z.string()).check(z.minLength(1)),
    routes: z.optional(z.array(z.string())),
    billTo: z.optional(z.string()),
    /** `stream`, `tools`, `json`: what chat models are tried with besides. */
    with: z.optional(z.array(z.enum(['stream', 'tools', 'json']))),
  }),
  models: z.record(z.string(), modelSchema),
  mappingShape: z._default(z.enum(['object', 'array']), 'object'),
  /** The user's own OpenAI-compatible gateway in front of the router. */
  gateway: z.optional(
    block({
      key: z._default(z.enum(['open', 'required']), 'open'),
      /** Does it hand on the suffix of a model? */
      suffix: z._default(z.enum(['kept', 'stripped']), 'kept'),
    }),
  ),
  legacy: z.prefault(block({ mode: z._default(z.enum(['no-dns', 'gone-404', 'gone-410']), 'no-dns') }), {}),
  /** The first that fits is played before everything else. */
  answers: z._default(z.array(block({ when: whenSchema, ...misfortune })), () => []),
});

export type Scenario = z.infer<typeof scenarioSchema>;
export type Model = Scenario['models'][string];
export type When = z.infer<typeof whenSchema>;

const MAX_LENGTH = 256 * 1024;
const FORBIDDEN_KEYS = ['__proto__', 'constructor', 'prototype'];

/** The scenario of one YAML text. Never throws; a problem says where: `file:line:column: what`. */
export function parseScenario(
  text: string,
  file: string,
): { ok: true; scenario: Scenario } | { ok: false; problem: string } {
  const fail = (problem: string) => ({ ok: false as const, problem });
  if (text.length > MAX_LENGTH) return fail(`${file}: longer than ${MAX_LENGTH / 1024} KiB`);
  try {
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
    const broken = document.errors[0] ?? document.warnings[0];
    if (broken) return fail(yamlProblem(file, broken, lines));
    if (!isMap(document.contents)) return fail(`${file}: not a mapping with title, story, check and models`);
    let forbidden: string | null = null;
    visit(document, {
      Scalar: (role, node) => {
        if (role !== 'key' || !FORBIDDEN_KEYS.includes(String(node.value))) return;
        forbidden = `${place(file, node.range?.[0] ?? 0, lines)}: the key ${node.value} is not allowed`;
      },
    });
    if (forbidden !== null) return fail(forbidden);
    const plain: unknown = document.toJS({ maxAliasCount: 100 });
    const named = { name: basename(file).replace(/\.ya?ml$/, ''), ...Object(plain) };
    const result = z.safeParse(scenarioSchema, named);
    if (result.success) return { ok: true, scenario: result.data };
    return fail(result.error.issues.map((issue) => describeIssue(file, issue, document, lines)).join('\n'));
  } catch {
    // The yaml library throws for alias bombs and for nesting beyond its stack.
    return fail(`${file}: too many aliases or too deeply nested`);
  }
}
