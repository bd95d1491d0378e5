import { stringify } from '../render/json.js';
import { rulesList, rulesTable } from '../render/rules-table.js';
import type { Rule } from '../rules/define.js';
import { RULES } from '../rules/index.js';
import { emit } from '../safety/write.js';
import type { Io } from './io.js';
import { lookFor } from './look.js';

export async function rulesCommand(flags: { format?: string }, io: Io): Promise<number> {
  const format = FORMATS[flags.format ?? 'human'] ?? human;
  await emit(io.stdout, format(io));
  return 0;
}

const FORMATS: Readonly<Record<string, (io: Io) => string>> = {
  human,
  json: () => `${stringify(RULES.map((r) => ({ ...row(r), meaning: r.page.meaning })))}\n`,
  markdown: () => rulesTable(RULES),
};

function row({ id, blame, severity, lastVerified }: Rule) {
  return { id, blame, severity, lastVerified };
}

function human(io: Io): string {
  return rulesList(RULES, lookFor(io, undefined).width);
}
