import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { extract, type Found } from './extract.js';

/** Loads modules and gives what they made with `RegExp` meanwhile. Files are relative to `root`, as in `at`. */
export async function madeWhileLoading(root: string, files: string[]): Promise<Found[]> {
  const made: Found[] = [];
  const traced = (at: string) =>
    function Traced(pattern: string | RegExp, flags?: string): RegExp {
      const form = new RegExp(pattern, flags);
      made.push({ at, source: form.source, flags: form.flags });
      return form;
    };
  Object.assign(globalThis, { __traced: traced });
  // Beside the packages of the project, so that those resolve.
  const folder = await mkdtemp(join(process.cwd(), 'node_modules', '.regexes-'));
  try {
    const outfile = join(folder, 'all.mjs');
    await build({
      stdin: { contents: files.map((f) => `import './${f}';`).join('\n'), resolveDir: root },
      outfile,
      bundle: true,
      treeShaking: false,
      format: 'esm',
      platform: 'node',
      packages: 'external',
      logLevel: 'error',
      plugins: [
        {
          name: 'traced',
          setup(b) {
            b.onLoad({ filter: /\.ts$/ }, async ({ path }) => ({
              contents: extract(relative(root, path), await readFile(path, 'utf8')).traced,
              loader: 'js',
            }));
          },
        },
      ],
    });
    await import(pathToFileURL(outfile).href);
  } finally {
    Reflect.deleteProperty(globalThis, '__traced');
    await rm(folder, { recursive: true, force: true });
  }
  return made;
}
