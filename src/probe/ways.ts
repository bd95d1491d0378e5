import type { Target } from '../routes/request.js';
import type { Adapter, Catalog, MappingEntry, ModelFacts, RouterModel, Skip } from '../types/evidence.js';
import { POLICIES } from '../types/model-ref.js';
import type { RouteChoice } from '../types/observation.js';
import { isKin } from '../types/task-kin.js';
import type { Wanted } from './targets.js';

/** One route to a model; `skip` says why it is not asked. */
export type Way = Pick<Target, 'route' | 'surface' | 'provider' | 'suffix'> &
  Adapter & {
    route: Exclude<Target['route'], `${string}+${string}`>;
    /** What the provider calls the model; null: as the Hub does. */
    providerId: string | null;
    skip: string | null;
    /** Why no such way can exist; null where it is only not asked. */
    because: NonNullable<Skip['because']> | null;
    /** A suffix that is only compared with the bare id. */
    besides: boolean;
    /** It would have been asked if the run knew more. */
    unfinished: boolean;
  };

const NO_SUFFIX = 'this route takes no suffix';
const ABSENT = 'not in the mapping of this model';
const OTHER_TASK = 'the mapping lists this model for another task';
const STAGING = 'in staging, where the router does not take it';
const UNLISTED = 'neither the Hub nor the router names it for this model';
const NOBODY = 'neither the Hub nor the router names a provider of this model';
const UNREAD = 'the mapping of this model could not be read';
/** Stands for the providers of a mapping that is not known. */
const ANY = 'provider:?';

