import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBody } from '../../src/probe/body.js';
import { PAIRS } from '../../src/probe/shape/providers.js';
import { judgeShape, remarkOn } from '../../src/probe/shape.js';
import { CAPABILITIES, type Capability } from '../../src/types/observation.js';

/* Each pair against the official client: test/routes/pairs.test.ts. Here is what the client leaves open. */

type Asked = Parameters<typeof judgeShape>[0];
const shapeOf = (asked: Partial<Asked>, body: string | Uint8Array, type = 'application/json') =>
  judgeShape(
    { task: 'conversational', provider: null, ...asked },
    readBody(typeof body === 'string' ? new TextEncoder().encode(body) : body, type),
  );
const asking = (capability: Capability, body: string, type?: string) => shapeOf({ capability }, body, type);
const pair = (provider: string, task: string, json: unknown) =>
  shapeOf({ provider, task }, JSON.stringify(json));
const reply = (message: object, finish_reason: string | null = 'stop') =>
  JSON.stringify({ choices: [{ message, finish_reason }] });
const word = { choices: [{ delta: { content: 'a' }, finish_reason: 'stop' }] };

describe('a chat answer', () => {
  it.each([
    ['words', reply({ content: 'a' }), 'ok'],
    ['no content but reasoning', reply({ content: null, reasoning: 'a' }), 'ok'],
    ['no content but reasoning of the other name', reply({ reasoning_content: 'a' }), 'ok'],
    ['a call of a tool', reply({ content: null, tool_calls: [{}] }), 'ok'],
    ['a refusal', reply({ content: null, refusal: 'no' }), 'ok'],
    ['content in parts', reply({ content: [{ type: 'text', text: 'a' }] }), 'ok'],
    ['nothing, out of tokens', reply({ content: '' }, 'length'), 'ok'],
    ['nothing at all, out of tokens', reply({ role: 'assistant' }, 'length'), 'ok'],
    ['nothing', reply({ content: '' }), 'empty'],
    ['null', reply({ content: null, tool_calls: [], reasoning: null }), 'empty'],
    ['nothing, no reason', reply({ role: 'assistant' }, null), 'empty'],
    ['no message', '{"choices":[{"text":"a"}]}', 'unexpected'],
    ['a choice that is null', '{"choices":[null]}', 'unexpected'],
    ['an error beside', '{"error":{"message":"no"},"choices":[]}', 'error-inside'],
    ['an error that is null', reply({ content: 'a' }).replace('{', '{"error":null,'), 'ok'],
    ['events that nobody asked for', `data: ${JSON.stringify(word)}\n\n`, 'unexpected', 'text/event-stream'],
  ] as const)('with %s', (_, body, shape, type?: string) => {
    expect(shapeOf({}, body, type)).toBe(shape);
  });

  it('needs its envelope only where the official client reads it', () => {
    const bare = { choices: [{ message: { content: 'a' }, finish_reason: 'stop' }] };
    const whole = { id: 'a', created: 1, model: 'm', usage: null, ...bare };
    for (const provider of ['novita', 'groq', 'cohere']) {
      expect(pair(provider, 'conversational', bare)).toBe('unexpected');
      expect(pair(provider, 'conversational', whole)).toBe('ok');
    }
    for (const provider of ['hf-inference', 'a-new-one', 'constructor'])
      expect(pair(provider, 'conversational', bare)).toBe('ok');
  });
});

