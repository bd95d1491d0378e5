import type { Observation } from '../types/observation.js';

interface Proof {
  /** Whose words these are. */
  family: string;
  pattern: RegExp;
  /** A recorded answer shows it; else it follows from how such servers are built. */
  recorded: boolean;
}

/**
 * What a backend says when it read a request and missed something in it. Such an answer comes from
 * behind authentication, permission and routing, and before anything is generated. A bare 400 or 422
 * proves nothing, and neither does `Invalid request`.
 */
export const PROOFS: readonly Proof[] = [
  {
    family: 'text-generation-inference',
    pattern: /failed to (?:deserialize|parse) the (?:json|request) body|missing field `/i,
    recorded: true,
  },
  {
    family: 'pipelines of hf-inference',
    pattern: /error in `?[\w.]{1,60}`?: field required/i,
    recorded: true,
  },
  {
    family: 'FastAPI',
    pattern: /["']type["']\s?:\s?["'](?:missing|json_invalid|value_error[\w.]{0,40})["']/,
    recorded: true,
  },
  {
    family: 'FastAPI, its sentence',
    pattern: /^\W{0,4}(?:body\.?)?[\w.]{0,40}:? ?field required\b/i,
    recorded: true,
  },
  {
    family: 'replicate',
    pattern: /input validation failed|^\W{0,4}input: \S{1,60} is required/i,
    recorded: true,
  },
  {
    family: 'servers in the manner of OpenAI',
    pattern:
      /'?\w{1,40}'? is a required property|missing required (?:parameter|field)|\b(?:messages|prompt|input) (?:parameter )?(?:not received|cannot be empty)|\b(?:messages|prompt|input|inputs|file)\b[^.]{0,40}\b(?:is|are) (?:required|missing)|(?:must|should) (?:contain|have|provide)[^.]{0,40}\b(?:messages?|prompt|input)\b|you must provide (?:a )?(?:messages|prompt|input)/i,
    recorded: false,
  },
  {
    family: 'parsers of JSON',
    pattern:
      /\b(?:invalid|malformed|bad) json\b|json (?:decode|parse|parsing|syntax) error|not (?:a )?valid json|could not parse (?:the )?(?:json|body|request)|unexpected (?:end of|eof)|expecting (?:value|property name)/i,
    recorded: false,
  },
];

/** What is missing is the token, or a plan. */
const ABOUT_ACCESS = /\bauthorization\b|\bapi[ _-]?key\b|\bsubscription\b|\bcredits?\b/i;

/** Routing refused it: whatever else the answer says, the model was not reached. */
const ABOUT_ROUTE =
  /not supported by (?:any )?provider|model_not_(?:found|supported)|\bmodel (?:\S{1,200} )?(?:is |was )?(?:not (?:found|supported)|does not exist)/i;

/** A complaint about the request itself: our probe left something out on purpose. */
export function isComplaint(o: Observation): boolean {
  return o.status === 400 || o.status === 415 || o.status === 422;
}

/** A probe that was meant to be refused, and was: token, route and model passed, nothing was made. */
export function isReached(o: Observation): boolean {
  if (
    o.unproven ||
    o.depth !== 'auth' ||
    o.control ||
    o.auth !== 'token' ||
    o.error !== null ||
    !isComplaint(o)
  )
    return false;
  const { message, excerpt } = o.body;
  const says = (pattern: RegExp) => pattern.test(message ?? '') || pattern.test(excerpt);
  if (says(ABOUT_ACCESS) || says(ABOUT_ROUTE)) return false;
  return PROOFS.some(({ pattern }) => says(pattern));
}

/**
 * The observations of a run, where each refusal that came without a token too is marked as no proof:
 * who complains before looking at the token has not looked at it.
 */
export function withoutFalseProof(all: readonly Observation[]): Observation[] {
  const same = (o: Observation, x: Observation) =>
    x.control && x.surface === o.surface && x.status === o.status;
  return all.map((o) =>
    o.depth === 'auth' && !o.control && isComplaint(o) && all.some((x) => same(o, x))
      ? { ...o, unproven: true }
      : o,
  );
}
