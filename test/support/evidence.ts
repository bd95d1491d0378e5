import type { Catalog, Evidence, RunFacts, TokenFacts } from '../../src/types/evidence.js';
import type { BodyFacts, Observation } from '../../src/types/observation.js';

/** What a case file may leave out. */
export interface PartialEvidence {
  observations?: (Partial<Omit<Observation, 'body'>> & { body?: Partial<BodyFacts> | string })[];
  token?: Partial<TokenFacts>;
  catalog?: Partial<Omit<Catalog, 'models'>> & {
    models?: Record<string, Partial<Catalog['models'][string]>>;
  };
  run?: Partial<RunFacts>;
}

const TOKEN: TokenFacts = {
  status: 'valid',
  source: 'env HF_TOKEN',
  masked: 'hf_…AbCd',
  kind: 'user',
  faults: [],
  shadowed: [],
  lookalikes: [],
  role: 'fineGrained',
  whoami: null,
  permission: { inference: 'granted', reason: 'inference.serverless.write on the user' },
};

/** A string body is read as the message of a JSON error. */
export function body(value: Partial<BodyFacts> | string | undefined): BodyFacts {
  const given = typeof value === 'string' ? { message: value } : (value ?? {});
  const message = given.message ?? null;
  return {
    kind: message === null ? 'empty' : 'json',
    message,
    code: null,
    type: null,
    estimatedTime: null,
    excerpt: message === null ? '' : JSON.stringify({ error: message }),
    ...given,
  };
}

/** Fills in a partial evidence: a live run with a good token, router base URLs of the real service. */
export function evidence(partial: PartialEvidence): Evidence {
  const observations = (partial.observations ?? []).map((o, id): Observation => {
    const url = o.url ? new URL(o.url) : null;
    return {
      id,
      origin: 'probe',
      purpose: 'inference',
      surface: 'router',
      route: 'router',
      method: 'POST',
      url: null,
      host: url?.host ?? null,
      path: url?.pathname ?? null,
      auth: 'token',
      control: false,
      model: null,
      suffix: null,
      provider: null,
      task: 'conversational',
      depth: 'live',
      status: null,
      error: null,
      errorDetail: null,
      contentType: 'application/json',
      headers: {},
      shape: o.status !== undefined && o.status !== null && o.status >= 200 && o.status < 300 ? 'ok' : null,
      client: null,
      exception: null,
      count: 1,
      requestBody: null,
      latencyMs: 100,
      attempts: 1,
      retry: null,
      requestId: null,
      at: '2026-11-21T10:00:00.000Z',
      ...o,
      body: body(o.body),
    };
  });
  const models: Catalog['models'] = Object.fromEntries(
    Object.entries(partial.catalog?.models ?? {}).map(([id, facts]) => [
      id,
      {
        id,
        canonical: id,
        exists: 'yes',
        task: 'conversational',
        pipelineTag: 'text-generation',
        gated: 'no',
        private: false,
        mappingKnown: true,
        providers: [],
        ...facts,
      },
    ]),
  );
  const asked = [...new Set(observations.flatMap((o) => (o.model ? [o.model] : [])))];
  return {
    observations,
    token: { ...TOKEN, ...partial.token },
    catalog: { routerModels: null, providers: [], clientProviders: [], ...partial.catalog, models },
    run: {
      live: true,
      now: '2026-11-21T10:00:00.000Z',
      models: asked,
      routes: [...new Set(observations.flatMap((o) => (o.route ? [o.route] : [])))],
      endpoints: {
        hub: 'https://huggingface.co',
        router: 'https://router.huggingface.co',
        legacy: 'https://api-inference.huggingface.co',
        gateway: null,
      },
      billTo: null,
      anonymous: false,
      depth: 'live',
      unasked: [],
      ...partial.run,
    },
  };
}
