import { concerns, isOnlyReached } from '../report/about.js';
import type { Cell, Report } from '../report/model.js';
import { shortRoute } from '../report/short-route.js';

/** One model to ask, as the router takes it, and the cell of this run that proves it. */
export interface Link {
  /** `org/name`, or `org/name:provider`. */
  ref: string;
  route: string;
  cell: Cell;
}

export interface Chain {
  links: Link[];
  /** Models for another task than chat, and where they work: `reached` is less than an answer. */
  others: { model: string; task: string; route: string | null; reached: boolean }[];
  /** Chat models that were asked for and have no working route, and why. */
  missing: { model: string; why: string }[];
}

/** A working route; `cell` is its index in the report. */
export interface Proof {
  model: string;
  route: string;
  cell: number;
}

/** The Hub allows no other ids and the catalogue no other providers: nothing else gets into code. */
const REF = /^[A-Za-z0-9][\w.-]{0,95}(?:\/[A-Za-z0-9][\w.-]{0,95})?(?::[A-Za-z0-9][\w.-]{0,63})?$/;

/**
 * The chain that a report proves: the models in the order they were asked for, then what works in the
 * place of those that do not.
 * @param proofsOf the working routes of a model, the best first
 * @param task the task of `--task`, when there is one
 */
export function chainOf(
  report: Report,
  proofsOf: (model: string) => readonly Proof[],
  task: string | null = null,
): Chain {
  const taskOf = (model: Report['models'][number]) => task ?? model.task ?? 'conversational';
  const chats = report.models.filter((m) => taskOf(m) === 'conversational');
  const own = chats.flatMap((m) => flaggedLast(proofsOf(m.id), m.providers));
  const instead = report.alternatives
    .filter((a) => chats.some((m) => m.id === a.model))
    .map((a) => ({ ...a.instead, cell: a.provenBy }));
  const links = new Map<string, Link>();
  const linked = new Set<string>();
  for (const proof of [...own, ...instead]) {
    const link = toLink(proof, report.cells[proof.cell]);
    if (!link) continue;
    linked.add(proof.model);
    if (!links.has(link.ref)) links.set(link.ref, link);
  }
  const others = report.models
    .filter((m) => !chats.includes(m))
    .map((m) => ({ model: m.id, task: taskOf(m), route: m.best, reached: isOnlyReached(m, report.cells) }));
  return {
    links: [...links.values()],
    others,
    missing: chats.filter((m) => !linked.has(m.id)).map((m) => ({ model: m.id, why: whyNot(m, report) })),
  };
}

/**
 * 0: each model that the user named is in the chain. 1: one of them is left out, or there is no chain.
 * 3: nothing could be checked.
 * @param named false: the models were chosen for the user, who misses none of them
 */
export function exitCodeFor(report: Report, { links, missing, others }: Chain, named: boolean): number {
  if (report.exitCode >= 128) return report.exitCode;
  if (links.length === 0) return report.exitCode === 3 ? 3 : 1;
  return named && missing.length + others.length > 0 ? 1 : 0;
}

/** What the Hub flags may be gone with its next test, also where it answered now. */
function flaggedLast(
  proofs: readonly Proof[],
  listed: Report['models'][number]['providers'],
): readonly Proof[] {
  const flagged = (p: Proof) => listed.some((l) => l.status === 'error' && l.provider === suffixOf(p.route));
  return [...proofs.filter((p) => !flagged(p)), ...proofs.filter(flagged)];
}

/**
 * Only a real answer of the router proves a link. A refusal that came far does not, nor does an answer
 * on the provider's own path: the router may refuse the same provider as a suffix, or be down itself.
 */
function toLink(proof: Proof, cell: Cell | undefined): Link | null {
  if (cell?.depth !== 'live') return null;
  const suffix = suffixOf(proof.route);
  if (suffix === null) return null;
  const asked = suffix === '' || proof.model.endsWith(`:${suffix}`);
  const ref = asked ? proof.model : `${proof.model}:${suffix}`;
  return REF.test(ref) ? { ref, route: proof.route, cell } : null;
}

/** The suffix that the router was asked with, `''` for none; null where another was asked. */
function suffixOf(route: string): string | null {
  if (route === 'router') return '';
  return route.startsWith('router:') ? route.slice('router:'.length) : null;
}

/** The token or the account: it keeps models from being asked that it does not name. */
export function isWide({ severity, blame }: Report['findings'][number]): boolean {
  return severity === 'error' && (blame === 'token' || blame === 'account');
}

/** Why a working route is no link. */
function whyNoLink(route: string, cell: Cell | undefined): string {
  if (cell?.depth !== 'live') return 'and no real answer was asked for';
  if (suffixOf(route) === null) return 'and not through the router';
  return 'and no name was found that the router takes for it';
}

const CUT = 'the run ended before it answered';

function whyNot({ id, best }: Report['models'][number], { findings, cells }: Report): string {
  if (best !== null) {
    const cell = cells.find((c) => c.model === id && c.route === best && !c.control && !c.instead);
    return `it answers on ${shortRoute(best)}, ${whyNoLink(best, cell)}`;
  }
  const told = findings.filter((f) => f.severity !== 'info');
  const own = cells.filter((c) => c.model === id && !c.control && c.reason !== null);
  return (
    told.find((f) => concerns(f, id, cells))?.title ??
    // Where a limit left ways out, no other reason tells the whole.
    own.find((c) => c.unfinished)?.reason ??
    told.find((f) => f.models.length === 0 || isWide(f))?.title ??
    (cells.some((c) => c.model === id && c.error === 'run.cancelled') ? CUT : own[0]?.reason) ??
    'it gave no answer in this run'
  );
}
