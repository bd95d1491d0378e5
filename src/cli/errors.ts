import { CommanderError } from 'commander';
import { renderValue } from '../render/json.js';
import { sanitise } from '../safety/sanitise.js';
import type { UsageError } from '../settings/usage-error.js';
import type { Io } from './io.js';

/** What was wrong with the command line, and what to write instead. Values are never repeated. */
export function usageMessage(error: CommanderError | UsageError, io: Io): string {
  const safe = (text: string) => sanitise(io.redact(text), { max: 900 });
  if (!(error instanceof CommanderError)) {
    // One fault a line; each is made safe on its own.
    const [first = '', ...more] = error.message.split('\n');
    const rest = [...more, ...(error.hint ? [error.hint] : [])].filter((l) => l.trim() !== '');
    const lines = [`hf-doctor: ${safe(first)}`, ...rest.map((l) => `  ${safe(l)}`)];
    return `${lines.join('\n')}\n`;
  }
  if (io.argv.some((a) => /^--?token(=|$)/.test(a)))
    return [
      'hf-doctor: a token is never the value of an option: it would stay in your shell history.',
      '  Set HF_TOKEN, or pipe it in: printf %s "$HF_TOKEN" | hf-doctor check --token-stdin',
      '',
    ].join('\n');
  if (error.code === 'commander.help' || error.message === '(outputHelp)')
    return 'hf-doctor: there is no command of that name.\n  hf-doctor --help lists the commands.\n';
  const [first = '', ...rest] = error.message.replace(/^error: /, '').split('\n');
  const name = first
    .replace(/(--?[\w-]{1,40})=[^']{0,4000}/, '$1')
    .replace(/(unknown option '-\w)[^-'][^']{0,4000}/, '$1')
    .replace(/ argument '[^']{0,4000}' is invalid/, ' has a value that is not known');
  const more = rest.filter((l) => l !== '').map((l) => `  ${safe(l)}`);
  return `${[`hf-doctor: ${safe(name)}`, ...more, '  hf-doctor --help lists the options.'].join('\n')}\n`;
}

/** One safe line about our own fault; more with --debug. */
export function internalMessage(error: unknown, io: Io): string {
  const name = error instanceof Error ? error.name : 'unknown fault';
  const lines = [`hf-doctor stopped because of a fault of its own: ${sanitise(name, { max: 60 })}.`];
  if ((io.argv.includes('--debug') || io.env.HF_DOCTOR_DEBUG) && error instanceof Error)
    lines.push(sanitise(io.redact(error.stack ?? error.message), { max: 4000, newlines: true }));
  else lines.push('  Run it again with --debug and report what it prints.');
  return `${lines.join('\n')}\n`;
}

/** `--format json` or `ndjson`, and `--for json` of fallback. */
export function wantedJson(argv: readonly string[]): 'json' | 'ndjson' | null {
  for (const [i, a] of argv.entries()) {
    const [, inline] = /^--for(?:mat)?(?:=(\w{1,10}))?$/.exec(a) ?? [a, null];
    const value = inline === null ? null : (inline ?? argv[i + 1]);
    if (value === 'json' || value === 'ndjson') return value;
  }
  return null;
}

/** A report that could not be made. */
export function errorDocument(message: string, exitCode: number, format: 'json' | 'ndjson'): string {
  const lines = message.split('\n').map((l) => l.trim());
  const error = lines.filter((l) => l !== '').join(' ');
  const type = format === 'ndjson' ? { type: 'end' } : {};
  return renderValue({ schemaVersion: 1, ...type, ok: false, exitCode, complete: false, error }, format);
}
