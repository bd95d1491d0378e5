import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { GENERATORS } from '../../src/fallback/generate.js';
import { play, scenario } from '../simulator/support.js';
import { run as cli } from '../support/cli.js';
import { canary } from '../support/leaks.js';
import {
  COMPLETION,
  execute,
  generated,
  LANGUAGES,
  LLAMA,
  QWEN,
  recipe,
  type Server,
  serve,
} from './support.js';

const PRO_ONLY =
  'Model requires a Pro subscription; check out hf.co/pricing to learn more. Make sure to include your HF token in your query.';

const open: Server[] = [];
afterEach(async () => void (await Promise.all(open.splice(0).map((s) => s.close()))));

async function serving(answer: (model: string, response: ServerResponse) => void): Promise<Server> {
  const server = await serve(answer);
  open.push(server);
  return server;
}

const send = (status: number, body: string, headers: Record<string, string> = {}) => {
  return (response: ServerResponse) =>
    void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
};

/** Each provider answers on its own path; what the router does with the suffix is told by `answers`. */
const world = (answers: string) =>
  scenario(`
title: A world
story: The paths of the providers work, whatever the router says.
check: { models: [a/refused, b/flagged, c/good] }
models:
  a/refused: { tags: [conversational], providers: { novita: { status: error } } }
  b/flagged: { tags: [conversational], providers: { together: { status: error } } }
  c/good: { tags: [conversational], providers: { novita: {}, hf-inference: {}, cerebras: { status: staging } } }
answers:
  - ${answers}
`);

const part = (response: ServerResponse) =>
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '900' });

