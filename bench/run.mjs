// Runs bench/<name>.ts: bundled on the fly, so that the sources are measured and nothing else is needed.
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const [name, ...rest] = process.argv.slice(2);
const names = (await readdir(here)).filter((f) => f.endsWith('.ts')).map((f) => f.slice(0, -3));
if (!name || !names.includes(name)) {
  process.stderr.write(`usage: npm run bench -- <${names.join('|')}>\n`);
  process.exitCode = 2;
} else {
  // Inside the project, so that packages resolve.
  const out = await mkdtemp(join(here, '..', 'node_modules', '.bench-'));
  try {
    const outfile = join(out, `${name}.mjs`);
    await build({
      entryPoints: [join(here, `${name}.ts`)],
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      packages: 'external',
      logLevel: 'warning',
    });
    process.argv = [process.argv[0], outfile, ...rest];
    await import(pathToFileURL(outfile).href);
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}
