import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareVersions } from '../../../src/explain/versions/compare.js';
import { HUGGINGFACE_HUB } from '../../../src/explain/versions/huggingface-hub.js';
import { HUGGINGFACE_INFERENCE } from '../../../src/explain/versions/huggingface-inference.js';
import { knowledgeOf } from '../../../src/explain/versions/versions.js';
import { LANGCHAIN_HUGGINGFACE, LITELLM, OPENAI } from '../../../src/explain/versions/wrappers.js';

describe('compareVersions', () => {
  it.each([
    ['0.9.0', '0.10.0', -1],
    ['1.0', '1.0.0', 0],
    ['v4.13.0', '4.13.0', 0],
    ['4.13.14', '4.13.2', 1],
    ['1.0.0rc1', '1.0.0', -1],
    ['1.29.0.dev0', '1.29.0', -1],
    ['1.29.0.dev0', '1.28.9', 1],
    ['4.0.0-beta.2', '4.0.0', -1],
    ['1.0.0.post1', '1.0.0', 0],
    ['1.0.0+local', '1.0.0', 0],
    ['0.0.1.5', '0.0.1', 1],
  ])('%s against %s: %i', (a, b, sign) => {
    expect(Math.sign(compareVersions(a, b) ?? Number.NaN)).toBe(sign);
    expect(Math.sign(compareVersions(b, a) ?? Number.NaN)).toBe(sign === 0 ? 0 : -sign);
  });

  it.each(['', 'latest', '^4.0.0', '1.0 <script>', '1'.repeat(40), '1.2.3\n4', `1.0.0${'a'.repeat(200)}`])(
    '%j is no version',
    (text) => {
      expect(compareVersions(text, '1.0.0')).toBe(null);
      expect(compareVersions('1.0.0', text)).toBe(null);
    },
  );

  const version = fc.tuple(fc.nat(50), fc.nat(50), fc.nat(50)).map((parts) => parts.join('.'));

  it('orders like the numbers, and never throws', () => {
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        const [ab, bc, ac] = [compareVersions(a, b), compareVersions(b, c), compareVersions(a, c)];
        if (ab !== null && bc !== null && ab <= 0 && bc <= 0) expect(ac).toBeLessThanOrEqual(0);
        expect(compareVersions(a, a)).toBe(0);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.string(), (a, b) => {
        compareVersions(a, b);
        knowledgeOf(a, b);
        knowledgeOf('openai', b);
      }),
    );
  });
});

describe('knowledgeOf', () => {
  it.each([
    ['huggingface_hub', '0.27.1', /retired/, '0.29.0'],
    ['huggingface-hub', '0.28.1', /retired host/, '0.29.0'],
    ['Huggingface_Hub', '0.30.2', /embeddings/, '0.31.0'],
    ['huggingface_hub', '0.31.0', /StopIteration/, '1.0.0'],
    ['huggingface_hub', '0.36.2', /StopIteration/, '1.0.0'],
    ['huggingface_hub', '1.0.0rc1', /StopIteration/, '1.0.0'],
    ['huggingface_hub', '1.0.0', /six providers/, '1.22.0'],
    ['huggingface_hub', '1.22.0', /baseten/, '1.27.0'],
    ['huggingface_hub', '1.28.0', /other than chat/, null],
    ['@huggingface/inference', '2.8.1', /retired/, '3.3.3'],
    ['@huggingface/inference', '3.1.3', /retired/, '3.3.3'],
    ['@huggingface/inference', '3.1.4', /is gone/, '3.3.3'],
    ['@huggingface/inference', '3.3.1', /HfInference/, '3.5.2'],
    ['@huggingface/inference', '3.3.2', /is gone/, '3.3.3'],
    ['@huggingface/inference', '3.3.3', /HfInference/, '3.5.2'],
    ['@huggingface/inference', '4.0.0', /by itself/, '4.12.0'],
    ['@huggingface/inference', '4.12.0', /stream/, '4.13.1'],
    ['@huggingface/inference', '4.13.13', /endpointUrl/, '4.13.14'],
    ['@huggingface/inference', '4.13.14', /six providers/, '4.13.22'],
    ['@huggingface/inference', '4.13.24', /fal-ai/, '4.13.25'],
    ['langchain-huggingface', '0.1.2', /post/, '0.2.0'],
    ['langchain_huggingface', '1.0.0', /conversational/, null],
    ['litellm', '1.80.0', /openai\/ route/, null],
    ['openai', '6.9.1', /plain text/, null],
  ])('%s %s', (client, version, says, fixedIn) => {
    expect(knowledgeOf(client, version)).toEqual({ says: expect.stringMatching(says), fixedIn });
  });

  it.each([
    ['huggingface_hub', '2.0.0'],
    ['@huggingface/inference', '4.13.25'],
    ['huggingface_hub', 'latest'],
    ['huggingface_hub', ''],
    ['curl', '8.0.0'],
    ['__proto__', '1.0.0'],
    ['constructor', '1.0.0'],
  ])('says nothing about %s %s', (client, version) => {
    expect(knowledgeOf(client, version)).toBe(null);
  });

  it.each([
    ['huggingface_hub', HUGGINGFACE_HUB],
    ['@huggingface/inference', HUGGINGFACE_INFERENCE],
    ['langchain-huggingface', LANGCHAIN_HUGGINGFACE],
    ['litellm', LITELLM],
    ['openai', OPENAI],
  ])('%s is in order, and each fix comes later than its fault', (_, history) => {
    for (const [i, { below, fixedIn, says }] of history.entries()) {
      const next = history[i + 1]?.below;
      if (below !== null && next) expect(compareVersions(below, next)).toBeLessThan(0);
      if (below === null) expect(i).toBe(history.length - 1);
      if (below !== null && fixedIn) expect(compareVersions(fixedIn, below)).toBeGreaterThanOrEqual(0);
      expect(says).toMatch(/^It [^!]{10,300}\.$/);
    }
  });
});
