import { describe, expect, it } from 'vitest';
import { readPaste } from '../../src/explain/read.js';
import { segmentsOf } from '../../src/explain/segments.js';

const one = (text: string) => readPaste(text)[0];
const R = 'https://router.huggingface.co';

describe('what a reader takes out of a text', () => {
  it.each([
    [
      'requests',
      `404 Client Error: Not Found for url: ${R}/hf-inference/models/acme/tiny`,
      {
        status: 404,
        surface: 'hf-inference',
        provider: 'hf-inference',
        model: 'acme/tiny',
        path: '/hf-inference/models/acme/tiny',
      },
    ],
    [
      'httpx',
      `Client error '403 Forbidden' for url '${R}/together/v1/chat/completions'`,
      { status: 403, surface: 'provider', provider: 'together', task: 'conversational' },
    ],
    [
      'openai',
      "openai.NotFoundError: Error code: 404 - {'error': {'message': \"The requested model 'acme/tiny' does not exist.\", 'code': 'model_not_found'}}",
      { status: 404, exception: 'NotFoundError', surface: 'router', model: 'acme/tiny' },
    ],
    [
      'openai without a status in words',
      'openai.RateLimitError: HuggingfaceException - too many requests',
      { status: 429 },
    ],
    [
      'urllib3',
      "HTTPSConnectionPool(host='router.huggingface.co', port=443): Max retries exceeded with url: /v1/models (Caused by NewConnectionError('refused: Connection refused'))",
      { host: 'router.huggingface.co', path: '/v1/models', status: null, error: 'net.refused' },
    ],
    [
      'node',
      "TypeError: fetch failed\n  [cause]: Error: connect ECONNREFUSED 10.0.0.1:443 { code: 'ECONNREFUSED' }",
      { exception: 'TypeError', error: 'net.refused', surface: 'other' },
    ],
    [
      'request id and its time',
      `500 Server Error: Internal Server Error for url: ${R}/v1/chat/completions (Request ID: Root=1-69000000-0123456789abcdef01234567)`,
      { requestId: 'Root=1-69000000-0123456789abcdef01234567', at: '2025-10-27T23:28:00.000Z' },
    ],
    [
      'time of a log line',
      `2026-03-04 10:00:00,5 ERROR 500 Server Error: Internal Server Error for url: ${R}/v1/chat/completions`,
      { at: '2026-03-04T10:00:00.000Z' },
    ],
    [
      'a Hub download',
      '404 Client Error: Not Found for url: https://huggingface.co/acme/tiny/resolve/main/config.json',
      { surface: 'other' },
    ],
    [
      'a look-up before a call',
      '404 Client Error: Not Found for url: https://huggingface.co/api/models/acme/tiny?expand=inferenceProviderMapping',
      { surface: 'hub', model: 'acme/tiny' },
    ],
    [
      'an own endpoint',
      '503 Server Error: Service Unavailable for url: https://x1.eu-west-1.aws.endpoints.huggingface.cloud/',
      { surface: 'dedicated' },
    ],
    [
      'a provider called directly',
      "Client error '401 Unauthorized' for url 'https://api.together.xyz/v1/chat/completions'",
      { surface: 'other' },
    ],
  ])('%s', (_, text, expected) => {
    expect(one(text)).toMatchObject(expected);
  });

  it('names the client, its version and its language', () => {
    const text = `Error: Authorization header is correct, but the token seems invalid\n    at request (file:///app/node_modules/.pnpm/@huggingface+inference@2.8.1/node_modules/@huggingface/inference/dist/index.mjs:3:2)`;
    expect(one(text)?.client).toEqual({ name: '@huggingface/inference', version: '2.8.1', language: 'node' });
  });

  it('finds the innermost body, whatever stands around it', () => {
    const inner = JSON.stringify({ error: { message: 'the sentence', code: 'model_not_supported' } });
    const text = `Error code: 400 - {'error': {'message': ${JSON.stringify(`litellm.BadRequestError: HuggingfaceException - ${inner}`)}, 'type': None}}`;
    expect(one(text)?.body).toMatchObject({
      message: 'the sentence',
      code: 'model_not_supported',
      kind: 'json',
    });
  });

  it('reads curl -v: address, status, headers, body, and that a token was sent', () => {
    const text = `> POST /v1/chat/completions HTTP/2\n> Host: router.huggingface.co\n> Authorization: Bearer [redacted]\n>\n< HTTP/2 429\n< content-type: application/json\n< retry-after: 30\n<\n{"error":"Too many"}`;
    expect(one(text)).toMatchObject({
      method: 'POST',
      url: `${R}/v1/chat/completions`,
      status: 429,
      auth: 'token',
      contentType: 'application/json',
      headers: { 'retry-after': '30' },
      body: { message: 'Too many' },
    });
  });

  it('a HAR gives one observation for each failed exchange, without the credentials', () => {
    const entry = (status: number, path: string) => ({
      request: {
        method: 'POST',
        url: R + path,
        headers: [{ name: 'Authorization', value: 'Bearer canary-value' }],
      },
      response: { status, statusText: '', headers: [], content: { text: `{"error":"e${status}"}` } },
    });
    const text = JSON.stringify({
      log: {
        version: '1.2',
        entries: [
          entry(200, '/v1/models'),
          entry(402, '/v1/chat/completions'),
          entry(503, '/hf-inference/models/gpt2'),
        ],
      },
    });
    const found = readPaste(text);
    expect(found.map((o) => [o.status, o.path, o.auth])).toEqual([
      [402, '/v1/chat/completions', 'token'],
      [503, '/hf-inference/models/gpt2', 'token'],
    ]);
    expect(JSON.stringify(found)).not.toContain('canary-value');
  });
});

