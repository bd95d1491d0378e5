import { renderRulePage } from '../render/rule-page.js';
import { RULES, ruleById } from '../rules/index.js';
import { emit } from '../safety/write.js';
import { nearest } from '../settings/nearest.js';
import { UsageError } from '../settings/usage-error.js';
import type { Io } from './io.js';
import { lookFor } from './look.js';

export async function explainCommand(id: string, io: Io): Promise<number> {
  const rule = ruleById(id);
  if (!rule) {
    const meant = nearest(
      id,
      RULES.map((r) => r.id),
    );
    throw new UsageError(
      'there is no rule of that name.',
      meant ? `Did you mean ${meant}?` : 'hf-doctor rules lists them.',
    );
  }
  const look = lookFor(io, undefined);
  await emit(io.stdout, renderRulePage(rule, look));
  return 0;
}
