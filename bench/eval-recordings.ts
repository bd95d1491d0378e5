/*
 * npm run eval:recordings -- <file.jsonl>
 * Runs the rule catalogue over recorded exchanges and prints status x surface x verdict.
 */
import { readFileSync } from 'node:fs';
import { diagnose } from '../src/diagnose/diagnose.js';
import { evidence } from '../test/support/evidence.js';
import { observationOf, type Recording } from '../test/support/recording.js';

const file = process.argv[2];
if (!file) {
  console.error('usage: npm run eval:recordings -- <file.jsonl>');
  process.exitCode = 2;
} else evaluate(readFileSync(file, 'utf8'), process.argv.includes('--all'));

function evaluate(text: string, all: boolean): void {
  const rows = text.split('\n').filter((line) => line.trim() !== '');
  const table = new Map<string, { count: number; sample: string }>();
  const problems = { unclassified: 0, faulty2xx: 0 };
  let insideStream = 0;
  rows.forEach((line, id) => {
    const recording = JSON.parse(line) as Recording;
    const o = observationOf(recording, id);
    // No run stands behind a recording: rules see one exchange, as in a pasted text.
    const e = evidence({
      run: { live: false, models: [], routes: [] },
      token: { status: 'unverified', source: null, masked: null, role: null },
    });
    const { findings } = diagnose({
      ...e,
      observations: [{ ...o, route: 'router', model: o.model ?? 'unknown/model' }],
    });
    const top = findings[0];
    const success = recording.status >= 200 && recording.status < 300;
    const verdict = top ? `${top.rule} (${top.blame}, ${top.confidence})` : success ? 'ok' : 'no fault';
    if (recording.status >= 400 && (!top || top.rule === 'unclassified')) problems.unclassified += 1;
    if (success && top && o.shape === 'error-inside') insideStream += 1;
    else if (success && top) problems.faulty2xx += 1;
    const key = [recording.status, o.surface, verdict].join('\t');
    const seen = table.get(key);
    if (seen) seen.count += 1;
    else table.set(key, { count: 1, sample: o.body.message ?? o.body.excerpt });
    if (all && (recording.status >= 300 || top))
      console.log(
        `${id} ${recording.status} ${o.surface} ${o.path} -> ${verdict}\n    ${(o.body.message ?? o.body.excerpt).slice(0, 160).replaceAll('\n', ' ')}`,
      );
  });
  console.log('status  surface       count  verdict');
  for (const [key, { count, sample }] of [...table].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [status, surface, verdict] = key.split('\t') as [string, string, string];
    console.log(`${status.padEnd(7)} ${surface.padEnd(13)} ${String(count).padStart(5)}  ${verdict}`);
    if (verdict !== 'ok' && verdict !== 'no fault')
      console.log(`${' '.repeat(29)}${sample.slice(0, 100).replaceAll('\n', ' ')}`);
  }
  console.log(`\n${rows.length} exchanges`);
  console.log(`4xx and 5xx without a verdict: ${problems.unclassified}`);
  console.log(`2xx that end as a fault: ${problems.faulty2xx}`);
  console.log(`2xx that carry an error inside (an event stream that holds only an error): ${insideStream}`);
  if (problems.unclassified + problems.faulty2xx > 0) process.exitCode = 1;
}
