import { describe, expect, it } from 'vitest';
import { check } from '../../src/check/check.js';
import type { CheckInput } from '../../src/check/input.js';
import type { World } from '../../src/probe/ask.js';
import type { Outcome, SendRequest } from '../../src/probe/transport.js';
import { createRedactor } from '../../src/safety/redact.js';
import { Secret } from '../../src/safety/secret.js';
import { findTokens } from '../../src/token/sources.js';
import { load } from '../settings/support.js';

const HOST = 'abc123.us-east-1.aws.endpoints.huggingface.cloud';
const TOKEN = `hf_${'q'.repeat(34)}`;

const answer = (status: number, json: unknown): Outcome => ({
  kind: 'answer',
  status,
  headers: { 'content-type': 'application/json' },
  duplicates: [],
  body: new TextEncoder().encode(JSON.stringify(json)),
  bodyError: null,
  detail: null,
  ms: 5,
});
const CHAT = { choices: [{ message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }] };

/** Asks an endpoint of Hugging Face; `reply` plays it, and everything else says that it knows nothing. */
async function ask(
  reply: Outcome,
  o: { url?: string; key?: string; pipelineTag?: string; token?: false } = {},
) {
  const sent: SendRequest[] = [];
  const settings = await load({
    flags: { models: ['org/name'], gateway: o.url ?? `https://${HOST}`, routes: 'gateway' },
  });
  let id = 0;
  const world: World = {
    send: async (request) => {
      sent.push(request);
      if (request.url.includes('endpoints.huggingface.cloud')) return reply;
      if (request.url.includes('/api/models/'))
        return answer(200, {
          id: 'org/name',
          pipeline_tag: o.pipelineTag ?? 'text-generation',
          tags: ['conversational'],
          inferenceProviderMapping: {},
        });
      if (request.url.includes('whoami'))
        return answer(200, { type: 'user', auth: { type: 'access_token', accessToken: { role: 'read' } } });
      return answer(200, { object: 'list', data: [] });
    },
    redact: createRedactor([], []),
    now: () => Date.UTC(2026, 10, 21),
    clock: () => performance.now(),
    lateSince: () => 0,
    tidy: () => {},
    random: () => 0,
    sleep: async () => {},
    signal: new AbortController().signal,
    agent: 'test',
    nextId: () => id++,
  };
  const input: CheckInput = {
    settings,
    bases: {
      hub: settings.hubUrl.value,
      router: settings.routerUrl.value,
      legacy: settings.legacyUrl.value,
      gateway: settings.gateway.value,
    },
    search: await findTokens({
      env: o.token === false ? {} : { HF_TOKEN: TOKEN },
      cwd: '/nowhere',
      home: '/nowhere',
      stdin: null,
      read: async () => ({ ok: false, reason: 'missing' }),
    }),
    gatewayKey: o.key ? new Secret(o.key, 'test') : null,
    withheld: () => null,
    simulated: null,
    version: '0',
  };
  const { report } = await check(input, world);
  const calls = sent.filter((r) => r.url.includes('endpoints.huggingface.cloud') && r.auth);
  return { report, calls, rules: report.findings.map((f) => `${f.rule} ${f.blame}`) };
}

describe('a dedicated endpoint as the gateway', () => {
  it('gets the token of Hugging Face and a chat below /v1, whatever the address ends in', async () => {
    for (const end of ['', '/', '/v1', '/v1/chat/completions']) {
      const { report, calls } = await ask(answer(200, CHAT), { url: `https://${HOST}${end}` });
      expect(calls.map((c) => [c.url, c.auth?.source])).toEqual([
        [`https://${HOST}/v1/chat/completions`, 'env HF_TOKEN'],
      ]);
      expect(report).toMatchObject({ exitCode: 0, models: [{ usable: true, best: 'gateway' }] });
      expect(report.cost.planned.billable).toBe(0);
    }
  });

  it('gets its own key instead, where there is one', async () => {
    const { calls } = await ask(answer(200, CHAT), { key: 'own-key-of-the-endpoint' });
    expect(calls.map((c) => c.auth?.source)).toEqual(['test']);
  });

  it('is asked with its own key also where there is no token of Hugging Face', async () => {
    const { report, calls } = await ask(answer(200, CHAT), { key: 'own-key-of-the-endpoint', token: false });
    expect(calls.map((c) => c.auth?.source)).toEqual(['test']);
    expect(report.models[0]).toMatchObject({ usable: true, best: 'gateway' });
  });

  it('says nothing about the token of Hugging Face with an answer to its own key', async () => {
    const { report } = await ask(answer(200, CHAT), { key: 'own-key-of-the-endpoint', token: false });
    expect(report.token.status).toBe('missing');
  });

  it('is asked at its root for a task that is no chat', async () => {
    const { calls } = await ask(answer(200, [[0.1, 0.2]]), { pipelineTag: 'feature-extraction' });
    expect(calls.map((c) => c.url)).toEqual([`https://${HOST}`]);
    expect(String(calls[0]?.body)).toContain('"inputs"');
  });

  it.each([
    [
      'paused',
      400,
      { error: 'Bad Request: The endpoint is paused, ask a maintainer to restart it' },
      'endpoint-paused account',
    ],
    ['asleep', 503, { error: '503 Service Unavailable' }, 'endpoint-scaled-to-zero'],
    ['without that path', 404, { detail: 'Not Found' }, 'endpoint-wrong-path'],
  ])('that is %s is named so', async (_, status, json, want) => {
    const { rules, report } = await ask(answer(status, json));
    expect(rules.join('; ')).toContain(want);
    expect(report.exitCode).toBe(1);
  });
});
