import { describe, expect, it } from 'vitest';
import { forReaders, invitation, isLoopback } from '../../src/exporter/readers.js';
import { cell, DOWN, report } from '../watch/support.js';

describe('who can read it', () => {
  it.each([
    ['127.0.0.1', true],
    ['127.9.9.9', true],
    ['::1', true],
    ['::ffff:127.0.0.1', true],
    ['0.0.0.0', false],
    ['::', false],
    ['10.0.0.7', false],
    ['::ffff:10.0.0.7', false],
    ['fe80::1', false],
    ['1.127.0.1', false],
  ])('%s: this machine alone: %s', (address, alone) => {
    expect(isLoopback(address)).toBe(alone);
    expect(invitation({ address, port: 9469 }).includes('without a password')).toBe(!alone);
  });

  it('is said in a line that can be followed', () => {
    expect(invitation({ address: '127.0.0.1', port: 9469 })).toBe(
      'Listening on http://127.0.0.1:9469/ for the last report, /metrics and /healthz.\n',
    );
    expect(invitation({ address: '::', port: 1 })).toMatch(
      /^Listening on http:\/\/\[::\]:1\/ .*\nNote: other .*\n$/,
    );
  });
});

describe('what readers see', () => {
  const MASKED = ['hf', '…', 'AbCd'].join('_');
  const whole = report([cell('a/b', 'router', { ...DOWN, evidence: 'refused for user ada' })], {
    token: {
      ...{ status: 'valid', source: '~/.cache/token', masked: MASKED, role: 'read' },
      ...{ permission: { inference: 'granted', reason: '' }, shadowed: [{ source: 'env HF_TOKEN' }] },
    },
    evidence: { observations: ['ada'] },
  });

  it.each([true, false])('no part of a token, and not where it lies (open: %s)', (isOpen) => {
    const text = JSON.stringify(forReaders(whole, isOpen));
    expect(text).not.toMatch(/AbCd|\.cache|HF_TOKEN|observations/);
    expect(text).toContain('"status":"valid"');
    expect(text.includes('ada')).toBe(!isOpen);
  });

  it.each([
    ['env HF_TOKEN', 'env HF_TOKEN'],
    ['~/.cache/huggingface/token', 'a file'],
    ['env of /home/ada/.env', 'a file'],
    ['stdin', 'stdin'],
    [null, null],
  ])('a token from %s is one from %s', (source, told) => {
    const token = { ...whole.token, source };
    expect(forReaders({ ...whole, token }, false).token.source).toBe(told);
  });

  it('leaves the report itself alone', () => {
    const before = structuredClone(whole);
    forReaders(whole, true);
    expect(whole).toEqual(before);
  });
});
