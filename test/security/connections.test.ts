import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createServer as createTls } from 'node:tls';
import fc from 'fast-check';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { laboratory } from '../probe/certificates.js';
import { brief, cleanUp as closeRaw, get, network, rawServer } from '../probe/raw.js';
import { check, expectStanding, reportOf, TOKEN } from './program.js';
import { answer, chat, cleanUp, closing, json, world } from './world.js';

const lab = laboratory();
if (!lab) console.error('SKIPPED: some tests need the openssl command, and it is not here.');

afterEach(cleanUp);
afterEach(closeRaw);
afterAll(() => lab && rmSync(lab.dir, { recursive: true }));

describe('V08 a stream of events', () => {
  const STREAM = [
    ': comment\r\n\r\n',
    'data: {"choices":[{"delta":{"content":"h\u00e9llo \u{1f600}"}}]}\n\n',
    'event: error\rdata: {"error":{"message":"b\u00f6om"}}\r\r',
    `data: ${'x'.repeat(3_000)}\n\n`,
    'data: {not json}\n\ndata: [DONE]',
  ].join('');
  it('reads the same however it is cut into packets', { timeout: 60_000 }, async () => {
    const bytes = Buffer.from(STREAM);
    const head = 'HTTP/1.1 200 X\r\ncontent-type: text/event-stream\r\n\r\n';
    let cuts: number[] = [];
    const server = await rawServer((socket) => {
      socket.setNoDelay(true);
      socket.write(head);
      const parts = [...cuts, bytes.length].map((to, i) => bytes.subarray(cuts[i - 1] ?? 0, to));
      const next = () => {
        const part = parts.shift();
        if (part === undefined) return socket.end();
        socket.write(part, () => setImmediate(next));
      };
      next();
    });
    const whole = brief(await get(server.url));
    expect(whole.status).toBe(200);
    const places = fc.array(fc.integer({ min: 1, max: bytes.length - 1 }), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(places, async (found) => {
        cuts = [...new Set(found)].sort((a, b) => a - b);
        expect(brief(await get(server.url))).toEqual(whole);
      }),
      { numRuns: 60 },
    );
  });
});

describe('T20 bodies that nobody needs', () => {
  it('hold no connection: after the last answer and the end of the network none is open', async () => {
    const bodies = [
      `HTTP/1.1 200 X\r\ncontent-length: 900000\r\n\r\n${'x'.repeat(300_000)}`,
      'HTTP/1.1 500 X\r\ncontent-length: 5\r\n\r\nhello',
      'HTTP/1.1 302 X\r\nlocation: /x\r\ncontent-length: 900\r\n\r\npart',
      'HTTP/1.1 200 X\r\n\r\nuntil the end',
      'nonsense\r\n\r\n',
    ];
    let n = 0;
    const server = await rawServer((socket) => socket.write(bodies[n++ % bodies.length] ?? ''));
    const made = await network();
    const ask = () => made.send({ method: 'GET', url: server.url, headers: {}, timeoutMs: 400 });
    const outcomes = await Promise.all(Array.from({ length: 30 }, ask));
    expect(outcomes).toHaveLength(30);
    await made.close();
    await vi.waitFor(() => expect(server.open()).toBe(0));
  });

  it('do not keep the program alive while servers keep their connections open', async () => {
    const w = await world({ '*': 'HTTP/1.1 500 X\r\ncontent-length: 900\r\n\r\npart' });
    const r = await check(['a/b', '--routes', 'router', '--retries', '0', '--timeout', '1', ...w.flags]);
    expectStanding(r);
    expect(r.code).not.toBeNull();
  });
});

