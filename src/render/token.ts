import type { TokenReport } from '../report/token.js';
import type { Safe } from '../safety/safe.js';
import { findingLines, indent } from './human/findings.js';
import { tokenLines } from './human/header.js';
import type { Look } from './look.js';

/** What the token is, what it may do, and what is wrong with it. */
export function renderToken(view: Safe<TokenReport & { notes: string[] }>, look: Look): string {
  const lines = [...tokenLines(view.token, look)];
  if (view.token.status === 'valid') lines.push(...indent(view.token.permission.reason, 8, look.text));
  for (const note of view.notes) lines.push(...indent(`Note: ${note}`, 8, look.text));
  lines.push('');
  for (const f of view.findings) lines.push(...findingLines(f, look), '');
  const end = {
    0: 'The token can be used. hf-doctor check tells what works with it.',
    1: 'Exit code 1.',
    3: 'Hugging Face could not be asked, so this is not verified. Exit code 3.',
  }[view.exitCode as 0 | 1 | 3];
  lines.push(end ?? `Exit code ${view.exitCode}.`);
  return `${lines.join('\n')}\n`;
}
