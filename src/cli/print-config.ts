import { type ConfigView, renderConfig } from '../render/config.js';
import { renderValue } from '../render/json.js';
import { makeSafe } from '../safety/safe.js';
import { emit } from '../safety/write.js';
import { describeSettings, originText, valueLines } from '../settings/describe.js';
import { UsageError } from '../settings/usage-error.js';
import type { Io } from './io.js';
import { lookFor } from './look.js';
import { notesOf } from './notes.js';
import type { Session } from './session.js';

const NOTHING: ReadonlySet<string> = new Set();

/** Each setting, its value and where it comes from. Nothing is asked, and no secret is a setting. */
export async function printConfig(session: Session, flags: { color?: boolean }, io: Io): Promise<number> {
  const { settings, redact } = session;
  const format = settings.format.value;
  const isMachine = format === 'json' || format === 'ndjson';
  if (!isMachine && format !== 'human' && settings.format.origin.from === 'flag')
    throw new UsageError('--print-config is printed as human, json or ndjson.');
  const rows = describeSettings(settings);
  const notes = notesOf(session);
  if (isMachine) {
    const view = {
      schemaVersion: 1,
      settings: rows.map(({ name, value, origin }) => ({ name, value, source: origin })),
      notes,
    };
    await emit(io.stdout, renderValue(makeSafe(view, redact, NOTHING), format));
    return 0;
  }
  const view: ConfigView = {
    rows: rows.map((row) => ({
      name: row.name,
      value: valueLines(settings, row),
      origin: originText(row.origin),
      isDefault: row.origin.from === 'default',
    })),
    file: rows.find(({ origin }) => origin.from === 'file')?.origin.path ?? null,
    notes,
  };
  await emit(io.stdout, renderConfig(makeSafe(view, redact, NOTHING), lookFor(io, flags.color)));
  return 0;
}
