import { say } from './lines.js';
import { against, node, serve, serveBadly } from './process.js';

const MODELS = 1_000;
const ROUTES = 'legacy,router,novita,groq,together,nebius';

/** G4: the most memory of a run in which each body is as large as is read, beside one of small bodies. */
export async function caps(bin: string, file: string): Promise<void> {
  const good = await serve(0, MODELS);
  const bad = await serveBadly('cap');
  const asked = ['--models-file', file, '--routes', ROUTES, '--format', 'json', '--deadline', '3600'];
  const run = async (server: typeof good, more: readonly string[] = []) => {
    const { args, env } = against(server);
    return node([bin, 'check', ...asked, ...args, ...more], env, [0, 1]);
  };
  try {
    const small = await run(good);
    const large = await run(bad);
    const polite = await run(bad, ['--concurrency', '4']);
    const cells = MODELS * ROUTES.split(',').length;
    say({ what: `G4 ${cells} calls, small bodies`, value: small.peakMb, unit: 'MB', most: null });
    const atCap = `G4 ${cells} calls, bodies at the cap`;
    say({ what: `${atCap}, 4 at once as by default`, value: polite.peakMb, unit: 'MB', most: 200 });
    say({ what: `${atCap}, 32 at once`, value: large.peakMb, unit: 'MB', most: 200 });
    say({
      what: 'G4 CPU of one call, a body at the cap',
      value: large.cpuMs / cells,
      unit: 'ms',
      most: null,
    });
    say({ what: 'G4 CPU, small bodies = 1', value: large.cpuMs / small.cpuMs, unit: 'x', most: null });
  } finally {
    good.stop();
    bad.stop();
  }
}
