import type { Evidence } from '../../types/evidence.js';
import type { Observation } from '../../types/observation.js';
import { acrossRule, fix, type Hit } from '../define.js';
import { isBare } from '../said.js';
import { checkAgain, servedBy } from '../serving.js';
import { LINKS, list } from '../words.js';
import { goneSince, type Pinned, pinned, refuses } from './removed.js';

interface Args extends Pinned {
  month: string;
  /** Who serves the model today; null when this run does not know. */
  others: string[] | null;
  /** The text is older: then it was a provider still. */
  before: boolean;
}

function called(o: Observation, e: Evidence): Hit<Args> | null {
  const pin = o.surface === 'other' || o.purpose !== 'inference' ? null : pinned(o);
  const gone = pin && goneSince(pin.slug);
  if (!pin || !gone || !refuses(o, pin.how)) return null;
  const before = (o.at ?? e.run.now).slice(0, 7) < gone[0];
  // Then only an answer without words, which nothing else explains.
  if (before && (e.run.live || (o.status ?? 0) >= 500 || !isBare(o))) return null;
  const mapping = o.model === null ? undefined : e.catalog.models[o.model];
  // Back in the mapping of this run: then it did not leave.
  if (mapping?.providers.some((p) => p.provider === pin.slug)) return null;
  const others = o.model === null ? null : servedBy(o.model, o.task, e);
  const certain = e.run.live && mapping?.mappingKnown === true && o.status !== null && o.status < 500;
  return {
    confidence: certain ? 'certain' : before ? 'possible' : 'likely',
    subject: pin.slug,
    args: { ...pin, month: gone[1], others, before },
  };
}

/** Named with --routes; the mapping of this run does not list it, so it was not asked. */
function named(e: Evidence): (Hit<Args> & { cells: readonly number[] })[] {
  return e.run.unasked.flatMap(({ because, route, model }) => {
    const slug = route.replace(/^provider:/, '');
    const gone = because === 'absent' ? goneSince(slug) : null;
    if (!gone) return [];
    const args = {
      slug,
      how: 'route' as const,
      month: gone[1],
      others: servedBy(model, null, e),
      before: false,
    };
    return [{ confidence: 'certain' as const, subject: slug, models: [model], args, cells: [] }];
  });
}

/** The mapping still lists it, no client knows it, and nobody could be asked: worth a word. */
function stillListed(e: Evidence): (Hit<Args> & { cells: readonly number[] })[] {
  if (!e.run.live || e.catalog.clientProviders.length === 0) return [];
  return Object.values(e.catalog.models).flatMap((facts) =>
    facts.providers.flatMap(({ provider: slug }) => {
      const gone = e.catalog.clientProviders.includes(slug) ? null : goneSince(slug);
      const asked = e.observations.some((o) => o.model === facts.id && o.provider === slug);
      if (!gone || asked) return [];
      const others = (servedBy(facts.id, facts.task, e) ?? []).filter((p) => p !== slug);
      // Where another one serves the model, nobody misses it.
      if (others.length > 0 || e.token.status !== 'valid') return [];
      const args = { slug, how: 'mapping' as const, month: gone[1], others, before: false };
      return [{ confidence: 'likely' as const, subject: slug, models: [facts.id], args, cells: [] }];
    }),
  );
}

export const providerRemoved = acrossRule<Args>({
  id: 'provider-removed',
  blame: 'provider',
  severity: 'error',
  lastVerified: '2026-11-21',
  since: '2026-01-22',
  corrects:
    'A provider that left cannot be called with another token or another plan; a model of an organization with the same name is not affected.',
  match: (e) => [
    ...e.observations.flatMap((o) => {
      const hit = called(o, e);
      return hit ? [{ ...hit, cells: [o.id] }] : [];
    }),
    ...named(e),
    ...stillListed(e),
  ],
  title: ({ args }) => `${args.slug} is no longer a provider of Hugging Face (since ${args.month})`,
  explanation({ args, models }) {
    const where = {
      path: `The request went to /${args.slug}/ on the router.`,
      suffix: `The suffix ":${args.slug}" pins it.`,
      client: 'The client was told to use it.',
      mapping: 'The mapping of the model still lists it; the official client has no way to ask it.',
      route: 'It was named as a route, and the mapping of the model no longer lists it.',
    }[args.how];
    // Only the control may have met it: then no model is counted.
    const model = models[0] ?? 'the model';
    const others =
      args.others === null
        ? ''
        : args.others.length > 0
          ? ` ${list(args.others)} ${args.others.length > 1 ? 'serve' : 'serves'} ${model} today.`
          : ` No provider serves ${model} today.`;
    if (args.before)
      return `The text is from a time when ${args.slug} was a provider, so what it was then is open. ${where} Today ${args.slug} is gone, and the same call cannot work.`;
    return `${args.slug} left the routing of Hugging Face in ${args.month}, and the official clients dropped it in July 2026. ${where}${others}`;
  },
  notThis: ({ args }) =>
    `A new token or a paid plan cannot help. Models of the organization ${args.slug} on the Hub are another thing: they stay.`,
  fixes: ({ args, models, client }) => [
    args.others?.length === 0
      ? fix('Choose a model that has a provider today.', { links: [LINKS.servedModels] })
      : fix(
          'Name no provider: the bare model id on https://router.huggingface.co/v1 lets the router choose one that serves it.',
          {
            commands: [checkAgain(models)],
          },
        ),
    ...(args.how === 'client' && client !== 'node' && client !== 'curl'
      ? [
          fix('Upgrade huggingface_hub: from 1.0 on the router chooses the provider for chat.', {
            commands: ['pip install -U huggingface_hub'],
          }),
        ]
      : []),
    fix(`If you need ${args.slug} itself, call its own address with a key of ${args.slug}.`),
  ],
  verify: ({ models }) => checkAgain(models),
  page: {
    meaning:
      'The call names a provider that Hugging Face no longer routes to. nebius left in January 2026, hyperbolic and sambanova in June 2026, black-forest-labs, clarifai and nvidia in July 2026.',
    evidence:
      'The provider is the first segment of the router path, the suffix of the model id, or the argument that the client refuses, and the answer is no 401, 402, 403 or 429: those are given before any provider is asked.',
    mistakenFor:
      'An outage, a wrong token, a model that was withdrawn. Models such as nvidia/... or black-forest-labs/... name an organization, not a provider.',
    repair: 'Remove the provider or the suffix. The Hub page of the model lists who serves it today.',
    links: [LINKS.servedModels, LINKS.docs],
  },
});
