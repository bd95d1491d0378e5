import { makeLook } from '../render/look.js';
import { renderRulePage } from '../render/rule-page.js';
import { RULES, ruleById } from '../rules/index.js';
import { emit } from '../safety/write.js';
import { nearest } from '../settings/nearest.js';
import { UsageError } from '../settings/usage-error.js';
import type { Io } from './io.js';

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
  const look = makeLook({
    flag: undefined,
    env: io.env,
    isTTY: io.stdout.isTTY === true,
    columns: io.stdout.columns,
  });
  await emit(io.stdout, renderRulePage(rule, look));
  return 0;
}
