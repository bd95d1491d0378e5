import { taskCall } from '../routes/tasks.js';
import type { Secret } from '../safety/secret.js';
import type { Skip } from '../types/evidence.js';
import type { Observation } from '../types/observation.js';
import { ask, type World } from './ask.js';
import { createSchedule, type Note, type Schedule } from './schedule.js';
import type { ProbeSpec } from './spec.js';
import { afterAnswer, GO, isOverLimit, isServed, reasonToSkip, type Stop } from './stop.js';

export interface RunOptions {
  /** Requests under way at once, per host. */
  concurrency: number;
  /** Keeps the pace of the hosts over several runs; absent: one of its own. */
  schedule?: Schedule;
  /** Why further probes make no sense, kept over several runs; absent: nothing is known yet. */
  stop?: { now: Stop };
  timeoutMs: number;
  retries: number;
  /** The token for Hugging Face, and the gateway's own key. Never mixed. */
  secrets: { token: Secret | null; gateway: Secret | null };
  billTo: string | null;
  tokenValid: boolean;
  /** What the limits leave for asking again: the plan itself is paid for already. */
  spare: { requests: number; usd: number };
  /** Nothing but the retired host is asked for: then each model is asked there. */
  eachRetired?: boolean;
  /** Told after each answer. */
  onAnswer?: (done: number, total: number) => void;
}

export interface RunResult {
  observations: Observation[];
  skips: Skip[];
  /**
   * `retries`: of the requests, what was asked again and is in no plan. `usd`: US dollars as planned
   * for each call that may have been charged.
   */
  sent: { requests: number; retries: number; billable: number; usd: number };
}

const OVER_LIMIT = '--max-cost would be passed: a call that was meant to be refused was served';

/** Bytes of an answer that is a picture, a video or a sound. */
const MEDIA_BYTES = 16 * 1024 * 1024;

/** Sends the plan: what cannot be charged first, then the rest until something says stop. */
export async function runProbes(specs: readonly ProbeSpec[], o: RunOptions, w: World): Promise<RunResult> {
  const schedule = o.schedule ?? createSchedule(o.concurrency, w);
  const result: RunResult = {
    observations: [],
    skips: [],
    sent: { requests: 0, retries: 0, billable: 0, usd: 0 },
  };
  const observed = new Map<ProbeSpec, Observation>();
  const spare = { ...o.spare };
  const stop = o.stop ?? { now: GO };
  const late = o.eachRetired ? new Set<ProbeSpec>() : mayNotBeNeeded(specs);
  let done = 0;

  const refuse = (spec: ProbeSpec, reason: string) => {
    if (!spec.control) result.skips.push({ ...skipOf(spec), reason, unfinished: true });
  };

  const probe = async (spec: ProbeSpec, note: Note) => {
    const ended = w.signal.aborted ? whyAborted(w.signal) : null;
    const retired = late.has(spec) ? stop.now.retired : null;
    const reason = ended ?? retired ?? reasonToSkip(stop.now, spec);
    if (reason) {
      if (!spec.control) result.skips.push({ ...skipOf(spec), reason, unfinished: ended !== null });
      return;
    }
    if (isOverLimit(stop.now, spec, spare.usd)) return refuse(spec, OVER_LIMIT);
    const { observation, sent, charged } = await ask(
      {
        ...question(spec, o),
        note,
        mayRetry: () => reasonToSkip(stop.now, spec) === null && draw(spare, spec, stop.now),
      },
      w,
    );
    result.sent.requests += sent;
    result.sent.retries += sent - 1;
    const served = !spec.billable && spec.auth === 'token' && isServed(observation);
    const usd = charged * (served ? spec.ifServed : spec.usd);
    if (spec.billable || served) {
      result.sent.billable += charged;
      result.sent.usd += usd;
    }
    stop.now = afterAnswer(stop.now, observation, o.tokenValid, served ? usd : 0);
    observed.set(spec, observation);
    done += 1;
    o.onAnswer?.(done, specs.length);
  };

  const now = specs.filter((s) => !late.has(s));
  for (const wave of [now.filter((s) => !s.billable), now.filter((s) => s.billable), [...late]])
    await schedule(wave, { placeOf, work: probe, refuse });
  result.observations = specs.flatMap((spec) => observed.get(spec) ?? []);
  return result;
}

