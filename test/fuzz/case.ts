import { setImmediate as turn } from 'node:timers/promises';
import { check } from '../../src/check/check.js';
import type { CheckResult } from '../../src/check/conclude.js';
import { inputOf } from '../../src/cli/checked.js';
import { openSession, type Session } from '../../src/cli/session.js';
import type { World } from '../../src/probe/ask.js';
import { againstBaseline, baselineOf } from '../../src/report/baseline.js';
import { createRedactor, secretValuesOfEnv } from '../../src/safety/redact.js';
import { answerTo, type Request } from './answer.js';
import type { Canaries } from './canaries.js';
import { type Fault, judged, type Output, prototypes } from './judges.js';
import {
  type CheckInput,
  explainOutputs,
  fallbackOutputs,
  planOutputs,
  reportOutputs,
  tokenOutputs,
  traceOutput,
  watchOutputs,
} from './outputs.js';
import { pasteOf } from './paste.js';
import { chanceOf } from './random.js';
import { type Folders, sceneOf } from './scene.js';
import { type HostileServer, hostileServer } from './server.js';
import type { Played } from './wire.js';

export interface Failure {
  fault: Fault | 'crash' | 'hang';
  /** The output, or the step, in which it was seen. */
  where: string;
  detail: string;
}

/** What all cases of one seed share. */
export interface Ground {
  seed: number;
  canaries: Canaries;
  folders: Folders;
  leakIn: (text: string) => string | null;
}

/** Milliseconds: the limit of one run, and how much later it may end on a busy machine. */
const DEADLINE = 5_000;
const GRACE = 20_000;

/** One user, two rounds of a check against servers that mean harm, and everything that is printed of it. */
export async function runCase(k: number, g: Ground): Promise<{ answers: number; failures: Failure[] }> {
  const failures: Failure[] = [];
  const before = prototypes();
  const chance = chanceOf(g.seed, k, 'scene');
  let answers = 0;
  const made = [hostileServer(), hostileServer(), hostileServer(), hostileServer()] as const;
  const servers = await Promise.all(made);
  const [hub, router, legacy, gateway] = servers;
  const urls = { hub: hub.url, router: router.url, legacy: legacy.url, gateway: gateway.url };
  const { io, flags, canaries } = sceneOf(chance, g.canaries, g.folders, urls);
  const look = (outputs: readonly Output[]) => {
    for (const output of outputs)
      for (const { fault, detail } of judged(output, g.leakIn))
        failures.push({ fault, where: output.name, detail });
  };
  const step = async (where: string, run: () => Promise<void> | void) => {
    // What is rendered must not keep the other cases from their sockets.
    await turn();
    try {
      await run();
    } catch (error) {
      failures.push({ fault: 'crash', where, detail: told(error) });
    }
  };

  await step('check', async () => {
    const session = await openSession(flags, io);
    const { redact } = session;
    const input = inputOf(session, io);
    const failOn = session.settings.failOn.value;
    const results: CheckResult[] = [];
    try {
      for (const round of [1, 2]) {
        listen(servers, (key, request) => {
          answers += 1;
          return answerTo({ chance: chanceOf(g.seed, k, round, key), canaries }, request);
        });
        const result = await bounded(input, session, chanceOf(g.seed, k, round, 'world'));
        if ('hangs' in result) {
          failures.push({ fault: 'hang', where: `round ${round}`, detail: result.hangs });
          return;
        }
        results.push(result);
        const internal = result.evidence.observations.find((o) => o.error === 'internal');
        if (internal)
          failures.push({
            fault: 'crash',
            where: 'transport',
            detail: `${internal.method} ${internal.url} ${internal.errorDetail}`,
          });
      }
    } finally {
      await session.close();
    }
    for (const result of results) {
      await step('report', async () => look(await reportOutputs(result.report, redact, failOn)));
      await step('token', () => look(tokenOutputs(result, input, redact)));
      await step('plan', async () => look(await planOutputs(result.report, input, redact)));
      await step('fallback', () => look(fallbackOutputs(result, input, redact)));
      await step('trace', () => look([traceOutput(result, redact)]));
    }
    const [first, second] = results;
    if (!first || !second) return;
    await step('watch', () => look(watchOutputs([first.report, second.report], redact)));
    await step('baseline', async () => {
      const report = againstBaseline(second.report, baselineOf(first.report), failOn);
      look(await reportOutputs(report, redact, failOn));
    });
  });
  await step('explain', () => {
    // A paste knows the secrets of the environment alone.
    const env = {
      HF_TOKEN: g.canaries.token,
      OPENAI_API_KEY: g.canaries.key,
      HF_DOCTOR_GATEWAY_KEY: g.canaries.gateway,
    };
    const known = { ...g.canaries, profile: g.canaries.token };
    const redact = createRedactor([], secretValuesOfEnv(env));
    for (const n of [1, 2, 3])
      look(explainOutputs(pasteOf({ chance: chanceOf(g.seed, k, n, 'paste'), canaries: known }), redact));
  });
  if (prototypes() !== before)
    failures.push({ fault: 'crash', where: 'prototypes', detail: 'an object of the language was changed' });
  await Promise.all(servers.map((server) => server.close()));
  return { answers, failures };
}

/** The same request of the same round gets the same answer, in whatever order requests come. */
function listen(servers: readonly HostileServer[], answer: (key: string, request: Request) => Played): void {
  const times = new Map<string, number>();
  servers.forEach((server, at) => {
    server.play((request, headers) => {
      const withToken = /^authorization:/im.test(headers);
      const key = [at, request.method, request.path, withToken, request.body].join('\0');
      const nth = (times.get(key) ?? 0) + 1;
      times.set(key, nth);
      return answer(`${key}\0${nth}`, request);
    });
  });
}

/** A check in a time of its own: a wait costs nothing, and its time is over all the same. */
async function bounded(
  input: CheckInput,
  session: Session,
  chance: { next: () => number },
): Promise<CheckResult | { hangs: string }> {
  let skipped = 0;
  let doing = 'the start';
  const open = new Set<string>();
  const stop = new AbortController();
  const deadline = setTimeout(() => stop.abort('deadline'), DEADLINE);
  let late: NodeJS.Timeout | undefined;
  const world: World = {
    ...session.world,
    signal: stop.signal,
    now: () => session.world.now() + skipped,
    clock: () => session.world.clock() + skipped,
    random: chance.next,
    send: async (request) => {
      const name = `${request.method} ${request.url}`;
      open.add(name);
      return session.world.send(request).finally(() => open.delete(name));
    },
    sleep: async (ms) => {
      skipped += ms;
      await turn();
    },
  };
  try {
    const hang = new Promise<{ hangs: string }>((resolve) => {
      const told = () =>
        `${GRACE} ms after the deadline, at "${doing}", waiting for: ${[...open].join(', ')}`;
      late = setTimeout(() => resolve({ hangs: told() }), DEADLINE + GRACE);
    });
    const onProgress: CheckInput['onProgress'] = ({ text, done, total }) => {
      doing = `${text} ${done}/${total}`;
    };
    return await Promise.race([check({ ...input, onProgress }, world), hang]);
  } finally {
    clearTimeout(deadline);
    clearTimeout(late);
  }
}

function told(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message).slice(0, 1_200) : String(error);
}
