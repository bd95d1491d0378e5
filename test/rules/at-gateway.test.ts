import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.js';
import { evidence, type PartialEvidence } from '../support/evidence.js';

type Asked = NonNullable<PartialEvidence['observations']>[number];

const MODEL = 'acme/chat';
const GATEWAY = 'https://llm.example.com/v1';
const endpoints = { ...evidence({}).run.endpoints, gateway: GATEWAY };

const at = (more: Partial<Asked>): Asked => ({
  surface: 'gateway',
  route: 'gateway',
  model: MODEL,
  url: `${GATEWAY}/chat/completions`,
  ...more,
});

function findingsOf(observations: Asked[], run: PartialEvidence['run'] = { endpoints }) {
  return diagnose(evidence({ observations, run })).findings;
}

describe('a command that is to show whether the gateway is repaired', () => {
  it.each([
    ['no name', 'dns-failure', at({ error: 'dns.not-found' })],
    ['no program', 'bad-base-url', at({ error: 'net.refused' })],
    ['asleep', 'flaky', at({ status: 503, attempts: 2, retry: { status: 200, error: null } })],
    ['late', 'timeout', at({ error: 'net.deadline' })],
  ])('asks it: %s', (_, rule, observation) => {
    const found = findingsOf([observation]).find((f) => f.rule === rule);
    expect(found?.verify).toBe(`hf-doctor check ${MODEL} --gateway ${GATEWAY}`);
    for (const command of found?.fixes.flatMap((f) => f.commands) ?? [])
      if (command.startsWith('hf-doctor')) expect(command).toContain(` --gateway ${GATEWAY}`);
  });

  it('keeps the suffix that the gateway took away', () => {
    const pinned = { model: MODEL, suffix: 'deepinfra' };
    const [found] = findingsOf([
      at({ ...pinned, status: 404, body: `The model ${MODEL} does not exist` }),
      { ...pinned, route: 'router:deepinfra', status: 200 },
    ]);
    expect(found).toMatchObject({
      rule: 'gateway-misreports',
      verify: `hf-doctor check ${MODEL}:deepinfra --gateway ${GATEWAY}`,
    });
  });

  it('puts the address where its place was left open', () => {
    const [found] = findingsOf([at({ status: 401, auth: 'anonymous' })]);
    expect(found?.rule).toBe('gateway-key');
    expect(found?.fixes[0]?.commands[0]).toMatch(
      /hf-doctor check --gateway https:\/\/llm\.example\.com\/v1$/,
    );
  });

  it('leaves commands about Hugging Face, and texts, as they are', () => {
    const [router] = findingsOf([
      { model: MODEL, error: 'dns.not-found', url: 'https://router.huggingface.co/v1' },
    ]);
    expect(router?.verify).toBe(`hf-doctor check ${MODEL}`);
    const text = findingsOf([at({ origin: 'text', error: 'dns.not-found' })], { endpoints, live: false });
    expect(text[0]?.verify).not.toContain('--gateway');
  });
});
