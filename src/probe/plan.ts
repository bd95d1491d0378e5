import { JSON_TOKENS, MAX_TOKENS, TOOL_TOKENS } from '../routes/payload.js';
import type { ProbeRequest, Target } from '../routes/request.js';
import { taskCall } from '../routes/tasks.js';
import type { Catalog, Skip, TokenFacts } from '../types/evidence.js';
import type { Plan, ProbeSpec } from './spec.js';
import type { DeepTarget } from './targets.js';

/** Used where the catalogue names no price: US dollars per million tokens, above most real ones. */
const UNKNOWN_PRICE = { input: 1, output: 3 };
/** Tokens of the prompt with its template, generously. */
const PROMPT_TOKENS = 50;
/** The same with a tool, which some templates describe at length. */
const TOOL_PROMPT_TOKENS = 300;

export interface Limits {
  maxRequests: number;
  maxUsd: number;
  /** The limit as the user set it, where a part of it is spent already. */
  shownUsd?: number;
  /** False: no probe without a token for each surface. */
  controls?: boolean;
  anonymous: boolean;
  /** Why the token must not go to a URL; null when it may. */
  withheld: (url: string) => string | null;
  /** Free calls that come before: whoami, mappings, the router's list. */
  catalogRequests: number;
}

/** A target with its request, and where a call costs cents the one that is refused before it does. */
type Built = DeepTarget & { request: ProbeRequest; refusable?: ProbeRequest };
type Candidate = ProbeSpec & Pick<Built, 'refusable'>;

/**
 * Puts a price on each target and decides what is asked. Pure: the same facts give the same plan.
 * Order: control probes, what cannot be charged, what can.
 */
export function planProbes(
  built: readonly Built[],
  facts: { token: TokenFacts; catalog: Catalog },
  limits: Limits,
): Plan {
  const auth = limits.anonymous ? 'anonymous' : 'token';
  const asked = built.map((t): Candidate => {
    const billable = auth === 'token' && t.depth === 'live' && canBeCharged(t, facts.token);
    return {
      ...t,
      auth,
      control: false,
      billable,
      usd: billable ? price(t, facts.catalog) : 0,
      ifServed: auth === 'token' && PAID_BY_TOKEN.includes(t.surface) ? price(t, facts.catalog) : 0,
    };
  });
  const noToken = withoutToken(facts.token, limits.controls !== false);
  const skips: Skip[] = [];
  const skip = (s: ProbeSpec, reason: string, unfinished = false) => {
    skips.push({ model: s.ref, route: s.route, auth: s.auth, depth: s.depth, reason, unfinished });
  };
  const controls = limits.anonymous || limits.controls === false ? [] : controlsFor(asked);
  const ordered: readonly Candidate[] = noToken ? mostTellingFirst(asked) : asked;
  // A limit must not leave whole models out: each is asked once before any is asked again.
  const free = inTurn(ordered.filter((s) => !s.billable));
  const all: Candidate[] = [...controls, ...free, ...inTurn(ordered.filter((s) => s.billable))];
  const wanted: readonly Candidate[] = noToken ? all : retiredLast(all);
  const specs: ProbeSpec[] = [];
  let requests = limits.catalogRequests;
  let usd = 0;
  let usdWanted = 0;
  let stoppedShort = 0;
  let withToken = 0;
  for (const { refusable, ...whole } of wanted) {
    const fits = usd + whole.usd <= limits.maxUsd;
    // What costs cents and does not fit is asked as far as it costs nothing.
    const s: ProbeSpec =
      fits || !refusable ? whole : { ...whole, request: refusable, depth: 'auth', billable: false, usd: 0 };
    const withheld = s.auth === 'token' && s.surface !== 'gateway' ? limits.withheld(s.request.url) : null;
    if (withheld) skip(s, withheld);
    else if (usesToken(s) && noToken && withToken >= noToken.most) skip(s, noToken.reason);
    else if (requests + 1 > limits.maxRequests) {
      // Who raises that limit pays for it too.
      usdWanted += whole.usd;
      skip(s, `--max-requests ${limits.maxRequests} would be passed`, true);
    } else if (usd + s.usd > limits.maxUsd) {
      usdWanted += whole.usd;
      skip(s, `--max-cost ${limits.shownUsd ?? limits.maxUsd} would be passed`, true);
    } else {
      specs.push(s);
      requests += 1;
      usdWanted += whole.usd;
      if (s.usd < whole.usd) stoppedShort += 1;
      usd += s.usd;
      if (usesToken(s)) withToken += 1;
    }
  }
  const billable = specs.filter((s) => s.billable).length;
  const less = { ...(usdWanted > usd ? { usdWanted } : {}), ...(stoppedShort > 0 ? { stoppedShort } : {}) };
  return { specs: inOrder(specs), skips, cost: { requests, billable, usd, ...less } };
}

