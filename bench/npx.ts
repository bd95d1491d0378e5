/* npm run bench -- npx: what npm packs, installed into an empty folder with an empty cache, and started. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { quarter, say } from './parts/lines.js';
import { env, root } from './parts/process.js';

const ROUNDS = Number(process.argv[2] ?? 3);
const folder = mkdtempSync(join(tmpdir(), 'hf-doctor-bench-'));
const run = (command: string, args: readonly string[], cwd: string) =>
  execFileSync(command, args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

/** Seconds of one cold `npx` of a package folder or file. */
function cold(spec: string, name: string): number {
  const place = mkdtempSync(join(folder, 'cold-'));
  const from = performance.now();
  const cache = ['--cache', join(place, 'cache'), '--prefer-offline', '--no-audit', '--no-fund'];
  const out = run('npx', ['--yes', ...cache, '--package', spec, '--', name, '--version'], place);
  if (!/\d/.test(out)) throw new Error(`${name} said no version: ${out}`);
  return (performance.now() - from) / 1000;
}

try {
  const packed = JSON.parse(
    run('npm', ['pack', '--json', '--pack-destination', folder], root).replace(/^[^[]*\[/, '['),
  ) as {
    filename: string;
    unpackedSize: number;
    size: number;
  }[];
  const [info] = packed;
  const tarball = readdirSync(folder).find((f) => f.endsWith('.tgz'));
  if (!info || !tarball) throw new Error('npm packed nothing');

  // The bare baseline: a package of one line, through the same npm.
  const bareFolder = mkdtempSync(join(folder, 'bare-'));
  writeFileSync(join(bareFolder, 'package.json'), '{"name":"bare-start","version":"1.0.0","bin":"x.js"}');
  writeFileSync(join(bareFolder, 'x.js'), "#!/usr/bin/env node\nconsole.log('1.0.0');\n");
  run('npm', ['pack', '--pack-destination', folder], bareFolder);
  const bareTarball = join(folder, 'bare-start-1.0.0.tgz');

  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    bare.push(cold(bareTarball, 'bare-start'));
    ours.push(cold(join(folder, tarball), 'hf-doctor'));
  }
  say({ what: 'P5 cold npx of a package of one line', value: quarter(bare), unit: 's', most: null });
  say({ what: 'P5 cold npx of the packed file', value: quarter(ours), unit: 's', most: 1.5 });
  say({
    what: 'P5 cold npx, a package of one line = 1',
    value: quarter(ours) / quarter(bare),
    unit: 'x',
    most: null,
  });
  say({ what: 'P5 unpacked', value: info.unpackedSize / 1e6, unit: 'MB', most: 3 });
  say({ what: 'P5 to download', value: info.size / 1e6, unit: 'MB', most: null });

  const empty = mkdtempSync(join(folder, 'installed-'));
  writeFileSync(join(empty, 'package.json'), '{}');
  run(
    'npm',
    ['install', '--no-audit', '--no-fund', '--cache', join(empty, 'cache'), join(folder, tarball)],
    empty,
  );
  const lock = JSON.parse(run('npm', ['ls', '--all', '--json'], empty)) as {
    dependencies: Record<string, unknown>;
  };
  const installed = readdirSync(join(empty, 'node_modules')).filter((name) => !name.startsWith('.'));
  if (lock.dependencies['hf-doctor'] === undefined) throw new Error('hf-doctor was not installed');
  say({ what: 'P5 packages installed beside it', value: installed.length - 1, unit: 'packages', most: 0 });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
