import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ask, CHAT, world } from './support.js';

describe('any request', () => {
  it('gets an answer', () => {
    const segment = fc.oneof(
      fc.constantFrom(
        'v1',
        'models',
        'hf-inference',
        'novita',
        'api',
        '__proto__',
        'toString',
        CHAT,
        'pipeline',
        'completions',
        '',
      ),
      fc.string(),
    );
    const request = fc.record({
      host: fc.constantFrom('hub', 'router', 'legacy', 'gateway'),
      method: fc.constantFrom('GET', 'POST', 'OPTIONS'),
      path: fc.array(segment, { maxLength: 6 }).map((parts) => `/${parts.join('/')}`),
      query: fc.string().map((text) => `?${text}`),
      body: fc.oneof(
        fc.json().map((text) => JSON.parse(text)),
        fc.record({ model: segment, messages: fc.anything() }),
      ),
      known: fc.boolean(),
      billTo: fc.option(fc.string()),
    });
    const open = world('gateway: {}\nlegacy: { mode: gone-404 }');
    fc.assert(
      fc.property(request as fc.Arbitrary<object>, (sent) => {
        const answer = ask(open, { size: 9, ...sent });
        expect(answer.status).toBeGreaterThanOrEqual(200);
        expect(answer.status).toBeLessThan(500);
        expect(answer.headers).toHaveProperty('x-request-id');
        // Pages of any origin must not be let in.
        expect(Object.keys(answer.headers).join()).not.toMatch(/access-control/);
      }),
      { numRuns: 400 },
    );
  });
});
