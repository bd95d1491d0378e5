import { getEventListeners, once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import type { LookupFunction, Socket } from 'node:net';
import { createSecureContext, type TLSSocket } from 'node:tls';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { openSocket, type SocketOptions } from '../../src/probe/socket.js';
import { laboratory } from './certificates.js';
import { cleanUp, rawServer } from './raw.js';

const lab = laboratory();
if (!lab) console.error('SKIPPED: the tests of TLS sockets need the openssl command, and it is not here.');

afterEach(cleanUp);
afterAll(() => lab && rmSync(lab.dir, { recursive: true }));

const sessions = (): Map<string, Buffer> => new Map();
function open(port: number, more: Partial<SocketOptions> = {}): Promise<Socket> {
  return openSocket({
    secure: false,
    host: '127.0.0.1',
    port,
    tunnel: null,
    lookup: () => {},
    context: () => createSecureContext({ ca: lab ? readFileSync(lab.caFile) : '' }),
    sessions: sessions(),
    signal: new AbortController().signal,
    onHandshake: () => {},
    ...more,
  });
}

describe('a socket', () => {
  it('that stands is out of reach of the stop of its attempt', async () => {
    const server = await rawServer(() => {});
    const stop = new AbortController();
    const socket = await open(server.port, { signal: stop.signal });
    expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
    stop.abort(new Error('stopped'));
    expect(socket.destroyed).toBe(false);
    socket.destroy();
  });

  it.each([false, true])(
    'that does not stand is ended by it, with its reason; secure: %s',
    async (secure) => {
      const server = await rawServer(() => {}, undefined, 'bytes');
      const stop = new AbortController();
      const opening = open(server.port, { secure, signal: stop.signal });
      stop.abort(new Error('stopped'));
      await expect(opening).rejects.toThrow('stopped');
    },
  );

  it.each([false, true])('asks the look-up that it was given; secure: %s', async (secure) => {
    const asked: string[] = [];
    const lookup: LookupFunction = (host, _options, done) => {
      asked.push(host);
      done(new Error('no such name'), '', 4);
    };
    await expect(open(1, { secure, host: 'name.test', lookup })).rejects.toThrow('no such name');
    expect(asked).toEqual(['name.test']);
  });
});

describe.skipIf(!lab)('a socket over TLS', () => {
  it('speaks HTTP/1.1, and takes up the session of the one before', async () => {
    const server = await rawServer((socket) => socket.write('hello'), {
      ...lab?.make('good'),
      ALPNProtocols: ['h2', 'http/1.1'],
    });
    const known = sessions();
    const reused: boolean[] = [];
    for (let i = 0; i < 2; i += 1) {
      const socket = (await open(server.port, { secure: true, sessions: known })) as TLSSocket;
      expect(socket.alpnProtocol).toBe('http/1.1');
      reused.push(socket.isSessionReused());
      // The session comes after the handshake, before the first bytes.
      socket.write('GET / HTTP/1.1\r\n\r\n');
      await once(socket, 'data');
      socket.destroy();
    }
    expect([...known.keys()]).toEqual([`127.0.0.1:${server.port}`]);
    expect(reused).toEqual([false, true]);
  });

  it('says when the handshake begins', async () => {
    const server = await rawServer(() => {}, lab?.make('good'));
    let told = 0;
    const socket = await open(server.port, {
      secure: true,
      onHandshake: () => {
        told += 1;
      },
    });
    expect(told).toBe(1);
    socket.destroy();
  });
});
