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
    ['provider:novita', chat, 'curl', 'on the path of novita'],
    ['provider:novita', chat, null, 'with provider="novita"'],
    ['provider:novita+tools', chat, 'python', 'with provider="novita"'],
    ['provider:fal-ai', 'text-to-image', 'curl', 'on the path of fal-ai'],
    ['provider:fal-ai', 'text-to-image', null, 'with provider="fal-ai"'],
    ['hf-inference', chat, null, 'with provider="hf-inference"'],
    ['gateway', chat, 'node', 'through the gateway'],
  ] as const)('%s, %s, %s', (route, task, client, text) => {
    expect(along({ model, task, route }, client)).toBe(text);
  });

  it.each([
    ['python', 'with provider="novita"'],
    ['node', 'with provider: "novita"'],
    ['curl', 'by the id "acme/tiny-chat:novita"'],
    [null, 'with provider="novita" (or by the id "acme/tiny-chat:novita")'],
  ] as const)('names the id only where it works too: %s', (client, text) => {
    const way = { model, task: chat, route: 'provider:novita', byId: true };
    expect(along(way, client)).toBe(text);
    // A suffix pins a provider for chat only.
    expect(along({ ...way, task: 'text-to-image' }, client)).not.toContain(':novita');
  });

  it('says no suffix twice, and none of several models', () => {
    expect(along({ model: `${model}:novita`, task: chat, route: 'router:novita' }, null)).toBe(
      'through the router',
    );
    expect(along({ model: null, task: chat, route: 'provider:novita' }, null)).toBe('with provider="novita"');
  });
});
