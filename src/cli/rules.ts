import { stringify } from '../render/json.js';
import { rulesTable } from '../render/rules-table.js';
import type { Rule } from '../rules/define.js';
import { RULES } from '../rules/index.js';
import { emit } from '../safety/write.js';
import type { Io } from './io.js';

export async function rulesCommand(flags: { format?: string }, io: Io): Promise<number> {
  await emit(io.stdout, FORMATS[flags.format ?? 'human']?.() ?? human());
  return 0;
}

const FORMATS: Readonly<Record<string, () => string>> = {
  human,
  json: () => `${stringify(RULES.map((r) => ({ ...row(r), meaning: r.page.meaning })))}\n`,
  markdown: () => rulesTable(RULES),
};

function row({ id, blame, severity, lastVerified }: Rule) {
  return { id, blame, severity, lastVerified };
}

function human(): string {
  const width = Math.max(...RULES.map((r) => r.id.length));
  const lines = RULES.map((r) => `${r.id.padEnd(width)}  ${r.blame}`);
  return `${lines.join('\n')}\n\nhf-doctor explain <rule> prints the page of one.\n`;
}
