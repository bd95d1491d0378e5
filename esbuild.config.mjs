// Bundles everything into code-split ESM that stays readable, so that nothing has to be installed at run time.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = dirname(fileURLToPath(import.meta.url));
const out = join(root, 'dist');

/** These packages have no side effects but do not say so; without this nothing of them is shaken off. */
const shake = {
  name: 'side-effect-free',
  setup(b) {
    b.onResolve({ filter: /^@huggingface\/inference$|^\./ }, async (args) => {
      const own = args.path.startsWith('.') && !/node_modules.@huggingface.inference/.test(args.importer);
      if (args.pluginData || own) return undefined;
      const found = await b.resolve(args.path, {
        kind: args.kind,
        importer: args.importer,
        resolveDir: args.resolveDir,
        pluginData: true,
      });
      return { ...found, sideEffects: false };
    });
  },
};

/** What stands in the place of a package for who imports it. */
const STAND_INS = { undici: 'undici.mjs', 'string-width': 'string-width.cjs' };
const standIns = {
  name: 'stand-ins',
  setup(b) {
    // A require comes from the stand-in itself, or from a package that brings an older one of its own.
    b.onResolve({ filter: /^(undici|string-width)$/ }, ({ path, kind }) =>
      kind === 'import-statement' ? { path: join(root, '.esbuild', STAND_INS[path]) } : undefined,
    );
  },
};

const result = await build({
  absWorkingDir: root,
  entryPoints: ['src/main.ts', 'src/index.ts'],
  outdir: out,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.18',
  chunkNames: 'chunk-[name]-[hash]',
  legalComments: 'none',
  metafile: true,
  write: false,
  logLevel: 'warning',
  plugins: [shake, standIns],
  // CommonJS packages inside an ESM bundle still call require for Node's own modules.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
});
// What stands is replaced only by a build that succeeds and starts, and removed last: it may be in use.
const fresh = await mkdtemp(join(tmpdir(), 'hf-doctor-build-'));
try {
  await mkdir(join(fresh, 'dist'));
  await copyFile(join(root, 'package.json'), join(fresh, 'package.json'));
  const files = new Map(result.outputFiles.map(({ path, contents }) => [relative(out, path), contents]));
  files.set('THIRD-PARTY-LICENSES.txt', await licences(Object.keys(result.metafile.inputs)));
  for (const [name, contents] of files) await writeFile(join(fresh, 'dist', name), contents);
  // What --help prints on 80 columns: bin shows it without loading anything.
  const main = join(fresh, 'dist', 'main.js');
  files.set('help.txt', execFileSync(process.execPath, [main, '--help'], { encoding: 'utf8' }));
  await mkdir(out, { recursive: true });
  for (const [name, contents] of files) await writeFile(join(out, name), contents);
  const kept = new Set(['types', ...files.keys()]);
  for (const name of await readdir(out))
    if (!kept.has(name)) await rm(join(out, name), { recursive: true, force: true });
} finally {
  await rm(fresh, { recursive: true, force: true });
}

/** The licences of what is bundled travel with it. */
async function licences(inputs) {
  const packages = new Set();
  for (const input of inputs) {
    const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (match) packages.add(match[1]);
  }
  const parts = [];
  for (const folder of [...packages].sort()) {
    const info = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8'));
    const names = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'LICENCE', 'license', 'License.md', 'LICENSE-MIT'];
    const file = names.map((n) => join(root, folder, n)).find((f) => existsSync(f));
    const text = file
      ? (await readFile(file, 'utf8')).trim()
      : `(The package ships no licence file; it names ${info.license}.)`;
    parts.push(`${info.name} ${info.version} (${info.license})\n\n${text}\n`);
  }
  const head = 'hf-doctor bundles these packages. Their licences follow.\n';
  return [head, ...parts].join(`\n${'-'.repeat(72)}\n\n`);
}