describe.skipIf(!lab)('D03 a redirect from https to http of the same host and port', () => {
  it('is not followed: the token is never in clear text', async () => {
    // One port for both: the first byte tells TLS from HTTP.
    let clear = '';
    const tls = createTls({ ...lab?.make('good') }, (socket) => {
      socket.on('error', () => {});
      socket.on('data', () => socket.write(json({}, 307, { location: `http://localhost:${port}/x` })));
    });
    const mux = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', (bytes) => {
        if (bytes[0] !== 0x16) clear += bytes.toString('latin1');
        else {
          socket.pause();
          socket.unshift(bytes);
          tls.emit('connection', socket);
        }
      });
    });
    await new Promise<void>((done) => mux.listen(0, '127.0.0.1', done));
    const { port } = mux.address() as { port: number };
    const outcome = await get(`https://localhost:${port}/`, {}, { env: { SSL_CERT_FILE: lab?.caFile } });
    expect(brief(outcome)).toMatchObject({ status: 307 });
    expect(clear).toBe('');
    mux.close();
  });
});

describe.skipIf(!lab)('D13, D14 authorities of the environment, through the program', () => {
  async function tlsHub() {
    const w = await world({ '*': json({ error: 'x' }, 500) });
    let seen = '';
    const server = createTls({ ...lab?.make('good') }, (socket) => {
      socket.on('error', () => {});
      socket.on('data', (bytes) => {
        seen += bytes.toString('latin1');
        socket.end(answer(200, { 'content-type': 'application/json' }, JSON.stringify(chat())));
      });
    });
    server.on('tlsClientError', () => {});
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as { port: number };
    const argv = ['a/b', '--routes', 'router', '--retries', '0', '--format', 'json', ...w.flags];
    return {
      argv: [...argv, '--router-url', `https://localhost:${port}`],
      seen: () => seen,
      close: () => server.close(),
    };
  }

  it.each([
    ['NODE_EXTRA_CA_CERTS with the authority', () => ({ NODE_EXTRA_CA_CERTS: lab?.caFile ?? '' }), '200 ok'],
    [
      'NODE_EXTRA_CA_CERTS with a missing file',
      () => ({ NODE_EXTRA_CA_CERTS: '/nowhere/ca.pem' }),
      '- tls.untrusted',
    ],
    ['nothing', () => ({}), '- tls.untrusted'],
    ['NODE_TLS_REJECT_UNAUTHORIZED=0', () => ({ NODE_TLS_REJECT_UNAUTHORIZED: '0' }), '- tls.untrusted'],
  ] as const)('%s', async (_, env, want) => {
    const hub = await tlsHub();
    const r = await check(hub.argv, { env: env() });
    hub.close();
    expectStanding({ ...r, stderr: Buffer.alloc(0) });
    const cell = reportOf(r).cells.find((c) => !c.control && c.route === 'router');
    expect(`${cell?.status ?? '-'} ${cell?.error ?? cell?.outcome}`).toBe(want);
    expect(hub.seen().includes(TOKEN)).toBe(want === '200 ok');
  });
});

it('T08 a half-closed connection that still sends', async () => {
  const w = await world({
    'a/b': closing(json(chat())),
    'a/c': (socket) => void socket.end(json(chat()).subarray(0, 60)),
  });
  const r = await check([
    'a/b',
    'a/c',
    '--routes',
    'router',
    '--retries',
    '0',
    ...w.flags,
    '--format',
    'json',
  ]);
  expectStanding(r);
  const cells = reportOf(r).cells.filter((c) => !c.control && c.route === 'router');
  expect(cells.map((c) => c.outcome === 'ok')).toEqual([true, false]);
});

it('L15 no object of a library is ever printed whole', () => {
  const root = new URL('../../src', import.meta.url).pathname;
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.ts'));
  expect(files.length).toBeGreaterThan(100);
  const printer =
    /import \{[^}]{0,200}\b(?:inspect|format|formatWithOptions|debuglog)\b[^}]{0,200}\} from '(?:node:)?util'|import (?:\* as )?\w+ from '(?:node:)?util'|\bconsole\.dir/;
  const inspecting = files.filter((f) => printer.test(readFileSync(join(root, f), 'utf8')));
  // A secret says there how it is shown: as its label.
  expect(inspecting).toEqual([join('safety', 'secret.ts')]);
});
