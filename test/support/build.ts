import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Command line tests run the built program: what users run is what is tested. */
export default function setup(): void {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  execFileSync(process.execPath, ['esbuild.config.mjs'], { cwd: root, stdio: 'inherit' });
}
