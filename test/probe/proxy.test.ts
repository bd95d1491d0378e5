import { describe, expect, it } from 'vitest';
import { readProxies } from '../../src/probe/proxy.js';

const HUB = 'https://huggingface.co/api';

/** Where a URL goes: `direct`, `host:port`, or what is wrong. */
function way(env: Record<string, string>, url = HUB): string {
  const proxy = readProxies(env).on(new URL(url));
  if (proxy === null) return 'direct';
  return 'fault' in proxy ? 'fault' : `${proxy.secure ? 'tls ' : ''}${proxy.label}`;
}

describe('the proxy for a URL', () => {
  it.each([
    [{}, HUB, 'direct'],
    [{ HTTPS_PROXY: 'http://p.test:3128' }, HUB, 'p.test:3128'],
    [{ https_proxy: 'http://p.test:3128' }, HUB, 'p.test:3128'],
    [{ https_proxy: 'http://low.test', HTTPS_PROXY: 'http://up.test' }, HUB, 'low.test:80'],
    [{ https_proxy: '', HTTPS_PROXY: 'http://up.test' }, HUB, 'up.test:80'],
    [{ HTTP_PROXY: 'http://p.test:3128' }, HUB, 'direct'],
    [{ HTTP_PROXY: 'http://p.test:3128' }, 'http://gateway.test/', 'p.test:3128'],
    [{ HTTPS_PROXY: 'http://p.test:3128' }, 'http://gateway.test/', 'direct'],
    [{ ALL_PROXY: 'http://all.test:1' }, HUB, 'all.test:1'],
    [{ ALL_PROXY: 'http://all.test:1', HTTPS_PROXY: 'http://own.test:2' }, HUB, 'own.test:2'],
    [{ all_proxy: 'all.test:1' }, 'http://gateway.test/', 'all.test:1'],
    [{ HTTPS_PROXY: 'p.test:3128' }, HUB, 'p.test:3128'],
    [{ HTTPS_PROXY: 'p.test:3128/?to=http://x.test' }, HUB, 'p.test:3128'],
    [{ all_proxy: 'p.test:3128' }, HUB, 'p.test:3128'],
    [{ ALL_PROXY: 'p.test:3128' }, 'http://gateway.test/', 'p.test:3128'],
    [{ HTTPS_PROXY: '  https://p.test  ' }, HUB, 'tls p.test:443'],
    [{ HTTPS_PROXY: 'http://[::1]:3128' }, HUB, '[::1]:3128'],
    [{ HTTPS_PROXY: 'http://user:word@p.test:3128' }, HUB, 'p.test:3128'],
    [{ HTTPS_PROXY: 'socks5://p.test:1080' }, HUB, 'fault'],
    [{ HTTPS_PROXY: 'http://' }, HUB, 'fault'],
    [{ HTTPS_PROXY: 'http://user:word@bad host' }, HUB, 'fault'],
    [{ HTTPS_PROXY: 'http://p.test:99999' }, HUB, 'fault'],
    [{ HTTPS_PROXY: 'p.test:1' }, 'https://localhost:8080/', 'direct'],
    [{ HTTPS_PROXY: 'p.test:1' }, 'https://127.0.0.1/', 'direct'],
    [{ HTTPS_PROXY: 'p.test:1' }, 'https://[::1]/', 'direct'],
    [{ HTTPS_PROXY: 'p.test:1' }, 'https://127.0.0.1.evil.test/', 'p.test:1'],
  ] as [Record<string, string>, string, string][])('%o, %s: %s', (env, url, expected) => {
    expect(way(env, url)).toBe(expected);
  });

  it.each([
    ['*', 'direct'],
    ['huggingface.co', 'direct'],
    ['.huggingface.co', 'direct'],
    ['*.huggingface.co', 'direct'],
    ['HuggingFace.CO', 'direct'],
    ['other.test,huggingface.co', 'direct'],
    ['other.test huggingface.co', 'direct'],
    ['co', 'direct'],
    ['huggingface.co:443', 'direct'],
    ['huggingface.co:8443', 'proxy'],
    ['gface.co', 'proxy'],
    ['huggingface.co.evil.test', 'proxy'],
    ['router.huggingface.co', 'proxy'],
    ['', 'proxy'],
    [',, ,', 'proxy'],
    ['10.0.0.0/8', 'proxy'],
  ])('NO_PROXY=%s: %s', (NO_PROXY, expected) => {
    expect(way({ HTTPS_PROXY: 'p.test:1', NO_PROXY })).toBe(expected === 'proxy' ? 'p.test:1' : expected);
    expect(way({ HTTPS_PROXY: 'p.test:1', no_proxy: NO_PROXY })).toBe(
      expected === 'proxy' ? 'p.test:1' : expected,
    );
  });

  it.each([
    ['10.0.0.0/8', 'https://10.1.2.3/', 'direct'],
    ['10.0.0.0/8', 'https://11.1.2.3/', 'p.test:1'],
    ['10.1.2.0/24', 'https://10.1.2.3/', 'direct'],
    ['10.1.2.3/32', 'https://10.1.2.3/', 'direct'],
    ['10.0.0.0/0', 'https://11.1.2.3/', 'direct'],
    ['10.0.0.0/33', 'https://10.0.0.0/', 'p.test:1'],
    ['10.0.0.0/99', 'https://10.1.2.3/', 'p.test:1'],
    ['10.0.0.0/', 'https://10.0.0.0/', 'p.test:1'],
    ['10.0.0.0/-8', 'https://10.1.2.3/', 'p.test:1'],
    ['10.0.0.0/8.5', 'https://10.1.2.3/', 'p.test:1'],
    ['10.0.0.0/1e1', 'https://10.1.2.3/', 'p.test:1'],
    ['huggingface.co/8', HUB, 'p.test:1'],
    ['fd00::1/128', 'https://[fd00::1]/', 'direct'],
    ['fd00::1/129', 'https://[fd00::1]/', 'p.test:1'],
    [',,', 'https://huggingface.co./', 'p.test:1'],
    ['10.1.2.3', 'https://10.1.2.3:444/', 'direct'],
    ['fd00::/8', 'https://[fd00::1]/', 'direct'],
    ['[fd00::1]', 'https://[fd00::1]/', 'direct'],
    ['fd00::1', 'https://[fd00::1]/', 'direct'],
    ['[fd00::1]:444', 'https://[fd00::1]/', 'p.test:1'],
  ])('NO_PROXY=%s, %s: %s', (NO_PROXY, url, expected) => {
    expect(way({ HTTPS_PROXY: 'p.test:1', NO_PROXY }, url)).toBe(expected);
  });

  it.each([
    ['gateway.test:80', 'direct'],
    ['gateway.test:443', 'p.test:1'],
  ])('NO_PROXY=%s, for plain http: %s', (NO_PROXY, expected) => {
    expect(way({ HTTP_PROXY: 'p.test:1', NO_PROXY }, 'http://gateway.test/')).toBe(expected);
  });

  it('sends the credential of its own address', () => {
    const cases: [string, string | undefined][] = [
      ['http://p.test', undefined],
      ['http://user:pass@p.test', 'user:pass'],
      ['http://user@p.test', 'user:'],
      ['http://u%40corp:p%3Aw%2F@p.test', 'u@corp:p:w/'],
      ['http://user:100%@p.test', 'user:100%'],
    ];
    for (const [address, expected] of cases) {
      const proxy = readProxies({ HTTPS_PROXY: address }).on(new URL(HUB));
      if (!proxy || 'fault' in proxy) throw new Error(address);
      const headers: Record<string, string> = {};
      proxy.authorize(headers);
      const sent = headers['proxy-authorization']?.replace('Basic ', '');
      expect(sent && Buffer.from(sent, 'base64').toString()).toBe(expected);
    }
  });

  it('never shows a password', async () => {
    const { inspect } = await import('node:util');
    const word = 'open-sesame';
    for (const rest of ['p.test:3128', 'bad host', '', 'p.test:99999']) {
      for (const scheme of ['http', 'https', 'socks5', 'gopher']) {
        const proxies = readProxies({ HTTPS_PROXY: `${scheme}://user:${word}@${rest}` });
        const proxy = proxies.on(new URL(HUB));
        expect(inspect([proxies, proxy, proxies.shown], { depth: 9, showHidden: true })).not.toContain(word);
        expect(JSON.stringify([proxies, proxy])).not.toContain(word);
        expect(proxies.shown).not.toContain('user');
      }
    }
  });

  it('is shown for https first, else for http', () => {
    expect(readProxies({}).shown).toBeNull();
    expect(readProxies({ http_proxy: 'a.test', https_proxy: 'b.test' }).shown).toBe('http://b.test:80');
    expect(readProxies({ http_proxy: 'a.test' }).shown).toBe('http://a.test:80');
    expect(readProxies({ http_proxy: 'https://a.test' }).shown).toBe('https://a.test:443');
    expect(readProxies({ http_proxy: 'http://' }).shown).toBe(
      'the proxy address in http_proxy cannot be read',
    );
    expect(readProxies({ all_proxy: 'socks5://a.test' }).shown).toContain('all_proxy names a socks5 proxy');
  });
});
