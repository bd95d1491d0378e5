import type { Cell, Report } from '../report/model.js';
import { bareId } from '../types/model-ref.js';

/** One model to ask, as the router takes it, and the cell of this run that proves it. */
export interface Link {
  /** `org/name`, or `org/name:provider`. */
  ref: string;
  route: string;
  cell: Cell;
}

export interface Chain {
  links: Link[];
  /** Models that work for another task than chat, and where. */
  others: { model: string; task: string; route: string }[];
  /** Models that were asked for and have no working route, and why. */
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
  const own = chats.flatMap((m) => flaggedLast(proofsOf(m.id), report.cells));
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
    .flatMap((m) => (m.best === null ? [] : [{ model: m.id, task: taskOf(m), route: m.best }]));
  const there = (id: string) => linked.has(id) || others.some((o) => o.model === id);
  return {
    links: [...links.values()],
    others,
    missing: report.models.filter((m) => !there(m.id)).map((m) => ({ model: m.id, why: whyNot(m, report) })),
  };
}

/** 0: each model has a working route. 1: some have none. 3: nothing could be checked. */
export function exitCodeFor(report: Report, { links, missing }: Chain): number {
  if (report.exitCode >= 128) return report.exitCode;
  if (links.length === 0) return report.exitCode === 3 ? 3 : 1;
  return missing.length > 0 ? 1 : 0;
}

/** What the Hub flags may be gone with its next test, also where it answered now. */
function flaggedLast(proofs: readonly Proof[], cells: Report['cells']): readonly Proof[] {
  const flagged = (p: Proof) => cells[p.cell]?.listed === 'error';
  return [...proofs.filter((p) => !flagged(p)), ...proofs.filter(flagged)];
}

/** Only a real answer proves a link; a refusal that came far does not. */
function toLink(proof: Proof, cell: Cell | undefined): Link | null {
  if (cell?.depth !== 'live') return null;
  const suffix = suffixOf(proof.route, cell);
  if (suffix === null) return null;
  const asked = suffix === '' || proof.model.endsWith(`:${suffix}`);
  const ref = asked ? proof.model : `${proof.model}:${suffix}`;
  return REF.test(ref) ? { ref, route: proof.route, cell } : null;
}

/** What makes the router take this route; null when it cannot. */
function suffixOf(route: string, cell: Cell): string | null {
  if (route === 'router') return '';
  if (route.startsWith('router:')) return route.slice('router:'.length);
  const provider = route === 'hf-inference' ? route : /^provider:(.+)$/.exec(route)?.[1];
  // A suffix reaches the providers of the mapping, also flagged ones; none in staging and no others.
  return provider && (cell.listed === 'live' || cell.listed === 'error') ? provider : null;
}

/** The token or the account: it keeps models from being asked that it does not name. */
function isWide({ severity, blame }: Report['findings'][number]): boolean {
  return severity === 'error' && (blame === 'token' || blame === 'account');
}

/** Why a working route is no link. */
function whyNoLink(route: string, cell: Cell | undefined): string {
  if (cell?.depth !== 'live') return 'and no real answer was asked for';
  if (!/^(?:router|hf-inference$|provider:)/.test(route)) return 'which is not on the router';
  if (cell.listed === 'staging') return 'where it is in staging: the router does not take it there';
  if (!route.startsWith('router') && (cell.listed ?? null) === null)
    return 'and the Hub does not list it there, so the router may not take it';
  return 'and no name was found that the router takes for it';
}

function whyNot({ id, best }: Report['models'][number], { findings, cells }: Report): string {
  if (best !== null) {
    const cell = cells.find((c) => c.model === id && c.route === best && !c.control && !c.instead);
    return `it answers on ${best}, ${whyNoLink(best, cell)}`;
  }
  const bare = bareId(id);
  const told = findings.filter((f) => f.severity !== 'info');
  const own = cells.filter((c) => c.model === id && !c.control && c.reason !== null);
  return (
    told.find((f) => f.models.includes(bare))?.title ??
    // Where a limit left ways out, no other reason tells the whole.
    own.find((c) => c.unfinished)?.reason ??
    told.find((f) => f.models.length === 0 || isWide(f))?.title ??
    own[0]?.reason ??
    'it gave no answer in this run'
  );
}
