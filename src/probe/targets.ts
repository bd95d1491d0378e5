import { isProbed, type Target } from '../routes/request.js';
import type { Catalog, ModelFacts, Skip } from '../types/evidence.js';
import type { RouteChoice, RouteId, Surface } from '../types/observation.js';

export interface Wanted {
  models: readonly { id: string; suffix: string | null }[];
  routes: readonly RouteChoice[];
  task: string | null;
  anonymous: boolean;
}

/** The official client's own table: which provider it can call for which task. */
export interface ClientTable {
  knows(provider: string, task: string): boolean;
}

/** Every way to reach every model that was asked for; what cannot be asked is said with its reason. */
export function targetsOf(
  wanted: Wanted,
  catalog: Catalog,
  client: ClientTable,
): { targets: Target[]; skips: Skip[] } {
  const targets: Target[] = [];
  const skips: Skip[] = [];
  for (const ref of wanted.models) {
    const facts = catalog.models[ref.id] ?? null;
    const task = wanted.task ?? facts?.task ?? 'conversational';
    const name = ref.suffix ? `${ref.id}:${ref.suffix}` : ref.id;
    const skip = (route: RouteId, reason: string) => {
      skips.push({
        model: name,
        route,
        auth: wanted.anonymous ? 'anonymous' : 'token',
        depth: 'live',
        reason,
      });
    };
    for (const way of waysTo(ref.suffix, wanted.routes, facts, task)) {
      const reason = isProbed(task)
        ? (way.skip ?? unknownToClient(way, task, client))
        : `task ${task} is not probed yet`;
      if (reason) skip(way.route, reason);
      else if (isProbed(task))
        targets.push({
          ...way,
          model: ref.id,
          suffix: way.suffix,
          task,
          providerId: way.providerId ?? ref.id,
        });
    }
  }
  return { targets, skips };
}

interface Way {
  route: RouteId;
  surface: Surface;
  provider: string | null;
  providerId: string | null;
  suffix: string | null;
  skip: string | null;
}

function waysTo(
  suffix: string | null,
  routes: readonly RouteChoice[],
  facts: ModelFacts | null,
  task: string,
): Way[] {
  const mapping = facts?.mappingKnown
    ? facts.providers.filter((p) => p.task === task || p.task === '')
    : null;
  const missing = facts?.exists === 'no' ? 'not on the Hub' : null;
  const noSuffix = suffix ? 'this route takes no suffix' : null;
  const way = (route: RouteId, surface: Surface, more: Partial<Way> = {}): Way => ({
    route,
    surface,
    provider: null,
    providerId: null,
    suffix: null,
    skip: null,
    ...more,
  });
  const provider = (slug: string): Way => {
    const entry = mapping?.find((p) => p.provider === slug);
    const skip = noSuffix ?? missing ?? (entry ? null : 'not in the mapping of this model');
    return way(`provider:${slug}`, 'provider', {
      provider: slug,
      providerId: entry?.providerId ?? null,
      skip,
    });
  };
  return routes.flatMap((choice): Way[] => {
    switch (choice) {
      case 'legacy':
        return [way('legacy', 'legacy', { skip: noSuffix })];
      case 'router': {
        const chatOnly = task === 'conversational' ? null : 'automatic routing serves chat only';
        const route: RouteId = suffix ? `router:${suffix}` : 'router';
        return [way(route, 'router', { suffix, skip: chatOnly })];
      }
      case 'gateway': {
        const chatOnly = task === 'conversational' ? null : 'only chat is probed at a gateway';
        return [way('gateway', 'gateway', { suffix, skip: chatOnly })];
      }
      case 'hf-inference': {
        // Worth asking when nobody is known to serve it: the refusal is free and names the reason.
        const listed = !mapping || mapping.length === 0 || mapping.some((p) => p.provider === 'hf-inference');
        const skip = noSuffix ?? missing ?? (listed ? null : 'not in the mapping of this model');
        return [way('hf-inference', 'hf-inference', { provider: 'hf-inference', skip })];
      }
      case 'providers':
        return (mapping ?? []).filter((p) => p.provider !== 'hf-inference').map((p) => provider(p.provider));
      default:
        return [provider(choice.slice('provider:'.length))];
    }
  });
}

function unknownToClient(way: Way, task: string, client: ClientTable): string | null {
  if (way.provider === null || client.knows(way.provider, task)) return null;
  return `the official client cannot call ${way.provider} for ${task}`;
}
