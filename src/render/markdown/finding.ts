import { whyNotCounted } from '../../report/counts.js';
import type { Finding, Fix } from '../../report/model.js';
import { faultOf, fixText, OTHERS } from '../human/findings.js';
import type { Look } from '../look.js';
import { code, fence, text } from './escape.js';
import { link } from './link.js';

/** One finding as blocks that a blank line parts: what, why we think so, do this now, verify. */
export function findingBlock(f: Finding, look: Look): string {
  const { error, warning, info } = {
    error: look.symbols.bad,
    warning: look.symbols.warn,
    info: look.symbols.info,
  };
  const mark = { error, warning, info }[f.severity];
  const parts = [
    `#### ${mark} ${text(f.title)}`,
    tagOf(f),
    text(f.explanation, { start: true }),
    ...f.fixes.map((fix, i) => fixItem(fix, i === 0 ? 'Do now' : 'Or')),
    ...(f.notThis ? [item('Not this', text(f.notThis))] : []),
    ...(f.requestIds[0] && OTHERS.has(f.blame)
      ? [item('Report', `request id ${code(f.requestIds[0])}`)]
      : []),
    ...(f.verify ? [item('Verify', '', [fence(f.verify, 'sh')])] : []),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** What is expected, in short: what, and what it would take. */
export function briefBlock(f: Finding, look: Look): string {
  const told = [f.explanation, ...f.fixes.slice(0, 1).map((x) => x.text)].join(' ');
  return [`#### ${look.symbols.info} ${text(f.title)}`, tagOf(f), text(told, { start: true })]
    .filter((part) => part !== '')
    .join('\n\n');
}

function tagOf(f: Finding): string {
  const why = whyNotCounted(f);
  const words = [code(f.rule), f.confidence, `fault: ${text(faultOf(f))}`];
  return [...words, ...(why === null ? [] : [`**does not count: ${text(why)}**`])].join(' · ');
}

function fixItem(fix: Fix, label: string): string {
  return item(label, text(fixText(fix)), [
    ...fix.commands.map((command) => fence(command, 'sh')),
    ...(fix.snippet ? [fence(fix.snippet.code, fix.snippet.language)] : []),
    ...fix.links.map(link),
  ]);
}

/** An item of a list with blocks below it. */
function item(label: string, line: string, blocks: readonly string[] = []): string {
  const first = `- **${label}**${line === '' ? '' : ` ${line}`}`;
  return [first, ...blocks.map((block) => block.replace(/^(?=.)/gm, '  '))].join('\n\n');
}
