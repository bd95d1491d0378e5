import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { baseUrl, gatewayUrl, routerUrl } from '../../src/settings/base-url.js';
import type { Place } from '../../src/settings/parser.js';

const at = (from: Place['from']): Place => ({ from, cwd: '/' });
const flag = at('flag');

it.each([
  ['https://huggingface.co', 'https://huggingface.co'],
  ['https://huggingface.co/', 'https://huggingface.co'],
  ['https://huggingface.co///', 'https://huggingface.co'],
  [' https://mirror.example/hf/ ', 'https://mirror.example/hf'],
  ['HTTPS://Mirror.Example:443/A', 'https://mirror.example/A'],
  ['http://localhost:8080', 'http://localhost:8080'],
  ['http://[::1]:1/', 'http://[::1]:1'],
  ['https://a.example/b/../c', 'https://a.example/c'],
])('reads %j as %s', (text, url) => {
  expect(baseUrl.parse(text, flag)).toEqual({ ok: true, value: url });
});

describe('refuses', () => {
  it.each([
    ['', /no value/],
    ['huggingface.co', /begins with https/],
    ['ftp://x.example', /begins with https/],
    ['file:///etc/passwd', /begins with https/],
    ['javascript:alert(1)', /begins with https/],
    ['//x.example', /begins with https/],
    ['https:/x.example', /begins with https/],
    ['https://', /begins with https/],
    ['https:///x.example', /begins with https/],
    ['https://x.example:99999', /complete web address/],
    ['https://[::1', /complete web address/],
    ['https://x.example\\@evil.example', /backslashes/],
    ['https://x.example/a b', /without spaces/],
    ['https://x.ex\tample', /without spaces/],
    ['https://x.example/\u0000', /control characters/],
    ['https://x.example/\u202e', /control characters/],
    ['https://x.example/\u001b[31m', /control characters/],
    [`https://x.example/${'a'.repeat(3_000)}`, /one web address/],
    ['https://x.example?', /query or a fragment/],
    ['https://x.example/#', /query or a fragment/],
    ['https://@x.example', /user name or a password/],
  ])('%j', (text, problem) => {
    expect(baseUrl.parse(text, flag)).toMatchObject({ ok: false, problem: expect.stringMatching(problem) });
  });

  it.each([1, true, null, undefined, {}, ['https://x.example']])('%j, which is no text', (raw) => {
    expect(baseUrl.parse(raw, at('file')).ok).toBe(false);
  });

  it.each([
    (secret: string) => `https://user:${secret}@x.example`,
    (secret: string) => `https://${secret}@x.example/v1`,
    (secret: string) => `https://user:${secret}@bad host`,
    (secret: string) => `https://user:${secret}@x.example:99999`,
    (secret: string) => `user:${secret}@x.example`,
    (secret: string) => `https://x.example/?key=${secret}`,
    (secret: string) => `https://x.example:99999/?key=${secret}`,
    (secret: string) => `https://x.example/#${secret}`,
    (secret: string) => `ftp://x.example/${`hf_${secret}`}`,
  ])('a secret without showing it: form %#', (form) => {
    const secret = 'Canary'.repeat(4);
    const parsed = baseUrl.parse(form(secret), flag);
    expect(parsed.ok).toBe(false);
    expect(JSON.stringify(parsed)).not.toContain('Canary');
  });
});

it.each([
  ['x.example/v1', 'Write https://x.example/v1'],
  ['localhost:8000', 'Write http://localhost:8000'],
  ['not an address', null],
])('hints for %j', (text, hint) => {
  expect(baseUrl.parse(text, flag)).toMatchObject({ ok: false, hint });
});

describe('http', () => {
  const local = ['http://localhost', 'http://127.0.0.1:9', 'http://127.1', 'http://[::1]:80'];
  const remote = ['http://10.0.0.1', 'http://0.0.0.0', 'http://x.example', 'http://localhost.evil.example'];

  it.each(['flag', 'env', 'file'] as const)('is this computer for a value from %s', (from) => {
    for (const url of local) expect(baseUrl.parse(url, at(from)).ok, url).toBe(true);
  });

  it('is another computer only on the command line', () => {
    for (const url of remote) {
      expect(baseUrl.parse(url, flag).ok, url).toBe(true);
      expect(baseUrl.parse(url, at('env')), url).toMatchObject({
        ok: false,
        hint: expect.stringMatching(/https/),
      });
      expect(baseUrl.parse(url, at('file')).ok, url).toBe(false);
    }
  });
});

describe('what was pasted with it', () => {
  const healed = (url: string) => ({ ok: true, value: url, note: expect.stringContaining(url) });

  it.each([
    ['https://g.example/v1/chat/completions', 'https://g.example/v1'],
    ['https://g.example/v1/chat/completions/', 'https://g.example/v1'],
    ['https://g.example/api/v1/models', 'https://g.example/api/v1'],
    ['https://g.example/v1beta/embeddings', 'https://g.example/v1beta'],
    ['https://g.example/openai/chat/completions', 'https://g.example/openai'],
    ['https://g.example/v1/messages', 'https://g.example/v1'],
    ['https://g.example/v1/responses', 'https://g.example/v1'],
    ['https://g.example/V1/Chat/Completions', 'https://g.example/v1'],
    ['https://g.example/OpenAI/Chat/Completions', 'https://g.example/OpenAI'],
  ])('gateway %s', (text, url) => {
    expect(gatewayUrl.parse(text, flag)).toEqual(healed(url));
  });

  it.each([
    'https://g.example',
    'https://g.example/v1',
    'https://g.example/messages',
    'https://g.example/models',
    'https://g.example/llm',
  ])('gateway %s stays', (url) => {
    expect(gatewayUrl.parse(url, flag)).toEqual({ ok: true, value: url });
  });

  it.each([
    '/v1',
    '/V1',
    '/v1/',
    '/v1/chat/completions',
    '/V1/Chat/Completions',
    '/v1/messages',
    '/v1/models',
  ])('router with %s', (path) => {
    const url = 'https://router.huggingface.co';
    expect(routerUrl.parse(url + path, flag)).toEqual(healed(url));
    expect(routerUrl.parse(url, flag)).toEqual({ ok: true, value: url });
  });
});

it('accepts only what every reader of URLs reads alike', () => {
  const any = fc.oneof(fc.webUrl({ withQueryParameters: true, withFragments: true }), fc.string());
  fc.assert(
    fc.property(any, fc.constantFrom('', 'https://', 'http://u:p@'), (text, prefix) => {
      const parsed = baseUrl.parse(prefix + text, flag);
      if (!parsed.ok) return;
      const url = new URL(parsed.value);
      expect(url.username + url.password + url.search + url.hash).toBe('');
      expect(parsed.value.endsWith('/')).toBe(false);
      expect(baseUrl.parse(parsed.value, flag)).toEqual(parsed);
    }),
    { numRuns: 500 },
  );
});
