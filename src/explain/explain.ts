import { type Claim, isExpectedRefusal } from '../diagnose/claim.js';
import { CONFIDENCE_ORDER, toFindings } from '../diagnose/findings.js';
import type { Finding } from '../report/model.js';
import { DEFAULT_BASES } from '../routes/surface.js';
import { RULES } from '../rules/index.js';
import type { Evidence } from '../types/evidence.js';
import type { Observation } from '../types/observation.js';
import { lastPart } from './lines.js';
import { pasteOf } from './read.js';

export interface Explained {
  observations: Observation[];
  /** Best first: the first is the answer, the others are possible too. */
  findings: Finding[];
  /** Why there is no finding, one sentence; null when there is one. */
  reason: string | null;
  /** Whether the text was too long and only its last part was read. */
  truncated: boolean;
  /** 0 recognised, 1 not recognised. */
  exitCode: 0 | 1;
}

/** Rules that speak of a run, or of what nobody explained: no answer to a text. */
const ABOUT_RUNS: readonly string[] = ['unclassified', 'flaky', 'slow', 'probe-crashed'];

/**
 * The same catalogue over a pasted text. Pure: `now` is milliseconds since 1970. `truncated`: the text
 * is the last part of a longer one.
 */
export function explainText(
  text: string,
  world: { now: number; redact: (text: string) => string; truncated?: boolean },
): Explained {
  const truncated = world.truncated === true || lastPart(text).truncated;
  const paste = pasteOf(text, world.redact);
  const observations = paste.observations.map((o) => redacted(o, world.redact));
  const findings = observations.flatMap((o, at) => candidates(o, at, observations, world.now));
  // What is only possible does not stand before what is likely, though it was pasted first.
  const best = merge(findings).sort((a, b) => guess(a) - guess(b));
  return {
    observations,
    findings: best,
    reason: best.length > 0 ? null : reasonFor(observations, paste.family, truncated),
    truncated,
    exitCode: best.length > 0 ? 0 : 1,
  };
}

function reasonFor(observations: readonly Observation[], family: string | null, truncated: boolean): string {
  const stranger = observations.length === 0 || observations.some((o) => o.surface === 'other');
  if (!stranger) return 'This error is about Hugging Face inference, but the text does not tell its cause.';
  if (family) return `This looks like ${family}.`;
  return observations.length === 0
    ? `There is no error in ${truncated ? 'the part that was read' : 'this text'} that hf-doctor knows.`
    : 'This error does not come from Hugging Face inference, as far as the text tells.';
}

/** All that may explain one observation, the most likely first. */
function candidates(o: Observation, at: number, all: readonly Observation[], now: number): Finding[] {
  if (o.surface === 'other' || isExpectedRefusal(o)) return [];
  const whole = evidenceOf(o, all, now);
  // A rule that looks across a run sees one error at a time: two errors of a text need not be one run.
  const e = { ...whole, observations: [o] };
  const claims: Claim[] = [];
  for (const rule of RULES) {
    if (ABOUT_RUNS.includes(rule.id)) continue;
    if (rule.kind === 'cell') {
      const hit = rule.match(o, whole);
      if (hit) claims.push({ rule, hit, observations: [o] });
    } else
      for (const { cells, ...hit } of rule.match(e))
        if (cells.includes(o.id)) claims.push({ rule, hit, observations: [o] });
  }
  const seen = {
    proven: [],
    usable: new Map<string, boolean>(),
    cellOf: new Map([[o.id, at]]),
    client: o.client?.language ?? null,
  };
  return toFindings(claims, e, seen)
    .map(atMostLikely)
    .sort((a, b) => CONFIDENCE_ORDER[a.confidence] - CONFIDENCE_ORDER[b.confidence]);
}

/** No run stands behind a text: nothing is known about a token or a catalogue. */
function evidenceOf(o: Observation, all: readonly Observation[], now: number): Evidence {
  return {
    observations: all,
    token: {
      status: 'unverified',
      source: null,
      masked: null,
      kind: null,
      faults: [],
      shadowed: [],
      lookalikes: [],
      role: null,
      whoami: null,
      permission: { inference: 'unknown', reason: 'A text does not tell it.' },
    },
    catalog: { models: {}, routerModels: null, providers: [], clientProviders: [] },
    run: {
      live: false,
      now: o.at ?? new Date(now).toISOString(),
      models: [],
      routes: [],
      endpoints: DEFAULT_BASES,
      billTo: null,
      anonymous: false,
      depth: 'live',
      unasked: [],
    },
  };
}

/** Only a run proves. */
function atMostLikely(f: Finding): Finding {
  return f.confidence === 'certain' ? { ...f, confidence: 'likely' } : f;
}

const guess = (f: Finding): number => Number(f.confidence === 'possible');

/** Several errors of a text may have one cause: it is named once, where it stands first. */
function merge(findings: readonly Finding[]): Finding[] {
  const kept = new Map<string, Finding>();
  for (const finding of findings) {
    const key = `${finding.rule} ${finding.title}`;
    const twin = kept.get(key);
    if (twin) kept.set(key, { ...twin, cells: [...new Set([...twin.cells, ...finding.cells])] });
    else kept.set(key, finding);
  }
  return [...kept.values()];
}

/** Refusals quote the account's name. */
const PERSON = /\b(on behalf of (?:user|org)) [\w.-]{1,100}/g;

function redacted(o: Observation, redact: (text: string) => string): Observation {
  const safe = (value: unknown): unknown => {
    if (typeof value === 'string') return redact(value).replace(PERSON, '$1 [name]');
    if (Array.isArray(value)) return value.map(safe);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, safe(item)]));
  };
  return safe(o) as Observation;
}
