import type { Observation } from '../types/observation.js';
import type { ProbeSpec } from './spec.js';

/** Why further probes of a kind make no sense. Grows while the run goes on, never shrinks. */
export interface Stop {
  /** No more paid calls: credits or a limit are used up. */
  paid: string | null;
  /** No more calls with the token. */
  token: string | null;
  refused: number;
  /** The retired host said once that it is gone: it is so for everybody. */
  retired: string | null;
}

export const GO: Stop = { paid: null, token: null, refused: 0, retired: null };

/** One provider is not paid for in this way: the others may be. */
const ONE_PROVIDER = /pay-as-you-?\s?go is not (?:yet )?enabled for provider/i;
const OUT_OF_MONEY = /included credits|spending limit|free monthly usage limit|pre-?paid credits/i;

/** What one answer means for the probes that are still to come. Pure. */
export function afterAnswer(stop: Stop, o: Observation, tokenValid: boolean): Stop {
  const text = o.body.message ?? '';
  const ours =
    o.auth === 'token' &&
    !o.control &&
    o.surface !== 'gateway' &&
    o.surface !== 'dedicated' &&
    o.surface !== 'legacy';
  const money =
    ours && !ONE_PROVIDER.test(text) && (o.status === 402 || (o.status === 403 && OUT_OF_MONEY.test(text)));
  const gone = o.surface === 'legacy' && !o.control && (o.error === 'dns.not-found' || o.status === 410);
  const refused = stop.refused + (ours && o.status === 401 ? 1 : 0);
  return {
    paid: stop.paid ?? (money ? 'stopped: no credits left, or a spending limit was reached' : null),
    token: stop.token ?? (!tokenValid && refused >= 2 ? 'stopped: the token is not accepted' : null),
    refused,
    retired: stop.retired ?? (gone ? 'the retired host said for another model that it is gone' : null),
  };
}

export function reasonToSkip(stop: Stop, spec: ProbeSpec): string | null {
  // A gateway and an endpoint of one's own are paid and opened otherwise.
  if (spec.surface === 'gateway' || spec.surface === 'dedicated') return null;
  if (spec.auth === 'token' && stop.token) return stop.token;
  return spec.billable || spec.depth === 'auth' ? stop.paid : null;
}
