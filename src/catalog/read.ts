import type { Adapter, MappingEntry, ModelFacts, RouterModel } from '../types/evidence.js';
import { modelInfo, routerModels } from './schema.js';

/** Provider slugs reach URLs: anything else in a mapping is dropped. */
const SLUG = /^[a-z0-9][a-z0-9-]{0,63}$/;
/** A provider's own id may be a path (`accounts/x/models/y`) or hold a version (`owner/name:hash`). */
const PROVIDER_ID = /^[A-Za-z0-9][\w.:@/-]{0,255}$/;

/** No model is served by more; a longer list is somebody's mistake. */
const MOST_ENTRIES = 100;

export function unknownModel(id: string): ModelFacts {
  return {
    id,
    canonical: id,
    exists: 'unknown',
    task: null,
    pipelineTag: null,
    gated: 'unknown',
    private: null,
    mappingKnown: false,
    providers: [],
  };
}

/** `GET /api/models/{id}` into facts; null when the answer has another shape. */
export function readModel(id: string, value: unknown): ModelFacts | null {
  const parsed = modelInfo.safeParse(value);
  if (!parsed.success || Array.isArray(value)) return null;
  const info = parsed.data;
  const mapping = info.inferenceProviderMapping;
  const providers = mapping ? entries(mapping) : [];
  const pipelineTag = info.pipeline_tag ?? null;
  return {
    id,
    canonical: info.id ?? id,
    exists: 'yes',
    task: taskOf(providers, pipelineTag, info.tags ?? []),
    pipelineTag,
    gated:
      info.gated === false ? 'no' : info.gated === 'auto' || info.gated === 'manual' ? info.gated : 'unknown',
    private: info.private ?? null,
    mappingKnown: mapping !== undefined,
    providers,
  };
}

interface Raw {
  provider?: string | undefined;
  providerId: string;
  status: string;
  task: string;
  adapter?: string | undefined;
  adapterWeightsPath?: string | undefined;
}

/** Object keyed by provider (on the wire) or array (newer Hub): both become one list. */
function entries(mapping: readonly Raw[] | Readonly<Record<string, Raw>>): MappingEntry[] {
  const pairs = Array.isArray(mapping)
    ? mapping.map((e: Raw) => [e.provider ?? '', e] as const)
    : Object.entries(mapping as Record<string, Raw>);
  const seen = new Set<string>();
  const isNew = (key: string) => !seen.has(key) && Boolean(seen.add(key));
  return pairs
    .filter(([slug, e]) => isNew(`${slug} ${e.task}`) && seen.size <= MOST_ENTRIES)
    .filter(([slug, e]) => SLUG.test(slug) && PROVIDER_ID.test(e.providerId) && !e.providerId.includes('..'))
    .map(([provider, e]) => ({
      provider,
      providerId: e.providerId,
      status: e.status,
      task: e.task,
      ...adapterOf(e),
    }));
}

/** A file of a repository: any name that a person can see, and no way out of the repository. */
const WEIGHTS = /^\P{C}{1,255}$/u;

function adapterOf({ adapter, adapterWeightsPath: path }: Raw): Adapter {
  if (adapter === undefined || !SLUG.test(adapter)) return {};
  const fit = path !== undefined && WEIGHTS.test(path) && !path.includes('..');
  return { adapter, ...(fit ? { adapterWeightsPath: path } : {}) };
}

/** What to ask the model: what its providers serve, else what the Hub says about it. */
function taskOf(
  providers: readonly MappingEntry[],
  pipelineTag: string | null,
  tags: readonly string[],
): string | null {
  const served = providers.map((p) => p.task);
  if (served.includes('conversational')) return 'conversational';
  if (served[0]) return served[0];
  const text = pipelineTag === 'text-generation' || pipelineTag === 'image-text-to-text';
  return text && tags.includes('conversational') ? 'conversational' : pipelineTag;
}

/** Ids reach URLs, code and a shell: what the Hub does not allow is dropped. */
const HUB_ID = /^[A-Za-z0-9][\w.-]{0,95}\/[A-Za-z0-9][\w.-]{0,95}$/;

export function isHubId(id: string): boolean {
  return HUB_ID.test(id) && !id.includes('..');
}

/** `GET /v1/models` into a list; null when the answer has another shape. */
export function readRouterModels(value: unknown): RouterModel[] | null {
  const parsed = routerModels.safeParse(value);
  if (!parsed.success) return null;
  return parsed.data.data
    .filter((m) => isHubId(m.id))
    .map((m) => ({
      id: m.id,
      providers: m.providers
        .filter((p) => SLUG.test(p.provider))
        .map((p) => ({
          provider: p.provider,
          status: p.status,
          price:
            p.pricing?.input === undefined || p.pricing.output === undefined
              ? null
              : { input: p.pricing.input, output: p.pricing.output },
          isFree: p.is_free ?? false,
          throughput: p.throughput ?? null,
        })),
    }));
}
