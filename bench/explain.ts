/* npm run bench -- explain: 10 MB of hostile logs, against splitting the same text into lines. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { explainText } from '../src/explain/explain.js';
import { createRedactor } from '../src/safety/redact.js';
import { say } from './parts/lines.js';
import { built, node } from './parts/process.js';

const SIZE = 10_000_000;
const fill = (piece: string) => piece.repeat(Math.ceil(SIZE / piece.length)).slice(0, SIZE);

const TEXTS: Readonly<Record<string, string>> = {
  'log lines': fill('2026-01-01T00:00:00Z INFO all is well with request 12345\n'),
  errors: fill(
    'Error: 500 Internal Server Error for url: https://router.huggingface.co/v1/chat/completions\n',
  ),
  'one line': fill('x'),
  'one line of braces': fill('{'),
  'lines of braces': fill(`${'{['.repeat(40)}\n`),
  backslashes: fill('\\'),
  'escaped JSON': fill('{\\"error\\":\\"Invalid username or password.\\"}\\n'),
  'nested literals': fill(`400 Client Error\n  File "a.py", line 1, in f\n${'{x]x[x:'.repeat(30)}\n`),
  colours: fill('\u001b[31m\u001b[0m'),
  'a HAR of nothing': `{"log":{"entries":[${fill('{},')}]}}`,
};

const redact = createRedactor([]);
const seconds = (run: () => void): number => {
  const start = performance.now();
  run();
  return (performance.now() - start) / 1000;
};

for (const [name, text] of Object.entries(TEXTS)) {
  const bare = seconds(() => void text.split('\n').length);
  const took = seconds(() => void explainText(text, { now: Date.now(), redact }));
  const ratio = took / Math.max(bare, 0.001);
  say({ what: `P7 10 MB, ${name}`, value: took, unit: 's', most: 2 });
  say({ what: `P7 10 MB, ${name}, split into lines = 1`, value: ratio, unit: 'x', most: null });
}

// What a user would run, with one log: the process as a whole.
const folder = mkdtempSync(join(tmpdir(), 'hf-doctor-bench-'));
try {
  const file = join(folder, 'app.log');
  writeFileSync(file, TEXTS.errors ?? '');
  const used = await node([built(), 'explain', file], {}, [0, 1]);
  say({ what: 'P7 explain of a file of 10 MB', value: used.ms / 1000, unit: 's', most: 2 });
  say({ what: 'P7 explain of a file of 10 MB', value: used.peakMb, unit: 'MB', most: 200 });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
