import { createRequire } from 'node:module';

/** The version of the package, read when asked: importing JSON warns on Node 20. */
export function version(): string {
  const require = createRequire(import.meta.url);
  return (require('../package.json') as { version: string }).version;
}
