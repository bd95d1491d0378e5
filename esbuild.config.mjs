// Bundles everything into code-split ESM that stays readable, so that nothing has to be installed at run time.
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = dirname(fileURLToPath(import.meta.url));
const out = join(root, 'dist');

/** These packages have no side effects but do not say so; without this nothing of them is shaken off. */
const shake = {
  name: 'side-effect-free',
  setup(b) {
    b.onResolve({ filter: /^@huggingface\/(inference|tasks|jinja)$/ }, async (args) => {
      if (args.pluginData) return undefined;
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
  plugins: [shake],
  // CommonJS packages inside an ESM bundle still call require for Node's own modules.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
});
// What stands is replaced only by a build that succeeded; the declarations beside it are made by tsc.
await mkdir(out, { recursive: true });
for (const name of await readdir(out)) if (name !== 'types') await rm(join(out, name), { recursive: true });
await Promise.all(result.outputFiles.map(({ path, contents }) => writeFile(path, contents)));
await writeLicences(Object.keys(result.metafile.inputs));

/** The licences of what is bundled travel with it. */
async function writeLicences(inputs) {
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
  await writeFile(
    join(out, 'THIRD-PARTY-LICENSES.txt'),
    `${[head, ...parts].join(`\n${'-'.repeat(72)}\n\n`)}`,
  );
}
