import { describe, expect, it } from 'vitest';
import { along } from '../../src/rules/along.js';

/* What a person has to write, in the language that they write. */

const model = 'acme/tiny-chat';

describe('a route in code', () => {
  const chat = 'conversational';
  it.each([
    ['router', chat, null, 'through the router, by its bare id'],
    ['router:novita', chat, 'python', 'through the router, with ":novita" behind its id'],
    ['provider:novita', chat, 'python', 'with provider="novita"'],
    ['provider:novita', chat, 'node', 'with provider: "novita"'],
    ['provider:novita', chat, 'curl', 'by the id "acme/tiny-chat:novita"'],
    ['provider:novita', chat, null, 'with provider="novita" (or by the id "acme/tiny-chat:novita")'],
    ['provider:novita+tools', chat, 'python', 'with provider="novita"'],
    // The suffix pins a provider for chat only, and hf-inference has a path of its own.
    ['provider:fal-ai', 'text-to-image', 'curl', 'with provider="fal-ai"'],
    ['provider:fal-ai', 'text-to-image', null, 'with provider="fal-ai"'],
    ['hf-inference', chat, null, 'with provider="hf-inference"'],
    ['gateway', chat, 'node', 'through the gateway'],
  ] as const)('%s, %s, %s', (route, task, client, text) => {
    expect(along({ model, task, route }, client)).toBe(text);
  });

  it('says no suffix twice, and none of several models', () => {
    expect(along({ model: `${model}:novita`, task: chat, route: 'router:novita' }, null)).toBe(
      'through the router',
    );
    expect(along({ model: null, task: chat, route: 'provider:novita' }, null)).toBe('with provider="novita"');
  });
});
