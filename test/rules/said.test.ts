import { describe, expect, it } from 'vitest';
import {
  isBare,
  madeByFrontEnd,
  madeByProvider,
  said,
  secondsToWait,
  throughRouter,
} from '../../src/rules/said.js';
import type { Observation } from '../../src/types/observation.js';
import { evidence, type PartialEvidence } from '../support/evidence.js';

type Partially = NonNullable<PartialEvidence['observations']>[number];

function only(o: Partially, run: PartialEvidence['run'] = {}) {
  const e = evidence({ observations: [o], run });
  return { o: e.observations[0] as Observation, e };
}

const URL_LINE = 'for url: https://router.huggingface.co/v1/chat/completions';

describe('isBare', () => {
  it.each([
    ['nothing at all', null],
    ['requests', `401 Client Error: Unauthorized ${URL_LINE} (Request ID: Root=1-abc)`],
    [
      'httpx',
      "Client error '402 Payment Required' for url 'https://router.huggingface.co/v1/chat/completions'",
    ],
    ['aiohttp', "401, message='Unauthorized', url='https://router.huggingface.co/v1'"],
    ['a log', 'retry #1 in 1s, 429, Too Many Requests'],
    ['the reason phrase as body', 'Unauthorized'],
  ])('%s', (_, message) => {
    expect(isBare(only({ body: { message, excerpt: message ?? '' } }).o)).toBe(true);
  });

  it.each([
    ['a sentence', 'Invalid username or password.', undefined],
    [
      'a second paragraph',
      `402 Client Error: Payment Required ${URL_LINE}\n\nInsufficient balance`,
      undefined,
    ],
    [
      'the same in an escaped log',
      `402 Client Error: Payment Required ${URL_LINE}\\n\\nNo credits`,
      undefined,
    ],
    ['a body behind the status line', `401 Client Error: Unauthorized ${URL_LINE}`, 'x {"error":"bad key"}'],
    ['words after the reason phrase', 'Unauthorized: this key may not be used', undefined],
    ['a page', '<html><title>502</title>', undefined],
  ])('not with %s', (_, message, excerpt = message) => {
    expect(isBare(only({ body: { message, excerpt } }).o)).toBe(false);
  });
});

describe('who made the answer', () => {
  it.each([
    [{ 'x-powered-by': 'huggingface-moon' }, 'front'],
    [{ 'x-powered-by': 'huggingface-moon', 'cf-ray': '9026f2085b337034-CDG' }, 'provider'],
    [{ 'x-powered-by': 'huggingface-moon', server: 'cloudflare' }, 'provider'],
    [{ 'x-ratelimit-remaining-tokens': '305' }, 'provider'],
    [{ 'x-powered-by': 'huggingface-moon', 'x-compute-type': 'cpu' }, 'nobody known'],
    [{ server: 'uvicorn' }, 'nobody known'],
    [{}, 'nobody known'],
  ])('%j: %s', (headers, who) => {
    const { o } = only({ status: 429, headers: headers as Record<string, string> });
    expect([madeByFrontEnd(o), madeByProvider(o)]).toEqual([who === 'front', who === 'provider']);
  });

  it.each([
    ['https://router.huggingface.co/groq/openai/v1/chat/completions', true],
    ['https://huggingface.co/api/whoami-v2', true],
    ['http://127.0.0.1:4000/groq/v1', true],
    ['https://api.groq.com/openai/v1/chat/completions', false],
    ['https://nothuggingface.co/v1', false],
    ['https://huggingface.co.example/v1', false],
  ])('%s went through Hugging Face: %s', (url, yes) => {
    const endpoints = { hub: '', router: 'http://127.0.0.1:4000', legacy: '', gateway: null };
    const { o, e } = only({ url }, { endpoints });
    expect(throughRouter(o, e)).toBe(yes);
  });
});

describe('said', () => {
  const sentence = /monthly spending limit/;
  const body = 'You have exceeded your monthly spending limit.';
  it.each([
    ['router', true, 'certain'],
    ['router', false, 'likely'],
    ['gateway', true, 'likely'],
    ['dedicated', true, null],
    ['other', false, null],
  ] as const)('on %s, live %s: %s', (surface, live, confidence) => {
    const { o, e } = only({ surface, status: 403, body }, { live });
    expect(said(o, e, sentence)).toBe(confidence);
  });

  it('reads the message header where the body is empty', () => {
    const { o, e } = only({ status: 403, headers: { 'x-error-message': body } });
    expect(said(o, e, sentence)).toBe('certain');
    expect(said(o, e, /included credits/)).toBe(null);
  });
});

describe('secondsToWait', () => {
  it.each([
    [{ 'retry-after': '30' }, 30],
    [{ 'retry-after': '0' }, 0],
    [{ ratelimit: '"api";r=0;t=55' }, 55],
    [{ ratelimit: '"api";r=480;t=55' }, null],
    [{ 'retry-after': '-5' }, null],
    [{ 'retry-after': '1e9' }, null],
    [{ 'retry-after': '99999999999' }, null],
    [{ 'retry-after': 'Wed, 21 Oct 2099 07:28:00 GMT' }, null],
    [{}, null],
  ])('%j: %s', (headers, seconds) => {
    expect(secondsToWait(only({ headers: headers as Record<string, string> }).o)).toBe(seconds);
  });
});
