import { stringify } from '../render/json.js';
import { emit } from '../safety/write.js';
import { UsageError } from '../settings/usage-error.js';
import type { Io } from './io.js';

export async function simulateCommand(name: string, flags: { list?: boolean }, io: Io): Promise<number> {
  const { loadScenario, scenarioNames } = await import('../simulator/find.js');
  if (flags.list) {
    const lines: string[] = [];
    for (const n of await scenarioNames()) {
      const s = await loadScenario(n);
      lines.push(`${n.padEnd(26)} ${s.ok ? s.scenario.title : s.problem}`);
    }
    await emit(io.stdout, `${lines.join('\n')}\n`);
    return 0;
  }
  const loaded = await loadScenario(name);
  if (!loaded.ok) throw new UsageError(loaded.problem, loaded.hint);
  const { startSimulator } = await import('../simulator/server.js');
  const simulator = await startSimulator(loaded.scenario);
  const { endpoints: e, token } = simulator;
  await emit(
    io.stdout,
    `${[
      `# ${loaded.scenario.name}: ${loaded.scenario.title}. Ctrl-C stops it.`,
      `export HF_ENDPOINT=${e.hub}`,
      `export HF_DOCTOR_ROUTER_URL=${e.router}`,
      `export HF_DOCTOR_LEGACY_URL=${e.legacy}`,
      ...(e.gateway ? [`export HF_DOCTOR_GATEWAY_URL=${e.gateway}`] : []),
      ...(token === null
        ? ['unset HF_TOKEN']
        : [`export HF_TOKEN=${JSON.stringify(token)}   # works with this simulator only`]),
    ].join('\n')}\n`,
  );
  await new Promise<void>((done) => {
    if (io.signal.aborted) done();
    io.signal.addEventListener('abort', () => done(), { once: true });
  });
  const requests = simulator.log().length;
  await simulator.close();
  await emit(io.stderr, `${stringify({ requests })}\n`);
  return 0;
}
