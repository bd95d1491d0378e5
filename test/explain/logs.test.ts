import { describe, expect, it } from 'vitest';
import { explainText } from '../../src/explain/explain.js';
import { readPaste } from '../../src/explain/read.js';
import { segmentsOf } from '../../src/explain/segments.js';

const WORLD = { now: Date.UTC(2026, 10, 21), redact: (text: string) => text };
const R = 'https://router.huggingface.co';
const first = (text: string) => explainText(text, WORLD).findings[0]?.rule;
const rules = (text: string) => {
  const { observations, findings } = explainText(text, WORLD);
  const answers = observations.map((_, at) => findings.find((f) => f.cells.includes(at))?.rule ?? null);
  // Which fault of the token it is, is another matter.
  return answers.map((rule) => rule?.replace(/^token-.*/, 'token') ?? null);
};

const entry = (i: number) =>
  `2026-03-04 10:00:${String(i % 60).padStart(2, '0')},123 INFO  worker-${i % 7} did job ${i} in ${i % 997} ms, queue ${i % 31}, ok`;
const log = (lines: number) => Array.from({ length: lines }, (_, i) => entry(i)).join('\n');

const CREDITS =
  'You have depleted your monthly included credits. Purchase pre-paid credits to continue using Inference Providers.';
const PAID = `Traceback (most recent call last):\n  File "/app/a.py", line 3, in <module>\n    ask()\nhuggingface_hub.errors.HfHubHTTPError: 402 Client Error: Payment Required for url: ${R}/together/v1/chat/completions\n${CREDITS}`;
const REFUSED = `requests.exceptions.HTTPError: 401 Client Error: Unauthorized for url: ${R}/together/v1/chat/completions\nInvalid username or password.`;
const TASK =
  'ValueError: Model acme/tiny is not supported for task text-generation and provider novita. Supported task: conversational.';
const BODY = JSON.stringify({ error: CREDITS });
const LOADING = 'Model acme/tiny is currently loading';

describe('an error in a log', () => {
  it.each([
    ['behind 300 lines', `${log(300)}\n${PAID}`],
    ['behind 500 lines', `${log(500)}\n${PAID}`],
    ['in the middle of 20,000 lines', `${log(10_000)}\n${PAID}\n${log(10_000)}`],
    ['at the end of 9.9 MB', `${log(120_000).slice(0, 9_900_000)}\n${PAID}`],
    ['at the end of more than is read', `${log(160_000)}\n${PAID}`],
    ['behind more lines than are read', `${'ab\n'.repeat(300_000)}${PAID}`],
  ])('%s is found', (_, text) => {
    expect(first(text)).toBe('credits-exhausted');
  });

  it('a sentence alone is found in the middle', () => {
    expect(first(`${log(3000)}\n${LOADING}\n${log(3000)}`)).toBe('model-loading');
  });

  it('three errors spread over 5 MB are three, each with its own words', () => {
    const text = [log(20_000), PAID, log(20_000), REFUSED, log(20_000), TASK, log(100)].join('\n');
    const found = readPaste(text);
    expect(found.map((o) => o.status)).toEqual([402, 401, null]);
    expect(rules(text)).toEqual(['credits-exhausted', 'token', 'wrong-task']);
    expect(found[0]?.body.message).not.toContain('Invalid username');
  });

  it('of one status, far from each other, are two', () => {
    const other = '400 Bad Request: the parameter is wrong';
    const text = `${log(500)}\nError code: 400 - first\n${log(1000)}\n${other}\n${log(500)}`;
    expect(readPaste(text)).toHaveLength(2);
  });

  it('keeps a part of a log only, whatever its length', () => {
    const kept = segmentsOf([`${log(3000)}\n${PAID}\n${log(3000)}`]);
    expect(kept.map((s) => s.text.length < 25_000)).toEqual([true]);
  });

  it('a long traceback stays one error', () => {
    const frames = Array.from(
      { length: 400 },
      (_, i) =>
        `  File "/usr/lib/python3.12/site-packages/library/module_${i}.py", line ${i}, in call\n    return go()`,
    ).join('\n');
    const text = `Traceback (most recent call last):\n${frames}\n${PAID.split('\n').slice(3).join('\n')}`;
    expect(rules(text)).toEqual(['credits-exhausted']);
  });

  it('a strange error that comes again and again does not hide ours', () => {
    const noise = Array.from(
      { length: 200 },
      (_, i) =>
        `TimeoutError: ${'abcdefghij'[i % 10]}${'klmnopqrstuvwxyz'.slice(0, i % 16)} 404 Not Found ${'z'.repeat(i % 90)}`,
    ).join('\n$ next one\n');
    expect(rules(`${noise}\n${PAID}`)).toContain('credits-exhausted');
  });

  it('lines of a log that end in one column are not put together', () => {
    const url = `401 Client Error: Unauthorized for url: ${R}/v1/chat/completions`;
    const lines = Array.from({ length: 9 }, (_, i) => entry(i).padEnd(url.length, '.').slice(0, url.length));
    const text = [...lines, url, 'Invalid username or password.', ...lines].join('\n');
    expect(readPaste(text)[0]?.url).toBe(`${R}/v1/chat/completions`);
  });
});

describe('several errors without an empty line between them', () => {
  it.each([
    ['block, block, block', [PAID, REFUSED, TASK], ['credits-exhausted', 'token', 'wrong-task']],
    ['body, block, exception', [BODY, REFUSED, TASK], ['credits-exhausted', 'token', 'wrong-task']],
    ['exception, block, body', [TASK, REFUSED, BODY], ['wrong-task', 'token', 'credits-exhausted']],
    ['block, body, exception', [REFUSED, BODY, TASK], ['token', 'credits-exhausted', 'wrong-task']],
  ])('%s', (_, parts, expected) => {
    expect(rules(parts.join('\n'))).toEqual(expected);
  });

  it.each([
    [
      'the body that was printed before the client raised',
      `${BODY}\n${PAID.split('\n').slice(0, 4).join('\n')}`,
    ],
    ['a client that says the words of the server again', `${PAID}\nRuntimeError: ${CREDITS}`],
    ['the body below its status line', `${PAID.split('\n').slice(0, 4).join('\n')}\n${BODY}`],
    ['a chain', `${PAID}\n\nThe above exception was the direct cause of the following exception:\n\n${TASK}`],
  ])('%s stays one', (_, text) => {
    expect(readPaste(text)).toHaveLength(1);
  });
});

describe('hostile logs cost little', () => {
  it.each([
    ['one status, other words', (i: number) => `Error: 500 ${i.toString(36)} x`],
    ['each its own status', (i: number) => `Error: ${400 + (i % 100)} foo ${i}`],
    ['known words again and again', (i: number) => `FooError: ${i} ${[CREDITS, LOADING][i % 2]}`],
  ])('%s', (_, line) => {
    const kept = segmentsOf([Array.from({ length: 60_000 }, (_, i) => line(i)).join('\n')]);
    expect(kept.length).toBeLessThanOrEqual(50);
    expect(kept.reduce((sum, s) => sum + s.text.length, 0)).toBeLessThan(50 * 25_000);
  });
});
