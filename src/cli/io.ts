import type { Readable, Writable } from 'node:stream';
import type { Redact } from '../safety/redact.js';

/** The world as a command sees it. `main` makes the real one, tests their own. */
export interface Io {
  argv: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
  home: string;
  stdin: Readable & { isTTY?: boolean };
  stdout: Writable & { isTTY?: boolean; columns?: number };
  stderr: Writable & { isTTY?: boolean; columns?: number };
  /** Aborts with the name of the signal as reason. */
  signal: AbortSignal;
  version: string;
  /** Patterns and the environment's secrets; commands add the tokens they find. */
  redact: Redact;
}
