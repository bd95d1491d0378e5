import { resolve } from 'node:path';
import { startLag } from '../check/lag.js';
import { clock, realWorld } from '../check/world.js';
import type { World } from '../probe/ask.js';
import { createNetwork, type Network } from '../probe/network.js';
import { clientProviders } from '../routes/official.js';
import type { BaseUrls } from '../routes/request.js';
import { isDedicated } from '../routes/surface.js';
import { TASKS } from '../routes/tasks.js';
import { createRedactor, type Redact, secretValuesOfEnv } from '../safety/redact.js';
import { Secret } from '../safety/secret.js';
import { isLoopback, mayCarryToken } from '../safety/trust.js';
import { readBounded } from '../safety/write.js';
import type { RawFlags } from '../settings/flags.js';
import { loadSettings } from '../settings/load.js';
import type { Origin, Settings } from '../settings/model.js';
import { UsageError } from '../settings/usage-error.js';
import type { Simulator } from '../simulator/server.js';
import { findTokens, type TokenSearch } from '../token/sources.js';
import { Interrupted } from './interrupted.js';
import type { Io } from './io.js';
import { simulatedToken, simulatorFor, withScenario } from './simulated.js';
import { readStdin } from './stdin.js';

const STDIN_BYTES = 1024 * 1024;
const TOKEN_BYTES = 64 * 1024;

/** Flags beside the settings. */
export interface SessionFlags extends RawFlags {
  tokenStdin?: boolean;
  simulate?: string;
  color?: boolean;
}

/** All that a command needs that talks to Hugging Face, or to the simulator in its place. */
export interface Session {
  settings: Settings;
  bases: BaseUrls;
  search: TokenSearch;
  gatewayKey: Secret | null;
  simulator: Simulator | null;
  redact: Redact;
  network: Network;
  world: World;
  withheld: (url: string) => string | null;
  close(): Promise<void>;
}

export async function openSession(flags: SessionFlags, io: Io): Promise<Session> {
  if (flags.tokenStdin && flags.modelsFile === '-')
    throw new UsageError('stdin cannot hold both the token and the models.', 'Put the models into a file.');
  const simulator = flags.simulate ? await simulatorFor(flags.simulate, flags) : null;
  try {
    return await sessionWith(simulator, flags, io);
  } catch (error) {
    // A server that still listens would keep the process alive.
    await simulator?.close();
    throw io.signal.aborted ? new Interrupted(io.signal) : error;
  }
}

async function sessionWith(simulator: Simulator | null, flags: SessionFlags, io: Io): Promise<Session> {
  const played = simulator?.endpoints.gateway ? { gateway: simulator.endpoints.gateway } : {};
  const loaded = await loadSettings({
    flags: { ...flags, ...played, ...(simulator ? { config: false as const } : {}) },
    // A simulation depends on the command line alone, whatever the environment holds.
    env: simulator ? {} : io.env,
    cwd: io.cwd,
    home: io.home,
    readModelsFile: (path) => readModels(path, io),
    known: async () => ({
      tasks: Object.keys(TASKS),
      providers: (await clientProviders()).names,
    }),
  });
  const settings = simulator ? withScenario(loaded, simulator) : loaded;
  const bases: BaseUrls = simulator?.endpoints ?? {
    hub: settings.hubUrl.value,
    router: settings.routerUrl.value,
    legacy: settings.legacyUrl.value,
    gateway: settings.gateway.value,
  };
  const search = simulator ? await simulatedToken(simulator) : await realToken(flags, io);
  const gatewayKey = simulator ? null : keyFor(settings, io);
  const redact = createRedactor(
    [...search.secrets, ...(gatewayKey ? [gatewayKey] : [])],
    secretValuesOfEnv(io.env),
  );
  const withheld = trust(settings, bases, search, simulator !== null);
  const network = await createNetwork({
    env: simulator ? {} : io.env,
    connections: settings.concurrency.value,
    // Each secret has its own places: the key the gateway, the token all others.
    mayCarryToken: (url, secret) =>
      secret === gatewayKey ? isGateway(url, bases) : withheld(url.href) === null,
  });
  const stop = deadline(io.signal, settings.deadlineMs.value);
  const lag = startLag(clock);
  return {
    settings,
    bases,
    search,
    gatewayKey,
    simulator,
    redact,
    network,
    withheld,
    world: realWorld({ send: network.send, redact, signal: stop.signal, lag, version: io.version }),
    close: async () => {
      stop.clear();
      lag.stop();
      await Promise.all([network.close(), simulator?.close()]);
    },
  };
}

