import { describe, expect, it } from 'vitest';
import { scenarioNames } from '../../src/simulator/find.js';
import { findModel } from '../../src/simulator/target.js';
import { hello, named, play } from './support.js';

const names = await scenarioNames();

describe('scenarios of the package', () => {
  it('are those that users script against', () => {
    expect(names).toEqual([
      'all',
      'catalog-lies',
      'credits-exhausted',
      'endpoint-asleep',
      'endpoint-paused',
      'gateway-strips-suffix',
      'healthy',
      'hostile',
      'html-gateway',
      'hyperbolic-401',
      'legacy-404',
      'legacy-410',
      'legacy-no-dns',
      'matrix',
      'media',
      'model-loading',
      'model-not-served',
      'model-retired',
      'new-provider',
      'no-token',
      'novita-500',
      'novita-500-failover',
      'org-policy',
      'pay-as-you-go',
      'provider-disabled',
      'rate-limited',
      'slow',
      'spending-limit',
      'stream-broken',
      'suffix-502',
      'token-invalid',
      'token-lacks-permission',
      'token-wrong-box',
      'tools-refused',
      'truncated',
    ]);
  });

  it.each(names)('%s is told, asks for models it has, and starts', async (name) => {
    const scenario = await named(name);
    expect(scenario.name).toBe(name);
    expect(scenario.title).not.toMatch(/[.!\n]/);
    expect(scenario.story).toMatch(/^.{40,}\.\n$/s);
    for (const asked of scenario.check.models) {
      expect(findModel(scenario, asked.split(':')[0] ?? ''), asked).not.toBeNull();
    }
    const simulator = await play(scenario);
    const { hub, router, legacy, gateway } = simulator.endpoints;
    const origin = /^http:\/\/127\.0\.0\.1:\d+$/;
    expect(hub).toMatch(origin);
    expect(router).toMatch(origin);
    expect(legacy === 'https://api-inference.simulator.invalid').toBe(scenario.legacy.mode === 'no-dns');
    expect(gateway === null).toBe(scenario.gateway === undefined);
    if (scenario.token.state === 'missing') expect(simulator.token).toBeNull();
    else expect(simulator.token).toMatch(/^hf_[A-Za-z]{34}$/);
  });

  it('all has twelve models, each with the trouble that its comment names', async () => {
    const simulator = await play('all');
    const { models } = simulator.scenario.check;
    expect(models).toHaveLength(12);
    const outcomes = await Promise.all(
      models.map(async (model) => {
        const response = await fetch(`${simulator.endpoints.router}/v1/chat/completions`, {
          method: 'POST',
          headers: { authorization: `Bearer ${simulator.token}` },
          body: JSON.stringify(hello(model)),
        });
        const text = await response.text().catch(() => 'broken off');
        return text === 'broken off' ? text : String(response.status);
      }),
    );
    expect(Object.fromEntries(models.map((model, i) => [model, outcomes[i]]))).toEqual({
      'meta-llama/Llama-3.1-8B-Instruct': '200',
      'meta-llama/Llama-3.1-70B-Instruct': '503',
      'Qwen/Qwen2.5-72B-Instruct': '500',
      gpt2: '400',
      'google/flan-t5-base': '400',
      // The router takes the bare id: it is the gateway that does not.
      'katanemo/Arch-Router-1.5B': '200',
      'acme/llama-support-finetune': '400',
      'intfloat/e5-large-v2': '400',
      'mixedbread-ai/mxbai-embed-large-v1': '400',
      'meta-llama/Llama-3.3-70B-Instruct': '429',
      'mistralai/Mistral-Small-24B-Instruct-2501': '400',
      'deepseek-ai/DeepSeek-V3': 'broken off',
    });
  });
});
