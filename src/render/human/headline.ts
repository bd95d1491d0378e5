import { cutShort } from '../../report/faults.js';
import type { Report } from '../../report/model.js';
import { isReached } from './cell.js';
import { count } from './header.js';
import { unpaid } from './unpaid.js';

/** How many of the models can be used, in a sentence or two. Empty where nothing could be checked. */
export function headline(report: Report): string[] {
  const told = ofModels(report);
  return [...told, ...(told.length > 0 ? ofPlaces(report) : []), ...ofShards(report)];
}

/** What nobody reported may hold what fails. */
function ofShards({ missing = [], unread = 0 }: Report): string[] {
  const names = missing.slice(0, MOST_SHARDS).join(', ');
  const more = missing.length > MOST_SHARDS ? ` and ${missing.length - MOST_SHARDS} more` : '';
  return [
    ...(missing.length > 0
      ? [`No report of the shard${missing.length > 1 ? 's' : ''} ${names}${more} was merged.`]
      : []),
    ...(unread > 0 ? [`${count(unread, 'file')} could not be read.`] : []),
  ];
}

/** Rows of a merged report: the same model fails in one place and works in another. */
function ofPlaces({ cells }: Report): string[] {
  const [first] = cells;
  const several = cells.some((c) => c.vantage !== first?.vantage);
  return several ? ['Each model counts once for each place.'] : [];
}

const MOST_SHARDS = 10;

function ofModels(report: Report): string[] {
  const { summary: s, models, token, exitCode } = report;
  if (s.models === 0) return [];
  const partly = partlyAsked(report);
  if (partly) return [partly];
  if (exitCode === 3) return [];
  if (report.depth === 'catalog' && s.usable < s.models) return unserved(report);
  if (s.usable === s.models) return [allWork(report)];
  if (s.usable === 0 && token.status === 'missing') return ['No model can be used without a token.'];
  if (s.usable === 0 && (token.status === 'invalid' || token.status === 'malformed'))
    return ['No model can be used with this token.'];
  if (s.usable === 0 && unpaid(report)) return ['No model can be used until the account can pay again.'];
  const open = openModels(report).length;
  const dead = models.filter((m) => !m.usable).length - open;
  const rest = open > 0 ? ` ${count(open, 'model')} could not be checked.` : '';
  if (open === s.models && open > 1) return ['No model could be checked.'];
  if (s.models === 1) return [dead === 1 ? 'The model cannot be used.' : 'The model could not be checked.'];
  if (dead === s.models)
    return [`${s.models === 2 ? 'Neither model' : `None of the ${s.models} models`} can be used.`];
  if (dead === 0) return [`${s.usable} of ${count(s.models, 'model')} ${canBe(report)}.${rest}`];
  return [`${dead} of ${count(s.models, 'model')} cannot be used.${rest}`];
}

/** One model that failed, where another way to it was left out. */
function partlyAsked({ models, cells }: Report): string | null {
  const [m, ...others] = models;
  if (!m || others.length > 0 || m.usable || m.checked || !cutShort(cells).has(m.id)) return null;
  const own = cells.filter((c) => !c.control && !c.instead && c.route !== 'legacy');
  const failed = own.filter((c) => c.outcome === 'fault' && c.error !== 'run.cancelled').length;
  const wanted = own.filter((c) => c.outcome !== 'skipped' || c.unfinished).length;
  if (failed === 0) return null;
  return `The model could not be checked: it failed on ${failed} of ${wanted} routes, the rest was left out.`;
}

/** Models of which nothing is known, as every format says it. */
export function openModels({ models }: Report): string[] {
  return models.filter((m) => !m.usable && !m.checked).map((m) => m.id);
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

/** Of the models that can be used: how many gave an answer. */
function answered({ cells, models }: Report): number {
  const works = cells.filter((c) => !c.control && !c.instead && ['ok', 'flaky'].includes(c.outcome));
  const deep = new Set(works.filter((c) => !isReached(c)).map((c) => c.model));
  return models.filter((m) => m.usable && deep.has(m.id)).length;
}

/** Every other way that was asked failed. */
function gatewayOnly({ cells }: Report): boolean {
  const own = cells.filter((c) => !c.control && !c.instead && c.route !== 'legacy');
  const works = own.filter((c) => c.outcome === 'ok' || c.outcome === 'flaky');
  const isGateway = (c: Report['cells'][number]) => c.route.split('+')[0] === 'gateway';
  return (
    works.length > 0 && works.every(isGateway) && own.some((c) => !isGateway(c) && c.outcome === 'fault')
  );
}

/** What the models of the run that work have in common. */
export function canBe(report: Report): string {
  if (report.depth === 'catalog') return 'can be found live in the catalogue';
  if (gatewayOnly(report)) return 'can be used through the gateway only';
  const deep = answered(report);
  if (deep === 0) return 'can be reached';
  return deep < report.summary.usable ? 'can be used or reached' : 'can be used';
}

export function allWork(report: Report): string {
  const { models, usable } = report.summary;
  const all = models === 1 ? 'The model' : models === 2 ? 'Both models' : `All ${models} models`;
  if (report.depth === 'catalog')
    return `${all} ${models === 1 ? 'has' : 'have'} a live provider in the catalogue. Nothing was asked: this does not show that a call works.`;
  const deep = answered(report);
  const more =
    deep === 0
      ? ' with this token. Nothing was generated: a model may still fail when it starts.'
      : deep < usable
        ? `: ${deep} answered; ${usable - deep} ${usable - deep === 1 ? 'was' : 'were'} reached, nothing was generated.`
        : '.';
  return `${all} ${canBe(report)}${more}`;
}
