import { randomBytes } from 'node:crypto';
import { MOST_BYTES, markdownText } from '../render/markdown/markdown.js';
import { EXIT } from '../report/exit-code.js';
import type { Report } from '../report/model.js';
import { byPlace } from '../report/places.js';
import type { Safe } from '../safety/safe.js';
import { appendBounded, emit } from '../safety/write.js';
import { echo } from '../settings/echo.js';
import type { Io } from './io.js';

/*
 * What a step of GitHub Actions leaves beside its log: a summary, and outputs for other steps. The runner
 * names a file for each. That one cannot be written is said, and changes nothing else.
 */

/** Above 1,024 KiB the runner drops the whole summary of a step. */
const MOST_SUMMARY = 900 * 1024;
const MOST_OUTPUT = 900 * 1024;

/** `written`: the files of --output that stand now; `exitCode`: of the run, which 4 is where one is missing. */
export async function tellRunner(
  report: Safe<Report>,
  { written, exitCode }: { written: readonly string[]; exitCode: number },
  io: Io,
): Promise<void> {
  // What stands there before may end without a line break.
  const textFor = (room: number) => {
    const text = markdownText(byPlace(report), Math.min(room - 1, MOST_BYTES));
    return text === null ? null : `\n${text}`;
  };
  await addTo('GITHUB_STEP_SUMMARY', 'ci.summary-unwritable', MOST_SUMMARY, textFor, io);
  const outputs = {
    status: statusOf(exitCode),
    report: written[0] ?? '',
    usable: String(report.summary.usable),
  };
  await addTo('GITHUB_OUTPUT', 'ci.output-unwritable', MOST_OUTPUT, () => outputText(outputs), io);
}

async function addTo(
  name: 'GITHUB_STEP_SUMMARY' | 'GITHUB_OUTPUT',
  code: string,
  most: number,
  textFor: (room: number) => string | null,
  io: Io,
): Promise<void> {
  const path = io.env[name];
  if (!path) return;
  const wrote = await appendBounded(path, { inside: io.env.RUNNER_TEMP || null, most }, textFor);
  if (wrote.ok) return;
  await emit(io.stderr, `hf-doctor: ${code}: ${name} (${echo(path)}) was not written: ${wrote.reason}.\n`);
}

/** A word for each exit code, for the `if:` of a later step. */
function statusOf(exitCode: number): string {
  switch (exitCode) {
    case EXIT.healthy:
      return 'healthy';
    case EXIT.findings:
      return 'findings';
    case EXIT.inconclusive:
      return 'inconclusive';
    default:
      return exitCode >= EXIT.SIGHUP ? 'interrupted' : 'internal';
  }
}

/** `name<<delimiter`, the value, the delimiter: nobody can know beforehand how a value ends. */
export function outputText(values: Readonly<Record<string, string>>, random = randomBytes): string {
  return Object.entries(values)
    .map(([name, value]) => {
      let delimiter = '';
      do delimiter = `ghadelimiter_${random(16).toString('hex')}`;
      while (value.includes(delimiter));
      return `${name}<<${delimiter}\n${value}\n${delimiter}\n`;
    })
    .join('');
}
