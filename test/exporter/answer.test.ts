import { describe, expect, it } from 'vitest';
import { type Asked, answerTo, type Shown } from '../../src/exporter/answer.js';
import { isOurHost } from '../../src/exporter/hosts.js';

const shown: Shown = {
  ...{ named: '127.0.0.1', policy: "default-src 'none'; style-src 'sha256-x'" },
  health: () => ({ ok: true, text: 'ok: round 1' }),
  metrics: () => 'hf_doctor_exit_code 0\n',
  page: () => '<!doctype html>',
};
const asked: Asked = {
  ...{ method: 'GET', target: '/metrics', hosts: ['127.0.0.1:9469'], origin: undefined },
  ...{ fetchSite: undefined, fetchMode: undefined },
};
const ask = (more: Partial<Asked> = {}, what: Partial<Shown> = {}) =>
  answerTo({ ...asked, ...more }, { ...shown, ...what });

describe('what is asked for', () => {
  it.each([
    ['/metrics', 'text/plain; version=0.0.4; charset=utf-8', 'hf_doctor_exit_code 0\n'],
    ['/metrics?name[]=x', 'text/plain; version=0.0.4; charset=utf-8', 'hf_doctor_exit_code 0\n'],
    ['/healthz', 'text/plain; charset=utf-8', 'ok: round 1\n'],
    ['/', 'text/html; charset=utf-8', '<!doctype html>'],
    ['/?', 'text/html; charset=utf-8', '<!doctype html>'],
  ])('%s', (target, type, body) => {
    expect(ask({ target })).toMatchObject({ status: 200, type, body });
    expect(ask({ target, method: 'HEAD' })).toEqual(ask({ target }));
  });

  it.each(['/metrics/', '/METRICS', '//metrics', '/favicon.ico', '/../metrics', '/%6detrics', '*', ''])(
    'nothing is at %j',
    (target) => {
      expect(ask({ target })).toMatchObject({ status: 404, type: 'text/plain; charset=utf-8' });
    },
  );

  it('an address in the first line is no path', () => {
    expect(ask({ target: 'http://evil.example/metrics' }).status).toBe(404);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PATCH', 'CONNECT', 'get', ''])(
    'refuses %j and says what it takes',
    (method) => {
      for (const target of ['/metrics', '/nowhere']) {
        const answer = ask({ method, target });
        expect(answer.status).toBe(405);
        expect(answer.headers.allow).toBe('GET, HEAD');
      }
    },
  );

  it('says why the watch is not well, and that there is no report yet', () => {
    const reason = 'No round was completed yet.';
    expect(ask({ target: '/healthz' }, { health: () => ({ ok: false, reason }) })).toMatchObject({
      ...{ status: 503, body: `${reason}\n` },
    });
    const none = ask({ target: '/' }, { page: () => null });
    expect(none).toMatchObject({ status: 503, type: 'text/plain; charset=utf-8' });
    expect(none.body).toMatch(/^No report yet/);
  });

  it('makes only what is asked for', () => {
    const not = () => {
      throw new Error('made for nobody');
    };
    expect(ask({}, { page: not, health: not }).status).toBe(200);
    expect(ask({ target: '/nowhere' }, { page: not, health: not, metrics: not }).status).toBe(404);
    expect(ask({ hosts: ['evil.example'] }, { page: not, health: not, metrics: not }).status).toBe(421);
  });
});

describe('what a browser may do with it', () => {
  it.each(['/metrics', '/healthz', '/', '/nowhere'])('%s', (target) => {
    const { headers } = ask({ target });
    const policy = headers['content-security-policy'];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(Object.keys(headers).filter((h) => h.startsWith('access-control'))).toEqual([]);
  });

  it('the report keeps its own rules for what it loads, the rest loads nothing', () => {
    expect(ask({ target: '/' }).headers['content-security-policy']).toContain("style-src 'sha256-x'");
    expect(ask({ target: '/metrics' }).headers['content-security-policy']).not.toContain('sha256');
  });

  it.each([
    ['typed in', { fetchSite: 'none', fetchMode: 'navigate' }, 200],
    ['a link of a dashboard', { fetchSite: 'cross-site', fetchMode: 'navigate' }, 200],
    ['a link of the page itself', { fetchSite: 'same-origin', fetchMode: 'navigate' }, 200],
    [
      'a script of another page',
      { fetchSite: 'cross-site', fetchMode: 'cors', origin: 'https://e.test' },
      403,
    ],
    ['a script that hides', { fetchSite: 'cross-site', fetchMode: 'no-cors' }, 403],
    ['another port of this machine', { fetchSite: 'same-site', fetchMode: 'no-cors' }, 403],
    ['no mode', { fetchSite: 'cross-site' }, 403],
    ['a null origin', { origin: 'null' }, 403],
    ['an old browser', { origin: 'https://e.test' }, 403],
  ])('%s', (_, more, status) => {
    expect(ask(more).status).toBe(status);
  });
});

describe('the Host header', () => {
  it.each([
    ['127.0.0.1:9469', true],
    ['127.0.0.1', true],
    ['localhost:8080', true],
    ['LOCALHOST', true],
    ['[::1]:9469', true],
    ['10.0.0.7:9469', true],
    ['[fd00::7]', true],
    ['evil.example', false],
    ['evil.example:9469', false],
    ['localhost.evil.example', false],
    ['127.0.0.1.evil.example', false],
    ['127.0.0.1.nip.io:9469', false],
    ['2130706433', false],
    ['0x7f.1', false],
    ['127.1', false],
    ['::1', false],
    ['[evil.example]', false],
    ['[::1', false],
    ['localhost:9469:1', false],
    ['localhost@evil.example', false],
    ['localhost evil', false],
    ['localhost,evil.example', false],
    ['', false],
    [':9469', false],
  ])('%j', (header, ours) => {
    expect(isOurHost(header, '127.0.0.1')).toBe(ours);
    expect(ask({ hosts: [header] }).status).toBe(ours ? 200 : 421);
  });

  it('the name that was given is known, and no other', () => {
    expect(isOurHost('Doctor.Example:80', 'doctor.example')).toBe(true);
    expect(isOurHost('x.doctor.example', 'doctor.example')).toBe(false);
    expect(isOurHost('doctor.example', '0.0.0.0')).toBe(false);
  });

  it('is needed once', () => {
    expect(ask({ hosts: [] }).status).toBe(400);
    expect(ask({ hosts: ['127.0.0.1', 'evil.example'] }).status).toBe(400);
    expect(ask({ hosts: ['127.0.0.1', '127.0.0.1'] }).status).toBe(400);
  });

  it('tells how a name is allowed, and does not repeat it', () => {
    const { body } = ask({ hosts: ['evil.example'] });
    expect(body).toContain('--listen <name>:<port>');
    expect(body).not.toContain('evil');
  });
});