describe('how many errors', () => {
  const failed = (status: number, path: string) => `${status} Client Error: Nope for url: ${R}${path}`;

  it('several errors are several observations', () => {
    expect(
      readPaste(`${failed(401, '/v1/chat/completions')}\n${failed(404, '/v1/embeddings')}`).map(
        (o) => o.status,
      ),
    ).toEqual([401, 404]);
  });

  it('the same one again is counted, whatever its ids and times', () => {
    const line = (n: number) =>
      `2026-03-04 10:00:0${n} ${failed(402, '/v1/chat/completions')} (Request ID: Root=1-6900000${n}-0123456789abcdef0123456${n})`;
    const found = readPaste([1, 2, 3, 4].map(line).join('\n'));
    expect(found.map((o) => o.count)).toEqual([4]);
  });

  it('a chain of causes is one', () => {
    const text = `requests.exceptions.HTTPError: ${failed(402, '/v1/chat/completions')}\n\nThe above exception was the direct cause of the following exception:\n\nTraceback (most recent call last):\n  File "a.py", line 1, in f\n    x()\nHfHubHTTPError: ${failed(402, '/v1/chat/completions')}\n\nThe sentence.`;
    const found = readPaste(text);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      count: 1,
      exception: 'HfHubHTTPError',
      body: { message: 'The sentence.' },
    });
  });

  it('a write-up counts by what it quotes, not by what it says', () => {
    const prose = `# Report\n\nWe saw ${failed(402, '/v1/chat/completions')} today.\n\n## Cause\n\nStopIteration in huggingface_hub.inference\n\n## Next\n\nWait.`;
    expect(readPaste(prose)).toEqual([]);
    const quoted = `${prose}\n\n\`\`\`\n${failed(403, '/v1/chat/completions')}\n\`\`\`\n\n\`\`\`\n${failed(404, '/v1/embeddings')}\n\`\`\`\n`;
    expect(readPaste(quoted).map((o) => o.status)).toEqual([403, 404]);
  });

  it('a write-up about the old API tells where its errors were, and which call was the control', () => {
    const text = `# Hugging Face Inference API\n\n## Tried\n\nOpenAI works.\n\n## Errors\n\n\`\`\`\nWithout token: 401 - Unauthorized\nWith token: 404 - Not Found\n\`\`\`\n`;
    expect(readPaste(text).map((o) => [o.status, o.surface, o.auth, o.control])).toEqual([
      [401, 'legacy', 'anonymous', true],
      [404, 'legacy', 'token', false],
    ]);
  });

  it('at most 50, and no observation holds more than a part of the text', () => {
    const many = Array.from({ length: 400 }, (_, i) =>
      failed(400 + (i % 30), `/v1/${'abcdefghijklmnopqrst'.slice(0, 1 + (i % 20))}`),
    ).join('\n');
    const found = readPaste(many);
    expect(found.length).toBeLessThanOrEqual(50);
    for (const o of found) expect(JSON.stringify(o).length).toBeLessThan(8000);
  });
});

describe('hostile texts', () => {
  it('a long line keeps its head and its tail', () => {
    const text = `402 Client Error: Payment Required for url: ${R}/v1/chat/completions ${'x'.repeat(100_000)} {"error":"the end"}`;
    expect(one(text)).toMatchObject({ status: 402, body: { message: 'the end' } });
    expect(segmentsOf([text])[0]?.text.length).toBeLessThan(5000);
  });

  it.each([
    ['open braces', '{"a":'.repeat(20_000)],
    ['open quotes', "{'error': '".repeat(20_000)],
    ['backslashes', '\\'.repeat(200_000)],
    ['deep JSON', `${'{"error":'.repeat(5000)}1${'}'.repeat(5000)}`],
    ['colour codes', '\u001b['.repeat(100_000)],
    ['carriage returns', '\r'.repeat(200_000)],
    ['frames', '  File "a.py", line 1, in f\n'.repeat(20_000)],
    ['addresses', 'https://huggingface.co/'.repeat(20_000)],
  ])('%s: little is kept', (_, text) => {
    const kept = segmentsOf([text]);
    expect(kept.reduce((sum, s) => sum + s.text.length, 0)).toBeLessThan(50 * 20_500);
    expect(readPaste(text).length).toBeLessThanOrEqual(50);
  });
});
