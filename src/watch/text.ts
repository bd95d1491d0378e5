import { count, dollars } from '../render/human/header.js';
import type { Look } from '../render/look.js';
import { stateText } from '../render/state-text.js';
import { concerns, isOf, isOnlyReached } from '../report/about.js';
import type { Report } from '../report/model.js';
import { shortRoute } from '../report/short-route.js';
import type { Safe } from '../safety/safe.js';
import type { ChangeEvent, EndEvent, RoundEvent, WaitEvent, WatchEvent } from './events.js';

/** One screen: more models are counted, not listed. */
const MOST_MODELS = 40;

/** What a person reads of an event. `aside`: a note beside the changes. Null: nothing to say. */
export function tell(event: Safe<WatchEvent>, look: Look): { text: string; aside: boolean } | null {
  const line = (text: string, aside = false) => ({ text: `${text}\n`, aside });
  switch (event.type) {
    case 'report':
      return line(statusLines(event.report, look).join('\n'));
    case 'change':
      return line(changeLine(event, look));
    case 'round':
      return roundLine(event, line);
    case 'unreached':
      return line(
        `${event.rounds} rounds in a row reached nothing. Is this machine online? The watch goes on.`,
        true,
      );
    case 'wait':
      return line(waitText(event), true);
    case 'end':
      return line(`${time(event.at)}  ${endText(event)} Exit code ${event.exitCode}.`);
  }
}

/** The state of each model: usable or not, why not, and where. */
function statusLines(report: Report, look: Look): string[] {
  const { models } = report;
  if (models.length === 0)
    return [
      `No model could be checked: ${report.findings[0]?.rule ?? 'the list of models is not readable'}.`,
    ];
  const shown = models.slice(0, MOST_MODELS);
  const width = Math.max(...shown.map((m) => m.id.length));
  const more = models.length - shown.length;
  return [
    ...shown.map((m) => `${mark(m, look)} ${m.id.padEnd(width)}  ${modelText(m, report)}`),
    ...(more > 0 ? [`and ${count(more, 'more model')}`] : []),
  ];
}

function mark(m: Report['models'][number], { paint, symbols: s }: Look): string {
  if (m.usable) return paint.green(s.good);
  return m.checked ? paint.red(s.bad) : paint.yellow(s.unknown);
}

function modelText(m: Report['models'][number], report: Report): string {
  const about = report.findings.filter((f) => f.severity !== 'info');
  const worst =
    about.find((f) => isOf(f, m.id, report.cells)) ??
    about.find((f) => concerns(f, m.id, report.cells)) ??
    // A fault of the token or the account keeps models from being asked that it does not name.
    about.find((f) => !m.usable && f.severity === 'error' && (f.blame === 'token' || f.blame === 'account'));
  const state = stateOf(m, report);
  if (!worst) return m.checked ? state : [state, ...whyNotAsked(m.id, report)].join('; ');
  const routes = report.cells.filter((c) => c.model === m.id && c.rule === worst.rule && !c.control);
  const where = routes.length > 0 ? ` on ${routes.map((c) => shortRoute(c.route)).join(', ')}` : '';
  return `${state}; ${worst.rule}${where}`;
}

function stateOf(m: Report['models'][number], { cells }: Report): string {
  if (!m.usable) return m.checked ? 'not usable' : 'not known';
  if (!m.best) return 'usable, says the catalogue';
  return `${isOnlyReached(m, cells) ? 'reached' : 'usable'} on ${shortRoute(m.best)}`;
}

function whyNotAsked(id: string, { cells }: Report): string[] {
  const own = cells.filter((c) => c.model === id && !c.control);
  const reason = (own.find((c) => c.unfinished) ?? own[0])?.reason;
  return reason ? [reason] : [];
}

/** `2026-11-21T09:00:12Z  org/name  novita  500 provider-outage -> ok` */
function changeLine({ at, model, route, from, to }: ChangeEvent, { paint }: Look): string {
  const colour = to.outcome === 'ok' ? paint.green : to.outcome === 'fault' ? paint.red : paint.yellow;
  const was = from ? stateText(from) : 'new';
  return `${time(at)}  ${model}  ${shortRoute(route)}  ${was} -> ${colour(stateText(to))}`;
}

function roundLine(e: RoundEvent, line: (text: string, aside?: boolean) => { text: string; aside: boolean }) {
  if (e.fault !== null)
    return line(
      `Round ${e.round} failed because of a fault of hf-doctor itself (${e.fault}). The watch goes on.`,
      true,
    );
  if (e.before === null) return null;
  return line(`${time(e.at)}  exit code ${e.before} -> ${e.exitCode}: ${usableText(e)}`);
}

function endText(e: EndEvent): string {
  const left = e.limit !== null && e.why !== 'cost' ? ` Not all was asked: ${e.limit}.` : '';
  const last = e.models === null ? 'No round was completed.' : `Last state: ${usableText(e)}.${left}`;
  switch (e.why) {
    case 'ok':
      return `${usableText(e)}, after ${count(e.rounds, 'round')}.`;
    case 'change':
      return `Changed, in round ${e.rounds}. ${last}`;
    case 'rounds':
      return `${count(e.rounds, 'round')} done. ${last}`;
    case 'interrupted':
      return `Stopped after ${count(e.rounds, 'round')}. ${last}`;
    case 'cost':
      return `Stopped before --max-cost ${e.maxCost} would be passed: ${count(e.rounds, 'round')} may have cost $${dollars(e.cost)}. ${last}`;
  }
}

function usableText({ usable, reached, models }: Pick<EndEvent, 'usable' | 'reached' | 'models'>): string {
  const only = reached ? ` (${reached} only reached: nothing was generated)` : '';
  return `${usable ?? 0} of ${count(models ?? 0, 'model')} usable${only}`;
}

/** `The credits are used up. Asked more often … Next round at 09:10 UTC, in about 10 minutes. Do now: …` */
function waitText({ title, todo, ms, next }: WaitEvent): string {
  const minutes = Math.round(ms / 60_000);
  const pause = minutes < 1 ? `${Math.round(ms / 1_000)} seconds` : count(minutes, 'minute');
  const now = todo === null ? '' : ` Do now: ${todo}`;
  return `${title}. To ask more often cannot help: the next round is in about ${pause}, at ${next.slice(11, 16)} UTC.${now}`;
}

/** To the second. */
function time(at: string): string {
  return at.replace(/\.\d{1,9}Z$/, 'Z');
}
