import { describe, expect, it } from 'vitest';
import {
  AUTO,
  anonymous,
  ask,
  CHAT,
  EMBEDDING,
  hello,
  NOVITA,
  UNKNOWN_TOKEN,
  world,
  wrongToken,
} from './support.js';

describe('without a known token', () => {
  it.each([
    ['router', AUTO, hello(CHAT)],
    ['provider', NOVITA, hello('llama-novita')],
    ['hf-inference', EMBEDDING, { inputs: 'hi' }],
  ])('%s answers 401 in the same words for no token and a wrong one', (_, path, body) => {
    for (const caller of [anonymous, wrongToken]) {
      const answer = ask(world(), { path, body, ...caller });
      expect([answer.status, answer.json, answer.billable]).toEqual([401, UNKNOWN_TOKEN, false]);
      expect(answer.headers).toMatchObject({
        'x-error-message': UNKNOWN_TOKEN.error,
        'x-powered-by': 'huggingface-moon',
        'x-cache': 'Error from cloudfront',
        'www-authenticate': expect.stringContaining('Bearer'),
      });
      expect(answer.headers).not.toHaveProperty('cf-ray');
    }
  });

  it('lists models, so that this proves nothing about a token', () => {
    expect(ask(world(), { path: '/v1/models', ...anonymous }).status).toBe(200);
  });
});

describe('permission', () => {
  const message =
    'This authentication method does not have sufficient permissions to call Inference Providers on behalf of';
  const bill =
    'orgs: [{ name: acme, permissions: [inference.serverless.write] }, { name: poor }, { name: strict, restrictions: [token-policy] }, { name: angry, restrictions: [token-revoked] }]';
  it.each([
    ['write role', 'role: write, permissions: []', null, 200, null],
    ['read role', 'role: read, permissions: []', null, 200, null],
    [
      'global permission of older tokens',
      'permissions: [], global: [inference.serverless.write]',
      null,
      200,
      null,
    ],
    ['nothing', 'permissions: [], user: bob', null, 403, `${message} user bob`],
    ['wrong box', 'permissions: [inference.endpoints.infer.write]', null, 403, `${message} user ada`],
    ['organization', bill, 'acme', 200, null],
    ['organization without', bill, 'poor', 403, `${message} org poor`],
    [
      'organization policy',
      bill,
      'strict',
      403,
      expect.stringContaining('Due to the organization token policy'),
    ],
    ['revoked by the organization', bill, 'angry', 403, expect.stringContaining('has been revoked')],
    ['foreign organization', bill, 'else', 401, UNKNOWN_TOKEN.error],
  ])('%s', (_, token, billTo, status, error) => {
    const answer = ask(world('', token), { path: AUTO, body: hello(CHAT), billTo });
    expect(answer.status).toBe(status);
    if (error !== null) expect(answer.json).toEqual({ error });
  });
});

describe('account', () => {
  it.each([
    ['{ fault: credits-exhausted }', 402, /included credits/],
    ['{ fault: spending-limit }', 403, /monthly spending limit/],
  ])('%s', (account, status, text) => {
    for (const [path, body] of [
      [AUTO, hello(CHAT)],
      [NOVITA, hello('llama-novita')],
      [EMBEDDING, { inputs: 'x' }],
    ] as const) {
      const answer = ask(world(`account: ${account}`), { path, body });
      expect([answer.status, answer.billable]).toEqual([status, false]);
      expect(String(answer.body)).toMatch(text);
    }
    // The mapping comes first, so a wrong model never shows the account's trouble.
    expect(ask(world(`account: ${account}`), { path: AUTO, body: hello('acme/unserved') }).status).toBe(400);
  });

  it('a disabled provider is skipped, and refused by name', () => {
    const off = world('account: { disabled: [cerebras] }');
    expect(ask(off, { path: AUTO, body: hello(CHAT) }).json).toMatchObject({ model: 'llama-novita' });
    expect(ask(off, { path: AUTO, body: hello(`${CHAT}:cerebras`) }).status).toBe(400);
    expect(ask(off, { path: '/cerebras/v1/chat/completions', body: hello('llama-cerebras') }).status).toBe(
      400,
    );
  });
});
