/*
 * npm run eval:explain -- <corpus.jsonl> [--split <seed>] [--half tune|test] [--quiet]
 * First-answer accuracy, accuracy within three, false claims on negatives, per cause, and every miss.
 */
import { readFileSync } from 'node:fs';
import { explainText } from '../src/explain/explain.js';

interface Row {
  id: string;
  text: string;
  cause: string;
  also?: string[];
  negative: boolean;
}

interface Judged {
  row: Row;
  answers: string[];
  first: boolean;
  three: boolean;
}

const args = process.argv.slice(2);
const option = (name: string) => (args.includes(name) ? (args[args.indexOf(name) + 1] ?? '') : null);
const file = args[0];
if (!file || file.startsWith('--')) {
  console.error(
    'usage: npm run eval:explain -- <corpus.jsonl> [--split <seed>] [--half tune|test] [--quiet]',
  );
  process.exitCode = 2;
} else main(readFileSync(file, 'utf8'));

function main(text: string): void {
  const rows = text
    .split('\n')
    .filter((l) => l.trim() !== '')
    .map((l) => JSON.parse(l) as Row);
  const seed = option('--split');
  if (seed === null) {
    report('all', rows);
    return;
  }
  const halves = {
    tune: rows.filter((r) => inFirst(r.id, seed)),
    test: rows.filter((r) => !inFirst(r.id, seed)),
  };
  const half = option('--half');
  for (const name of ['tune', 'test'] as const)
    if (half === null || half === name) report(name, halves[name]);
}

/** FNV-1a over seed and id, mixed: the same half for the same seed, whatever the order of the file. */
function inFirst(id: string, seed: string): boolean {
  let h = 2166136261;
  for (const c of `${seed}:${id}`) h = Math.imul(h ^ c.charCodeAt(0), 16777619) >>> 0;
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b) >>> 0;
  return ((h ^ (h >>> 13)) & 1) === 0;
}

function judged(row: Row): Judged {
  const { findings } = explainText(row.text, { now: Date.now(), redact: (t) => t });
  const answers = [...new Set(findings.map((f) => String(f.rule)))];
  const right = [row.cause, ...(row.also ?? [])];
  const fits = (answer: string | undefined) =>
    answer === undefined ? right.includes('not-inference') : right.includes(answer);
  return {
    row,
    answers,
    first: fits(answers[0]),
    three: answers.length === 0 ? fits(undefined) : answers.slice(0, 3).some(fits),
  };
}

function report(name: string, rows: readonly Row[]): void {
  const all = rows.map(judged);
  const positives = all.filter((j) => !j.row.negative);
  const negatives = all.filter((j) => j.row.negative);
  const share = (n: number, of: number) =>
    `${n}/${of} ${of === 0 ? '' : `(${((100 * n) / of).toFixed(1)} %)`}`;
  console.log(`\n${name}: ${rows.length} texts`);
  console.log(`  first answer right   ${share(positives.filter((j) => j.first).length, positives.length)}`);
  console.log(`  in the first three   ${share(positives.filter((j) => j.three).length, positives.length)}`);
  console.log(`  false claims         ${share(negatives.filter((j) => !j.first).length, negatives.length)}`);
  if (args.includes('--quiet')) return;
  const causes = [...new Set(positives.map((j) => j.row.cause))].sort();
  for (const cause of causes) {
    const own = positives.filter((j) => j.row.cause === cause);
    console.log(`    ${cause.padEnd(34)} ${own.filter((j) => j.first).length}/${own.length}`);
  }
  for (const j of all.filter((x) => !x.first)) {
    console.log(`\n  ${j.row.id} wants ${[j.row.cause, ...(j.row.also ?? [])].join(' | ')}`);
    console.log(`    got ${j.answers.join(', ') || 'nothing'}`);
    console.log(`    ${j.row.text.replaceAll(/\s+/g, ' ').slice(0, 220)}`);
  }
}
