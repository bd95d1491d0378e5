import { describe, expect, it } from 'vitest';
import { readBody } from '../../src/probe/body.js';
import { PAIRS } from '../../src/probe/shape/providers.js';
import { judgeShape } from '../../src/probe/shape.js';
import { officialRequest } from '../../src/routes/official.js';
import { accepted, spoilt } from './answers.js';
import {
  type Answer,
  BYTES,
  madeOf,
  modelOf,
  normal,
  type Pair,
  pairs,
  readable,
  type Sent,
  sentByClient,
  usable,
} from './client.js';

/* A contract with @huggingface/inference: an update of it that changes a pair shows itself here. */

const nameOf = ({ provider, task }: Pair) => `${provider} ${task}`;
/** It takes keys of OpenAI only and sends nothing with a Hugging Face token. */
const callable = pairs.filter((pair) => pair.provider !== 'openai');

async function ours(pair: Pair): Promise<Sent> {
  const request = await officialRequest({ ...pair, model: modelOf(pair) }, 'http://127.0.0.1:9');
  const lower = Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]);
  return normal({
    method: request.method,
    path: request.url.replace('http://127.0.0.1:9', ''),
    headers: Object.fromEntries(lower),
    body: Buffer.from(request.body ?? ''),
  });
}

function judge({ provider, task }: Pair, answer: Answer) {
  const json = 'json' in answer;
  const bytes = json ? Buffer.from(JSON.stringify(answer.json)) : BYTES;
  return judgeShape({ provider, task }, readBody(bytes, json ? 'application/json' : answer.bytes));
}

describe('the pairs of the official client', () => {
  it('are the ones whose answers are known, and none is missing', () => {
    const known = Object.entries(PAIRS).flatMap(([provider, tasks]) =>
      Object.keys(tasks).map((task) => `${provider} ${task}`),
    );
    expect(known.sort()).toEqual(pairs.map(nameOf).sort());
    expect(pairs).toHaveLength(89);
  });
});

describe('the request', () => {
  const extra: Pair[] = [
    // A version in the id, and names that change the body.
    { provider: 'replicate', task: 'text-to-image', providerId: 'maker/name:5599ed30' },
    { provider: 'together', task: 'image-to-image', providerId: 'black-forest-labs/FLUX.1-kontext-dev' },
    { provider: 'together', task: 'text-to-speech', providerId: 'hexgrad/Kokoro-82M' },
  ];
  /** Weights of the model for another one: each pair of the providers that take any, and of one that takes none. */
  const adapters: Pair[] = callable
    .filter(({ provider }) => ['fal-ai', 'replicate', 'wavespeed', 'together'].includes(provider))
    .flatMap((pair) => [
      { ...pair, adapter: 'lora', adapterWeightsPath: 'my weights.safetensors' },
      { ...pair, adapter: 'lora' },
    ]);
  const lora: Pair[] = [
    ...adapters,
    {
      provider: 'fal-ai',
      task: 'text-to-image',
      providerId: 'fal-ai/lora',
      adapter: 'lora',
      adapterWeightsPath: 'w',
    },
    {
      provider: 'fal-ai',
      task: 'text-to-image',
      providerId: 'maker/name-1',
      adapter: 'other',
      adapterWeightsPath: 'w',
    },
  ];
  it.each(lora.map((pair) => [nameOf(pair), pair] as const))(
    'of %s with an adapter is the one that the client sends',
    async (_name, pair) => {
      const theirs = await sentByClient(pair);
      expect(theirs).not.toBeNull();
      expect(await ours(pair)).toEqual(theirs);
    },
  );

  it.each([
    ['fal-ai', '"loras":[{"path":"https://huggingface.co/org/', '/resolve/main/my weights.safetensors"'],
    ['replicate', '"lora_weights":"https://huggingface.co/org/', '"'],
    ['wavespeed', '"loras":[{"path":"org/', '"scale":1'],
  ])('of %s names the weights', async (provider, ...words) => {
    const pair = adapters.find((p) => p.provider === provider && p.task === 'text-to-image');
    const body = String((await ours(pair as Pair)).body);
    for (const word of words) expect(body).toContain(word);
  });

  it.each([...callable, ...extra].map((pair) => [nameOf(pair), pair.providerId, pair] as const))(
    'of %s for %s is the one that the client sends',
    async (_name, _id, pair) => {
      const theirs = await sentByClient(pair);
      expect(theirs).not.toBeNull();
      expect(await ours(pair)).toEqual(theirs);
    },
  );

  it('of openai is not made: the client refuses Hugging Face tokens there', async () => {
    const pair = { provider: 'openai', task: 'conversational', providerId: 'gpt' };
    expect(await sentByClient(pair)).toBeNull();
    await expect(ours(pair)).rejects.toThrow(/openai/);
  });

  it('of image-text-to-video at novita is made for one model', async () => {
    const pair = { provider: 'novita', task: 'image-text-to-video', providerId: 'maker/other' };
    expect(await sentByClient(pair)).toBeNull();
    await expect(ours(pair)).rejects.toThrow(/maker\/other/);
  });

  it('is as it was (vitest -u after an update of the client)', async () => {
    const all: Record<string, unknown> = {};
    for (const pair of callable) all[nameOf(pair)] = readable(await ours(pair));
    await expect(`${JSON.stringify(all, null, 2)}\n`).toMatchFileSnapshot(
      '../../fixtures/client/requests.json',
    );
  });
});

