import { unknownModel } from '../catalog/read.js';
import type { World } from '../probe/ask.js';
import type { Schedule } from '../probe/schedule.js';
import { clientProviders } from '../routes/official.js';
import type { BaseUrls } from '../routes/request.js';
import type { Secret } from '../safety/secret.js';
import type { Catalog, RouterModel } from '../types/evidence.js';
import type { Observation } from '../types/observation.js';
import { askModel, type Limits } from './gather.js';

export interface CatalogQuestion {
  /** Model ids, each once. */
  ids: readonly string[];
  /** From the user: probed in the place of what the Hub names. */
  task: string | null;
  /** Look-ups that the limit of requests leaves; the rest stays unknown. */
  most: number;
  /** What `/v1/models` said; null when it could not be read. */
  routerModels: readonly RouterModel[] | null;
  bases: BaseUrls;
  secret: Secret | null;
  schedule: Schedule;
  limits: Limits;
  onRead: (done: number, total: number) => void;
}

/**
 * The mapping of each model, and the union of the providers that anybody names. Free calls only.
 * `left`: models that could not be looked up before a limit or the end of the run.
 */
export async function readCatalog(
  q: CatalogQuestion,
  w: World,
): Promise<{ catalog: Catalog; observations: Observation[]; left: ReadonlySet<string> }> {
  const answers = new Map<string, Awaited<ReturnType<typeof askModel>>>();
  const hub = { host: new URL(q.bases.hub).host, lane: '' };
  await q.schedule(q.ids.slice(0, Math.max(0, q.most)), {
    placeOf: () => hub,
    work: async (id, note) => {
      if (w.signal.aborted) return;
      answers.set(id, await askModel(id, q.bases, q.secret, { ...q.limits, note }, w));
      q.onRead(answers.size, q.ids.length);
    },
    // A Hub that cannot be reached says nothing about the router: the model is probed all the same.
    refuse: (id) => void answers.set(id, { facts: unknownModel(id), observations: [] }),
  });
  const read = q.ids.map((id) => answers.get(id) ?? { facts: unknownModel(id), observations: [] });
  const client = await clientProviders();
  const seen = [
    ...read.flatMap((r) => r.facts.providers.map((p) => p.provider)),
    ...(q.routerModels ?? []).flatMap((m) => m.providers.map((p) => p.provider)),
    ...client.names,
  ];
  const catalog = {
    models: Object.fromEntries(
      read.map(({ facts }) => [facts.id, q.task === null ? facts : { ...facts, task: q.task }]),
    ),
    routerModels: q.routerModels,
    providers: [...new Set(seen)].sort(),
    clientProviders: client.names,
  };
  // Also what a limit ended half-way, such as a renamed model.
  const asked = (o: Observation) => o.error !== 'run.cancelled';
  const left = new Set(q.ids.filter((id) => !answers.get(id)?.observations.every(asked)));
  return { catalog, observations: read.flatMap((r) => r.observations), left };
}