describe.each(LANGUAGES)('generated %s', { timeout: 60_000 }, (language) => {
  const chats = (log: readonly { surface: string; method: string; model: string | null; status: number }[]) =>
    log.filter((r) => r.method === 'POST').map((r) => `${r.model} ${r.status}`);

  it('goes on to the second model when the first one answers 500', async () => {
    const simulator = await play('novita-500');
    const { code, stdout, stderr } = await execute(language, generated(language, [QWEN, LLAMA]), {
      baseUrl: `${simulator.endpoints.router}/v1`,
      token: simulator.token,
    });
    expect(stderr).toContain(`${QWEN}: 500`);
    expect(stderr).toContain(`Active model: ${LLAMA}`);
    expect(stdout).toBe(`${LLAMA} assistant\n`);
    expect(code).toBe(0);
    expect(chats(simulator.log())).toEqual([`${QWEN} 500`, `${LLAMA} 200`]);
  });

  it('names each model when all failed', async () => {
    const simulator = await play('novita-500');
    const { code, stderr } = await execute(language, generated(language, [QWEN, `${QWEN}:novita`]), {
      baseUrl: `${simulator.endpoints.router}/v1`,
      token: simulator.token,
    });
    const told = stderr.split('No model answered.').at(-1);
    expect(told).toContain(`${QWEN}: 500`);
    expect(told).toContain(`${QWEN}:novita: 500`);
    expect(code).toBe(1);
  });

  it.each([
    ['token-invalid', 401],
    ['credits-exhausted', 402],
    ['token-lacks-permission', 403],
  ])('%s: asks no other model', async (scenario, status) => {
    const simulator = await play(scenario);
    const [model = '', other = LLAMA] = simulator.scenario.check.models;
    const { code, stderr } = await execute(language, generated(language, [model, other]), {
      baseUrl: `${simulator.endpoints.router}/v1`,
      token: simulator.token,
    });
    expect(stderr).toContain(`${model}: ${status}`);
    expect(stderr).toContain('The token or the account is refused');
    expect(code).toBe(1);
    expect(chats(simulator.log())).toEqual([`${model} ${status}`]);
  });

  it('is given no link that the router refuses', async () => {
    const refused = '{ error: { message: "Not supported by any provider.", code: model_not_supported } }';
    const simulator = await play(
      world(`{ when: { surface: router, method: POST, model: a/refused, suffix: novita },
      answer: { by: front, status: 400, json: ${refused} } }`),
    );
    const { hub, router } = simulator.endpoints;
    const env = { HF_TOKEN: simulator.token ?? '' };
    const models = ['a/refused', 'b/flagged', 'c/good'];
    const made = await cli(
      ['fallback', ...models, '--hub-url', hub, '--router-url', router, '--for', 'json'],
      {
        env,
      },
    );
    const asked = chats(simulator.log()).filter((a) => a.endsWith(' 200'));
    const { primary, fallbacks } = JSON.parse(made.stdout);
    const chain: string[] = [primary, ...fallbacks];
    expect(chain).toEqual(['b/flagged:together', 'c/good', 'c/good:novita', 'c/good:hf-inference']);
    // One call is the proof of one link, and none is made that proves none.
    expect(asked.sort()).toEqual(chain.map((m) => `${m.split(':')[0]} 200`).sort());
    expect(made.stderr).toContain('a/refused is left out');
    for (const link of chain) {
      const baseUrl = `${router}/v1`;
      const { stdout } = await execute(language, generated(language, [link]), {
        baseUrl,
        token: simulator.token,
      });
      expect(stdout).toBe(`${link} assistant\n`);
    }
  });

  it('is not made where the router fails, whatever the providers answer', async () => {
    const simulator = await play(
      world(
        '{ when: { surface: router, method: POST }, answer: { by: front, status: 500, json: { error: x } } }',
      ),
    );
    const { hub, router } = simulator.endpoints;
    const argv = [
      'fallback',
      'c/good',
      '--hub-url',
      hub,
      '--router-url',
      router,
      '--retries',
      '0',
      '--for',
      language,
    ];
    const made = await cli(argv, { env: { HF_TOKEN: simulator.token ?? '' } });
    expect(made).toMatchObject({ code: 1, stdout: '' });
    expect(made.stderr).toContain('there is no chain');
    expect(simulator.log().filter((r) => r.surface === 'provider')).toEqual([]);
    // Without a token once, the bare id, and each suffix: none is asked again.
    expect(chats(simulator.log())).toEqual(Array(4).fill('c/good 500'));
  });

  it('goes on when the first model is gone', async () => {
    const simulator = await play('novita-500');
    const { stdout } = await execute(language, generated(language, ['acme/withdrawn', LLAMA]), {
      baseUrl: `${simulator.endpoints.router}/v1`,
      token: simulator.token,
    });
    expect(stdout).toBe(`${LLAMA} assistant\n`);
  });

  const token = canary('fallback');

  /** Seconds, where nothing ends the call but its own limit. */
  const LIMIT = 3;
  it.each<[string, (r: ServerResponse) => void, number?]>([
    ['a 429', send(429, '{"error":"Rate limit reached"}')],
    ['a 404', send(404, '<html>', { 'content-type': 'text/html' })],
    ['a 504', send(504, '')],
    ['HTML with status 200', send(200, '<html>', { 'content-type': 'text/html' })],
    ['a completion without choices', send(200, '{"choices":[]}')],
    ['broken JSON', send(200, '{"choices":')],
    ['null', send(200, 'null')],
    ['a cut answer', (r: ServerResponse) => void part(r).write('{"cho', () => r.destroy())],
    ['an answer that stops', (r: ServerResponse) => void part(r).write('{"cho'), LIMIT],
    ['a closed connection', (r: ServerResponse) => void r.destroy()],
    ['no answer in time', () => {}, LIMIT],
  ])('goes on after %s', async (_, first, seconds = 30) => {
    const server = await serving((model, response) =>
      model === 'a/first' ? first(response) : send(200, COMPLETION)(response),
    );
    const { baseUrl } = server;
    const run = await execute(language, generated(language, ['a/first', 'a/second']), {
      baseUrl,
      token,
      seconds,
    });
    expect(run.stdout).toBe('a/second assistant\n');
    expect(run.stderr).toContain('a/first: ');
    expect(server.asked.map((a) => a.model)).toEqual(['a/first', 'a/second']);
  });

  it.each([400, 413, 422])('a refused request (%i) ends it: each model would refuse it', async (status) => {
    const server = await serving((_, response) =>
      send(status, '{"error":"max_tokens is not a number"}')(response),
    );
    const { baseUrl } = server;
    const run = await execute(language, generated(language, ['a/first', 'a/second']), { baseUrl, token });
    expect(run.stderr).toContain(`a/first: ${status}`);
    expect(run.stderr).toContain('max_tokens is not a number');
    expect(run.code).toBe(1);
    expect(server.asked).toHaveLength(1);
  });

  it.each([
    ['is gated', 403, 'You cannot access this model unless the model owner gives you access.'],
    ['is gated, on the Hub', 403, 'Cannot access gated repo for url https://huggingface.co/a/first/resolve.'],
    ['has a list', 403, 'Access to model a/first is restricted and you are not in the authorized list.'],
    ['is under review', 403, 'Your request to access model a/first is awaiting a review from the authors.'],
    ['was denied', 403, "Your request to access model a/first has been rejected by the repo's authors."],
    ['is for PRO accounts', 403, PRO_ONLY],
    ['is for PRO accounts, in an older form', 400, PRO_ONLY],
    ['is not at the provider', 400, 'Model not supported by provider novita'],
    ['has no template', 422, 'Template error: template not found'],
    ['is too small', 400, "This model's maximum context length is 8192 tokens."],
    ['is no chat model', 400, { message: 'It is not a chat model.', code: 'model_not_supported' }],
    ['does not exist', 400, { message: 'It does not exist.', code: 'model_not_found' }],
  ])('goes on when the first model %s (%i)', async (_, status, error) => {
    const server = await serving((model, response) =>
      model === 'a/first'
        ? send(status, JSON.stringify({ error }))(response)
        : send(200, COMPLETION)(response),
    );
    const { baseUrl } = server;
    const run = await execute(language, generated(language, ['a/first', 'a/second']), { baseUrl, token });
    expect(run.stdout).toBe('a/second assistant\n');
    expect(run.stderr).toContain(`a/first: ${status}`);
    expect(run.stderr).not.toContain('is refused');
  });

  it.each([
    [401, 'The model a/first is not supported by provider novita'],
    [402, 'You have depleted your monthly included credits. Purchase pre-paid credits to go on.'],
    [402, 'You have reached the free monthly usage limit for cerebras. Subscribe to PRO.'],
    [402, 'Enable pay-as-you-go to continue with this model.'],
    [402, 'Pay-as-you go is not enabled for provider novita yet.'],
    [402, 'You cannot access this model unless the model owner gives you access.'],
    [403, 'Your account has been suspended, you cannot use this model.'],
    [403, 'Single sign-on required to access this model.'],
    [403, 'Your IP address is not allowed to call the model a/first.'],
    [403, 'Access to model a/first is restricted by its administrators.'],
    [403, 'The model a/first is not supported by provider novita'],
    [403, '<html><h1>Access denied</h1>You are not allowed to connect to model servers.</html>'],
    [403, 'This authentication method does not have sufficient permissions on behalf of user x'],
    [403, 'You have exceeded your monthly spending limit for Inference Providers.'],
    [403, 'Due to the organization token policy, the model may not be called.'],
    [403, 'Your token has no access to this model.'],
    [403, 'Billing is not set up for the model.'],
    [403, '<html>Forbidden</html>'],
  ])('never goes on after %i: %s', async (status, error) => {
    const server = await serving((_, response) => send(status, JSON.stringify({ error }))(response));
    const { baseUrl } = server;
    const run = await execute(language, generated(language, ['a/first', 'a/second']), { baseUrl, token });
    expect(run.stderr).toContain('The token or the account is refused');
    expect(run.code).toBe(1);
    expect(server.asked).toHaveLength(1);
  });

  it.runIf(language !== 'openai')('refuses to stream, and asks nobody', async () => {
    const server = await serving((_, response) => send(200, COMPLETION)(response));
    const { baseUrl } = server;
    const code = generated(language, ['a/first']);
    const run = await execute(language, code, { baseUrl, token, stream: true });
    expect(run.stderr).toContain('stream is not supported');
    expect(run.code).toBe(1);
    expect(server.asked).toEqual([]);
  });

  it('takes the token nowhere else', async () => {
    const thief = await serving((_, response) => send(200, COMPLETION)(response));
    const server = await serving((_, response) =>
      send(302, '', { location: `${thief.baseUrl}/chat/completions` })(response),
    );
    await execute(language, generated(language, ['a/first']), { baseUrl: server.baseUrl, token });
    expect(server.asked.map((a) => a.authorization)).toEqual([`Bearer ${token}`]);
    expect(thief.asked.map((a) => a.authorization).filter(Boolean)).toEqual([]);
  });

  it('says that the token is missing, and asks nobody', async () => {
    const server = await serving((_, response) => send(200, COMPLETION)(response));
    const { baseUrl } = server;
    const run = await execute(language, generated(language, ['a/first']), { baseUrl, token: null });
    expect(run.stderr).toContain('HF_TOKEN is not set.');
    expect(server.asked).toEqual([]);
  });

  it('is billed as the run was', async () => {
    const server = await serving((_, response) => send(200, COMPLETION)(response));
    const code = GENERATORS[language](recipe(['a/first'], { billTo: 'acme' }));
    const { stdout } = await execute(language, code, { baseUrl: server.baseUrl, token });
    expect(stdout).toBe('a/first assistant\n');
    expect(server.asked[0]?.headers['x-hf-bill-to']).toBe('acme');
  });
});
