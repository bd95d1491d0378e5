import { describe, expect, it } from 'vitest';
import { readForm } from '../../src/simulator/form.js';
import { AUTO, ask, hello, NOVITA, scenario } from './support.js';

const tools = [
  {
    type: 'function',
    function: {
      name: 'get_weather',
      parameters: { type: 'object', properties: { city: { type: 'string' }, days: { enum: [3, 7] } } },
    },
  },
];
const schema = { type: 'object', properties: { answer: { type: 'string' }, sure: { type: 'boolean' } } };
const json = { type: 'json_schema', json_schema: { name: 'answer', schema } };
const asking = { stream: { stream: true }, tools: { tools }, json: { response_format: json } };

const world = (entry = '{}', more = '') =>
  scenario(`
title: T
story: S
gateway: { suffix: stripped }
check: { models: [a/b] }
models:
  a/b: { providers: { novita: ${entry}, together: { fault: down, throughput: 1 } } }
${more}`);
const said = (answer: { json: unknown }) => Object(answer.json).choices[0];

describe('a chat model', () => {
  it('calls the first tool', () => {
    const { message, finish_reason } = said(ask(world(), { path: AUTO, body: hello('a/b', asking.tools) }));
    const [call] = message.tool_calls;
    expect([message.content, finish_reason, call.function.name]).toEqual([null, 'tool_calls', 'get_weather']);
    expect(JSON.parse(call.function.arguments)).toEqual({ city: 'a', days: 3 });
  });

  it.each([
    ['as OpenAI writes it', json, { answer: 'a', sure: true }],
    ['as together writes it', { type: 'json_schema', schema }, { answer: 'a', sure: true }],
    ['any object', { type: 'json_object' }, {}],
  ])('answers in JSON: %s', (_, response_format, expected) => {
    const { message } = said(ask(world(), { path: AUTO, body: hello('a/b', { response_format }) }));
    expect(JSON.parse(message.content)).toEqual(expected);
  });

  it('survives schemas that are none', () => {
    let deep: object = { type: 'object' };
    for (let i = 0; i < 1_000; i++) deep = { type: 'object', properties: { x: deep } };
    for (const parameters of [deep, 7, null, { type: ['string'], properties: 'x' }]) {
      const body = hello('a/b', { tools: [{ function: { name: 'f', parameters } }] });
      expect(ask(world(), { path: AUTO, body }).status).toBe(200);
    }
    expect(ask(world(), { path: AUTO, body: hello('a/b', { tools: [null] }) }).status).toBe(200);
  });
});

describe.each(Object.entries(asking))('a provider that fails with %s only', (name, more) => {
  const broken = world(
    `{ with: { ${name}: { fault: ${name === 'stream' ? 'stream-error' : `${name}-refused`} } } }`,
  );
  it.each([
    ['router', AUTO],
    ['provider', NOVITA],
  ])('does so at the %s', (_, path) => {
    const plain = ask(broken, { path, body: hello('a/b') });
    expect([plain.status, said(plain).message.content]).toEqual([200, 'Hello']);
    const asked = ask(broken, { path, body: hello('a/b', more) });
    if (name === 'stream') expect(String(asked.body)).toMatch(/^data: .*data: \{"error":.*\n\n$/s);
    else expect([asked.status, String(asked.body)]).toEqual([400, expect.stringContaining('not support')]);
    expect(asked.billable).toBe(name === 'stream');
  });

  it('is met by the matcher of that name', () => {
    const matched = world('{}', `answers: [{ when: { capability: ${name} }, answer: { status: 418 } }]`);
    const status = (body: object) => ask(matched, { path: AUTO, body }).status;
    expect([status(hello('a/b')), status(hello('a/b', more))]).toEqual([200, 418]);
  });
});

describe('a gateway that strips suffixes', () => {
  it('reaches the router with the bare id', () => {
    const at = (host: 'gateway' | 'router') =>
      ask(world(), { host, path: AUTO, body: hello('a/b:together') });
    expect([at('router').status, at('gateway').status]).toEqual([500, 200]);
  });
});

describe('a form', () => {
  const type = 'multipart/form-data; boundary=----x';
  const part = (head: string, body: string) =>
    `------x\r\ncontent-disposition: form-data; ${head}\r\n\r\n${body}\r\n`;
  it.each([
    [
      'texts and files',
      part('name="model"', 'm') + part('name="file"; filename="a.wav"', 'abc'),
      { model: 'm', file: { size: 3 } },
    ],
    ['no end of its own', part('name="model"', 'm').slice(0, -2), {}],
    ['no parts', '', {}],
    ['odd names', part('name="__proto__"', 'm'), JSON.parse('{"__proto__":"m"}')],
  ])('%s', (_, text, expected) => {
    const form = readForm(Buffer.from(`${text}------x--\r\n`), type);
    if (Object.keys(expected).length > 0) expect(form).toEqual(expected);
    expect(form).not.toBeNull();
  });

  it('is none without its media type', () => {
    expect(readForm(Buffer.from('{}'), 'application/json')).toBeNull();
  });
});
