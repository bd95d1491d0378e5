import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { brief, cleanUp, http, network, rawServer, text } from './raw.js';

afterEach(cleanUp);

const SIZES = [65_536, 100_000, 131_072, 262_144, 1_000_000];
const FRAMES: Record<string, (body: Buffer) => Buffer> = {
  'with a length': (body) => http(200, { connection: 'close' }, body),
  'until the end': (body) =>
    Buffer.concat([Buffer.from('HTTP/1.1 200 X\r\nconnection: close\r\n\r\n'), body]),
  chunked: (body) =>
    Buffer.concat([
      Buffer.from('HTTP/1.1 200 X\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n'),
      Buffer.from(`${body.length.toString(16)}\r\n`),
      body,
      Buffer.from('\r\n0\r\n\r\n'),
    ]),
};

/*
 * undici 7.26 to 7.30 kills the process when a parser is paused while the peer closes: an assertion
 * in a socket event that no try can catch. The reader must therefore never pause.
 */
describe('a large answer whose connection closes at once', () => {
  for (const [frame, pack] of Object.entries(FRAMES)) {
    it.each(SIZES)(`${frame}, %i bytes, in a busy process`, async (size) => {
      const uncaught: unknown[] = [];
      const hear = (error: unknown) => uncaught.push(error);
      process.on('uncaughtExceptionMonitor', hear);
      const server = await rawServer((socket) => socket.end(pack(Buffer.alloc(size, 'y'))));
      const { send } = await network();
      let working = true;
      const work = () => {
        const until = performance.now() + 8;
        while (performance.now() < until);
        if (working) setTimeout(work);
      };
      work();
      const answers = await Promise.all(
        Array.from({ length: 6 }, () =>
          send({ method: 'GET', url: server.url, headers: {}, timeoutMs: 15_000, maxBytes: 2 ** 20 }),
        ),
      );
      working = false;
      process.off('uncaughtExceptionMonitor', hear);
      expect(answers.map((a) => [brief(a).status, brief(a).error, text(a)?.length])).toEqual(
        Array(6).fill([200, null, size]),
      );
      expect(uncaught).toEqual([]);
    });
  }

  it('is too large by default, and the status counts', async () => {
    const server = await rawServer((socket) =>
      socket.end(http(503, { connection: 'close' }, Buffer.alloc(1_000_000, 'y'))),
    );
    const { send } = await network();
    const outcome = await send({ method: 'GET', url: server.url, headers: {}, timeoutMs: 15_000 });
    expect(brief(outcome)).toMatchObject({ status: 503, error: 'http.too-large' });
  });
});

const LATE_READER = `
import net from 'node:net';
import { request } from 'undici';
const body = Buffer.alloc(100_000, 'y');
const head = 'HTTP/1.1 200 X\\r\\nconnection: close\\r\\ncontent-length: 100000\\r\\n\\r\\n';
const server = net.createServer((s) => {
  s.on('error', () => {});
  s.once('data', () => s.end(Buffer.concat([Buffer.from(head), body])));
});
server.listen(0, '127.0.0.1', async () => {
  for (let i = 0; i < 40; i += 1) {
    try {
      const answer = await request('http://127.0.0.1:' + server.address().port);
      await new Promise((resolve) => setTimeout(resolve, 20));
      await answer.body.text();
    } catch {}
  }
  console.log('survived');
  process.exit(0);
});
`;

describe('the pinned undici', () => {
  it('still crashes a reader that comes late: when this fails, the rule can be relaxed', () => {
    const { version } = createRequire(import.meta.url)('undici/package.json') as { version: string };
    const child = spawnSync(process.execPath, ['--input-type=module', '-e', LATE_READER], {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      encoding: 'utf8',
      timeout: 15_000,
    });
    const result = `${version}: ${child.stdout}${child.stderr}`;
    expect(result).toContain('this.paused');
    expect(result).not.toContain('survived');
    expect(child.status).not.toBe(0);
  });
});
