import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((f) => f.endsWith('.ts'))
  .map((f) => ({ file: f, text: readFileSync(join(root, 'src', f), 'utf8') }));

/** Which room may import which. Safety imports nothing; renderers never see the network. */
const MAY: Record<string, string[]> = {
  types: [],
  safety: [],
  simulator: [],
  routes: ['types'],
  catalog: ['types'],
  token: ['safety', 'types'],
  settings: ['safety', 'types'],
  probe: ['routes', 'safety', 'types'],
  rules: ['report', 'safety', 'types'],
  diagnose: ['report', 'rules', 'types'],
  report: ['routes', 'types'],
  explain: ['diagnose', 'probe', 'report', 'routes', 'rules', 'safety', 'types'],
  fallback: ['report', 'safety', 'types'],
  render: ['report', 'rules', 'safety', 'types'],
  watch: ['render', 'report', 'safety'],
  check: ['catalog', 'diagnose', 'probe', 'report', 'routes', 'safety', 'settings', 'token', 'types'],
};

describe('rooms', () => {
  it.each(Object.keys(MAY))('%s imports only what it may', (room) => {
    const own = sources.filter((s) => s.file.startsWith(`${room}/`));
    expect(own.length).toBeGreaterThan(0);
    const foreign = own.flatMap(({ file, text }) =>
      [...text.matchAll(/from '(\.{1,2}\/[^']{1,200})'|import\('(\.{1,2}\/[^']{1,200})'\)/g)]
        .map((m) => normalize(join(dirname(file), m[1] ?? m[2] ?? '')).split('/')[0] ?? '')
        .filter((target) => target !== room && !MAY[room]?.includes(target))
        .map((target) => `${file} -> ${target}`),
    );
    expect(foreign).toEqual([]);
  });

  it('no file holds two things: none is longer than 250 lines', () => {
    expect(sources.filter((s) => s.text.split('\n').length > 251).map((s) => s.file)).toEqual([]);
  });

  it('the network, the writer and the exit each have one place', () => {
    const outside = (pattern: RegExp, allowed: RegExp) =>
      sources.filter((s) => pattern.test(s.text) && !allowed.test(s.file)).map((s) => s.file);
    // Code that is written for users, not run here.
    const generated = /^fallback\/javascript\.ts$/;
    expect(outside(/\bconsole\.\w/, generated)).toEqual([]);
    expect(outside(/\bprocess\.exit\(/, /^$/)).toEqual([]);
    expect(outside(/^(?:import|export) (?!type\b)[^\n]{0,200} from 'undici'/m, /^probe\/agent\.ts$/)).toEqual(
      [],
    );
    expect(outside(/\bwriteFile|createWriteStream/, /^safety\/write\.ts$/)).toEqual([]);
    expect(outside(/(?<![.\w])fetch\(/, generated)).toEqual([]);
  });
});

describe('the repository', () => {
  const tracked = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).trim().split('\n');
  const texts = tracked
    .filter((f) => f !== 'package-lock.json' && f !== relative(root, fileURLToPath(import.meta.url)))
    .map((f) => ({ f, text: readFileSync(join(root, f), 'utf8') }));

  it('holds nothing that looks like a token', () => {
    expect(texts.filter(({ text }) => /hf_[A-Za-z0-9]{20,}/.test(text)).map(({ f }) => f)).toEqual([]);
  });

  it('names no path of a machine', () => {
    expect(texts.filter(({ text }) => /(?<![\w.~])\/(?:root|work)\/\w/.test(text)).map(({ f }) => f)).toEqual(
      [],
    );
  });

  it('has an entry for its version', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(readFileSync(join(root, 'CHANGELOG.md'), 'utf8')).toContain(`## [${version}]`);
  });
});
