import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { modelRefText, parseModelRef } from '../../src/settings/model-id.js';

const token = `hf_${'aB3'.repeat(11)}`;

describe('accepted', () => {
  it.each([
    ['gpt2', 'gpt2', null],
    ['Qwen/Qwen3-8B', 'Qwen/Qwen3-8B', null],
    ['Qwen/Qwen3-8B:novita', 'Qwen/Qwen3-8B', 'novita'],
    ['Qwen/Qwen3-8B:fastest', 'Qwen/Qwen3-8B', 'fastest'],
    ['gpt2:hf-inference', 'gpt2', 'hf-inference'],
    ['meta-llama/Llama-3.1-70B-Instruct', 'meta-llama/Llama-3.1-70B-Instruct', null],
    ['01-ai/Yi_1.5.x', '01-ai/Yi_1.5.x', null],
    ['  BAAI/bge-small-en-v1.5\n', 'BAAI/bge-small-en-v1.5', null],
    [`${'a'.repeat(96)}/${'b'.repeat(96)}`, `${'a'.repeat(96)}/${'b'.repeat(96)}`, null],
  ])('%s', (text, id, suffix) => {
    expect(parseModelRef(text)).toEqual({ ok: true, ref: { id, suffix } });
  });
});

describe('refused, and the text says what to do', () => {
  it.each([
    ['', /empty/],
    [' \t ', /empty/],
    ['https://huggingface.co/org/name', /web address. The model id is: org\/name$/],
    ['https://huggingface.co/org/name/tree/main?x=1#y', /The model id is: org\/name$/],
    ['https://huggingface.co/org/name/tree/main/models/x/y', /The model id is: org\/name$/],
    ['huggingface.co/org/name', /The model id is: org\/name$/],
    ['hf.co/org/name', /The model id is: org\/name$/],
    ['https://api-inference.huggingface.co/models/org/name', /The model id is: org\/name$/],
    ['https://router.huggingface.co/hf-inference/models/org/name', /The model id is: org\/name$/],
    ['https://huggingface.co/api/models/org/name', /The model id is: org\/name$/],
    ['https://router.huggingface.co/v1', /web address. A model id is written org\/name/],
    ['https://huggingface.co/models?search=x', /A model id is written org\/name/],
    ['https://huggingface.co/docs/inference-providers', /A model id is written org\/name/],
    ['https://huggingface.co/datasets/org/name', /one of the datasets/],
    ['https://huggingface.co/spaces/org/name', /one of the spaces/],
    ['https://example.com/org/name', /A model id is written org\/name/],
    ['https://huggingface.co/a..b/c', /A model id is written org\/name/],
    ['https://huggingface.co/a%20b/../c', /A model id is written org\/name/],
    ['org/na me', /has a space/],
    ['org/name org/other', /has a space/],
    ['org\u00a0/name', /has a space/],
    ['org/name/', /slash. The model id is: org\/name$/],
    ['org/name/extra', /more than one slash/],
    ['org//name', /more than one slash/],
    ['novita/org/name', /--routes/],
    ['org/name@main', /@ in it. The model id is: org\/name$/],
    ['@org/name', /@ in it. The model id is: org\/name$/],
    ['org/name:novita:fastest', /two suffixes/],
    ['org/name:', /ends with a colon/],
    ['org/name:-x', /suffix/],
    [`org/name:${'x'.repeat(65)}`, /suffix/],
    [':novita', /not a model id/],
    ['org/..', /two dots/],
    ['a..b', /two dots/],
    ['../../api/whoami-v2', /looks like a file/],
    ['./models.txt', /--models-file/],
    ['models.txt', /--models-file/],
    ['lists/models.txt', /--models-file/],
    ['/etc/passwd', /looks like a file/],
    ['//evil/x', /looks like a file/],
    ['~/models', /looks like a file/],
    ['/\\evil', /backslash/],
    ['C:\\models', /backslash/],
    ['.hidden/name', /not a model id/],
    ['org/.name', /not a model id/],
    ['-x', /not a model id/],
    ['x?y', /not a model id/],
    ['x#z', /not a model id/],
    ['a\r\nb', /has a space/],
    ['%2e%2e', /not a model id/],
    ['org/näme', /not a model id/],
    ['org/name\u200b', /not a model id/],
    ['org/\u202ename', /not a model id/],
    ['org/name\0', /not a model id/],
    ['<model>', /not a model id/],
    ['x'.repeat(10_000), /10000 characters is too long/],
    [`${'a'.repeat(97)}/b`, /not a model id/],
  ])('%j', (text, problem) => {
    const parsed = parseModelRef(text);
    expect(parsed).toMatchObject({ ok: false, problem: expect.stringMatching(problem) });
  });

  it.each([token, `${token}:novita`, ` ${token} `, `org/x y ${token}`, `https://huggingface.co/${token}/x`])(
    'a token is never an id and never shown',
    (text) => {
      const parsed = parseModelRef(text);
      expect(parsed.ok).toBe(false);
      expect(JSON.stringify(parsed)).not.toContain(token.slice(0, 9));
    },
  );
});

describe('properties', () => {
  const near = fc.stringMatching(/^[\w./:@#?%\\ -]{0,40}$/);
  const any = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), near);

  it('never throws, shows at most a short and safe piece', () => {
    fc.assert(
      fc.property(any, fc.integer({ min: 1, max: 200 }), (text, times) => {
        const parsed = parseModelRef(text.repeat(times));
        if (parsed.ok) return;
        expect([...parsed.problem].length).toBeLessThan(360);
        expect(parsed.problem).not.toMatch(/\p{C}/u);
      }),
    );
  });

  it('what is accepted stays below the prefix of a URL, and reads back the same', () => {
    let accepted = 0;
    fc.assert(
      fc.property(any, (text) => {
        const parsed = parseModelRef(text);
        if (!parsed.ok) return;
        accepted += 1;
        const { id, suffix } = parsed.ref;
        for (const path of [id, id.split('/').map(encodeURIComponent).join('/'), `${id}:${suffix}`]) {
          const url = new URL(`https://huggingface.co/api/models/${path}`);
          expect(url.origin).toBe('https://huggingface.co');
          expect(url.pathname.startsWith('/api/models/')).toBe(true);
          expect(url.pathname.split('/').length).toBe(id.includes('/') ? 5 : 4);
          expect(url.search + url.hash).toBe('');
        }
        expect(parseModelRef(modelRefText(parsed.ref))).toEqual(parsed);
      }),
      { numRuns: 1_000 },
    );
    expect(accepted).toBeGreaterThan(20);
  });
});
