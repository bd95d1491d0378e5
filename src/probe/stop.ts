import { madeByFrontEnd, madeByProvider } from '../types/made-by.js';
import type { Observation } from '../types/observation.js';
import type { ProbeSpec } from './spec.js';

/** Why further probes of a kind make no sense, as far as the run has come. */
export interface Stop {
  /** No more paid calls: credits or a limit are used up. */
  paid: string | null;
  /** No more calls with the token. */
  token: string | null;
  /** So often Hugging Face itself refused the token. */
  refused: number;
  /** It answered a call with the token: refusals that come besides have another reason. */
  accepted: boolean;
  /** US dollars of calls that were meant to be refused and were served: nobody planned them. */
  unplanned: number;
  /** The retired host said once that it is gone: it is so for everybody. */
  retired: string | null;
}

export const GO: Stop = {
  paid: null,
  token: null,
  refused: 0,
  accepted: false,
  unplanned: 0,
  retired: null,
};

/** One provider is not paid for in this way: the others may be. */
const ONE_PROVIDER = /pay-as-you-?\s?go is not (?:yet )?enabled for provider/i;
const NO_CREDITS = 'stopped: no credits left, or a spending limit was reached';
const OUT_OF_MONEY = /included credits|spending limit|free monthly usage limit|pre-?paid credits/i;

/** It was answered, at the second try too. */
export function isServed({ status, retry }: Observation): boolean {
  const last = retry?.status ?? status ?? 500;
  return last >= 200 && last < 300;
}

/** What one answer, which cost `unplanned` US dollars that nobody planned, means for the probes to come. Pure. */
export function afterAnswer(stop: Stop, o: Observation, tokenValid: boolean, unplanned = 0): Stop {
  const ours =
    o.auth === 'token' &&
    !o.control &&
    o.surface !== 'gateway' &&
    o.surface !== 'dedicated' &&
    o.surface !== 'legacy';
  const gone = o.surface === 'legacy' && !o.control && (o.error === 'dns.not-found' || o.status === 410);
  // A provider may refuse a key that Hugging Face sends it: that is not the token.
  const refused = stop.refused + (ours && o.status === 401 && madeByFrontEnd(o) ? 1 : 0);
  const accepted = stop.accepted || (ours && o.shape === 'ok' && o.error === null);
  const dead = !tokenValid && !accepted && refused >= 2;
  return {
    paid: stop.paid ?? (ours ? whyUnpaid(o) : null),
    token: dead ? 'stopped: the token is not accepted' : null,
    refused,
    accepted,
    unplanned: stop.unplanned + unplanned,
    retired: stop.retired ?? (gone ? 'the retired host said for another model that it is gone' : null),
  };
}

/** Why nothing more is paid for after this answer. Whose account a 402 means, its words tell, or nothing. */
function whyUnpaid(o: Observation): string | null {
  const text = o.body.message ?? '';
  const spent = OUT_OF_MONEY.test(text) && !madeByProvider(o);
  if (ONE_PROVIDER.test(text) || (o.status !== 402 && !(o.status === 403 && spent))) return null;
  return spent ? NO_CREDITS : 'stopped at the first 402: it may concern all paid calls';
}

export function reasonToSkip(stop: Stop, spec: ProbeSpec): string | null {
  // A gateway and an endpoint of one's own are paid and opened otherwise.
  if (spec.surface === 'gateway' || spec.surface === 'dedicated') return null;
  if (spec.auth === 'token' && stop.token) return stop.token;
  return spec.billable || spec.depth === 'auth' ? stop.paid : null;
}

/**
 * The plan keeps --max-cost, except where a call was served that should have been refused. Then what
 * may be charged must fit into what is left: `spare`, US dollars that nobody planned.
 */
export function isOverLimit(stop: Stop, spec: ProbeSpec, spare: number): boolean {
  if (stop.unplanned === 0 || spec.control || spec.auth !== 'token') return false;
  const left = spare - stop.unplanned;
  // What is planned has its place already; the next one that is served after all has none.
  const more = spec.billable ? 0 : spec.ifServed;
  return more + spec.usd > 0 && left < more;
}
