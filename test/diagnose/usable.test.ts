import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.js';
import { evidence, type PartialEvidence } from '../support/evidence.js';

const MODEL = 'acme/tiny-chat';

type Asked = NonNullable<PartialEvidence['observations']>[number];

function modelOf(...observations: Asked[]) {
  const of = { model: MODEL, ref: MODEL };
  return diagnose(evidence({ observations: observations.map((o) => ({ ...of, ...o })) })).models[0];
}

describe('a model whose plain call fails', () => {
  const down = { status: 500, body: 'Internal Server Error' };

  it('is not usable because it answers with tools', () => {
    const tools: Asked = { status: 200, route: 'router+tools', capability: 'tools' };
    expect(modelOf(down, tools)).toMatchObject({ usable: false, checked: true, best: null });
  });

  it('is usable by the plain call on another route, and that one is the best', () => {
    const stream: Asked = { status: 200, route: 'router+stream', capability: 'stream' };
    const plain: Asked = { status: 200, surface: 'provider', route: 'provider:novita', provider: 'novita' };
    expect(modelOf(down, stream, plain)).toMatchObject({ usable: true, best: 'provider:novita' });
  });
});

describe('a server that slept', () => {
  const woke: Asked = { status: 503, attempts: 2, retry: { status: 200, error: null } };
  const reason = (o: Asked) =>
    diagnose(evidence({ observations: [{ model: MODEL, route: 'gateway', ...o }] })).cells[0];

  it('is told from one that fails now and then', () => {
    const host = { url: 'https://x.us-east-1.aws.endpoints.huggingface.cloud/v1/chat/completions' };
    expect(reason({ ...woke, ...host, surface: 'dedicated' })).toMatchObject({
      outcome: 'flaky',
      rule: 'endpoint-scaled-to-zero',
      reason: 'was asleep: first 503, then 200',
    });
    expect(reason({ ...woke, surface: 'gateway' })).toMatchObject({
      rule: 'flaky',
      reason: 'first 503, then 200',
    });
  });
});
