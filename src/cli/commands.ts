import { nearest } from '../settings/nearest.js';
import { UsageError } from '../settings/usage-error.js';

export const COMMANDS = [
  'check',
  'fallback',
  'watch',
  'token',
  'explain',
  'rules',
  'simulate',
  'schema',
  'init',
  'help',
] as const;

/** `hf-doctor chekc`: check is the default command, so a mistyped command would pass for a model id. */
export function notACommand(models: readonly string[], argv: readonly string[]): void {
  const first = models[0];
  if (!first || first !== argv[0] || first.includes('/')) return;
  const meant = nearest(first, COMMANDS);
  if (meant && meant !== first)
    throw new UsageError(
      `there is no command of that name.`,
      `Did you mean ${meant}? To check a model of that name: hf-doctor check <model>`,
    );
}
