import { describe, expect, it } from 'vitest';
import { isFor, isPromised, mappingTells } from '../../src/diagnose/promised.js';
import type { MappingEntry, ModelFacts } from '../../src/types/evidence.js';
import type { RouteId } from '../../src/types/observation.js';

const entry = (provider: string, more: Partial<MappingEntry> = {}): MappingEntry => ({
  ...{ provider, providerId: 'x', task: 'conversational', status: 'live' },
  ...more,
});
const facts = (more: Partial<ModelFacts>) =>
  ({ task: 'conversational', mappingKnown: true, ...more }) as ModelFacts;

describe('what the mapping promises', () => {
  const image = entry('fal-ai', { task: 'text-to-image' });
  it.each<[string, MappingEntry, string, RouteId, boolean, task?: string | null]>([
    ['the router takes any provider', entry('novita'), 'a/b', 'router', true],
    ['not for another task', image, 'a/b', 'router', false],
    ['the router serves chat only', image, 'a/b', 'router', false, 'text-to-image'],
    ['a provider serves its task', image, 'a/b', 'provider:fal-ai', true, 'text-to-image'],
    ['an unknown task may be chat', entry('novita'), 'a/b', 'router', true, null],
    ['one that is not live', entry('novita', { status: 'error' }), 'a/b', 'router', false],
    ['its own path', entry('novita'), 'a/b', 'provider:novita', true],
    ['the path of another', entry('novita'), 'a/b', 'provider:groq', false],
    ['the path of hf-inference', entry('hf-inference'), 'a/b', 'hf-inference', true],
    ['no such path of hf-inference', entry('hf-inference'), 'a/b', 'provider:hf-inference', false],
    ['a suffix', entry('novita'), 'a/b:novita', 'router:novita', true],
    ['a suffix of another', entry('groq'), 'a/b:novita', 'router:novita', false],
    ['a policy', entry('groq'), 'a/b:fastest', 'router:fastest', true],
    ['a suffix is read by its route only', entry('novita'), 'a/b:novita', 'router', false],
    ['no path reads a suffix', entry('novita'), 'a/b:novita', 'provider:novita', false],
    ['nor does it add one', entry('novita'), 'a/b', 'router:novita', false],
    ['a suffix for what is no chat', image, 'a/b:fal-ai', 'router:fal-ai', false, 'text-to-image'],
  ])('%s', (_, p, ref, route, is, task = 'conversational') => {
    expect(isPromised(facts({ task, providers: [p] }), ref, [route])).toBe(is);
    expect(
      isPromised(facts({ task, providers: [entry('none', { status: 'staging' }), p] }), ref, [
        'legacy',
        route,
      ]),
    ).toBe(is);
    expect(isPromised(facts({ task, providers: [p] }), ref, [])).toBe(false);
  });

  it.each([
    ['conversational', 'conversational', true],
    ['conversational', null, true],
    ['', 'conversational', true],
    ['text-to-image', 'conversational', false],
  ])('an entry for "%s" is one for %s: %s', (task, of, is) => {
    expect(isFor(entry('x', { task }), of)).toBe(is);
  });

  it.each<[RouteId[], boolean]>([
    [['router'], true],
    [[], true],
    [['legacy'], false],
    [['gateway'], false],
    [['legacy', 'gateway'], false],
    [['legacy', 'router'], true],
  ])('tells about %j: %s', (routes, is) => {
    expect(mappingTells(facts({}), routes)).toBe(is);
    expect(mappingTells(facts({ mappingKnown: false }), routes)).toBe(false);
    expect(mappingTells(undefined, routes)).toBe(false);
  });
});
