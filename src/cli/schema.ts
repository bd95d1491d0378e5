import { toJSONSchema } from 'zod/mini';
import { stringify } from '../render/json.js';
import { emit } from '../safety/write.js';
import { UsageError } from '../settings/usage-error.js';
import type { Io } from './io.js';

export async function schemaCommand(what: string, io: Io): Promise<number> {
  if (what !== 'report' && what !== 'config' && what !== 'scenario')
    throw new UsageError(
      'there is no schema of that name.',
      'hf-doctor schema report, hf-doctor schema config, or hf-doctor schema scenario',
    );
  await emit(io.stdout, `${stringify(await schemaOf(what))}\n`);
  return 0;
}

/** JSON Schema, draft 2020-12. */
export async function schemaOf(what: 'report' | 'config' | 'scenario'): Promise<unknown> {
  if (what === 'report') return toJSONSchema((await import('../report/model.js')).reportSchema);
  if (what === 'config') return toJSONSchema((await import('../settings/config-schema.js')).configSchema);
  const schema = toJSONSchema((await import('../simulator/scenario.js')).scenarioSchema, { io: 'input' });
  // A file without a name takes its own.
  return { ...schema, required: schema.required?.filter((key) => key !== 'name') };
}
