import type { AnswerSpec } from './answer-spec.js';
import { chat, chatStreamCut, event } from './outputs.js';

const cloudflarePage = (code: number, title: string) =>
  `<!DOCTYPE html>
<html lang="en-US">
<head><title>${code}: ${title}</title><meta charset="UTF-8" /><meta name="robots" content="noindex, nofollow" /></head>
<body><div id="cf-wrapper"><div id="cf-error-details">
<h1><span>${title}</span> <span>Error code ${code}</span></h1>
<p>You: Browser, Working. Cloudflare: Working. Host: Error.</p>
<p>The web server reported a ${title.toLowerCase()} error.</p>
</div></div></body>
</html>
`;

const missingCredits =
  'You have depleted your monthly included credits. Purchase pre-paid credits to continue using ' +
  'Inference Providers. Alternatively, subscribe to PRO to get 20x more included usage.';
const sharedAccountLimit =
  'Rate limit reached for model `{{model}}` in organization `org_shared` service tier `on_demand` ' +
  'on tokens per minute (TPM): Limit 300000, Used 299695, Requested 1054. Please try again in 149.8ms.';

const SSE = { 'content-type': 'text/event-stream; charset=utf-8' };
const lacksFeature = (what: string) => ({
  code: 400,
  reason: 'INVALID_REQUEST_BODY',
  message: `model features ${what} not support`,
  metadata: {},
});

/** Faults by name, with the wording that the real machines use. A scenario may also write its own answer. */
export const FAULTS = {
  // the provider's own servers
  down: { by: 'upstream', status: 500, json: { message: 'Internal Server Error' } },
  'bad-gateway': { by: 'upstream', status: 502, html: cloudflarePage(502, 'Bad gateway') },
  throttled: {
    by: 'upstream',
    status: 429,
    headers: { 'x-ratelimit-limit-tokens': '300000', 'x-ratelimit-remaining-tokens': '305' },
    json: { error: { message: sharedAccountLimit, type: 'tokens', code: 'rate_limit_exceeded' } },
  },
  'bad-key': { by: 'upstream', status: 401, json: { message: 'No API key found in request' } },
  unreachable: {
    by: 'upstream',
    status: 503,
    text: 'upstream connect error or disconnect/reset before headers. reset reason: connection timeout',
  },
  'gateway-timeout': { by: 'upstream', status: 504, text: 'upstream request timeout' },
  'over-capacity': {
    by: 'upstream',
    status: 503,
    json: {
      error: {
        message: '{{model}} is currently over capacity. Please try again and back off exponentially.',
        type: 'internal_server_error',
      },
    },
  },
  'model-unknown': {
    by: 'upstream',
    status: 404,
    json: {
      error: {
        message: 'The model `{{model}}` does not exist or you do not have access to it.',
        type: 'invalid_request_error',
        code: 'model_not_found',
      },
    },
  },
  'model-crashed': {
    by: 'upstream',
    status: 500,
    json: {
      error: 'The size of tensor a (512) must match the size of tensor b (514) at non-singleton dimension 1',
    },
  },
  'too-long': {
    by: 'upstream',
    status: 400,
    json: {
      object: 'error',
      message:
        "This model's maximum context length is 8192 tokens. However, you requested 9216 tokens (9200 in the " +
        'messages, 16 in the completion). Please reduce the length of the messages or completion.',
      type: 'BadRequestError',
      code: 400,
    },
  },
  'error-inside': {
    by: 'upstream',
    json: { error: { message: 'The engine died', type: 'internal_error', code: 'engine_error' } },
  },
  empty: { by: 'upstream', json: { id: 'chatcmpl-simulator', object: 'chat.completion', choices: [] } },
  'tools-refused': { by: 'upstream', status: 400, json: lacksFeature('function calling') },
  'json-refused': { by: 'upstream', status: 400, json: lacksFeature('structured outputs') },
  'stream-cut': { by: 'upstream', headers: SSE, text: chatStreamCut('{{model}}') },
  'stream-error': {
    by: 'upstream',
    headers: SSE,
    text:
      chatStreamCut('{{model}}') +
      event({ error: { message: 'upstream connection lost', type: 'internal_server_error', code: 500 } }),
  },
  'stream-ignored': { by: 'upstream', json: chat('{{model}}') },

  // the hf-inference backend
  loading: {
    by: 'backend',
    status: 503,
    json: { error: 'Model {{model}} is currently loading', estimated_time: 20.5 },
  },
  overloaded: {
    by: 'backend',
    status: 503,
    json: { error: 'Model too busy, unable to get response in less than 60 second(s)' },
  },
  'out-of-memory': {
    by: 'backend',
    status: 500,
    json: { error: 'CUDA out of memory, try a smaller payload' },
  },
  'no-chat-template': {
    by: 'backend',
    status: 422,
    json: { error: 'Template error: template not found', error_type: 'template_error' },
  },

  // the front end of Hugging Face
  'bad-token': { by: 'front', status: 401, json: { error: 'Invalid username or password.' } },
  retired: {
    by: 'front',
    status: 410,
    json: { error: 'The requested model is deprecated and no longer supported by provider {{provider}}' },
  },
  'not-served': { by: 'front', status: 400, json: { error: 'Model not supported by provider {{provider}}' } },
  gated: {
    by: 'front',
    status: 403,
    headers: { 'x-error-code': 'GatedRepo' },
    json: { error: 'You cannot access this model unless the model owner gives you access.' },
  },
  'credits-exhausted': { by: 'front', status: 402, json: { error: missingCredits } },
  'free-limit': {
    by: 'front',
    status: 402,
    json: {
      error:
        'You have reached the free monthly usage limit for {{provider}}. Subscribe to PRO to get 20x ' +
        'more included usage, or add pre-paid credits to your account.',
    },
  },
  'pay-as-you-go': {
    by: 'front',
    status: 402,
    json: { error: 'Pay-as-you go is not enabled for provider {{provider}} yet.' },
  },
  'spending-limit': {
    by: 'front',
    status: 403,
    json: { error: 'You have exceeded your monthly spending limit for Inference Providers.' },
  },
  'rate-limited': {
    by: 'front',
    status: 429,
    headers: { 'retry-after': '1' },
    json: { error: 'Too Many Requests' },
  },

  // the proxy and the container of a dedicated endpoint
  'endpoint-paused': {
    by: 'gateway',
    status: 400,
    text: 'Bad Request: The endpoint is paused, ask a maintainer to restart it',
  },
  'endpoint-asleep': { by: 'gateway', status: 503, json: { error: '503 Service Unavailable' } },
  'endpoint-failed': { by: 'gateway', status: 400, json: { error: 'Endpoint is in error state' } },
  'endpoint-wrong-path': { by: 'gateway', status: 404, json: { detail: 'Not Found' } },

  // how an answer arrives
  slow: { delayMs: 3_000 },
  silent: { mode: 'hang' },
  truncated: { mode: 'truncate' },
  dripping: { mode: 'drip' },
  stalled: { mode: 'stall' },
  reset: { mode: 'reset' },
  malformed: { mode: 'malformed' },
} as const satisfies Record<string, AnswerSpec>;

/** These happen while a model works: a request that is refused before that never meets them. */
export const WHILE_GENERATING: readonly string[] = [
  'out-of-memory',
  'no-chat-template',
  'model-crashed',
  'too-long',
  'error-inside',
  'empty',
  'stream-cut',
  'stream-error',
  'stream-ignored',
] satisfies (keyof typeof FAULTS)[];

export type FaultName = keyof typeof FAULTS;
export const FAULT_NAMES = Object.keys(FAULTS) as [FaultName, ...FaultName[]];
