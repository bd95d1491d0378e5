import { proofsOf } from '../diagnose/usable.js';
import { chainOf, exitCodeFor } from '../fallback/chain.js';
import { GENERATORS } from '../fallback/generate.js';
import { recipeOf } from '../fallback/recipe.js';
import type { Target } from '../fallback/targets.js';
import { chainText, leftOut, noChain } from '../fallback/words.js';
import { MULTILINE } from '../report/multiline.js';
import { makeSafe } from '../safety/safe.js';
import { emit } from '../safety/write.js';
import type { Settings } from '../settings/model.js';
import { UsageError } from '../settings/usage-error.js';
import type { RouteChoice } from '../types/observation.js';
import { checked } from './checked.js';
import type { Io } from './io.js';
import { openSession, type SessionFlags } from './session.js';

export interface FallbackFlags extends SessionFlags {
  for?: Target;
}

/** A check whose answers become a chain. stdout holds the chain or the code, and nothing else. */
export async function fallbackCommand(models: string[], flags: FallbackFlags, io: Io): Promise<number> {
  const opened = await openSession({ ...flags, ...(models.length > 0 ? { models } : {}) }, io);
  try {
    const settings = forChain(opened.settings, flags);
    // The code asks for `model:provider`: an answer on the provider's own path does not prove that.
    const { report: found, evidence } = await checked({ ...opened, settings }, flags, io, { bySuffix: true });
    const report = makeSafe(found, opened.redact, MULTILINE);
    const proofs = (model: string) => proofsOf(model, report.cells, evidence.catalog);
    const chain = chainOf(report, proofs, settings.task.value);
    const quiet = settings.quiet.value;
    const tell = async (lines: readonly string[]) => {
      for (const [i, line] of lines.entries())
        await emit(io.stderr, `${i === 0 ? 'hf-doctor: ' : '  '}${line}\n`);
    };
    const named = isNamed(opened.settings);
    const code = exitCodeFor(report, chain, named);
    const none = chain.links.length === 0;
    if (none) await tell(noChain(chain, report, named));
    else if (!quiet) for (const line of leftOut(chain, report)) await tell([line]);
    if (none && flags.for !== 'json') return code;
    const recipe = recipeOf(report, chain.links, settings.billTo.value);
    const text = flags.for ? GENERATORS[flags.for](recipe) : chainText(chain, report);
    return (await emit(io.stdout, text)) === 'failed' ? 4 : code;
  } finally {
    await opened.close();
  }
}

/** By the user in whatever place; not those of a scenario, nor those of today. */
function isNamed({ models }: Settings): boolean {
  return models.value.length > 0 && !models.origin.name.startsWith('scenario ');
}

const ROUTES: readonly RouteChoice[] = ['router', 'providers', 'hf-inference'];

/** Real calls, on routes that a chain can be made of; the command line may name fewer of them. */
function forChain(settings: Settings, { routes }: FallbackFlags): Settings {
  const usable = settings.routes.value.filter((r) => r !== 'legacy' && r !== 'gateway');
  if (routes !== undefined && usable.length === 0)
    throw new UsageError(
      '--routes names nothing that a chain can be made of.',
      'Known: router, providers, hf-inference, or the name of a provider, like novita.',
    );
  return {
    ...settings,
    routes: { ...settings.routes, value: routes === undefined ? [...ROUTES] : usable },
    depth: { ...settings.depth, value: 'live' },
    allowCostly: { ...settings.allowCostly, value: false },
    suffixes: { ...settings.suffixes, value: false },
    with: { ...settings.with, value: [] },
  };
}