describe('an answer asked for with tools', () => {
  const call = (more: object = {}) => ({ id: 'c1', function: { name: 'f', arguments: '{"a":1}', ...more } });
  it.each([
    ['words and no call', reply({ content: 'a' }), 'unexpected'],
    ['words and null', reply({ content: 'a', tool_calls: null }), 'unexpected'],
    ['words and no calls', reply({ content: 'a', tool_calls: [] }), 'unexpected'],
    ['words that were cut', reply({ content: 'a' }, 'length'), 'ok'],
    ['reasoning that was cut', reply({ content: null, reasoning: 'a' }, 'length'), 'ok'],
    ['a call', reply({ tool_calls: [call()] }, 'tool_calls'), 'ok'],
    ['a call without arguments', reply({ tool_calls: [call({ arguments: '' })] }), 'ok'],
    ['a call that was cut', reply({ tool_calls: [call({ arguments: '{"a' })] }, 'length'), 'ok'],
    ['arguments that do not parse', reply({ tool_calls: [call({ arguments: '{"a' })] }), 'unexpected'],
    ['arguments that are no text', reply({ tool_calls: [call({ arguments: { a: 1 } })] }), 'unexpected'],
    ['a call without a name', reply({ tool_calls: [call({ name: null })] }), 'unexpected'],
    ['a call without an id', reply({ tool_calls: [{ ...call(), id: undefined }] }), 'unexpected'],
    ['no list', reply({ content: 'a', tool_calls: 'f' }), 'unexpected'],
    ['nothing', reply({ content: '' }), 'empty'],
  ] as const)('with %s', (_, body, shape) => {
    expect(asking('tools', body)).toBe(shape);
  });

  const remark = (capability: 'tools' | 'json', message: object, finish?: string) => {
    const asked = { task: 'conversational', provider: null, capability };
    const read = readBody(Buffer.from(reply(message, finish)), 'application/json');
    return remarkOn(asked, read, judgeShape(asked, read));
  };
  it.each([
    ['words', { content: 'no' }, 'stop', 'answered in text, did not call the tool'],
    ['words that were cut', { content: 'no' }, 'length', 'ran out of tokens before it called the tool'],
    ['nothing but tokens', { content: null }, 'length', 'ran out of tokens before it called the tool'],
    ['a call', { tool_calls: [call()] }, 'tool_calls', null],
    ['a call that was cut', { tool_calls: [call({ arguments: '{"a' })] }, 'length', null],
    ['a call that cannot be read', { tool_calls: [{}] }, 'stop', null],
    ['nothing', { content: '' }, 'stop', null],
  ])('says what %s shows', (_, message, finish, said) => {
    expect(remark('tools', message, finish)).toBe(said);
  });

  it.each([
    ['nothing but tokens', { content: null }, 'length', true],
    ['reasoning that was cut', { content: null, reasoning: 'The user' }, 'length', true],
    ['no word yet', { content: '\n', reasoning: 'The user' }, 'length', true],
    ['thoughts in the text', { content: '<think>The user' }, 'length', true],
    ['JSON that was cut', { content: '{"answer": "He' }, 'length', false],
    ['prose that was cut', { content: 'Hello! How' }, 'length', false],
    ['JSON', { content: '{"answer":"hi"}' }, 'stop', false],
    ['reasoning and no content', { content: null, reasoning: 'a' }, 'stop', false],
  ])('says of JSON what %s shows', (_, message, finish, open) => {
    expect(remark('json', message, finish)).toBe(open ? 'ran out of tokens before it wrote any JSON' : null);
    if (open) expect(asking('json', reply(message, finish))).toBe('ok');
  });

  it('is read so with tools only', () => {
    expect(shapeOf({}, reply({ tool_calls: [{}] }))).toBe('ok');
  });
});

describe('an answer asked for as JSON', () => {
  it.each([
    ['JSON', reply({ content: '{"answer":"hi"}' }), 'ok'],
    ['JSON with space around', reply({ content: '\n {"answer":"hi"}\n' }), 'ok'],
    ['JSON that was cut', reply({ content: '{"answer":"h' }, 'length'), 'ok'],
    ['words', reply({ content: 'Hello' }), 'unexpected'],
    ['a fence', reply({ content: '```json\n{}\n```' }), 'unexpected'],
    ['a bare number', reply({ content: '42' }), 'unexpected'],
    ['prose that was cut', reply({ content: 'Hello! How can' }, 'length'), 'unexpected'],
    ['an object that was cut', reply({ content: '{"answer": "He' }, 'length'), 'ok'],
    ['reasoning and no content', reply({ content: null, reasoning: 'a' }), 'unexpected'],
    ['reasoning, out of tokens', reply({ content: null, reasoning: 'a' }, 'length'), 'ok'],
    ['nothing', reply({ content: '' }), 'empty'],
  ] as const)('with %s', (_, body, shape) => {
    expect(asking('json', body)).toBe(shape);
  });
});