function inOrder(specs: readonly ProbeSpec[]): ProbeSpec[] {
  const rank = (s: ProbeSpec) => (s.control ? 0 : s.billable ? 2 : 1);
  return [...specs].sort((a, b) => rank(a) - rank(b));
}

/** The first way of each model, then the second of each, and so on. */
function inTurn(specs: readonly Candidate[]): Candidate[] {
  const seen = new Map<string, number>();
  return specs
    .map((s) => {
      const turn = seen.get(s.ref) ?? 0;
      seen.set(s.ref, turn + 1);
      return { s, turn };
    })
    .sort((a, b) => a.turn - b.turn)
    .map(({ s }) => s);
}

/** The gateway has a key of its own. */
function usesToken(s: ProbeSpec): boolean {
  return s.auth === 'token' && s.surface !== 'gateway' && s.surface !== 'dedicated';
}

/** A token that cannot work is not tried everywhere: two calls show what each surface says to it. */
function withoutToken(token: TokenFacts, isFirst: boolean): { most: number; reason: string } | null {
  if (token.status === 'invalid') return { most: isFirst ? 2 : 0, reason: 'the token is not accepted' };
  if (token.status === 'missing') return { most: 0, reason: 'no token' };
  if (token.status === 'malformed') return { most: 0, reason: 'the token is malformed, so it is not sent' };
  return null;
}

/** The retired host must not use up a limit that others need: not before what is paid either. */
function retiredLast(asked: readonly Candidate[]): Candidate[] {
  return [...asked.filter((s) => s.surface !== 'legacy'), ...asked.filter((s) => s.surface === 'legacy')];
}

/** With few calls left, those that show most: the router and a provider path before the retired host. */
function mostTellingFirst(asked: readonly Candidate[]): Candidate[] {
  const order = ['router', 'provider', 'hf-inference', 'gateway', 'legacy'];
  const seen = new Set<string>();
  const rank = (s: ProbeSpec) => {
    const again = seen.has(s.surface) ? order.length : 0;
    seen.add(s.surface);
    return order.indexOf(s.surface) + again;
  };
  return asked
    .map((s) => ({ s, rank: rank(s) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ s }) => s);
}

const PAID_BY_TOKEN: readonly Target['surface'][] = ['router', 'provider', 'hf-inference'];

function canBeCharged(t: Target, token: TokenFacts): boolean {
  // An endpoint of one's own is paid by the hour.
  if (t.surface === 'legacy' || t.surface === 'dedicated') return false;
  if (t.surface === 'gateway') return true;
  // That nobody is listed for a model does not mean that nobody answers.
  return token.status !== 'invalid' && token.permission.inference !== 'denied';
}

/** Dollars for one probe: the provider's price, or the dearest live one where the router chooses. */
function price(t: Target, catalog: Catalog): number {
  const whole = taskCall(t.task)?.usd ?? 0;
  if (whole > 0) return whole;
  const listed = catalog.routerModels?.find((m) => m.id === t.model)?.providers ?? [];
  const slug = t.provider ?? t.suffix;
  const pinned = listed.filter((p) => p.provider === slug);
  const choice = pinned.length > 0 ? pinned : listed.filter((p) => p.status === 'live');
  const prices = choice.map((p) => (p.isFree ? { input: 0, output: 0 } : (p.price ?? UNKNOWN_PRICE)));
  const read = t.capability === 'tools' ? TOOL_PROMPT_TOKENS : PROMPT_TOKENS;
  const written = t.capability === 'tools' ? TOOL_TOKENS : t.capability === 'json' ? JSON_TOKENS : MAX_TOKENS;
  const dollars = (prices.length > 0 ? prices : [UNKNOWN_PRICE]).map(
    (p) => (p.input * read + p.output * written) / 1_000_000,
  );
  return Math.max(...dollars);
}

/** One probe without token for each surface: what a missing token looks like there. Never charged. */
function controlsFor(asked: readonly ProbeSpec[]): ProbeSpec[] {
  const surfaces = new Map<string, ProbeSpec>();
  for (const s of asked) if (!surfaces.has(s.surface)) surfaces.set(s.surface, s);
  return [...surfaces.values()]
    .filter((s) => s.surface !== 'gateway')
    .map((s) => ({ ...s, auth: 'anonymous', control: true, billable: false, usd: 0, ifServed: 0 }));
}
