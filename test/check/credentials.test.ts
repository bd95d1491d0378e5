import { rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, type Server } from 'node:net';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openSession } from '../../src/cli/session.js';
import type { Secret } from '../../src/safety/secret.js';
import { loadScenario } from '../../src/simulator/find.js';
import { type Simulator, startSimulator } from '../../src/simulator/server.js';
import { laboratory } from '../probe/certificates.js';
import { emptyFolder, run } from '../support/cli.js';

/*
 * Whoever writes the config file of a repository must not draw out a secret of the one who runs the
 * check in it. Seen from the other side: what a server really gets.
 */

const lab = laboratory();
if (!lab) console.error('SKIPPED: an endpoint in test needs the openssl command, and it is not here.');

const KEY = `gw-${'k7'.repeat(12)}`;
const MODEL = 'meta-llama/Llama-3.1-8B-Instruct';
const ENDPOINT = 'https://mine.endpoints.huggingface.cloud';

let simulator: Simulator;
let gateway = '';
let proxy = '';
let got: { authorization: string; all: string }[] = [];
const servers: Server[] = [];

beforeAll(async () => {
  const found = await loadScenario('healthy');
  if (!found.ok) throw new Error(found.problem);
  simulator = await startSimulator(found.scenario);
  gateway = `http://127.0.0.1:${await listen(createServer(recording))}/v1`;
  if (!lab) return;
  const inner = await listen(createTlsServer(lab.make('good'), recording));
  const tunnel = createServer();
  tunnel.on('connect', (_: IncomingMessage, socket) => {
    const far = connect(inner, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(far).pipe(socket);
    });
    far.on('error', () => socket.destroy());
    socket.on('error', () => far.destroy());
  });
  proxy = `http://127.0.0.1:${await listen(tunnel)}`;
});
beforeEach(() => {
  got = [];
});
afterAll(async () => {
  for (const s of servers) s.close();
  await simulator.close();
  if (lab) rmSync(lab.dir, { recursive: true });
});

const recording: RequestListener = (request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (c: Buffer) => chunks.push(c));
  request.on('end', () => {
    const { authorization = 'none' } = request.headers;
    const all = `${request.url}\n${request.rawHeaders.join('\n')}\n${Buffer.concat(chunks)}`;
    got.push({ authorization, all });
    response.setHeader('content-type', 'application/json');
    response.setHeader('connection', 'close');
    const message = { role: 'assistant', content: 'Hello' };
    response.end(JSON.stringify({ choices: [{ message, finish_reason: 'stop' }] }));
  });
};

async function listen(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return (server.address() as AddressInfo).port;
}

const environment = () => ({
  HF_TOKEN: simulator.token ?? '',
  NO_PROXY: '127.0.0.1',
  ...(lab ? { HTTPS_PROXY: proxy, SSL_CERT_FILE: lab.caFile } : {}),
});

type By = 'config' | '--config' | '--gateway' | 'env';

/** Runs a command with the gateway named in one place; the credentials that its server got. */
async function sentTo(url: string, by: By, withKey: boolean, command = ['check']): Promise<Set<string>> {
  const cwd = emptyFolder();
  const file = join(cwd, by === '--config' ? 'other.json' : 'hf-doctor.config.json');
  const gatewayOnly = ['router', 'gateway'];
  writeFileSync(
    file,
    JSON.stringify({ routes: gatewayOnly, ...(by.includes('config') ? { gateway: url } : {}) }),
  );
  const { hub, router } = simulator.endpoints;
  const { code } = await run(
    [
      ...command,
      MODEL,
      ...(by === '--gateway' ? ['--gateway', url] : by === '--config' ? ['--config', file] : []),
      ...['--hub-url', hub, '--router-url', router],
    ],
    {
      cwd,
      env: {
        ...environment(),
        ...(withKey ? { HF_DOCTOR_GATEWAY_KEY: KEY } : {}),
        ...(by === 'env' ? { HF_DOCTOR_GATEWAY_URL: url } : {}),
      },
    },
  );
  expect(code).not.toBe(2);
  // Nobody gets a secret anywhere but in its own header.
  const secrets = [KEY, simulator.token ?? KEY];
  for (const { all } of got)
    expect(secrets.filter((s) => all.replaceAll(`Bearer ${s}`, '').includes(s))).toEqual([]);
  return new Set(got.map((g) => g.authorization));
}

