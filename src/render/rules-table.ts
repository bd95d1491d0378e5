import type { Rule } from '../rules/define.js';
import { clip } from './human/matrix.js';
import { WHOSE } from './whose.js';

/** The catalogue as a Markdown table: what it is called, whose fault it is, what it means. */
export function rulesTable(rules: readonly Rule[]): string {
  const rows = rules.map((rule) =>
    [`\`${rule.id}\``, WHOSE[rule.blame], escapeMarkdown(firstSentence(rule.page.meaning))].join(' | '),
  );
  return [
    '| rule | whose fault | what it means |',
    '| --- | --- | --- |',
    ...rows.map((row) => `| ${row} |`),
    '',
  ].join('\n');
}

const GAP = 2;

/** The catalogue for a terminal of `width` columns: id, whose fault, and as much of the meaning as fits. */
export function rulesList(rules: readonly Rule[], width: number): string {
  const ids = Math.max(...rules.map((r) => r.id.length)) + GAP;
  const faults = Math.max(...rules.map((r) => r.blame.length)) + GAP;
  const lines = rules.map(({ id, blame, page }) =>
    clip(`${id.padEnd(ids)}${blame.padEnd(faults)}${firstSentence(page.meaning)}`, width),
  );
  return `${lines.join('\n')}\n\nhf-doctor explain <rule> prints the page of one.\n`;
}

/** Up to the first full stop before a space: those in host names and versions end nothing. */
export function firstSentence(text: string): string {
  const line = text.replace(/\s{1,200}/g, ' ').trim();
  const end = line.search(/[.?](?: |$)/);
  return end < 0 ? line : line.slice(0, end + 1);
}

/** What Markdown or a table would take as a sign stays a letter. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\\`*_[\]|~]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;');
}