export function waysTo(
  ref: { id: string; suffix: string | null },
  task: string,
  wanted: Pick<Wanted, 'routes' | 'suffixes' | 'dedicated' | 'bySuffix'>,
  catalog: Catalog,
  facts: ModelFacts | null,
): Way[] {
  const { suffix } = ref;
  const mapping = facts?.mappingKnown
    ? facts.providers.filter((p) => p.task === task || p.task === '')
    : null;
  const listed = mapping ? null : listedBy(catalog.routerModels, ref.id, task);
  const missing = facts?.exists === 'no' ? 'not on the Hub' : null;
  const noSuffix = suffix ? NO_SUFFIX : null;
  const chatOnly = task === 'conversational' ? null : 'automatic routing serves chat only';
  const known = (slug: string) =>
    catalog.clientProviders.length === 0 || catalog.clientProviders.includes(slug);

  const bySuffix = wanted.bySuffix === true && chatOnly === null && suffix === null;

  /** Through the suffix: the router knows what the provider calls the model. */
  const suffixed = (slug: string, skip: string | null): Way => {
    const route = bySuffix && !skip ? (`router:${slug}` as const) : (`provider:${slug}` as const);
    return way(route, 'router', { provider: slug, suffix: slug, skip: skip ?? chatOnly });
  };

  /** No suffix reaches a provider in staging. */
  const closed = (slug: string) =>
    bySuffix && mapping?.find((p) => p.provider === slug)?.status === 'staging' ? STAGING : null;

  // Who serves it for another task would refuse, or complain of the body before it looks at the model.
  const absent =
    facts?.providers.length && facts.providers.every((p) => p.task !== '' && !isKin(p.task, task))
      ? OTHER_TASK
      : ABSENT;

  const provider = (slug: string, entry: MappingEntry | undefined): Way => {
    const skip = noSuffix ?? missing ?? (entry ? closed(slug) : absent);
    const { providerId = null, adapter, adapterWeightsPath } = entry ?? {};
    // The official client has no table for a new provider: the router's suffix reaches it as well.
    return known(slug) && (!bySuffix || skip)
      ? way(`provider:${slug}`, 'provider', {
          provider: slug,
          providerId,
          skip,
          ...(adapter ? { adapter } : {}),
          ...(adapterWeightsPath ? { adapterWeightsPath } : {}),
        })
      : suffixed(slug, skip);
  };

  /** The Hub tells nothing: what the router lists for the model, or none that is known. */
  const unmapped = (slug: string | null): Way[] => {
    const skip = noSuffix ?? missing;
    const route = slug === null ? ANY : (`provider:${slug}` as const);
    if (skip) return slug === null ? [] : [way(route, 'provider', { provider: slug, skip })];
    if (listed === null) return [way(route, 'provider', { provider: slug, skip: UNREAD, unfinished: true })];
    const named = slug === null ? listed : listed.filter((s) => s === slug);
    // The router lists chat models: one that is made for something else may be served all the same.
    const blind = slug === null && (facts?.task ?? null) === null;
    if (named.length === 0) {
      const skip = blind ? UNREAD : slug === null ? NOBODY : UNLISTED;
      return [way(route, 'provider', { provider: slug, skip, unfinished: blind })];
    }
    return named.filter((s) => s !== 'hf-inference').map((s) => suffixed(s, null));
  };

  const hosted = (mapping?.map((p) => p.provider) ?? listed)?.includes('hf-inference') === true;
  const elsewhere = (entries: readonly MappingEntry[]) =>
    entries.filter((p) => p.provider !== 'hf-inference').map((p) => provider(p.provider, p));
  const hfInference = (): Way => {
    // Worth asking when nobody is known to serve it: the refusal is free and names the reason.
    const worth = !mapping || (mapping.length === 0 && absent !== OTHER_TASK) || hosted;
    const skip = noSuffix ?? missing ?? (worth ? closed('hf-inference') : absent);
    if (bySuffix && hosted && !skip) return suffixed('hf-inference', null);
    return way('hf-inference', 'hf-inference', { provider: 'hf-inference', skip });
  };

  const router = (asked: string | null): Way =>
    way(asked ? `router:${asked}` : 'router', 'router', { suffix: asked, skip: chatOnly });

  const toChoice = (choice: RouteChoice): Way[] => {
    switch (choice) {
      case 'legacy':
        return [way('legacy', 'legacy', { skip: noSuffix })];
      case 'router':
        return [
          router(suffix),
          ...suffixesOf(suffix, wanted.suffixes, mapping).map((s) => ({ ...router(s), besides: true })),
        ];
      case 'gateway': {
        if (wanted.dedicated) return [way('gateway', 'dedicated', { skip: noSuffix })];
        const only = chatOnly && 'only chat is probed at a gateway';
        return [way('gateway', 'gateway', { suffix, skip: only })];
      }
      case 'hf-inference':
        return [hfInference()];
      case 'providers':
        return (mapping ? elsewhere(mapping) : unmapped(null)).concat(
          hosted && !wanted.routes.includes('hf-inference') ? [hfInference()] : [],
        );
      default: {
        const slug = choice.slice('provider:'.length);
        if (mapping === null) return unmapped(slug);
        return [
          provider(
            slug,
            mapping.find((p) => p.provider === slug),
          ),
        ];
      }
    }
  };
  return wanted.routes.flatMap((choice) =>
    toChoice(choice).map((w) => {
      // A provider that the user named, and the mapping does not: that is worth a word.
      const named = mapping !== null && choice.startsWith('provider:') && w.skip === ABSENT;
      return { ...w, because: w.skip === NO_SUFFIX ? 'suffix' : named ? 'absent' : null };
    }),
  );
}

/** Providers that the router's list names for a model; null where it tells nothing: it holds chat only. */
function listedBy(models: readonly RouterModel[] | null, id: string, task: string): readonly string[] | null {
  if (models === null || task !== 'conversational') return null;
  return models.find((m) => m.id === id)?.providers.map((p) => p.provider) ?? [];
}

/** Each suffix that the router takes for this model, beside the bare id. */
function suffixesOf(
  suffix: string | null,
  wanted: boolean,
  mapping: readonly MappingEntry[] | null,
): readonly string[] {
  if (!wanted || suffix !== null) return [];
  return [...POLICIES, ...(mapping ?? []).filter((p) => p.status === 'live').map((p) => p.provider)];
}

function way(route: Way['route'], surface: Way['surface'], more: Partial<Way> = {}): Way {
  return {
    route,
    surface,
    provider: null,
    providerId: null,
    suffix: null,
    skip: null,
    because: null,
    besides: false,
    unfinished: false,
    ...more,
  };
}