/** Here the client hands on whatever came. */
const UNREAD = new Set([
  'hf-inference conversational',
  'hf-inference automatic-speech-recognition',
  'hf-inference text-to-speech',
  'hf-inference text-to-audio',
  'novita image-text-to-video',
]);

/** Values that the client does not look at although nobody can use an answer without them. */
function unread(pair: Pair, path: string): boolean {
  if (UNREAD.has(nameOf(pair))) return true;
  if (pair.task === 'conversational') return path.startsWith('choices.0');
  if (nameOf(pair) === 'scaleway feature-extraction') return path.startsWith('data.0');
  return nameOf(pair) === 'hf-inference text-to-image' && path === 'data.0.b64_json=7';
}

describe('the answer', () => {
  it.each(callable.map((pair) => [nameOf(pair), pair] as const))(
    'of %s is good where the client takes it, and wrong where it throws',
    async (name, pair) => {
      for (const answer of accepted(pair.provider, pair.task)) {
        const made = await madeOf(pair, answer);
        expect([answer, usable(made, pair.task), made]).toEqual([answer, true, made]);
        expect([answer, judge(pair, answer)]).toEqual([answer, 'ok']);
      }
      const other: Answer = { json: { unexpected: 'answer' } };
      expect(judge(pair, other)).toBe('unexpected');
      expect(usable(await madeOf(pair, other), pair.task)).toBe(UNREAD.has(name));
    },
  );

  it.each(callable.map((pair) => [nameOf(pair), pair] as const))(
    'of %s with one value spoilt is judged as the client does',
    async (_name, pair) => {
      const wrong: string[] = [];
      for (const answer of accepted(pair.provider, pair.task)) {
        if (!('json' in answer)) continue;
        for (const { path, value } of spoilt(answer.json)) {
          const shape = judge(pair, { json: value });
          const taken = usable(await madeOf(pair, { json: value }), pair.task);
          if (!taken && shape === 'ok') wrong.push(`${path}: the client throws, we say ok`);
          if (taken && shape === 'unexpected' && !unread(pair, path))
            wrong.push(`${path}: the client takes it, we say unexpected`);
        }
      }
      expect(wrong).toEqual([]);
    },
  );

  it.each(callable.map((pair) => [nameOf(pair), pair] as const))(
    'of %s in bytes is good only where the client hands on bytes',
    async (name, pair) => {
      const bytes: Answer = { bytes: 'application/octet-stream' };
      const taken = usable(await madeOf(pair, bytes), pair.task);
      if (!UNREAD.has(name)) expect(judge(pair, bytes)).toBe(taken ? 'ok' : 'unexpected');
      else expect(judge(pair, bytes)).toBe(/text-to-(speech|audio)$/.test(name) ? 'ok' : 'unexpected');
    },
  );
});
