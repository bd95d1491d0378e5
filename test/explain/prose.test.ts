import { describe, expect, it } from 'vitest';
import { explainText } from '../../src/explain/explain.js';
import { readPaste } from '../../src/explain/read.js';

const WORLD = { now: Date.UTC(2026, 10, 21), redact: (text: string) => text };
const R = 'https://router.huggingface.co';

describe('somebody tells in a sentence what was answered', () => {
  it.each([
    [`All calls to ${R}/hf-inference/models/* return 404`, 404, 'hf-inference', 'hf-inference'],
    ['502s from router.huggingface.co/novita/... since this morning', 502, 'provider', 'novita'],
    [`I keep getting 401 on ${R}/v1/chat/completions.`, 401, 'router', null],
    ['api-inference.huggingface.co returned a 404 for every model.', 404, 'legacy', null],
    [`We call ${R}/v1/models. It always answers 503, whatever we ask.`, null, null, null],
  ])('%s', (text, status, surface, provider) => {
    const [o] = readPaste(text);
    expect([o?.status ?? null, o?.surface ?? null, o?.provider ?? null]).toEqual([status, surface, provider]);
  });

  it('a path that was left out is not judged', () => {
    for (const end of ['*', '...']) {
      const text = `Calls to ${R}/hf-inference/models/${end} return HTTP 404.`;
      expect(readPaste(text)[0]).toMatchObject({ host: 'router.huggingface.co', path: null, url: null });
      expect(explainText(text, WORLD).findings.map((f) => f.rule)).not.toContain('wrong-route');
    }
  });

  it.each([
    'router.huggingface.co does not return 404 any more',
    'Should https://router.huggingface.co/v1/models return 404?',
    'If router.huggingface.co returns 401, check the token.',
    'https://huggingface.co/acme/x/resolve/main/a.json returns 404',
    'I got 500 free requests from router.huggingface.co',
    'We are getting 500 requests per minute through router.huggingface.co without trouble',
    'We use port 443 on router.huggingface.co',
    'I paid $402 for router.huggingface.co',
    'router.huggingface.co answers in 503 ms',
    'api.example.com returns 502. I like router.huggingface.co',
  ])('no claim: %s', (text) => {
    expect(explainText(text, WORLD).findings).toEqual([]);
  });

  it('a write-up of some length is no such sentence', () => {
    const text = `${'Some words about the weather. '.repeat(80)}\n502s from router.huggingface.co/novita/... today`;
    expect(readPaste(text)).toEqual([]);
  });
});

describe('whether a token was sent', () => {
  const error = `{"error":"Invalid username or password."}`;
  const curl = (header: string) => `$ curl ${R}/v1/chat/completions -H ${header}\n${error}`;
  const code = (line: string) => `${line}\nopenai.AuthenticationError: Error code: 401 - ${error}\n${R}/v1`;
  it.each([
    [curl("'Authorization: Bearer abc'"), 'token'],
    [curl('"Authorization: Bearer [redacted]"'), 'token'],
    [curl('"Authorization: Bearer $HF_TOKEN"'), 'unknown'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: what a shell expands
    [curl('"Authorization: Bearer ${HF_TOKEN}"'), 'unknown'],
    [curl('"Authorization: Bearer "'), 'unknown'],
    [code('client = OpenAI(api_key="...")'), 'token'],
    [code('client = InferenceClient(provider="auto", token="x")'), 'token'],
    [code('const hf = new InferenceClient("hf_x")'), 'token'],
    [code('client = InferenceClient(token=os.environ["HF_TOKEN"])'), 'unknown'],
    [code('client = OpenAI(api_key="")'), 'unknown'],
    [code('headers = {"Authorization": f"Bearer {TOKEN}"}'), 'unknown'],
    [code('headers = {"Authorization": "Bearer hf_x"}'), 'token'],
    [code('max_tokens = "300"'), 'unknown'],
  ])('%s', (text, auth) => {
    expect(readPaste(text)[0]?.auth).toBe(auth);
  });

  it('keeps nothing of it', () => {
    const canary = `hf_${'qWeRtYuI'.repeat(4)}`;
    const found = readPaste(curl(`'Authorization: Bearer ${canary}'`)).map((o) => ({ ...o, body: null }));
    expect(JSON.stringify(found)).not.toContain(canary);
  });
});
