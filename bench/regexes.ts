/*
 * npm run regexes: every regular expression of src/ takes a time linear in its text.
 *
 * What is looked at: each literal, and each `new RegExp` with the pattern that it gets when its module is loaded.
 * One made inside a function, or of a text that is only known later, is a finding: nobody could judge it here.
 *
 * What is asked: recheck (its exact, automaton-based engine) whether the time grows faster than the text. For
 * recheck a loop with a bound is a constant, whatever the bound is, so `(a{0,90}){0,90}b` would pass. Therefore the
 * steps that bounded loops can take together are counted as well (regexes/steps.ts), for each character of the text.
 *
 * The texts themselves are bounded too: lines by src/explain/lines.ts, bodies by src/probe/body.ts. What depends on
 * that only is the share of a pattern with `^`, which is tried once in a line.
 *
 * There is no list of exceptions: what is found is mended, mostly by `trim`, by a bound, or by a set that does not
 * hold what comes next. The patterns of the packages in the bundle are not looked at.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Extract, extract } from './regexes/extract.js';
import { judge } from './regexes/judge.js';
import { madeWhileLoading } from './regexes/load.js';

/** This one is the program: loading it runs it. */
const PROGRAM = 'src/main.ts';

const root = process.cwd();
const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => `src/${name}`)
  .sort();
const extracts: Extract[] = files.map((file) => extract(file, readFileSync(join(root, file), 'utf8')));
const made = await madeWhileLoading(
  root,
  files.filter((f) => f !== PROGRAM),
);
const sites = new Set(made.map(({ at }) => at));
const found = extracts.flatMap((e) => e.found).filter(({ at, source }) => source !== null || !sites.has(at));
const all = [...found, ...made];
const findings = [...extracts.flatMap((e) => e.faults), ...judge(all)];
for (const { at, why } of findings) console.log(`${at}  ${why}`);
console.log(`${all.length} regular expressions in ${files.length} files, ${findings.length} findings`);
if (findings.length > 0) process.exitCode = 1;
