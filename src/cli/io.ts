import type { Readable, Writable } from 'node:stream';
import type { Redact } from '../safety/redact.js';

/** The world as a command sees it. `main` makes the real one, tests their own. */
export interface Io {
  argv: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
  home: string;
  stdin: Readable & { isTTY?: boolean | undefined };
  stdout: Writable & { isTTY?: boolean | undefined; columns?: number | undefined };
  stderr: Writable & { isTTY?: boolean | undefined; columns?: number | undefined };
  /** Aborts with the name of the signal as reason. */
  signal: AbortSignal;
  version: string;
  /** Patterns and the environment's secrets; commands add the tokens they find. */
  redact: Redact;
}