/** The gateway's own key: never for an address that a file of the working tree chose. */
function keyFor(settings: Settings, io: Io): Secret | null {
  const key = io.env.HF_DOCTOR_GATEWAY_KEY?.trim();
  if (!key || settings.gateway.value === null) return null;
  if (settings.gateway.origin.from === 'file') {
    settings.notes.push(
      'HF_DOCTOR_GATEWAY_KEY is not sent: the gateway comes from a config file. Name it with --gateway.',
    );
    return null;
  }
  return new Secret(key, 'env HF_DOCTOR_GATEWAY_KEY');
}

/** Where the gateway's own key goes; over plain http only on this machine. */
function isGateway(url: URL, bases: BaseUrls): boolean {
  if (bases.gateway === null || url.origin !== new URL(bases.gateway).origin) return false;
  return url.protocol === 'https:' || isLoopback(url);
}

async function readModels(path: string, io: Io): Promise<string> {
  if (path === '-') {
    if (io.stdin.isTTY)
      throw new UsageError(
        '--models-file - reads stdin, and nothing is piped in.',
        'Pipe a list in: cat models.txt | hf-doctor check --models-file -',
      );
    return readStdin(io, STDIN_BYTES);
  }
  const file = await readBounded(resolve(io.cwd, path), STDIN_BYTES);
  if (file.ok) return file.text;
  throw new UsageError(
    `--models-file: the file cannot be read (${file.reason}).`,
    'It holds one model id a line.',
  );
}

async function realToken(flags: SessionFlags, io: Io): Promise<TokenSearch> {
  if (flags.tokenStdin && io.stdin.isTTY)
    throw new UsageError(
      '--token-stdin: nothing is piped in.',
      'printf %s "$HF_TOKEN" | hf-doctor check --token-stdin',
    );
  const stdin = flags.tokenStdin ? await readStdin(io, TOKEN_BYTES) : null;
  return findTokens({ env: io.env, cwd: io.cwd, home: io.home, stdin, read: readBounded });
}

/** Where the token may go: decided once, from where each address and the token come from. */
function trust(
  settings: Settings,
  bases: BaseUrls,
  search: TokenSearch,
  simulated: boolean,
): (url: string) => string | null {
  const winner = search.winner;
  if (simulated || !winner) return () => null;
  const token = {
    source: winner.origin === 'tree' ? 'file' : winner.origin,
    ...(winner.path ? { file: winner.path } : {}),
  } as const;
  const origins = new Map<string, Origin>([
    [new URL(bases.hub).origin, settings.hubUrl.origin],
    [new URL(bases.router).origin, settings.routerUrl.origin],
    [new URL(bases.legacy).origin, settings.legacyUrl.origin],
    ...(bases.gateway && isDedicated(bases.gateway)
      ? ([[new URL(bases.gateway).origin, settings.gateway.origin]] as const)
      : []),
  ]);
  return (text) => {
    const url = new URL(text);
    const origin = origins.get(url.origin);
    const endpoint = {
      source: origin?.from ?? 'default',
      ...(origin?.path ? { file: origin.path } : {}),
    } as const;
    const verdict = mayCarryToken(url, endpoint, token);
    return verdict.ok ? null : verdict.reason;
  };
}

function deadline(outer: AbortSignal, ms: number): { signal: AbortSignal; clear: () => void } {
  const own = new AbortController();
  const timer = setTimeout(() => own.abort(`--deadline ${ms / 1_000}`), ms);
  const pass = () => own.abort(outer.reason);
  if (outer.aborted) pass();
  else outer.addEventListener('abort', pass, { once: true });
  return { signal: own.signal, clear: () => clearTimeout(timer) };
}
