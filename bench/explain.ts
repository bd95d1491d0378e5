/*
 * npm run bench -- explain
 * 10 MB of hostile logs through the whole of explain: time against splitting the same text into lines,
 * seconds, and the memory that the process holds afterwards. Aim: 2 s and 200 MB for each.
 */
import { explainText } from '../src/explain/explain.js';
import { createRedactor } from '../src/safety/redact.js';

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
  const rss = Math.round(process.memoryUsage().rss / 1e6);
  const ratio = Math.round(took / Math.max(bare, 0.001));
  console.log(`${name.padEnd(20)} ${took.toFixed(2)} s   ${ratio} x split   ${rss} MB held`);
}