/**
 * Calls to the retired host that wait for what it says to the first one of their form: that it is gone
 * needs no proof for each model.
 */
function mayNotBeNeeded(specs: readonly ProbeSpec[]): ReadonlySet<ProbeSpec> {
  const old = specs.filter((s) => s.surface === 'legacy' && !s.control);
  const forms = new Map(old.toReversed().map((s) => [s.request.url.replace(s.model, ''), s]));
  const first = new Set(forms.values());
  return new Set(old.filter((s) => !first.has(s)));
}

/**
 * A provider behind the router throttles on its own: its lane waits, the others go on. Who answers for a
 * bare id is the router's choice, so such a call has a lane of its own.
 */
function placeOf({ request, provider, suffix, model }: ProbeSpec) {
  return { host: new URL(request.url).host, lane: provider ?? suffix ?? model };
}

/** Takes one more request from what is left, if there is one. */
function draw(spare: { requests: number; usd: number }, spec: ProbeSpec, { unplanned }: Stop): boolean {
  if (spare.requests < 1 || spare.usd - unplanned < spec.usd) return false;
  spare.requests -= 1;
  spare.usd -= spec.usd;
  return true;
}

function skipOf(spec: ProbeSpec) {
  return { model: spec.ref, route: spec.route, auth: spec.auth, depth: spec.depth };
}

function question(spec: ProbeSpec, o: RunOptions) {
  const { request } = spec;
  const secret = spec.auth === 'anonymous' ? null : secretFor(spec.surface, o.secrets);
  const billTo = o.billTo && secret && BILLED.includes(spec.surface) ? { 'x-hf-bill-to': o.billTo } : {};
  return {
    asked: {
      origin: 'probe' as const,
      purpose: 'inference' as const,
      surface: spec.surface,
      route: spec.route,
      auth: secret ? ('token' as const) : ('anonymous' as const),
      control: spec.control,
      model: spec.model,
      suffix: spec.suffix,
      ref: spec.ref,
      ...(spec.capability ? { capability: spec.capability } : {}),
      provider: spec.provider,
      task: spec.task,
      depth: spec.depth,
    },
    method: request.method,
    url: request.url,
    headers: { ...request.headers, ...billTo },
    body: request.body,
    secret,
    timeoutMs: o.timeoutMs,
    retries: spec.control ? 0 : o.retries,
    billable: spec.billable,
    // A picture or a sound is larger than any text that a probe asks for.
    ...(spec.depth === 'live' && (taskCall(spec.task)?.usd ?? 0) > 0 ? { maxBytes: MEDIA_BYTES } : {}),
  };
}

/** Where Hugging Face charges for a call: nobody else is told who pays. */
const BILLED: readonly ProbeSpec['surface'][] = ['router', 'provider', 'hf-inference'];

/** A gateway never sees the token of Hugging Face; an endpoint there may have a key of its own. */
function secretFor(surface: ProbeSpec['surface'], { token, gateway }: RunOptions['secrets']): Secret | null {
  if (surface === 'gateway') return gateway;
  return surface === 'dedicated' ? (gateway ?? token) : token;
}

export function whyAborted(signal: AbortSignal): string {
  if (signal.reason === 'internal') return 'ended by a fault of hf-doctor';
  // The reason names the limit as the user set it, `--deadline 5`.
  const limit = /^(?:--deadline \d{1,9}(?:\.\d{1,9})?|deadline)$/.exec(String(signal.reason))?.[0];
  if (!limit) return 'interrupted';
  return `the time limit of the run was reached${limit === 'deadline' ? '' : ` (${limit})`}`;
}
