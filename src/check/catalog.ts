import { unknownModel } from '../catalog/read.js';
import type { World } from '../probe/ask.js';
import { clientProviders } from '../routes/official.js';
import type { BaseUrls } from '../routes/request.js';
import type { Secret } from '../safety/secret.js';
import type { Catalog, RouterModel } from '../types/evidence.js';
import type { Observation } from '../types/observation.js';
import { askModel, type Limits } from './gather.js';

export interface CatalogQuestion {
  /** Model ids, each once. */
  ids: readonly string[];
  /** Look-ups that the limit of requests leaves; the rest stays unknown. */
  most: number;
  /** What `/v1/models` said; null when it could not be read. */
  routerModels: readonly RouterModel[] | null;
  bases: BaseUrls;
  secret: Secret | null;
  concurrency: number;
  limits: Limits;
  onRead: (done: number, total: number) => void;
}

/** The mapping of each model, and the union of the providers that anybody names. Free calls only. */
export async function readCatalog(
  q: CatalogQuestion,
  w: World,
): Promise<{ catalog: Catalog; observations: Observation[] }> {
  const { default: pLimit } = await import('p-limit');
  const limit = pLimit(q.concurrency);
  let done = 0;
  const read = await Promise.all(
    q.ids.map((id, i) =>
      limit(async () => {
        if (w.signal.aborted || i >= q.most) return { facts: unknownModel(id), observations: [] };
        const answer = await askModel(id, q.bases, q.secret, q.limits, w);
        done += 1;
        q.onRead(done, q.ids.length);
        return answer;
      }),
    ),
  );
  const client = await clientProviders();
  const seen = [
    ...read.flatMap((r) => r.facts.providers.map((p) => p.provider)),
    ...(q.routerModels ?? []).flatMap((m) => m.providers.map((p) => p.provider)),
    ...client.names,
  ];
  const catalog = {
    models: Object.fromEntries(read.map((r) => [r.facts.id, r.facts])),
    routerModels: q.routerModels,
    providers: [...new Set(seen)].sort(),
    clientProviders: client.names,
  };
  return { catalog, observations: read.flatMap((r) => r.observations) };
}
