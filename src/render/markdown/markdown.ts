import type { Finding, Report } from '../../report/model.js';
import type { Safe } from '../../safety/safe.js';
import { baselineLines } from '../human/baseline.js';
import { closing } from '../human/closing.js';
import { gapLines } from '../human/gaps.js';
import { count } from '../human/header.js';
import { MOST_MODELS, verdictLines } from '../human/large.js';
import { flatLook, type Look } from '../look.js';
import { signOf, verdictOf } from '../verdict.js';
import { withoutToken } from '../without-token.js';
import { short, text } from './escape.js';
import { factsBlock, insteadBlock } from './facts.js';
import { briefBlock, findingBlock } from './finding.js';
import { tableOfModels } from './table.js';

/** Bytes of UTF-8. An issue of GitHub takes 65,536 characters, and a comment and a summary no less. */
export const MOST_BYTES = 65_000;

const WHERE = 'All of them are in the report: `--output report.json`, `--output report.html`.';
/** For the words about what is left out. */
const RESERVE = 1_500;

export function renderMarkdown(report: Safe<Report>): Iterable<string> {
  return [markdownText(report, MOST_BYTES) ?? ''];
}

/**
 * The report in at most `most` bytes: the verdict, models x routes, findings, what works instead, facts.
 * What does not fit is left out, the worst stays; the text says what is missing. Null where not even
 * the verdict fits.
 */
export function markdownText(report: Safe<Report>, most: number): string | null {
  const look = flatLook();
  const { findings } = withoutToken(report);
  const told = findings.filter((f) => f.severity !== 'info');
  const infos = findings.filter((f) => f.severity === 'info');
  const first = [
    `### ${signOf(report, look)} ${text(short(verdictOf(report, look)))}`,
    ...since(report, look),
  ];
  const last = [insteadBlock(report), ending(report, look), factsBlock(report, look)].filter((b) => b !== '');
  const room = (blocks: readonly string[]) => most - RESERVE - bytes([...first, ...blocks, ...last]);
  const gaps = gapsBlock(report, look);
  const table = [...tableBlocks(report, room(gaps) / 2, look), ...gaps];
  const full = fitting(told, room(table), (f) => findingBlock(f, look));
  const brief = fitting(infos, room([...table, ...full.blocks]), (f) => briefBlock(f, look));
  const rest = restBlock([...full.left, ...brief.left]);
  const whole = document([...first, ...table, ...full.blocks, ...brief.blocks, ...rest, ...last]);
  return Buffer.byteLength(whole) <= most ? whole : shortest(first, most);
}

/** The verdict alone. */
function shortest(first: readonly string[], most: number): string | null {
  const alone = document([...first.slice(0, 1), `There is no room for more. ${WHERE}`]);
  return Buffer.byteLength(alone) <= most ? alone : null;
}

function document(blocks: readonly string[]): string {
  return `${blocks.join('\n\n')}\n`;
}

const bytes = (blocks: readonly string[]) => blocks.reduce((sum, b) => sum + Buffer.byteLength(b) + 2, 0);

/** As many as fit, from the first on, and the findings that do not. */
function fitting(list: readonly Finding[], room: number, blockOf: (f: Finding) => string) {
  const blocks: string[] = [];
  const left: Finding[] = [];
  for (const f of list) {
    // Not made where there is no room at all: there may be many thousands.
    const block = room > 0 ? blockOf(f) : null;
    const size = block === null ? 0 : bytes([block]);
    if (block === null || size > room) left.push(f);
    else {
      blocks.push(block);
      room -= size;
    }
  }
  return { blocks, left };
}

function tableBlocks(report: Report, room: number, look: Look): string[] {
  const { head, rows, models, hidden } = tableOfModels(report, look);
  const shown: string[] = [];
  let left = room - bytes(head);
  for (const row of rows) {
    left -= bytes([row]);
    if (left < 0) break;
    shown.push(row);
  }
  const gone = [
    ...(models > shown.length
      ? [`${shown.length} of ${count(models, 'model')} are shown, the worst first.`]
      : []),
    ...(hidden > 0 ? [`${count(hidden, 'route')} are not shown.`] : []),
  ];
  return [
    ...(report.models.length > MOST_MODELS
      ? [
          verdictLines(report, look)
            .map((l) => `- ${text(l)}`)
            .join('\n'),
        ]
      : []),
    ...(shown.length > 0 ? [[...head, ...shown].join('\n')] : []),
    ...(gone.length > 0 ? [[...gone, WHERE].join(' ')] : []),
  ];
}

/** The findings that are left out, by their rule. */
function restBlock(left: readonly Finding[]): string[] {
  if (left.length === 0) return [];
  const counts = new Map<string, number>();
  for (const { rule } of left) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  const rules = [...counts].slice(0, 20).map(([rule, n]) => `${rule} (${n})`);
  const more = counts.size > 20 ? ', and others' : '';
  return [`And ${count(left.length, 'finding')} more: ${text(rules.join(', '))}${more}. ${WHERE}`];
}

/** What the table leaves open, and why. */
function gapsBlock(report: Report, look: Look): string[] {
  const lines = gapLines(report, look).filter((l) => l !== '');
  return lines.length === 0 ? [] : [lines.map((l) => `- ${text(short(l))}`).join('\n')];
}

function since(report: Report, look: Look): string[] {
  return baselineLines(report, look).map((l) => text(short(l), { start: true }));
}

/** Why the run is not whole. What to do next is said by the first finding, and the exit code by the facts. */
function ending(report: Report, look: Look): string {
  if (report.exitCode === 0 && !report.findings.some((f) => f.severity !== 'info')) return '';
  const verdict = verdictOf(report, look);
  const lines = closing(report, look).filter(
    (l) => l !== verdict && !/^(?:Exit code \d{1,3}\.$|Next: )/.test(l),
  );
  return lines.map((l) => text(short(l), { start: true })).join('\n\n');
}
