import stringWidth from 'string-width';
import type { ChangeKind, Difference, DiffView } from '../report/diff.js';
import { shortRoute } from '../report/short-route.js';
import type { Safe } from '../safety/safe.js';
import { count } from './human/header.js';
import type { Look } from './look.js';
import { code, text } from './markdown/escape.js';
import { stateText } from './state-text.js';

/** What changed, for a terminal. */
export function renderDiff(view: Safe<DiffView>, look: Look): string {
  const { paint, symbols: s } = look;
  const mark: Record<ChangeKind, string> = {
    new: paint.red(s.bad),
    worse: paint.red(s.bad),
    flaky: paint.yellow(s.warn),
    changed: paint.yellow(s.warn),
    better: paint.green(s.good),
    fixed: paint.green(s.good),
  };
  const rows = view.changes.map((c) => [c.kind, c.model, shortRoute(c.route), states(c)] as const);
  const widest = (texts: readonly string[]) => Math.min(48, Math.max(0, ...texts.map((t) => stringWidth(t))));
  const widths = [widest(rows.map((row) => row[1])), widest(rows.map((row) => row[2]))] as const;
  const lines = [
    verdict(view),
    `${time(view.old.startedAt)}: ${usable(view.old)}. ${time(view.new.startedAt)}: ${usable(view.new)}.`,
    '',
    ...view.models.map((m) => `${m.usable ? mark.fixed : mark.new} ${m.id} ${turn(m.usable)}`),
    ...view.findings.map((f) => `${mark[f.kind]} ${f.kind.padEnd(7)}  ${f.rule}: ${f.title}`),
    ...rows.map(([kind, model, route, what]) => {
      const name = `${mark[kind]} ${kind.padEnd(7)}  ${model.padEnd(widths[0])}  ${route.padEnd(widths[1])}`;
      return `${name}  ${what}`;
    }),
    rest(view),
  ];
  return `${lines.join('\n')}\n`;
}

/** The same for an issue or a job summary. */
export function renderDiffMarkdown(view: Safe<DiffView>): string {
  const rows = view.changes.slice(0, MOST_ROWS).map((c) => {
    const cell = (value: string) => text(value, { cell: true });
    return `| ${c.kind} | ${code(c.model, { cell: true })} | ${cell(shortRoute(c.route))} | ${cell(wasText(c))} | ${cell(stateText(c.to))} |`;
  });
  const left = view.changes.length - rows.length;
  const blocks = [
    `### ${text(verdict(view))}`,
    text(
      `${time(view.old.startedAt)}: ${usable(view.old)}. ${time(view.new.startedAt)}: ${usable(view.new)}.`,
    ),
    view.models
      .slice(0, MOST_ROWS)
      .map((m) => `- ${code(m.id)} ${turn(m.usable)}`)
      .join('\n'),
    [...view.findings.map((f) => `- ${f.kind}: ${code(f.rule)} ${text(f.title)}`)].join('\n'),
    rows.length > 0
      ? ['| change | model | route | was | is |', '|---|---|---|---|---|', ...rows].join('\n')
      : '',
    left > 0 ? `And ${count(left, 'change')} more: \`hf-doctor diff --format json\`.` : '',
    text(rest(view)),
  ];
  return `${blocks.filter((b) => b !== '').join('\n\n')}\n`;
}

/** Rows of a table that a person reads; an issue takes 65,536 characters. */
const MOST_ROWS = 100;

function verdict({ changes, findings, models }: DiffView): string {
  const of = (...kinds: ChangeKind[]) =>
    changes.filter((c) => kinds.includes(c.kind)).length +
    findings.filter((f) => kinds.includes(f.kind)).length;
  const parts = [
    [of('new', 'worse'), 'new or worse'],
    [of('flaky'), 'flaky now'],
    [of('changed'), 'changed'],
    [of('better', 'fixed'), 'fixed or better'],
  ] as const;
  const told = parts.filter(([n]) => n > 0).map(([n, word]) => `${n} ${word}`);
  if (told.length === 0 && models.length === 0) return 'Nothing changed.';
  return `${told.join(', ') || 'The models changed'}.`;
}

function states({ from, to }: Difference): string {
  return `${wasText({ from })} -> ${stateText(to)}`;
}

function wasText({ from }: Pick<Difference, 'from'>): string {
  return from ? stateText(from) : 'not there';
}

function usable({ usable: n, models }: DiffView['old']): string {
  return `${n} of ${count(models, 'model')} usable`;
}

const turn = (isUsable: boolean) => (isUsable ? 'can be used again' : 'cannot be used any more');

function rest({ same, only }: DiffView): string {
  const left = [
    only.old.length > 0 ? `${count(only.old.length, 'model')} only in the old report` : [],
    only.new.length > 0 ? `${count(only.new.length, 'model')} only in the new one` : [],
  ].flat();
  return `${count(same, 'cell')} as before${left.length > 0 ? `; ${left.join(', ')}` : ''}.`;
}

/** To the second. */
function time(at: string): string {
  return at.replace(/\.\d{1,9}Z$/, 'Z');
}
