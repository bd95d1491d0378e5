import type { Speaker } from './texts.js';
import { say } from './texts.js';

/* What an honest server would answer, so that a run gets far before something is wrong. */

/** A user may ask for these; another one is refused before anything is sent. */
export const KNOWN_TASKS = [
  'conversational',
  'conversational',
  'conversational',
  'text-generation',
  'feature-extraction',
  'text-to-image',
  'automatic-speech-recognition',
  'text-classification',
  'sentence-similarity',
] as const;

const TASKS = [...KNOWN_TASKS, 'a-new-task'] as const;

export const PROVIDERS = [
  'novita',
  'together',
  'hf-inference',
  'cerebras',
  'fal-ai',
  'replicate',
  'sambanova',
  'nscale',
  'a-new-one',
  'hyperbolic',
] as const;

export const MODELS = [
  'Qwen/Qwen2.5-72B-Instruct',
  'meta-llama/Llama-3.1-8B-Instruct',
  'deepseek-ai/DeepSeek-V3',
  'mistralai/Mistral-7B-Instruct-v0.3',
  'gpt2',
  'acme/constructor',
  'a.b/c_d-e.f',
  'Qwen/Qwen3-8B',
  'black-forest-labs/FLUX.1-dev',
  'sentence-transformers/all-MiniLM-L6-v2',
] as const;

export function whoami({ chance, canaries }: Speaker): unknown {
  const role = chance.pick(['read', 'write', 'god', 'fineGrained', 'fineGrained']);
  const [mail, name] = canaries.person;
  return {
    type: chance.pick(['user', 'user', 'user', 'org']),
    id: 'abc',
    name: 'zora',
    fullname: name,
    email: mail,
    isPro: chance.chance(30),
    canPay: chance.chance(50),
    billingMode: 'prepaid',
    orgs: [{ name: 'acme', fullname: name, roleInOrg: 'read', securityRestrictions: ['token-policy'] }],
    auth: {
      type: 'access_token',
      accessToken: {
        displayName: name,
        role,
        fineGrained: {
          scoped: [
            {
              entity: { type: 'user', name: 'zora' },
              permissions: chance.chance(70) ? ['inference.serverless.write'] : ['repo.content.read'],
            },
          ],
          global: ['discussion.write'],
        },
      },
    },
  };
}

export function model(s: Speaker, id: string): unknown {
  const { chance } = s;
  const task = chance.pick(TASKS);
  const entries = Array.from({ length: chance.below(5) }, () => ({
    provider: chance.pick(PROVIDERS),
    status: chance.pick(['live', 'live', 'live', 'staging', 'error', 'new-word']),
    providerId: chance.pick([id, `accounts/x/models/${id}`, 'owner/name:hash']),
    task: chance.chance(85) ? task : chance.pick(TASKS),
  }));
  return {
    _id: '1',
    id,
    pipeline_tag: task === 'conversational' ? 'text-generation' : task,
    tags: ['conversational', 'region:us'],
    private: chance.chance(10),
    gated: chance.pick([false, false, 'auto', 'manual']),
    inferenceProviderMapping: chance.chance(80)
      ? Object.fromEntries(entries.map(({ provider, ...e }) => [provider, e]))
      : entries,
  };
}

export function served(s: Speaker): unknown {
  return Array.from({ length: s.chance.below(6) }, () => model(s, s.chance.pick(MODELS)));
}

export function routerModels({ chance }: Speaker): unknown {
  const data = MODELS.map((id) => ({
    id,
    object: 'model',
    owned_by: 'acme',
    providers: Array.from({ length: chance.below(4) }, () => ({
      provider: chance.pick(PROVIDERS),
      status: chance.pick(['live', 'live', 'staging', 'error']),
      context_length: 32_768,
      pricing: chance.chance(70) ? { input: 0.1, output: 0.3 } : null,
      is_free: chance.chance(10),
      throughput: chance.chance(50) ? 100 : undefined,
      supports_tools: true,
    })),
  }));
  return { object: 'list', data };
}

export function chat(s: Speaker): unknown {
  const { chance } = s;
  const content = chance.pick(['OK', 'OK', null, '', say(s), '{"answer":"yes"}']);
  const tool = {
    id: 't1',
    type: 'function',
    function: { name: 'get_weather', arguments: '{"city":"Paris"}' },
  };
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1_700_000_000,
    model: 'm',
    choices: [
      {
        index: 0,
        finish_reason: 'length',
        message: { role: 'assistant', content, ...(chance.chance(20) ? { tool_calls: [tool] } : {}) },
      },
    ],
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  };
}

/** Answers of other tasks. */
export function result(s: Speaker): unknown {
  return s.chance.pick<unknown>([
    [{ generated_text: 'OK' }],
    [[0.1, 0.2, 0.3]],
    [{ label: 'A', score: 0.5 }],
    { text: say(s) },
    { images: [{ url: 'https://evil.example/x.png' }] },
    { data: [{ embedding: [0.1], index: 0 }] },
    { request_id: '1', status: 'IN_QUEUE', status_url: 'https://evil.example/s' },
    [0.5],
    chat(s),
  ]);
}

/** All shapes of an error that these hosts send. */
export function error(s: Speaker): unknown {
  const message = say(s);
  const code = s.chance.pick(['model_not_supported', 'invalid_api_key', 402, null, say(s)]);
  return s.chance.pick<unknown>([
    { error: message },
    { error: { message, type: 'invalid_request_error', param: null, code } },
    { message, code, reason: 'NOT_ENOUGH_BALANCE' },
    { detail: message },
    { detail: [{ loc: ['body', 'messages', 0, say(s)], msg: message, type: 'value_error' }] },
    { errors: [message, message] },
    { type: 'about:blank', title: message, status: 500, detail: say(s) },
    { error: [message], error_type: 'overloaded' },
    { error: message, estimated_time: s.chance.pick([3, 20.5, -1, 1e9]) },
    message,
    { error: message, warnings: [say(s)] },
  ]);
}

/** Events of a stream, whole or broken. */
export function stream(s: Speaker): string {
  const { chance } = s;
  const delta = (content: unknown) => ({ choices: [{ index: 0, delta: { role: 'assistant', content } }] });
  const events = [
    `data: ${JSON.stringify(delta('O'))}`,
    `data: ${JSON.stringify(delta(say(s)))}`,
    `data: ${JSON.stringify(error(s))}`,
    `event: error\ndata: ${say(s)}`,
    `: ${say(s)}`,
    `data: ${say(s)}`,
    `id: 1\nretry: 1\ndata: {`,
  ];
  const said = Array.from({ length: 1 + chance.below(5) }, () => chance.pick(events));
  const end = chance.chance(60) ? ['data: [DONE]'] : [];
  return `${[...said, ...end].join(chance.pick(['\n\n', '\n\n', '\r\n\r\n', '\n', '\r\r']))}\n\n`;
}

export function page(s: Speaker): string {
  const title = say(s);
  return s.chance.pick([
    `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>502 Bad Gateway</h1>${say(s)}</body></html>`,
    `<html><head><title>Attention Required! | Cloudflare</title></head><body>Your IP: 203.0.113.9 ${title}</body></html>`,
    `<HTML><meta http-equiv=refresh content="0;url=https://evil.example/"><title ${'x '.repeat(80)}>${title}`,
    `<html><title>Sign in to the network</title><form action="https://evil.example/">${say(s)}</form>`,
  ]);
}
