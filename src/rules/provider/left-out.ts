import type { Fix } from '../../report/model.js';
import { shellQuote } from '../../safety/quote.js';
import type { Evidence } from '../../types/evidence.js';
import type { Observation } from '../../types/observation.js';
import { type Case, fix, type Proven } from '../define.js';
import { saysNotServed } from '../model/not-served.js';
import { LINKS, list } from '../words.js';
import { twoLists } from './two-lists.js';
import { couldUse, letThrough, pinnedTo } from './who.js';

/* The router says that it has no provider, and the mapping of the model names one as live. */

type Left = Case<{ provider: string | null }>;

/** The one that this run saw at work, else the first; null where the router says something else. */
export function leftOut(o: Observation, e: Evidence): string | null {
  if (o.surface !== 'router' || saysNotServed(o)?.how !== 'router') return null;
  const mapped = e.catalog.models[o.model ?? '']?.mappingKnown ? couldUse(o, e) : [];
  return mapped.find((p) => letThrough(p, e)) ?? mapped[0] ?? null;
}

/** With the suffix where it was never sent without. */
export function titleOf({ args, models, observations }: Left): string {
  const pinned = observations.every((o) => pinnedTo(o) !== null);
  const sent = pinned ? models.map((m) => `${m}:${args.provider}`) : models;
  return `The Hub lists ${args.provider} as live for ${list(sent)}, and the router leaves it out`;
}

export function explanationOf(c: Left): string {
  const { args, models, evidence } = c;
  const on = atWork(c);
  const saw = on
    ? ` ${args.provider} ${on.deep ? 'answered' : 'was reached with'} the same token in this run, so it is not switched off in your settings.`
    : '';
  const lists =
    twoLists(models, args.provider, evidence) ||
    ' The mapping of the model, read in the same run, says "live".';
  return `The router says that it has no provider for the model, and asks none then.${lists}${saw}`;
}

/** `use`: what works for the model in this run. */
export function fixesOf(c: Left, use: Fix | null): Fix[] {
  const { args, models } = c;
  return [
    use ??
      fix(`See whether ${args.provider} answers on its own path.`, {
        commands: [`hf-doctor check --routes ${args.provider} ${shellQuote(models[0] ?? '')}`],
      }),
    ...(atWork(c)
      ? []
      : [fix(`Check that ${args.provider} is switched on in your settings.`, { links: [LINKS.providers] })]),
    fix('Ask the router again later: its list changes within hours.', { links: [LINKS.status] }),
  ];
}

/** What this run saw of that provider, for whatever model: one that is switched off refuses all. */
function atWork({ args, proven }: Left): Proven | undefined {
  const routes = [`provider:${args.provider}`, `router:${args.provider}`, args.provider];
  return proven.find((p) => routes.includes(p.route));
}
