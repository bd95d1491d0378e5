import { toJSONSchema } from 'zod/mini';
import { stringify } from '../render/json.js';
import { emit } from '../safety/write.js';
import { UsageError } from '../settings/usage-error.js';
import type { Io } from './io.js';

export async function schemaCommand(what: string, io: Io): Promise<number> {
  if (what !== 'report' && what !== 'config')
    throw new UsageError(
      'there is no schema of that name.',
      'hf-doctor schema report, or hf-doctor schema config',
    );
  await emit(io.stdout, `${stringify(await schemaOf(what))}\n`);
  return 0;
}

/** JSON Schema, draft 2020-12. */
export async function schemaOf(what: 'report' | 'config'): Promise<unknown> {
  if (what === 'report') return toJSONSchema((await import('../report/model.js')).reportSchema);
  return toJSONSchema((await import('../settings/config-schema.js')).configSchema);
}
