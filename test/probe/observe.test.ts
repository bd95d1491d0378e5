import { describe, expect, it } from 'vitest';
import { type Asked, read } from '../../src/probe/observe.js';
import type { Outcome } from '../../src/probe/transport.js';
import { evidence } from '../support/evidence.js';

const { origin: _, ...asked } = evidence({ observations: [{ task: 'conversational' }] })
  .observations[0] as unknown as Asked;

function bodyOf(error: string) {
  const outcome: Outcome = {
    kind: 'answer',
    status: 403,
    headers: { 'content-type': 'application/json' },
    duplicates: [],
    body: new TextEncoder().encode(JSON.stringify({ error })),
    bodyError: null,
    detail: null,
    ms: 1,
  };
  const question: Asked = { ...asked, origin: 'probe', url: 'http://127.0.0.1/v1', requestBody: null };
  return read(0, question, outcome, (text) => text).observation.body;
}

describe('what is kept of an answer', () => {
  it.each([
    ['no permission for jane.doe+x@mail.example.org', 'no permission for [e-mail]'],
    ['<Jane@Example.COM>, ask bob@a.io.', '<[e-mail]>, ask [e-mail].'],
    ['inference on behalf of user jane-doe: no', 'inference on behalf of user [name]: no'],
  ])('names no person: %s', (text, want) => {
    const { message, excerpt } = bodyOf(text);
    expect(message).toBe(want);
    expect(excerpt).toContain(want);
  });

  it.each(['@huggingface/inference@4.13.30', 'a@b', 'org/model@main', 'x @ y.z'])('leaves %s', (text) => {
    expect(bodyOf(text).message).toBe(text);
  });
});
