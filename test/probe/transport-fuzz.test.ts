import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { Send } from '../../src/probe/transport.js';
import { ERROR_CODES } from '../../src/types/observation.js';
import { cleanUp, http, network, rawServer } from './raw.js';

afterEach(cleanUp);

const BASES = [
  http(200, { 'content-type': 'application/json' }, '{"ok":true}'),
  http(503, { 'content-type': 'text/html', connection: 'close' }, '<h1>no</h1>'),
  http(200, { 'content-encoding': 'gzip' }, 'not gzip at all'),
  Buffer.from('HTTP/1.1 200 X\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n'),
  Buffer.from('HTTP/1.1 200 X\r\ncontent-type: application/json\r\n\r\n{"a":1}'),
  Buffer.from(
    'HTTP/1.1 103 X\r\n\r\nHTTP/1.1 429 X\r\nretry-after: 1\r\nretry-after: 2\r\ncontent-length: 0\r\n\r\n',
  ),
];

const PIECES = [
  '\r\n',
  '\r\n\r\n',
  '\0',
  ':',
  'HTTP/1.1 ',
  '100',
  '000',
  'content-length: 3\r\n',
  '\xff',
  '0\r\n\r\n',
];

/** A well-formed answer with a few wounds, in a few pieces, ended in some way. */
const hostile = fc.record({
  base: fc.constantFrom(...BASES),
  wounds: fc.array(
    fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      cut: fc.nat(12),
      put: fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 6 })),
    }),
    { maxLength: 4 },
  ),
  grow: fc.constantFrom(0, 0, 0, 70_000, 300_000),
  split: fc.double({ min: 0, max: 1, noNaN: true }),
  end: fc.constantFrom('end', 'reset', 'open'),
});

describe('whatever a server writes', () => {
  it('the outcome is one of ours, in time, and nothing is thrown', async () => {
    const stories = new Map<string, Buffer[]>();
    const ends = new Map<string, string>();
    const server = await rawServer((socket, request) => {
      const id = /^GET \/(\d+)/.exec(request)?.[1] ?? '';
      const [first = Buffer.alloc(0), second = Buffer.alloc(0)] = stories.get(id) ?? [];
      socket.write(first);
      setImmediate(() => {
        if (ends.get(id) === 'end') socket.end(second);
        else socket.write(second, () => ends.get(id) === 'reset' && socket.resetAndDestroy());
      });
    });
    const { send } = await network();
    let next = 0;
    const one = async (story: typeof hostile extends fc.Arbitrary<infer T> ? T : never, ask: Send) => {
      const id = String(next++);
      let bytes = story.base;
      for (const { at, cut, put } of story.wounds) {
        const place = Math.floor(at * bytes.length);
        bytes = Buffer.concat([
          bytes.subarray(0, place),
          Buffer.from(put, 'latin1'),
          bytes.subarray(place + cut),
        ]);
      }
      bytes = Buffer.concat([bytes, Buffer.alloc(story.grow, 'z')]);
      const place = Math.floor(story.split * bytes.length);
      stories.set(id, [bytes.subarray(0, place), bytes.subarray(place)]);
      ends.set(id, story.end);
      return ask({ method: 'GET', url: `${server.url}/${id}`, headers: {}, timeoutMs: 400 });
    };
    await fc.assert(
      fc.asyncProperty(fc.array(hostile, { minLength: 8, maxLength: 8 }), async (all) => {
        for (const outcome of await Promise.all(all.map((story) => one(story, send)))) {
          const error = outcome.kind === 'answer' ? outcome.bodyError : outcome.error;
          if (error !== null) expect(ERROR_CODES).toContain(error);
          expect(error).not.toBe('internal');
          expect(outcome.detail ?? '').toMatch(/^[\w .:,()/-]{0,120}$/);
          if (outcome.kind === 'answer') {
            expect(outcome.status).toBeGreaterThanOrEqual(200);
            expect(outcome.status).toBeLessThan(600);
          }
        }
      }),
      { numRuns: Number(process.env.FUZZ_RUNS) || 20 },
    );
  });
});
