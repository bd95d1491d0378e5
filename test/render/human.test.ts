import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { cellText } from '../../src/render/human/cell.js';
import { dollars } from '../../src/render/human/header.js';
import { renderHuman } from '../../src/render/human/human.js';
import { matrix } from '../../src/render/human/matrix.js';
import { colourLevel, makeLook } from '../../src/render/look.js';
import type { Cell, Report } from '../../src/report/model.js';
import { makeSafe } from '../../src/safety/safe.js';
import { cell } from './support.js';

const look = (columns: number, env: Record<string, string> = {}) =>
  makeLook({ flag: undefined, env, isTTY: false, columns });

function report(models: string[], cells: Cell[]): Report {
  const usable = (id: string) => cells.some((c) => c.model === id && c.outcome === 'ok');
  return {
    schemaVersion: 1,
    tool: { name: 'hf-doctor', version: '0' },
    ok: true,
    exitCode: 0,
    complete: true,
    startedAt: '2026-11-21T00:00:00.000Z',
    durationMs: 1,
    simulated: null,
    endpoints: {
      hub: 'https://huggingface.co',
      router: 'https://router.huggingface.co',
      legacy: 'https://l',
      gateway: null,
    },
    token: {
      status: 'valid',
      source: 'env HF_TOKEN',
      masked: 'hf_…AbCd',
      role: 'read',
      permission: { inference: 'granted', reason: '' },
      shadowed: [],
    },
    models: models.map((id) => ({
      id,
      task: 'conversational',
      providers: [],
      usable: usable(id),
      checked: true,
      best: usable(id) ? 'router' : null,
    })),
    routes: [...new Set(cells.map((c) => c.route))].map((id) => ({ id, kind: id, provider: null })),
    cells,
    findings: [],
    alternatives: [],
    cost: { planned: { requests: 1, billable: 1, usd: 0.00002 }, measured: { requests: 1, billable: 1 } },
    summary: {
      models: models.length,
      usable: models.filter(usable).length,
      cells: { ok: 1, fault: 0, flaky: 0, unknown: 0, skipped: 0 },
    },
  };
}

describe('the matrix', () => {
  const ids = [
    'org/short',
    '通义千问/模型-七十二亿',
    'org/a-name-that-is-much-longer-than-the-others-v0.3-instruct',
  ];
  const cells = ids.flatMap((id) => [
    cell(id, 'router'),
    cell(id, 'provider:novita', { status: 500, outcome: 'fault', attempts: 2 }),
  ]);

  it('stands in columns, whatever the width of the letters', () => {
    const [head = '', ...rows] = matrix(report(ids, cells), look(120));
    const at = (line: string, word: string) => stringWidth(line.slice(0, line.indexOf(word)));
    for (const row of rows) {
      expect(at(row, '✔')).toBe(at(head, 'router'));
      expect(at(row, '✖')).toBe(at(head, 'novita'));
    }
  });

  it.each([60, 72, 80, 100, 200])('is never wider than %i columns', (width) => {
    for (const line of matrix(report(ids, cells), look(width)))
      expect(stringWidth(line)).toBeLessThanOrEqual(width);
  });

  it('turns when there is no room: each route on a line of its own', () => {
    const lines = matrix(report(ids, cells), look(40));
    expect(lines).toContain('  router  ✔ 12 ms');
    expect(lines.filter((l) => l.includes('✖ 500 ×2'))).toHaveLength(3);
  });

  it('shows the worst 50 of many and says so', () => {
    const many = Array.from({ length: 120 }, (_, i) => `org/m${i}`);
    const failing = new Set(['org/m118', 'org/m119']);
    const lines = matrix(
      report(
        many,
        many.map((id) => cell(id, 'router', failing.has(id) ? { status: 500, outcome: 'fault' } : {})),
      ),
      look(100),
    );
    expect(lines.length).toBeLessThan(60);
    // Counts of all stand before the names of some.
    expect(lines.slice(0, 2)).toEqual(['✖ fault  2 cells, 2 models', '✔ works  118 cells, 118 models']);
    expect(lines[4]).toContain('org/m118');
    expect(lines.slice(-2).join(' ')).toContain('50 of 120 models are shown');
  });
});

describe('a cell', () => {
  it.each([
    [{}, '✔ 12 ms'],
    [{ status: 500, outcome: 'fault', attempts: 2 }, '✖ 500 ×2'],
    [{ status: null, error: 'dns.not-found', outcome: 'fault' }, '✖ no DNS'],
    [{ status: null, error: 'net.deadline', outcome: 'unknown' }, '? timeout'],
    [{ status: 500, outcome: 'flaky', attempts: 2 }, '▲ 500, then ok'],
    [{ status: 200, error: 'http.truncated', outcome: 'fault' }, '✖ 200 cut off'],
    [{ status: 200, outcome: 'fault' }, '✖ 200, but not an answer'],
    [{ outcome: 'skipped' }, '–'],
    [{ suspect: true }, '✔ ~12 ms'],
    [{ suspect: true, status: 422, depth: 'auth' }, '✔ reached'],
  ] as const)('%j is %s', (more, text) => {
    expect(cellText(cell('a/b', 'router', more as Partial<Cell>), look(100))).toBe(text);
  });

  it('needs no symbol of Unicode to be read', () => {
    expect(cellText(cell('a/b', 'router'), look(100, { LC_ALL: 'C' }))).toBe('ok 12 ms');
  });
});

describe('colour', () => {
  it.each([
    [undefined, {}, true, true],
    [undefined, {}, false, false],
    [undefined, { NO_COLOR: '1' }, true, false],
    [undefined, { NO_COLOR: '' }, true, true],
    [undefined, { NO_COLOR: '1', FORCE_COLOR: '1' }, true, true],
    [undefined, { FORCE_COLOR: '0' }, true, false],
    [undefined, { TERM: 'dumb' }, true, false],
    [false, { FORCE_COLOR: '1' }, true, false],
    [true, { NO_COLOR: '1' }, false, true],
  ] as const)('flag %s, %j, terminal %s: %s', (flag, env, isTTY, on) => {
    expect(colourLevel({ flag, env, isTTY }) > 0).toBe(on);
  });

  it('is nowhere when it is off', () => {
    const safe = makeSafe(report(['a/b'], [cell('a/b', 'router')]), (t) => t, new Set());
    expect(renderHuman(safe, look(100))).not.toContain('\x1b');
    const painted = makeLook({ flag: true, env: {}, isTTY: false, columns: 100 });
    expect(renderHuman(safe, painted)).toContain('\x1b[');
  });
});

it.each([
  [0, '0'],
  [0.00002, '0.00002'],
  [0.000123, '0.0002'],
  [0.00039, '0.0004'],
  [0.00096, '0.001'],
  [0.1 + 0.2, '0.30'],
  [0.014, '0.02'],
  [0.0000001, '0.0000001'],
  [0.25, '0.25'],
  [12, '12.00'],
])('%d dollars read %s', (usd, text) => {
  expect(dollars(usd)).toBe(text);
});

it('a token that was left alone is said to be', () => {
  const anonymous = report(['a/b'], [cell('a/b', 'router')]);
  const token = { ...anonymous.token, status: 'unverified' as const, sent: false };
  const safe = makeSafe({ ...anonymous, token }, (t) => t, new Set());
  expect(renderHuman(safe, look(100))).toContain('not sent in this run');
  expect(renderHuman(safe, look(100))).not.toContain('not known whether');
});
