import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((f) => f.endsWith('.ts'))
  .map((f) => ({ file: f, text: readFileSync(join(root, 'src', f), 'utf8') }));

const roomOf = (file: string) => (file.includes('/') ? (file.split('/')[0] ?? '') : 'entry');

/** Import and export statements, and `import()`. `erased`: `import type`, of which nothing runs. */
const imports = sources.flatMap(({ file, text }) =>
  [
    ...text.matchAll(
      /^(?:import|export) (?:(type) )?(?:[^'";]{0,2000}? from )?'(\.{1,2}\/[^']{1,200})'|import\('(\.{1,2}\/[^']{1,200})'\)/gm,
    ),
  ].map((m) => ({
    file,
    erased: m[1] !== undefined,
    target: normalize(join(dirname(file), m[2] ?? m[3] ?? '')).replace(/\.js$/, '.ts'),
  })),
);

/**
 * Which room may import which; `entry` are the files beside the rooms. Safety imports nothing;
 * renderers never see the network; the command line may use all, and only the entry may use it.
 */
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
  report: ['routes', 'safety', 'types'],
  explain: ['diagnose', 'probe', 'report', 'routes', 'rules', 'safety', 'types'],
  fallback: ['report', 'safety', 'types'],
  init: ['explain', 'safety', 'settings'],
  render: ['report', 'rules', 'safety', 'types'],
  merge: ['diagnose', 'report', 'rules', 'types'],
  watch: ['render', 'report', 'safety'],
  exporter: ['render', 'report', 'safety', 'watch'],
  check: ['catalog', 'diagnose', 'probe', 'report', 'routes', 'safety', 'settings', 'token', 'types'],
  cli: [
    ...['check', 'diagnose', 'explain', 'exporter', 'fallback', 'init', 'merge', 'probe', 'render', 'report'],
    ...['routes', 'rules', 'safety', 'settings', 'simulator', 'token', 'types', 'watch'],
  ],
  entry: ['cli', 'diagnose', 'report', 'safety', 'types'],
};

describe('rooms', () => {
  it('each has its rule', () => {
    expect([...new Set(sources.map((s) => roomOf(s.file)))].sort()).toEqual(Object.keys(MAY).sort());
  });

  it('every import was read, and leads to a file', () => {
    // Counted in another way: each relative path in quotes that stands behind `from` or `import`.
    const written = sources.flatMap((s) => s.text.match(/(?:\bfrom |\bimport[ (])'\.{1,2}\//g) ?? []);
    expect(imports).toHaveLength(written.length);
    const files = new Set(sources.map((s) => s.file));
    expect(imports.filter((i) => !files.has(i.target))).toEqual([]);
  });

  it.each(Object.keys(MAY))('%s imports only what it may', (room) => {
    const foreign = imports
      .filter((i) => roomOf(i.file) === room && roomOf(i.target) !== room)
      .filter((i) => !MAY[room]?.includes(roomOf(i.target)))
      .map((i) => `${i.file} -> ${i.target}`);
    expect(foreign).toEqual([]);
  });

  it('no file imports itself by way of others when it runs', () => {
    const leadsTo = new Map(sources.map((s) => [s.file, new Set<string>()]));
    for (const i of imports) if (!i.erased) leadsTo.get(i.file)?.add(i.target);
    // What leads nowhere, or is led to by nobody, is in no circle: taken away until nothing changes.
    for (let before = -1; before !== leadsTo.size; ) {
      before = leadsTo.size;
      const led = new Set([...leadsTo.values()].flatMap((targets) => [...targets]));
      for (const [file, targets] of leadsTo)
        if (!led.has(file) || ![...targets].some((t) => leadsTo.has(t))) leadsTo.delete(file);
    }
    expect([...leadsTo.keys()]).toEqual([]);
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
    expect(outside(/\bcreate(?:Secure)?Server\(/, /^(?:simulator\/listen|exporter\/server)\.ts$/)).toEqual(
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
