import type { ProbeRequest, Target } from './request.js';
import { taskCall } from './tasks.js';

const ROUTER = 'https://router.huggingface.co';
const HUB = 'https://huggingface.co';

/** Thrown by the capturing fetch to stop the client once its request is known. */
class Captured extends Error {}

/**
 * The request that `@huggingface/inference` would send, taken from the client itself: no provider
 * table of ours. Its fetch is replaced by one that answers the mapping look-up from what this run
 * read and keeps the next request. Nothing leaves the machine.
 */
export async function officialRequest(
  t: Mapped & Pick<Target, 'provider'>,
  routerUrl: string,
): Promise<ProbeRequest> {
  const { InferenceClient, setLogger } = await import('./client.js');
  const silent = () => {};
  setLogger({ debug: silent, info: silent, log: silent, warn: silent, error: silent });
  const captured: ProbeRequest[] = [];
  const provider = t.provider ?? 'hf-inference';
  // The client caches mappings by model id for ever: an id that says all that the answer depends on.
  const entry = mappingEntry(provider, t);
  const model = `hf-doctor/${encodeURIComponent(JSON.stringify(entry))}`;
  const capture: typeof fetch = async (input, init) => {
    const url = String(input instanceof Request ? input.url : input);
    if (url.startsWith(`${HUB}/api/models/`)) return Response.json({ inferenceProviderMapping: [entry] });
    captured.push(await toRequest(url, init, routerUrl));
    throw new Captured();
  };
  const client = new InferenceClient('hf_placeholder', { fetch: capture, retry_on_error: false });
  const wanted = taskCall(t.task);
  if (!wanted) throw new Error(`no call for the task ${t.task}`);
  const method = client[wanted.method as 'textToImage'] as (args: object) => Promise<unknown>;
  try {
    await method.call(client, { ...wanted.args(), model, provider });
  } catch (error) {
    if (captured.length === 0) throw error;
  }
  return captured[0] as ProbeRequest;
}

/** Providers and their tasks that the bundled client knows. */
export async function clientProviders(): Promise<{
  names: string[];
  knows(provider: string, task: string): boolean;
}> {
  const { INFERENCE_PROVIDERS, PROVIDERS } = await import('./client.js');
  const table: Record<string, Record<string, unknown> | undefined> = PROVIDERS;
  return {
    names: [...INFERENCE_PROVIDERS],
    knows: (provider, task) => Object.hasOwn(table, provider) && Object.hasOwn(table[provider] ?? {}, task),
  };
}

type Mapped = Pick<Target, 'providerId' | 'model' | 'task' | 'adapter' | 'adapterWeightsPath'>;

function mappingEntry(provider: string, t: Mapped) {
  const { providerId, model: hfModelId, task, adapter, adapterWeightsPath } = t;
  return { provider, providerId, hfModelId, status: 'live', task, adapter, adapterWeightsPath };
}

async function toRequest(
  url: string,
  init: RequestInit | undefined,
  routerUrl: string,
): Promise<ProbeRequest> {
  const headers: Record<string, string> = {};
  new Headers(init?.headers).forEach((value, name) => {
    if (name !== 'authorization' && name !== 'user-agent') headers[name] = value;
  });
  const sent = init?.body ?? null;
  const body = typeof sent === 'string' || sent === null ? sent : await bytesOf(sent, headers);
  return {
    method: init?.method === 'GET' ? 'GET' : 'POST',
    url: url.startsWith(`${ROUTER}/`) ? routerUrl + url.slice(ROUTER.length) : url,
    headers,
    body,
  };
}

/** A Blob or a form as bytes, with the media type that fetch would add. */
async function bytesOf(
  body: NonNullable<RequestInit['body']>,
  headers: Record<string, string>,
): Promise<Uint8Array> {
  const whole = new Response(body);
  const type = whole.headers.get('content-type');
  if (type !== null) headers['content-type'] ??= type;
  return new Uint8Array(await whole.arrayBuffer());
}