const named = () => ({ none: 'none', key: `Bearer ${KEY}`, token: `Bearer ${simulator.token}` });

describe('a gateway gets', () => {
  it.each([
    ['config', true, 'none'],
    ['config', false, 'none'],
    ['--config', true, 'none'],
    ['--config', false, 'none'],
    ['--gateway', true, 'key'],
    ['--gateway', false, 'none'],
    ['env', true, 'key'],
    ['env', false, 'none'],
  ] as const)('named by %s, with a key set: %s -> %s', async (by, withKey, want) => {
    expect(await sentTo(gateway, by, withKey)).toEqual(new Set([named()[want]]));
    // The token was there to be sent, or this proves nothing.
    expect(simulator.log().some((r) => r.auth === 'token')).toBe(true);
  });

  it('nothing from watch either', async () => {
    expect(await sentTo(gateway, 'config', true, ['watch', '--rounds', '1'])).toEqual(new Set(['none']));
  });
});

describe.skipIf(!lab)('a dedicated endpoint gets', () => {
  it.each([
    // Beside the one credential stands the control without any.
    ['config', true, ['none']],
    ['config', false, ['none']],
    ['--config', true, ['none']],
    ['--config', false, ['none']],
    ['--gateway', true, ['key', 'none']],
    ['--gateway', false, ['token', 'none']],
    ['env', true, ['key', 'none']],
    ['env', false, ['token', 'none']],
  ] as const)('named by %s, with a key set: %s -> %j', async (by, withKey, want) => {
    expect(await sentTo(ENDPOINT, by, withKey)).toEqual(new Set(want.map((w) => named()[w])));
  });

  it.each([[['fallback']], [['watch', '--rounds', '1']]])('nothing from %j either', async (command) => {
    for (const withKey of [true, false]) {
      const sent = await sentTo(ENDPOINT, 'config', withKey, command);
      expect([...sent].filter((s) => s !== 'none')).toEqual([]);
    }
  });
});

describe('the network itself', () => {
  it('keeps each secret to its own hosts, whoever asks', async () => {
    const { hub, router } = simulator.endpoints;
    const cwd = emptyFolder();
    const session = await openSession(
      { gateway, hubUrl: hub, routerUrl: router },
      {
        ...{ argv: [], cwd, home: cwd, version: '0', redact: (t: string) => t },
        ...{ stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() },
        env: { ...environment(), HF_DOCTOR_GATEWAY_KEY: KEY },
        signal: new AbortController().signal,
      },
    );
    const token = session.search.winner?.secret;
    const key = session.gatewayKey;
    if (!token || !key) throw new Error('both secrets must be there');
    const send = async (url: string, auth: Secret) => {
      const o = await session.network.send({ method: 'GET', url, headers: {}, auth, timeoutMs: 5_000 });
      return o.kind === 'failure' ? o.error : o.status;
    };
    const withheld = 'run.token-withheld';
    expect(await send(gateway, token)).toBe(withheld);
    expect(await send('https://mine.endpoints.huggingface.cloud/v1', token)).toBe(withheld);
    expect(await send(`${router}/v1/models`, key)).toBe(withheld);
    expect(await send('https://huggingface.co/api/whoami-v2', key)).toBe(withheld);
    expect(got).toEqual([]);
    expect(await send(gateway, key)).toBe(200);
    expect(await send(`${hub}/api/whoami-v2`, token)).toBe(200);
    await session.close();
  });
});
