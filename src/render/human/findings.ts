import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';
import { whyNotCounted } from '../../report/counts.js';
import type { Finding, Fix } from '../../report/model.js';
import { withoutCommands } from '../../safety/sanitise.js';
import type { Look } from '../look.js';
import { WHOSE } from '../whose.js';

const LABEL = 10;
/** Somebody else can look the request up. */
export const OTHERS: ReadonlySet<string> = new Set(['provider', 'router', 'hub', 'gateway']);

/** One finding: what, why we think so, do this now, verify. */
export function findingLines(f: Finding, look: Look): string[] {
  const { paint, symbols: s } = look;
  const mark = { error: paint.red(s.bad), warning: paint.yellow(s.warn), info: paint.blue(s.info) }[
    f.severity
  ];
  const tag = [f.rule, f.confidence, ...aside(f)].join(` ${s.dot} `);
  const lines = [...titleLines(`${mark} ${paint.bold(f.title)}`, tag, look)];
  lines.push(...indent(f.explanation, 2, look.text));
  const label = (name: string, text: string[]) => labelled(name, text, look);
  lines.push(...label('Fault', [faultOf(f)]));
  f.fixes.forEach((fix, i) => {
    lines.push(...label(i === 0 ? 'Do now' : 'Or', fixLines(fix, look)));
  });
  if (f.notThis) lines.push(...label('Not this', wrap(f.notThis, look.text - LABEL - 2)));
  if (f.requestIds[0] && OTHERS.has(f.blame))
    lines.push(...label('Report', [`request id ${f.requestIds[0]}`]));
  if (f.verify) lines.push(...label('Verify', f.verify.split('\n')));
  return lines;
}

/** How sure it is stands beside the title; a guess must not sound like a verdict here. */
export function faultOf({ blame, confidence }: Finding): string {
  if (blame === 'unknown') return 'not known: the evidence does not tell whose it is';
  return confidence === 'possible' ? `perhaps ${WHOSE[blame]}` : WHOSE[blame];
}

/** An expected finding, in short: what, and what it would take. */
export function briefLines(f: Finding, look: Look): string[] {
  const { paint, symbols: s } = look;
  return [
    ...titleLines(`${paint.blue(s.info)} ${f.title}`, [f.rule, ...aside(f)].join(` ${s.dot} `), look),
    ...indent([f.explanation, ...f.fixes.slice(0, 1).map((x) => x.text)].join(' '), 2, look.text),
  ];
}

/** A reason may be long: it stands beside the title all the same, or below it. */
function aside(f: Finding): string[] {
  const why = whyNotCounted(f);
  return why === null ? [] : [why];
}

function titleLines(title: string, tag: string, { text: width, paint }: Look): string[] {
  const room = width - stringWidth(title) - stringWidth(tag);
  if (room >= 2) return [`${title}${' '.repeat(room)}${paint.dim(tag)}`];
  const below = wrap(tag, width - 2).map((line) => `  ${paint.dim(line)}`);
  return [...broken(wrapAnsi(title, width, { hard: true })), ...below];
}

function fixLines(fix: Fix, look: Look): string[] {
  const width = look.text - LABEL - 2;
  return [
    ...wrap(fixText(fix), width),
    ...fix.commands.flatMap((c) => c.split('\n')),
    ...fix.links.map((l) => look.paint.underline(l)),
    ...(fix.snippet ? fix.snippet.code.split('\n') : []),
  ];
}

/** The label says `Or` already. */
export function fixText({ text }: Fix): string {
  return text.replace(/^Or ([a-z])/, (_, first: string) => first.toUpperCase());
}

function labelled(name: string, text: readonly string[], { paint }: Look): string[] {
  return text.map((line, i) => `  ${i === 0 ? paint.bold(name.padEnd(LABEL)) : ' '.repeat(LABEL)}${line}`);
}

function wrap(text: string, width: number): string[] {
  return broken(wrapAnsi(text, Math.max(20, width), { hard: false }));
}

/** A word that stood inside a line may begin one now: `::error::` there is a command to a CI runner. */
function broken(wrapped: string): string[] {
  return withoutCommands(wrapped).split('\n');
}

export function indent(text: string, by: number, width: number): string[] {
  return text.split('\n').flatMap((line) => wrap(line, width - by).map((l) => ' '.repeat(by) + l));
}
