// Mutation testing of the risky rooms, on demand: `npm run mutation -- <group> [--static] [src file ...]`.
// It works in a copy of the tree and with tools of its own, so that nothing here changes. Below 80 % it fails.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const TARGET = 80;
const TOOLS = ['@stryker-mutator/core@10.1.1', '@stryker-mutator/vitest-runner@10.1.1'];

const sources = (names) => names.split(' ').map((name) => `src/probe/${name}.ts`);
const tests = (names) => names.split(' ').map((name) => `test/probe/${name}.test.ts`);

/** What is changed, and the tests that have to notice. What runs in a child process sees no mutant. */
const GROUPS = {
  safety: { mutate: ['src/safety/*.ts'], include: ['test/safety/*.test.ts'] },
  probe: {
    mutate: sources('transport exchange decode prepare network failure connect proxy tunnel socket'),
    include: tests(
      'transport transport-token transport-tls transport-proxy transport-time time-limit exchange decode prepare failure connect proxy socket',
    ),
  },
  retry: {
    mutate: sources('retry told-wait host-pace schedule stop ask'),
    include: tests('retry told-wait host-pace schedule stop ask'),
  },
  diagnose: { mutate: ['src/diagnose/*.ts'], include: ['test/diagnose/*.test.ts'] },
};

const [name, ...rest] = process.argv.slice(2);
const group = Object.hasOwn(GROUPS, name ?? '') ? GROUPS[name] : undefined;
if (group) process.exitCode = await inScratch((folder) => mutate(folder, group));
else {
  process.stderr.write(
    `usage: npm run mutation -- <${Object.keys(GROUPS).join('|')}> [--static] [file ...]\n`,
  );
  process.exitCode = 2;
}

async function inScratch(work) {
  const folder = mkdtempSync(join(tmpdir(), 'mutation-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The exit code of Stryker. */
async function mutate(folder, { mutate, include }) {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const tree = join(folder, 'tree');
  for (const part of ['src', 'test', 'fixtures', 'package.json'])
    cpSync(join(root, part), join(tree, part), { recursive: true });

  // Stryker needs Node 22. Its vitest has to be ours: what we have installed lies beside it as links.
  const old = Number(process.versions.node.split('.')[0]) < 22;
  writeFileSync(join(folder, 'package.json'), '{"private":true}\n');
  const quiet = ['--silent', '--no-audit', '--no-fund', '--legacy-peer-deps'];
  const failed = await run(folder, 'npm', ['install', ...quiet, ...TOOLS, ...(old ? ['node@22'] : [])]);
  if (failed) return failed;
  const [ours, theirs] = [join(root, 'node_modules'), join(folder, 'node_modules')];
  for (const entry of readdirSync(ours, { withFileTypes: true }))
    for (const part of entry.name.startsWith('@') ? readdirSync(join(ours, entry.name)) : [''])
      link(join(ours, entry.name, part), join(theirs, entry.name, part));
  symlinkSync(theirs, join(tree, 'node_modules'));

  // A constant of a module is a static mutant: each costs a fresh start and every test, so only on demand.
  const all = rest.includes('--static');
  const only = rest.filter((word) => word !== '--static');
  // Few runs of each property: the tables have to notice, not luck.
  const test = { include, isolate: all, testTimeout: 8_000, env: { FUZZ_RUNS: '4' } };
  writeFileSync(join(tree, 'vitest.mutation.ts'), `export default ${JSON.stringify({ test })};\n`);
  const config = {
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    vitest: { configFile: 'vitest.mutation.ts' },
    tsconfigFile: 'none.json', // It cannot load TypeScript 7, and needs no types.
    coverageAnalysis: 'perTest',
    ignoreStatic: !all,
    concurrency: 2,
    timeoutMS: 3_000,
    reporters: ['clear-text', 'progress-append-only'],
    clearTextReporter: { allowColor: false, reportTests: false },
    thresholds: { high: 90, low: TARGET, break: TARGET },
    mutate: only.length > 0 ? only : mutate,
  };
  writeFileSync(join(tree, 'stryker.config.json'), JSON.stringify(config));
  const bin = old ? join(theirs, 'node/bin') + delimiter : '';
  return run(tree, 'node', [join(theirs, '@stryker-mutator/core/bin/stryker.js'), 'run'], bin);
}

function link(from, to) {
  if (existsSync(to)) return;
  if (!existsSync(dirname(to)))
    cpSync(dirname(from), dirname(to), { recursive: true, filter: (f) => f === dirname(from) });
  symlinkSync(from, to);
}

/** Its exit code; a signal to this process ends it first, so that the scratch folder can go. */
async function run(cwd, command, args, path = '') {
  const empty = { HF_TOKEN: '', HUGGING_FACE_HUB_TOKEN: '', NODE_EXTRA_CA_CERTS: '' };
  const env = { ...process.env, ...empty, PATH: path + process.env.PATH };
  const child = spawn(command, args, { cwd, env, stdio: 'inherit' });
  const end = () => child.kill();
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, end);
  const [code] = await once(child, 'exit');
  for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, end);
  return code ?? 1;
}
