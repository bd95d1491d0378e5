import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SHOWN = /<!-- run: hf-doctor ([^\n]{1,200}) -->\n(?:```text\n[\s\S]{0,20000}?\n```\n)?/g;

const FILE = /<!-- file: ([\w./-]{1,100}) -->\n(?:```yaml\n[\s\S]{0,20000}?\n```\n)?/g;

const RULES = /<!-- rules -->\n[\s\S]{0,60000}?<!-- \/rules -->/;

/** Each `<!-- run: … -->` with the output of its command behind it, files, and the table of the rules. */
export function fillIn(readme: string): string {
  return readme
    .replace(
      SHOWN,
      (_, command: string) =>
        `<!-- run: hf-doctor ${command} -->\n\`\`\`text\n$ hf-doctor ${command}\n${outputOf(command)}\n\`\`\`\n`,
    )
    .replace(
      FILE,
      (_, file: string) =>
        `<!-- file: ${file} -->\n\`\`\`yaml\n${readFileSync(join(process.cwd(), file), 'utf8').trimEnd()}\n\`\`\`\n`,
    )
    .replace(RULES, () => `<!-- rules -->\n${outputOf('rules --format markdown')}\n<!-- /rules -->`);
}

function outputOf(command: string): string {
  const [words = '', file] = command.split(' < ');
  const { stdout } = spawnSync(
    process.execPath,
    [join(process.cwd(), 'bin', 'hf-doctor.js'), ...words.split(' ')],
    {
      cwd: tmpdir(),
      env: { PATH: process.env.PATH ?? '', HOME: tmpdir(), LANG: 'C.UTF-8' },
      encoding: 'utf8',
      ...(file === undefined ? {} : { input: readFileSync(join(process.cwd(), file)) }),
    },
  );
  return stdout.trimEnd();
}

/** What differs from run to run: ports, times, ids, the end of a token that is made at random. */
export function steady(text: string): string {
  return (
    text
      .replace(/127\.0\.0\.1:\d{1,5}/g, '127.0.0.1:PORT')
      .replace(/\d{1,6} ms/g, 'N ms')
      .replace(/(Root=1-|request id )[\w;=.-]{1,120}/g, '$1ID')
      .replace(/hf_…\w{4}/g, 'hf_…XXXX')
      // Columns are as wide as their widest time.
      .replace(/ {2,200}/g, ' ')
      .replace(/ \n/g, '\n')
  );
}
