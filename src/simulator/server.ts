import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerFor } from './answer-for.js';
import { deliver } from './deliver.js';
import { type Listener, listen } from './listen.js';
import { fitting } from './match.js';
import { type Credential, readRequest } from './read.js';
import type { Auth, Host, Surface } from './request.js';
import type { Scenario } from './scenario.js';
import { locate } from './target.js';

/** One request as the simulator saw it. Never holds a credential. */
export interface LoggedRequest {
  surface: Surface;
  method: string;
  path: string;
  auth: Auth;
  model: string | null;
  status: number;
  /** A completion was produced, which the real service would charge for. */
  billable: boolean;
}

export interface Simulator {
  /** Base URLs, without a slash at the end; that of the gateway ends in `/v1`. */
  endpoints: { hub: string; router: string; legacy: string; gateway: string | null };
  /** The scenario's token as a user would have it; null when there is none. Made at random. */
  token: string | null;
  scenario: Scenario;
  /** The last requests, oldest first. */
  log(): readonly LoggedRequest[];
  close(): Promise<void>;
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const MAX_LOG = 10_000;
/** Nothing answers for `.invalid`: what the retired host is like today. */
const NO_DNS = 'https://api-inference.simulator.invalid';

/** Plays a scenario on servers of 127.0.0.1, one a host. Rejects when the system gives no port. */
export async function startSimulator(
  scenario: Scenario,
  options: { random?: () => number } = {},
): Promise<Simulator> {
  const random = options.random ?? Math.random;
  const credential = makeCredential(scenario, random);
  const seen = scenario.answers.map(() => 0);
  const log: LoggedRequest[] = [];

  const play = (host: Host) => async (message: IncomingMessage, body: Buffer, response: ServerResponse) => {
    const context = { id: makeRequestId(random), seen: [...seen] };
    const request = readRequest(host, message, body, credential, context);
    const answer = answerFor(scenario, request);
    const target = locate(scenario, request);
    for (const index of fitting(scenario, request, target)) seen[index] = (seen[index] ?? 0) + 1;
    const { surface, model } = target;
    const hide = (text: string) => withoutSecrets(text, request.presented);
    log.push({
      surface,
      method: request.method,
      path: hide(request.path),
      auth: request.auth,
      model: model === null ? null : hide(model),
      status: answer.status,
      billable: answer.billable,
    });
    if (log.length > MAX_LOG) log.shift();
    await deliver(response, answer);
  };

  const open: Listener[] = [];
  const close = async () => {
    await Promise.all(open.map((listener) => listener.close()));
  };
  const start = async (host: Host) => {
    const listener = await listen(play(host));
    open.push(listener);
    return listener.origin;
  };

  try {
    const hub = await start('hub');
    const router = await start('router');
    const legacy = scenario.legacy.mode === 'no-dns' ? NO_DNS : await start('legacy');
    const gateway = scenario.gateway ? `${await start('gateway')}/v1` : null;
    const endpoints = { hub, router, legacy, gateway };
    return { endpoints, token: credential.given, scenario, log: () => log, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function makeCredential({ token }: Scenario, random: () => number): Credential {
  const value = `hf_${pick(LETTERS, 34, random)}`;
  switch (token.state) {
    case 'known':
      return { given: value, known: value };
    case 'unknown':
      return { given: value, known: null };
    case 'missing':
      return { given: null, known: null };
    case 'malformed':
      return { given: (token.text ?? '"{{token}}"').replaceAll('{{token}}', value), known: value };
  }
}

/** As the front end of Hugging Face makes them: `Root=1-{time}-{24 hex};{uuid}`. */
function makeRequestId(random: () => number): string {
  const hex = (length: number) => pick('0123456789abcdef', length, random);
  return `Root=1-${hex(8)}-${hex(24)};${[8, 4, 4, 4, 12].map(hex).join('-')}`;
}

function pick(characters: string, length: number, random: () => number): string {
  return Array.from({ length }, () => characters[Math.floor(random() * characters.length)]).join('');
}

function withoutSecrets(text: string, presented: string | null): string {
  const safe = text.replace(/hf_\w{4,300}/g, 'hf_…');
  return (presented === null || presented === '' ? safe : safe.replaceAll(presented, '…')).slice(0, 300);
}
