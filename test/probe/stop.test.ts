import { describe, expect, it } from 'vitest';
import type { ProbeSpec } from '../../src/probe/spec.js';
import { afterAnswer, GO, isOverLimit, isServed, reasonToSkip, type Stop } from '../../src/probe/stop.js';
import type { Observation } from '../../src/types/observation.js';
import { evidence, type PartialEvidence } from '../support/evidence.js';

/* What the answers so far mean for the probes that are still to come. */

type Partly = NonNullable<PartialEvidence['observations']>[number];
const o = (more: Partly): Observation => evidence({ observations: [more] }).observations[0] as Observation;
const stopAfter = (answers: Partly[], tokenValid = false): Stop =>
  answers.reduce<Stop>((stop, a) => afterAnswer(stop, o(a), tokenValid), GO);
const spec = (more: Partial<ProbeSpec>) =>
  ({ surface: 'router', auth: 'token', billable: true, depth: 'live', usd: 0.001, ...more }) as ProbeSpec;

const FRONT = { 'x-powered-by': 'huggingface-moon' };
const refused: Partly = { status: 401, headers: FRONT, body: 'Invalid username or password.' };
const good: Partly = { status: 200, headers: FRONT };
const ray = { ...FRONT, 'cf-ray': '8f1-IAD' };
const SPENT = 'You have depleted your monthly included credits.';

describe('the token', () => {
  it.each<[string, Partly[], boolean]>([
    ['refused twice by Hugging Face', [refused, refused], true],
    ['refused once', [refused], false],
    ['refused twice by a provider', [ray, ray].map((headers) => ({ ...refused, headers })), false],
    [
      'refused twice by a backend',
      [refused, refused].map((r) => ({ ...r, headers: { ...FRONT, 'x-compute-type': 'cpu' } })),
      false,
    ],
    ['refused twice by a gateway', [refused, refused].map((r) => ({ ...r, surface: 'gateway' })), false],
    ['refused twice after a good answer', [good, refused, refused], false],
    ['refused twice before a good answer', [refused, refused, good], false],
    ['refused besides a good answer of a gateway', [refused, refused, { ...good, surface: 'gateway' }], true],
    ['refused besides a page', [refused, refused, { ...good, shape: 'unexpected' }], true],
    ['refused besides an answer to no token', [refused, refused, { ...good, auth: 'anonymous' }], true],
  ])('%s', (_, answers, stopped) => {
    const stop = stopAfter(answers);
    expect(stop.token).toBe(stopped ? 'stopped: the token is not accepted' : null);
    expect(reasonToSkip(stop, spec({ billable: false }))).toBe(stop.token);
    expect(reasonToSkip(stop, spec({ surface: 'gateway' }))).toBeNull();
    expect(stopAfter(answers, true).token).toBeNull();
  });
});

describe('money', () => {
  const clear = 'stopped: no credits left, or a spending limit was reached';
  const open = 'stopped at the first 402: it may concern all paid calls';
  it.each<[string, Partly, string | null]>([
    ['spent credits', { status: 402, body: SPENT }, clear],
    ['a spending limit', { status: 403, body: 'You have exceeded your monthly spending limit.' }, clear],
    [
      'an account at the provider',
      { status: 402, body: 'Insufficient balance in your novita account' },
      open,
    ],
    ["a provider's own credits", { status: 402, headers: ray, body: SPENT }, open],
    ['a limit at the provider', { status: 403, headers: ray, body: 'Spending limit reached' }, null],
    ['a bare 402', { status: 402 }, open],
    ['one provider', { status: 402, body: 'Pay-as-you go is not enabled for provider x yet.' }, null],
    ['a permission', { status: 403, body: 'This authentication method does not suffice.' }, null],
    ['a gateway', { status: 402, surface: 'gateway', body: SPENT }, null],
  ])('%s', (_, answer, reason) => {
    const stop = stopAfter([answer]);
    expect(stop.paid).toBe(reason);
    expect(reasonToSkip(stop, spec({}))).toBe(reason);
    // What is meant to be refused would meet the same.
    expect(reasonToSkip(stop, spec({ billable: false, depth: 'auth' }))).toBe(reason);
    expect(reasonToSkip(stop, spec({ billable: false }))).toBeNull();
  });
});

describe('a call that was served although it should have been refused', () => {
  const served = o({ status: 200, depth: 'auth', task: 'text-to-image' });
  const image = spec({ depth: 'auth', billable: false, usd: 0, ifServed: 0.05, task: 'text-to-image' });
  const chat = spec({ depth: 'auth', billable: false, usd: 0, ifServed: 0, task: 'conversational' });
  const stop = afterAnswer(GO, served, true, 0.05);
  it.each([
    ['the next one has no place', image, 0.09, true],
    ['the next one has a place', image, 0.1, false],
    ['what costs nothing goes on', chat, 0, false],
    ['what is planned goes on while it fits', spec({}), 0.05, false],
    ['what is planned ends where it does not', spec({}), 0.04, true],
    ['a control is free', spec({ ...image, control: true }), 0, false],
    ['without a token it is free', spec({ ...image, auth: 'anonymous' }), 0, false],
  ])('%s', (_, next, spare, over) => {
    expect(isOverLimit(stop, next, spare)).toBe(over);
    expect(isOverLimit(GO, next, 0)).toBe(false);
  });

  it('is one at the second try too', () => {
    expect(isServed(served)).toBe(true);
    expect(isServed({ ...served, status: 503, retry: { status: 200, error: null } })).toBe(true);
    expect(isServed({ ...served, status: 200, retry: { status: 503, error: null } })).toBe(false);
    for (const status of [null, 199, 300, 400]) expect(isServed({ ...served, status })).toBe(false);
  });
});
