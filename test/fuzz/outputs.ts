import type { check } from '../../src/check/check.js';
import type { CheckResult } from '../../src/check/conclude.js';
import { planOnly } from '../../src/check/plan-only.js';
import { tokenReport } from '../../src/check/token-report.js';
import { proofsOf } from '../../src/diagnose/usable.js';
import { clientVersions } from '../../src/explain/clients.js';
import { explainText } from '../../src/explain/explain.js';
import { chainOf } from '../../src/fallback/chain.js';
import { GENERATORS } from '../../src/fallback/generate.js';
import { recipeOf } from '../../src/fallback/recipe.js';
import { chainText, leftOut, noChain } from '../../src/fallback/words.js';
import { renderExplained } from '../../src/render/explain.js';
import { RENDERERS } from '../../src/render/index.js';
import { stringify } from '../../src/render/json.js';
import { type Look, makeLook } from '../../src/render/look.js';
import { pageView } from '../../src/render/page-view.js';
import { renderPlan } from '../../src/render/plan.js';
import { renderRulePage } from '../../src/render/rule-page.js';
import { rulesList, rulesTable } from '../../src/render/rules-table.js';
import { renderToken } from '../../src/render/token.js';
import { explainView } from '../../src/report/explain-view.js';
import type { Report } from '../../src/report/model.js';
import { MULTILINE } from '../../src/report/multiline.js';
import { RULES } from '../../src/rules/index.js';
import type { Redact } from '../../src/safety/redact.js';
import { makeSafe, safeText } from '../../src/safety/safe.js';
import { afterRound, START } from '../../src/watch/round.js';
import { tell } from '../../src/watch/text.js';
import {
  FORMAT_JUDGES,
  formatsWithoutJudge,
  history,
  humanText,
  jsonDocument,
  type Output,
} from './judges.js';

/* Everything that is ever printed about what came back, made as the commands make it. */

interface Seen {
  name: string;
  look: Look;
  colours: boolean;
}

const look = (columns: number, colours: boolean, lang = 'C.UTF-8'): Seen => ({
  name: `${columns} columns${colours ? ', colour' : ''}${lang === 'C' ? ', ASCII' : ''}`,
  look: makeLook({ flag: colours, env: { LANG: lang }, isTTY: colours, columns }),
  colours,
});
const LOOKS = [
  look(1, false),
  look(40, true),
  look(80, false),
  look(80, true, 'C'),
  look(250, true),
] as const;
const [NARROW, , PLAIN, , WIDE] = LOOKS;

const human = (name: string, { name: as, look, colours }: Seen, render: (look: Look) => string): Output => ({
  name: `${name}, ${as}`,
  text: render(look),
  colours,
  judge: humanText,
});
const json = (name: string, value: unknown): Output => ({
  name: `${name}, json`,
  text: `${stringify(value)}\n`,
  colours: false,
  judge: jsonDocument,
});

/** The report in each format, at each width. */
export async function reportOutputs(report: Report, redact: Redact, failOn: FailOn): Promise<Output[]> {
  const missing = formatsWithoutJudge(Object.keys(RENDERERS));
  if (missing.length > 0) throw new Error(`no judge for the format ${missing.join(', ')}`);
  const safe = makeSafe(report, redact, MULTILINE);
  const outputs: Output[] = [];
  for (const [format, load] of Object.entries(RENDERERS)) {
    const render = await load();
    const { fixed, commands, judge } = FORMAT_JUDGES[format as keyof typeof RENDERERS];
    for (const { name, look, colours } of fixed ? [PLAIN] : LOOKS)
      outputs.push({
        name: `report as ${format}, ${name}`,
        text: [...render(safe, look)].join(''),
        colours: colours && !fixed,
        commands,
        judge: (text) => judge(text, failOn),
      });
  }
  return outputs;
}

type FailOn = 'error' | 'warning' | 'never';
/** What a check is asked with. */
export type CheckInput = Parameters<typeof check>[0];

export function tokenOutputs({ evidence }: CheckResult, i: CheckInput, redact: Redact): Output[] {
  const asked = evidence.observations.filter((o) => o.purpose === 'whoami');
  const report = tokenReport(evidence.token, asked, {
    bases: i.bases,
    billTo: i.settings.billTo.value,
    now: Date.parse(evidence.run.now),
  });
  const view = makeSafe({ ...report, notes: [...i.search.notes] }, redact, MULTILINE);
  return [
    ...[NARROW, WIDE].map((seen) => human('token', seen, (l) => renderToken(view, l))),
    json('token', view),
  ];
}

