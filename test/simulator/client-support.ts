import OpenAI, { APIError } from 'openai';
import type { Simulator } from '../../src/simulator/server.js';

/** The official JS client, with its hosts led to the simulator. Its own retries are off: they never end. */
export async function huggingFace({ endpoints, token }: Simulator) {
  const { InferenceClient, setLogger } = await import('@huggingface/inference');
  setLogger({ debug() {}, info() {}, log() {}, warn() {}, error() {} });
  const rewritten: typeof fetch = (input, init) =>
    fetch(
      String(input)
        .replace(/^https:\/\/router\.huggingface\.co/, endpoints.router)
        .replace(/^https:\/\/huggingface\.co/, endpoints.hub),
      init,
    );
  return new InferenceClient(token ?? '', { fetch: rewritten, retry_on_error: false });
}

export function openAi({ endpoints, token }: Simulator) {
  return new OpenAI({ baseURL: `${endpoints.router}/v1`, apiKey: token ?? '', maxRetries: 0 });
}

/** Class, status and text of a failure, as a user would print it. */
export async function failure(call: Promise<unknown>) {
  const error = await call.then(
    () => {
      throw new Error('the call succeeded');
    },
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) throw new Error('not an error');
  const status = error instanceof APIError ? error.status : Object(error).httpResponse?.status;
  // Classes of a bundled client are known by their name only.
  return [error.constructor.name.replace(/^_/, ''), status, error.message];
}
