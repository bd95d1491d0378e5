import type { Cell, Finding, Report } from '../../report/model.js';
import type { Safe } from '../../safety/safe.js';
import { bareId } from '../../types/model-ref.js';
import type { Look } from '../look.js';
import { baselineLines } from './baseline.js';
import { duration } from './cell.js';
import { briefLines, findingLines, indent } from './findings.js';
import { count, headerLines } from './header.js';
import { shortRoute } from '../../report/short-route.js';
import { matrix } from './matrix.js';

/** What a person sees: what you have, what we saw, what it means, what to do. */
export function renderHuman(report: Safe<Report>, look: Look): string {
  const view = matrix(report, look);
  const lines = [...headerLines(report, look), '', ...(view.length > 0 ? [...view, ''] : [])];
  const told = report.findings.filter((f) => f.severity !== 'info');
  const infos = report.findings.filter((f) => f.severity === 'info');
  const since = baselineLines(report, look);
  if (told.length > 0) {
    const summary = [...summaryLines(report), ...since];
    if (summary.length > 0) lines.push(...summary, '');
    for (const f of told) lines.push(...findingLines(f, look), '');
    for (const f of infos) lines.push(...briefLines(f, look), '');
    lines.push(...insteadLines(report, look), ...skipLines(report, look));
  } else if (report.depth === 'catalog') {
    lines.push(...summaryLines(report).flatMap((l) => indent(l, 0, look.text)));
    lines.push(...skipLines(report, look, report.complete ? isWish : undefined));
  } else {
    const all = report.summary.usable < report.summary.models;
    lines.push(...skipLines(report, look, all ? undefined : (c) => isWish(c) || c.unfinished));
  }
  if (told.length === 0) lines.push(...since);
  lines.push(...openLines(report, look));
  lines.push(...closing(report, told, infos, look));
  if (report.simulated && told.length > 0)
    lines.push(
      ...indent(
        `This was a simulation, and its addresses are closed again. To try them: hf-doctor simulate ${report.simulated}`,
        0,
        look.text,
      ),
    );
  return `${lines.join('\n')}\n`;
}

/** Every paid call meets these: the first refusal stands for the rest. */
const UNPAID: readonly Finding['rule'][] = ['credits-exhausted', 'spending-limit-reached'];

function summaryLines(report: Report): string[] {
  const { summary: s, models, findings, token, exitCode } = report;
  if (s.models === 0 || exitCode === 3) return [];
  if (report.depth === 'catalog' && s.usable < s.models) return unserved(report);
  if (s.usable === s.models) return [allWork(report)];
  if (token.status === 'missing') return ['No model can be used without a token.'];
  if (token.status === 'invalid' || token.status === 'malformed')
    return ['No model can be used with this token.'];
  if (s.usable === 0 && findings.some((f) => UNPAID.includes(f.rule)))
    return ['No model can be used until the account can pay again.'];
  const open = openModels(report).length;
  const dead = models.filter((m) => !m.usable).length - open;
  const rest = open > 0 ? ` ${count(open, 'model')} could not be checked.` : '';
  if (s.models === 1) return [dead === 1 ? 'The model cannot be used.' : 'The model could not be checked.'];
  if (dead === s.models) return [`None of the ${s.models} models can be used.`];
  if (dead === 0) return [`${s.usable} of ${count(s.models, 'model')} ${canBe(report)}.${rest}`];
  return [`${dead} of ${count(s.models, 'model')} cannot be used.${rest}`];
}

/** Models of which nothing is known. A way that could not even be asked says nothing about the model. */
function openModels({ models, findings }: Report): string[] {
  const told = findings.filter((f) => f.severity === 'error' && (f.cells.length > 0 || f.blame === 'model'));
  const blamed = new Set(told.flatMap((f) => f.models));
  return models.filter((m) => !m.usable && !m.checked && !blamed.has(bareId(m.id))).map((m) => m.id);
}

/** What the mappings say; of a model whose mapping could not be read nothing is said but that. */
function unserved({ models }: Report): string[] {
  const none = models.filter((m) => !m.usable && m.checked).length;
  const open = models.filter((m) => !m.checked).length;
  return [
    ...(none > 0
      ? [
          `${none} of ${count(models.length, 'model')} ${none === 1 ? 'has' : 'have'} no live provider in the catalogue on these routes. Nothing was asked.`,
        ]
      : []),
    ...(open > 0 ? [`${count(open, 'model')} could not be looked up.`] : []),
  ];
}

/** No cell holds a real answer: each call stopped on purpose before one. */
function isReachedOnly(cells: Report['cells']): boolean {
  const good = cells.filter((c) => c.outcome === 'ok' && !c.control);
  return good.length > 0 && good.every((c) => c.depth === 'auth');
}

function canBe({ cells, depth }: Report): string {
  if (depth === 'catalog') return 'can be found live in the catalogue';
  return isReachedOnly(cells) ? 'can be reached' : 'can be used';
}