describe('a task that is fetched later', () => {
  const id = { id: 'r', status: 'processing', output: null };
  const fal = { request_id: 'q', response_url: 'https://queue.fal.run/a/requests/q' };
  it.each([
    ['replicate', 'text-to-image', id, 'ok'],
    ['replicate', 'text-to-image', { ...id, status: 'starting', output: [] }, 'ok'],
    ['replicate', 'text-to-image', { ...id, id: undefined }, 'unexpected'],
    ['replicate', 'text-to-image', { ...id, status: 'succeeded', output: [] }, 'empty'],
    ['replicate', 'text-to-image', { ...id, status: 'succeeded' }, 'unexpected'],
    ['replicate', 'text-to-image', { ...id, status: 'failed', error: 'NSFW' }, 'error-inside'],
    ['replicate', 'text-to-video', { ...id, status: 'canceled' }, 'error-inside'],
    ['replicate', 'text-to-image', { ...id, error: null, output: ['https://a.example/1'] }, 'ok'],
    ['fal-ai', 'text-to-image', { ...fal, status: 'FAILED' }, 'error-inside'],
    ['fal-ai', 'text-to-image', { ...fal, response_url: undefined }, 'unexpected'],
    ['fal-ai', 'text-to-image', { detail: 'User is locked', status: 403 }, 'error-inside'],
    [
      'wavespeed',
      'text-to-image',
      { data: { status: 'failed', urls: { get: 'https://a.example' } } },
      'error-inside',
    ],
    ['wavespeed', 'text-to-image', { code: 401, message: 'bad key' }, 'error-inside'],
    ['wavespeed', 'text-to-image', { code: 200, message: 'success' }, 'unexpected'],
    ['together', 'text-to-video', { id: 'v', status: 'failed' }, 'error-inside'],
    ['together', 'text-to-video', { id: 'v', status: 'completed' }, 'unexpected'],
    ['together', 'image-to-video', { id: 'v', status: 'in_progress' }, 'ok'],
    ['novita', 'text-to-video', {}, 'unexpected'],
    ['novita', 'image-text-to-video', { task: {} }, 'unexpected'],
    ['zai-org', 'text-to-image', { id: 'z', task_status: 'FAIL' }, 'error-inside'],
    ['zai-org', 'text-to-image', { id: 'z' }, 'unexpected'],
  ] as const)('%s %s %j is %s', (provider, task, json, shape) => {
    expect(pair(provider, task, json)).toBe(shape);
  });
});

describe('an image or a sound', () => {
  const bytes = new Uint8Array([0xff, 0xd8, 0xff, 0, 1]);
  it.each([
    ['hf-inference', 'text-to-image', 'image/jpeg', 'ok'],
    ['hf-inference', 'text-to-image', 'application/octet-stream', 'ok'],
    ['hf-inference', 'text-to-image', 'audio/wav', 'unexpected'],
    ['hf-inference', 'text-to-speech', 'audio/flac', 'ok'],
    ['hf-inference', 'text-to-speech', 'image/png', 'unexpected'],
    ['together', 'text-to-speech', 'audio/mpeg', 'ok'],
    ['nscale', 'text-to-image', 'image/png', 'unexpected'],
    ['hf-inference', 'conversational', 'application/octet-stream', 'unexpected'],
    [null, 'text-to-image', 'image/png', 'ok'],
    [null, 'conversational', 'image/png', 'unexpected'],
  ] as const)('%s %s as %s is %s', (provider, task, type, shape) => {
    expect(shapeOf({ provider, task }, bytes, type)).toBe(shape);
  });

  it('is not JSON', () => {
    expect(pair('hf-inference', 'text-to-speech', { audio: 'x' })).toBe('unexpected');
    expect(pair('hf-inference', 'image-to-image', { output: 'x' })).toBe('unexpected');
  });
});

describe('nothing found', () => {
  it.each([
    ['hf-inference', 'token-classification', 'ok'],
    ['hf-inference', 'object-detection', 'ok'],
    [null, 'object-detection', 'ok'],
    ['hf-inference', 'text-classification', 'empty'],
    ['hf-inference', 'feature-extraction', 'empty'],
    [null, 'text-classification', 'empty'],
  ] as const)('%s %s is %s', (provider, task, shape) => {
    expect(pair(provider as string, task, [])).toBe(shape);
  });

  it('is empty where a list stands below a name', () => {
    expect(pair('together', 'text-to-image', { data: [] })).toBe('empty');
    expect(pair('together', 'feature-extraction', { data: [{ embedding: [] }] })).toBe('empty');
    expect(pair('featherless-ai', 'text-generation', { model: 'm', choices: [] })).toBe('empty');
  });
});

it('never throws, whatever comes', () => {
  const known = Object.entries(PAIRS).flatMap(([provider, tasks]) =>
    Object.keys(tasks).map((task) => ({ provider, task })),
  );
  const asked = fc.record({
    pair: fc.constantFrom(...known, { provider: null, task: null }, { provider: '__proto__', task: 'x' }),
    capability: fc.constantFrom(...CAPABILITIES, undefined),
  });
  const type = fc.constantFrom('application/json', 'text/event-stream', 'image/png', null);
  fc.assert(
    fc.property(asked, fc.jsonValue(), type, fc.boolean(), ({ pair: p, capability }, value, t, stream) => {
      const text = JSON.stringify(value);
      const body = readBody(Buffer.from(stream ? `data: ${text}\n\n` : text), t);
      const shape = judgeShape({ ...p, ...(capability ? { capability } : {}) }, body);
      expect(['ok', 'unexpected', 'empty', 'error-inside']).toContain(shape);
    }),
    { numRuns: 500 },
  );
});
