import { describe, expect, it } from 'vitest';
import { listenAddress } from '../../src/settings/listen-address.js';

const parse = (raw: unknown) => listenAddress.parse(raw, { from: 'flag', cwd: '/' });

describe('--listen', () => {
  it.each([
    ['127.0.0.1:9469', '127.0.0.1', 9469],
    [' 127.0.0.1:0 ', '127.0.0.1', 0],
    ['9469', '127.0.0.1', 9469],
    ['0', '127.0.0.1', 0],
    ['[::1]:9469', '::1', 9469],
    ['[::]:1', '::', 1],
    ['0.0.0.0:65535', '0.0.0.0', 65_535],
    ['localhost:9469', 'localhost', 9469],
    ['hf-doctor:9469', 'hf-doctor', 9469],
    ['hf_doctor.monitoring.svc:80', 'hf_doctor.monitoring.svc', 80],
  ])('takes %j', (raw, host, port) => {
    expect(parse(raw)).toEqual({ ok: true, value: { host, port } });
  });

  it.each([
    ['', 'has no value', null],
    ['127.0.0.1', 'takes an address and a port', 'Write 127.0.0.1:9469.'],
    ['localhost', 'takes', 'Write localhost:9469.'],
    ['::1', 'takes', 'Write [::1]:9469.'],
    [':9469', 'takes', 'Write 127.0.0.1:9469, or 0.0.0.0:9469 for every address of this machine.'],
    ['*:80', 'takes', 'Write 127.0.0.1:80, or 0.0.0.0:80 for every address of this machine.'],
    ['http://127.0.0.1:9469/metrics', 'takes', 'Write 127.0.0.1:9469.'],
    ['127.0.0.1:65536', 'takes', 'Write 127.0.0.1:9469.'],
    ['127.0.0.1:-1', 'takes', 'Write 127.0.0.1:9469.'],
    ['127.0.0.1:1e3', 'takes', 'Write 127.0.0.1:9469.'],
    ['[::1:9469', 'takes', 'Write 127.0.0.1:9469.'],
    ['[not-v6]:1', 'takes', 'Write 127.0.0.1:9469.'],
    ['user@host:1', 'takes', 'Write 127.0.0.1:9469.'],
    ['-flag:1', 'takes', 'Write 127.0.0.1:9469.'],
    ['a..b:1', 'takes', 'Write 127.0.0.1:9469.'],
    ['a b:1', 'takes', 'Write 127.0.0.1:9469.'],
    ['\u001b[31m:1', 'takes', 'Write 127.0.0.1:9469.'],
    [9469, 'takes a text', null],
  ])('refuses %j', (raw, problem, hint) => {
    const parsed = parse(raw);
    if (parsed.ok) throw new Error('it was taken');
    expect(parsed.problem).toContain(problem);
    expect(parsed.hint).toBe(hint);
    expect(parsed.problem).not.toContain('\u001b');
  });

  it('is quick on any text', () => {
    for (const part of ['a-', 'a.', '[', ':', '1', 'a_'])
      expect(parse(`${part.repeat(50_000)}:x`).ok).toBe(false);
  });
});