function allWork(report: Report): string {
  const {
    summary: { models },
    depth,
    cells,
  } = report;
  const all = models === 1 ? 'The model' : models === 2 ? 'Both models' : `All ${models} models`;
  if (depth === 'catalog')
    return `${all} ${models === 1 ? 'has' : 'have'} a live provider in the catalogue. Nothing was asked: this does not show that a call works.`;
  const more = isReachedOnly(cells)
    ? ' with this token. Nothing was generated: a model may still fail when it starts.'
    : '.';
  return `${all} ${canBe(report)}${more}`;
}

/** Lines of the list of what works instead; the rest is in the report. */
const MOST_INSTEAD = 8;

/** For each model that cannot be used, what answered in its place in this run. */
function insteadLines({ alternatives, cells }: Report, look: Look): string[] {
  if (alternatives.length === 0) return [];
  const lines = alternatives.slice(0, MOST_INSTEAD).flatMap(({ model, instead, provenBy }) => {
    const ms = cells[provenBy]?.latencyMs ?? null;
    const name = instead.model === model ? 'the same model' : instead.model;
    return indent(
      `${model}: ${name} on ${shortRoute(instead.route)}${ms === null ? '' : `, ${duration(ms)}`}`,
      2,
      look.text,
    );
  });
  const rest = alternatives.length - MOST_INSTEAD;
  return [
    look.paint.bold('What answers instead, asked in this run'),
    ...lines,
    ...(rest > 0 ? [`  and ${rest} more: --format json`] : []),
    ...indent('Code that falls over to it: hf-doctor fallback', 2, look.text),
    '',
  ];
}

/** Names that a line may hold; all of them are in the report. */
const MOST_NAMES = 8;

/** Where only some could be checked, which ones could not. */
function openLines(report: Report, look: Look): string[] {
  const open = openModels(report);
  if (open.length === 0 || open.length === report.models.length) return [];
  const rest = open.length - MOST_NAMES;
  const names = open.slice(0, MOST_NAMES).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
  return [...indent(`Not checked: ${names}`, 0, look.text), ''];
}

/** Why cells are empty, grouped. */
/** Asked for with --with and not tried: that is said even when all is well. */
function isWish(c: Cell): boolean {
  return c.route.includes('+');
}

function skipLines(report: Report, look: Look, shown: (c: Cell) => boolean = () => true): string[] {
  const reasons = new Map<string, number>();
  for (const c of report.cells)
    if (c.outcome === 'skipped' && c.reason && shown(c))
      reasons.set(c.reason, (reasons.get(c.reason) ?? 0) + 1);
  if (reasons.size === 0) return [];
  const parts = [...reasons].map(([reason, n]) => `${reason} (${n})`);
  return [...indent(`${look.symbols.none} not asked: ${parts.join('; ')}`, 0, look.text), ''].map((l) =>
    look.paint.dim(l),
  );
}

function closing(report: Report, told: readonly Finding[], infos: readonly Finding[], look: Look): string[] {
  const code = `Exit code ${report.exitCode}.`;
  const say = (...texts: (string | null)[]) => {
    const text = texts.filter((t) => t !== null).join(' ');
    return text === '' ? [] : indent(text, 0, look.text);
  };
  const { usable, models } = report.summary;
  if (!report.complete) {
    const why =
      report.exitCode >= 129
        ? 'Stopped early: this is what was seen until then. Run it again for the rest.'
        : report.cells.some((c) => c.unfinished && /^--|time limit/.test(c.reason ?? ''))
          ? 'A limit of the run left probes out, as the line above says. Raise it for the rest.'
          : 'Not all could be asked, as the line above says.';
    return say(why, code);
  }
  if (report.exitCode === 3)
    return [
      ...say(
        usable > 0
          ? `${usable} of ${count(models, 'model')} ${canBe(report)}. The rest could not be checked, so this is not green.`
          : 'Nothing could be checked, so this is neither good nor bad news.',
        code,
      ),
      ...say(nextStep(told)),
    ];
  if (report.exitCode === 0 && told.length === 0)
    return report.depth === 'catalog' ? [] : say(healthy(report, infos));
  if (report.depth === 'catalog' && told.length === 0)
    return say('See who serves a model: https://huggingface.co/models?inference_provider=all', code);
  return [...say(nextStep(told) ?? 'Nothing else to do.'), code];
}

function healthy(report: Report, infos: readonly Finding[]): string {
  const { models, usable } = report.summary;
  const some = `${usable} of ${count(models, 'model')} ${canBe(report)}; the rest was not checked.`;
  const more = infos.map((f) => `${f.title} (expected: hf-doctor explain ${f.rule}).`);
  return [usable === models ? allWork(report) : some, ...more].join(' ');
}

function nextStep(told: readonly Finding[]): string | null {
  const fresh = told.filter((f) => !f.known);
  if (told.length > 0 && fresh.length === 0) return 'Nothing is new.';
  const first = fresh[0]?.fixes[0];
  if (!first) return null;
  return `Next: ${first.text}`;
}