/** With the models that the servers named. */
export async function planOutputs(report: Report, i: CheckInput, redact: Redact): Promise<Output[]> {
  const value = report.models.map(({ id }) => ({ id, suffix: null }));
  const models = { ...i.settings.models, value };
  const plan = await planOnly({ ...i, settings: { ...i.settings, models } }, report.startedAt);
  const view = makeSafe(plan, redact, MULTILINE);
  return [
    ...[NARROW, WIDE].map((seen) => human('plan', seen, (l) => renderPlan(view, 'human', l))),
    { ...json('plan', null), text: renderPlan(view, 'json', PLAIN.look) },
  ];
}

/** What a watch says over these rounds, as lines and as a history. */
export function watchOutputs(reports: readonly Report[], redact: Redact): Output[] {
  let watched = START;
  const lines: string[] = [];
  const told = new Map([NARROW, WIDE].map((seen) => [seen, '']));
  for (const report of reports) {
    const round = afterRound(watched, { report }, report.startedAt);
    watched = round.watched;
    for (const event of round.events) {
      const safe = makeSafe(event, redact, MULTILINE);
      lines.push(`${JSON.stringify(safe)}\n`);
      for (const [seen, text] of told) told.set(seen, text + (tell(safe, seen.look)?.text ?? ''));
    }
  }
  return [
    ...[...told].map(([seen, text]) => human('watch', seen, () => text)),
    { name: 'watch, ndjson', text: lines.join(''), colours: false, judge: history },
  ];
}

/** The chain of what answered, as text and as each kind of code. */
export function fallbackOutputs({ report, evidence }: CheckResult, i: CheckInput, redact: Redact): Output[] {
  const safe = makeSafe(report, redact, MULTILINE);
  const proofs = (model: string) => proofsOf(model, safe.cells, evidence.catalog);
  const chain = chainOf(safe, proofs, i.settings.task.value);
  const said = chain.links.length === 0 ? noChain(chain, safe) : leftOut(chain, safe);
  const notes = { name: 'fallback, notes', text: `${said.join('\n')}\n`, colours: false, judge: () => null };
  if (chain.links.length === 0) return [notes];
  const recipe = recipeOf(safe, chain.links, i.settings.billTo.value);
  const plain = { name: 'fallback', text: chainText(chain, safe), colours: false, judge: humanText };
  const code = Object.entries(GENERATORS).map(([target, generate]) => ({
    name: `fallback for ${target}`,
    text: generate(recipe),
    colours: false,
    judge: target === 'json' ? jsonDocument : () => null,
  }));
  return [notes, plain, ...code];
}

/** A paste, as the command reads it. */
export function explainOutputs(text: string, redact: Redact): Output[] {
  const explained = explainText(text, { now: 0, redact });
  const versions = clientVersions(explained.observations, null);
  const view = makeSafe(explainView(explained, versions), redact, MULTILINE);
  return [
    human('explain', NARROW, (l) => renderExplained(view, l, true)),
    human('explain', WIDE, (l) => renderExplained(view, l, false)),
    json('explain', view),
  ];
}

/** Our own texts: once for a run is enough. */
export function ownOutputs(): Output[] {
  const pages = RULES.flatMap((rule) => [
    ...LOOKS.map((seen) => human(`page of ${rule.id}`, seen, (l) => renderRulePage(rule, l))),
    json(`page of ${rule.id}`, pageView(rule)),
  ]);
  return [
    ...pages,
    human('rules', NARROW, ({ width }) => rulesList(RULES, width)),
    human('rules as Markdown', PLAIN, () => rulesTable(RULES)),
  ];
}

/** Each request of a run on stderr, as --debug shows it. */
export function traceOutput({ evidence }: CheckResult, redact: Redact): Output {
  const lines = evidence.observations.map((o) =>
    safeText(`${o.method} ${o.url} ${o.auth} -> ${o.status ?? o.error} ${o.errorDetail}`, redact),
  );
  return { name: 'trace', text: `${lines.join('\n')}\n`, colours: false, judge: () => null };
}
