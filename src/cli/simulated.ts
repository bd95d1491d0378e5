import type { RawFlags } from '../settings/flags.js';
import type { Origin, Settings } from '../settings/model.js';
import { UsageError } from '../settings/usage-error.js';
import type { Simulator } from '../simulator/server.js';
import { findTokens, type TokenSearch } from '../token/sources.js';
import { splitRef } from '../types/model-ref.js';

/* `--simulate`: the embedded simulator in the place of Hugging Face, for this command only. */

type Flags = RawFlags & { tokenStdin?: boolean };

/** What a simulation puts in the place of the user's own. */
const REPLACED = [
  ['gateway', '--gateway'],
  ['hubUrl', '--hub-url'],
  ['routerUrl', '--router-url'],
  ['legacyUrl', '--legacy-url'],
  ['tokenStdin', '--token-stdin'],
  ['config', '--config'],
] as const satisfies readonly (readonly [keyof Flags, string])[];

/** Starts the scenario. Throws UsageError when there is none, or when an option contradicts it. */
export async function simulatorFor(name: string, flags: Flags): Promise<Simulator> {
  const clash = REPLACED.find(([key]) => flags[key] !== undefined && flags[key] !== false);
  if (clash)
    throw new UsageError(
      `${clash[1]} and --simulate cannot be used together.`,
      'A simulation brings its own addresses and its own token.',
    );
  const [{ loadScenario }, { startSimulator }] = await Promise.all([
    import('../simulator/find.js'),
    import('../simulator/server.js'),
  ]);
  const loaded = await loadScenario(name);
  if (!loaded.ok) throw new UsageError(loaded.problem, loaded.hint);
  return startSimulator(loaded.scenario);
}

/** The scenario's token, found the way a real one is; nothing of this machine is read. */
export async function simulatedToken(simulator: Simulator): Promise<TokenSearch> {
  const env = simulator.token === null ? {} : { HF_TOKEN: simulator.token };
  const read = async () => ({ ok: false as const, reason: 'missing' as const });
  return findTokens({ env, cwd: '/', home: '/', stdin: null, read });
}

/** With no models on the command line the scenario's own are checked, whatever else is configured. */
export function withScenario(settings: Settings, { scenario, endpoints }: Simulator): Settings {
  const origin: Origin = { from: 'flag', name: `scenario ${scenario.name}` };
  const gateway = { value: endpoints.gateway, origin };
  const given = settings.models.origin.from === 'flag';
  const parsed = (given ? [] : scenario.check.models).map(splitRef);
  const asked = settings.routes.origin.from === 'flag' ? null : scenario.check.routes;
  const defaults = [
    ...settings.routes.value.filter((r) => r !== 'gateway'),
    ...(endpoints.gateway ? ['gateway' as const] : []),
  ];
  return {
    ...settings,
    gateway,
    billTo:
      settings.billTo.value === null && scenario.check.billTo
        ? { value: scenario.check.billTo, origin }
        : settings.billTo,
    with:
      settings.with.value.length === 0 && scenario.check.with
        ? { value: scenario.check.with, origin }
        : settings.with,
    models: given ? settings.models : { value: parsed, origin },
    routes: { value: (asked as Settings['routes']['value'] | undefined) ?? defaults, origin },
  };
}
