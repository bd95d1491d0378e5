import { stringify } from '../render/json.js';
import { RULES } from '../rules/index.js';
import { emit } from '../safety/write.js';
import type { Io } from './io.js';

export async function rulesCommand(flags: { format?: string }, io: Io): Promise<number> {
  const rows = RULES.map((r) => ({
    id: r.id,
    blame: r.blame,
    severity: r.severity,
    lastVerified: r.lastVerified,
    meaning: r.page.meaning,
  }));
  const width = Math.max(...rows.map((r) => r.id.length));
  const text =
    flags.format === 'json'
      ? `${stringify(rows)}\n`
      : `${rows.map((r) => `${r.id.padEnd(width)}  ${r.blame}`).join('\n')}\n\nhf-doctor explain <rule> prints the page of one.\n`;
  await emit(io.stdout, text);
  return 0;
}
