import { describe, expect, it } from 'vitest';
import { type Permits, prepare } from '../../src/probe/prepare.js';
import { readProxies } from '../../src/probe/proxy.js';
import type { SendRequest } from '../../src/probe/transport.js';
import { Secret } from '../../src/safety/secret.js';
import { canary } from './raw.js';

const URL_OK = 'https://router.test/v1/models?a=b';
const open: Permits = { mayCarryToken: () => true, proxyOn: () => null };
const auth = (): Secret => new Secret(canary(), 'test');

function ready(given: Partial<SendRequest> = {}, permits: Partial<Permits> = {}) {
  const request = { method: 'GET', url: URL_OK, headers: {}, timeoutMs: 1_000, ...given } as const;
  return prepare(request, { ...open, ...permits });
}

describe('a request that may be sent', () => {
  it('has its address, lower-case headers and one authorization', () => {
    expect(ready({ headers: { 'X-Bill': 'me', Accept: '*/*' }, auth: auth() })).toEqual({
      url: new URL(URL_OK),
      headers: {
        'accept-encoding': 'identity',
        'x-bill': 'me',
        accept: '*/*',
        authorization: `Bearer ${canary()}`,
      },
    });
  });

  it('may use a proxy: also with a token, when the way is encrypted', () => {
    const { on } = readProxies({ ALL_PROXY: 'http://p.test:3128' });
    expect(ready({ auth: auth() }, { proxyOn: on })).toHaveProperty('url');
    expect(ready({ url: 'http://gateway.test/' }, { proxyOn: on })).toHaveProperty('url');
  });

  it.each(['authorization-x', 'x-host', 'tea', 'expected', 'cookies'])('may carry %s', (name) => {
    expect(ready({ headers: { [name]: 'x' } })).toMatchObject({ headers: { [name]: 'x' } });
  });
});

describe('a request that may not be sent: the reason is said', () => {
  const { on } = readProxies({ HTTP_PROXY: 'http://p.test:3128', HTTPS_PROXY: 'socks5://p.test' });
  it.each<[string, Partial<SendRequest>, Partial<Permits>, string, string]>([
    ['no URL', { url: 'router.test' }, {}, 'config.bad-url', 'the address is not a URL'],
    [
      'another protocol',
      { url: 'ftp://router.test' },
      {},
      'config.bad-url',
      'the address does not begin with http:// or https://',
    ],
    [
      'a user name',
      { url: 'https://me@router.test' },
      {},
      'config.bad-url',
      'the address holds a user name or a password',
    ],
    [
      'a proxy that cannot be used',
      {},
      { proxyOn: on },
      'proxy.unusable',
      'HTTPS_PROXY names a socks5 proxy; only http and https proxies can be used',
    ],
    [
      'a host that may not see the token',
      { auth: auth() },
      { mayCarryToken: () => false },
      'run.token-withheld',
      'this host may not see the token, so nothing was sent',
    ],
    [
      'a proxy that would see the token',
      { url: 'http://gateway.test', auth: auth() },
      { proxyOn: on },
      'run.token-withheld',
      'the proxy would see the token in clear text, so nothing was sent',
    ],
    ['Host', { headers: { Host: 'x' } }, {}, 'internal', 'the header host cannot be set'],
    [
      'a name that is no name',
      { headers: { [`x y:${'z'.repeat(99)}`]: 'x' } },
      {},
      'internal',
      `the header x?y?${'z'.repeat(36)} holds a character that cannot be sent`,
    ],
  ])('%s', (_, given, permits, error, detail) => {
    expect(ready(given, permits)).toEqual({ error, detail });
  });
});
