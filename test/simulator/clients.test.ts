import OpenAI from 'openai';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { failure, huggingFace, openAi } from './client-support.js';
import { play } from './support.js';

/*
 * What users see in the official clients. The messages are those of the pinned versions: when one
 * changes, what `explain` recognises has to be looked at.
 */

const LLAMA = 'meta-llama/Llama-3.1-70B-Instruct';
const QWEN = 'Qwen/Qwen2.5-72B-Instruct';
const SMALL = 'meta-llama/Llama-3.1-8B-Instruct';
const BGE = 'BAAI/bge-small-en-v1.5';
const messages = [{ role: 'user' as const, content: 'hi' }];

// The client caches mappings for ever, by model id alone.
beforeEach(() => vi.resetModules());

const NO_REASON = 'Failed to perform inference: an HTTP error occurred when requesting the provider.';
const NOT_KNOWN = 'Invalid username or password.';

describe('hyperbolic-401', () => {
  it.each([
    [LLAMA, 'together'],
    [QWEN, 'novita'],
  ] as const)('%s', async (model, provider) => {
    const simulator = await play('hyperbolic-401');
    expect(await failure(openAi(simulator).chat.completions.create({ model, messages }))).toEqual([
      'AuthenticationError',
      401,
      `401 "${NOT_KNOWN}"`,
    ]);
    const client = await huggingFace(simulator);
    expect(await failure(client.chatCompletion({ model, messages }))).toEqual([
      'InferenceClientProviderApiError',
      401,
      `Failed to perform inference: ${NOT_KNOWN}`,
    ]);
    // With a provider the client asks the Hub first, and the same 401 comes from there.
    expect(await failure(client.chatCompletion({ model, messages, provider }))).toEqual([
      'InferenceClientHubApiError',
      401,
      `Failed to fetch inference provider mapping for model ${model}: ${NOT_KNOWN}`,
    ]);
    expect(simulator.log().some(({ billable }) => billable)).toBe(false);
  });
});

describe('novita-500', () => {
  it('fails for the one model, on the bare router as well', async () => {
    const simulator = await play('novita-500');
    expect(await failure(openAi(simulator).chat.completions.create({ model: QWEN, messages }))).toEqual([
      'InternalServerError',
      500,
      // There is a body, but not one that this client reads.
      '500 status code (no body)',
    ]);
    const client = await huggingFace(simulator);
    expect(await failure(client.chatCompletion({ model: QWEN, messages, provider: 'novita' }))).toEqual([
      'InferenceClientProviderApiError',
      500,
      'Failed to perform inference: Internal Server Error',
    ]);
  });

  it('leaves the others alone', async () => {
    const simulator = await play('novita-500');
    const client = await huggingFace(simulator);
    await client.chatCompletion({ model: LLAMA, messages, provider: 'together' });
    await client.featureExtraction({ model: BGE, inputs: 'hi', provider: 'hf-inference' });
    await openAi(simulator).chat.completions.create({ model: LLAMA, messages });
    expect(simulator.log().filter(({ billable }) => billable)).toHaveLength(3);
  });

  it('with a second provider the bare router works, the pinned one does not', async () => {
    const simulator = await play('novita-500-failover');
    const client = openAi(simulator);
    expect((await client.chat.completions.create({ model: QWEN, messages })).model).toBe(QWEN);
    expect((await failure(client.chat.completions.create({ model: `${QWEN}:novita`, messages })))[1]).toBe(
      500,
    );
  });
});

describe('token-lacks-permission', () => {
  it('is 403 with the reason, while the list of models works', async () => {
    const simulator = await play('token-lacks-permission');
    const reason =
      'This authentication method does not have sufficient permissions to call Inference Providers on behalf of user ada';
    const openai = openAi(simulator);
    expect((await openai.models.list()).data.map(({ id }) => id)).toEqual([SMALL]);
    expect(await failure(openai.chat.completions.create({ model: SMALL, messages }))).toEqual([
      'PermissionDeniedError',
      403,
      `403 "${reason}"`,
    ]);
    const client = await huggingFace(simulator);
    for (const call of [
      () => client.chatCompletion({ model: SMALL, messages, provider: 'novita' }),
      () => client.featureExtraction({ model: BGE, inputs: 'hi', provider: 'hf-inference' }),
    ]) {
      expect(await failure(call())).toEqual([
        'InferenceClientProviderApiError',
        403,
        `Failed to perform inference: ${reason}`,
      ]);
    }
  });
});

describe('model-not-served', () => {
  it('is 400 in words that are not meant literally', async () => {
    const simulator = await play('model-not-served');
    const model = 'acme/llama-support-finetune';
    const message = `The requested model '${model}' is not a chat model.`;
    expect(await failure(openAi(simulator).chat.completions.create({ model, messages }))).toEqual([
      'BadRequestError',
      400,
      `400 ${message}`,
    ]);
    const client = await huggingFace(simulator);
    expect(await failure(client.chatCompletion({ model, messages }))).toEqual([
      'InferenceClientProviderApiError',
      400,
      // The reason is in `httpResponse.body` only.
      NO_REASON,
    ]);
    expect(await failure(client.textGeneration({ model, inputs: 'hi' }))).toEqual([
      'InferenceClientInputError',
      undefined,
      `No Inference Provider available for model ${model}.`,
    ]);
    expect(await failure(client.chatCompletion({ model: 'acme/typo', messages }))).toEqual([
      'InferenceClientProviderApiError',
      400,
      NO_REASON,
    ]);
  });
});

describe('legacy-410', () => {
  it.each(['/hf-inference', '/hf-inference/gpt2'])('the guess %s is no route', async (path) => {
    const simulator = await play('legacy-410');
    const client = new OpenAI({
      baseURL: simulator.endpoints.router + path,
      apiKey: simulator.token ?? '',
      maxRetries: 0,
    });
    expect(await failure(client.chat.completions.create({ model: 'gpt2', messages }))).toEqual([
      'NotFoundError',
      404,
      expect.stringContaining('404'),
    ]);
  });

  it('the old host says 410 and where to go', async () => {
    const simulator = await play('legacy-410');
    const client = new OpenAI({
      baseURL: `${simulator.endpoints.legacy}/v1`,
      apiKey: simulator.token ?? '',
      maxRetries: 0,
    });
    expect(await failure(client.chat.completions.create({ model: 'gpt2', messages }))).toEqual([
      'APIError',
      410,
      '410 "https://api-inference.huggingface.co is no longer supported. Please use https://router.huggingface.co/hf-inference instead."',
    ]);
  });

  it('the new host has no provider for gpt2, and one for bge', async () => {
    const client = await huggingFace(await play('legacy-410'));
    expect(await failure(client.textGeneration({ model: 'gpt2', inputs: 'hi' }))).toEqual([
      'InferenceClientInputError',
      undefined,
      'No Inference Provider available for model gpt2.',
    ]);
    expect(await client.featureExtraction({ model: BGE, inputs: 'hi' })).toHaveLength(4);
  });
});
