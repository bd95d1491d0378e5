import type { Finding, Report } from '../../report/model.js';
import type { Safe } from '../../safety/safe.js';
import type { Look } from '../look.js';
import { briefLines, findingLines, indent } from './findings.js';
import { count, headerLines } from './header.js';
import { matrix } from './matrix.js';

/** What a person sees: what you have, what we saw, what it means, what to do. */
export function renderHuman(report: Safe<Report>, look: Look): string {
  const view = matrix(report, look);
  const lines = [...headerLines(report, look), '', ...(view.length > 0 ? [...view, ''] : [])];
  const told = report.findings.filter((f) => f.severity !== 'info');
  const infos = report.findings.filter((f) => f.severity === 'info');
  if (told.length > 0) {
    const summary = summaryLines(report);
    if (summary.length > 0) lines.push(...summary, '');
    for (const f of told) lines.push(...findingLines(f, look), '');
    for (const f of infos) lines.push(...briefLines(f, look), '');
    lines.push(...skipLines(report, look));
  } else if (report.summary.usable < report.summary.models) lines.push(...skipLines(report, look));
  lines.push(...closing(report, told, infos, look));
  return `${lines.join('\n')}\n`;
}

function summaryLines({ summary: s, token, exitCode }: Report): string[] {
  if (s.models === 0 || exitCode === 3) return [];
  const bad = s.models - s.usable;
  if (bad === 0) return [`${s.models === 1 ? 'The model' : `All ${s.models} models`} can be used.`];
  if (token.status === 'missing') return ['No model can be used without a token.'];
  if (token.status === 'invalid' || token.status === 'malformed')
    return ['No model can be used with this token.'];
  if (s.models === 1) return ['The model cannot be used.'];
  if (s.usable === 0) return [`None of the ${s.models} models can be used.`];
  return [`${bad} of ${count(s.models, 'model')} cannot be used.`];
}

/** Why cells are empty, grouped. */
function skipLines(report: Report, look: Look): string[] {
  const reasons = new Map<string, number>();
  for (const c of report.cells)
    if (c.outcome === 'skipped' && c.reason) reasons.set(c.reason, (reasons.get(c.reason) ?? 0) + 1);
  if (reasons.size === 0) return [];
  const parts = [...reasons].map(([reason, n]) => `${reason} (${n})`);
  return [...indent(`${look.symbols.none} not asked: ${parts.join('; ')}`, 0, look.text), ''].map((l) =>
    look.paint.dim(l),
  );
}

function closing(report: Report, told: readonly Finding[], infos: readonly Finding[], look: Look): string[] {
  const code = `Exit code ${report.exitCode}.`;
  const say = (...texts: (string | null)[]) =>
    indent(texts.filter((t) => t !== null).join(' '), 0, look.text);
  if (!report.complete)
    return say('Stopped early: this is what was seen until then. Run it again for the rest.', code);
  if (report.exitCode === 3)
    return [
      ...say('Nothing could be checked, so this is neither good nor bad news.', code),
      ...say(nextStep(told)),
    ];
  if (report.exitCode === 0 && told.length === 0) return say(healthy(report, infos));
  return [...say(nextStep(told) ?? 'Nothing else to do.'), code];
}

function healthy({ summary: { models, usable } }: Report, infos: readonly Finding[]): string {
  const all = models === 1 ? 'The model can be used.' : `All ${models} models can be used.`;
  const some = `${usable} of ${count(models, 'model')} can be used; the rest was not checked.`;
  const more = infos.map((f) => `${f.title} (expected: hf-doctor explain ${f.rule}).`);
  return [usable === models ? all : some, ...more].join(' ');
}

function nextStep(told: readonly Finding[]): string | null {
  const first = told[0]?.fixes[0];
  if (!first) return null;
  return `Next: ${first.text}`;
}
