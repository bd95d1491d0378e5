import type { Report } from '../report/model.js';
import type { Safe } from '../safety/safe.js';

/** C1 controls, DEL and bidirectional marks may move a terminal even inside JSON: escaped. */
const MOVING = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** What `stringify` makes of the report, piece by piece: its lists are what makes it long. */
export function renderJson(report: Safe<Report>): Iterable<string> {
  return chunks(pieces(report));
}

function* pieces(report: Safe<Report>): Generator<string> {
  let before = '{\n';
  for (const [key, value] of Object.entries(report)) {
    if (value === undefined) continue;
    const name = `${before}  ${stringify(key)}: `;
    before = ',\n';
    if (!Array.isArray(value) || value.length === 0) {
      yield name + inset(value, 2);
      continue;
    }
    for (const [i, item] of value.entries()) yield `${i === 0 ? `${name}[` : ','}\n    ${inset(item, 4)}`;
    yield '\n  ]';
  }
  yield '\n}\n';
}

function inset(value: unknown, by: number): string {
  return stringify(value).replaceAll('\n', `\n${' '.repeat(by)}`);
}

const CHUNK = 64 * 1024;

/** Pieces put together, so that none is worth a write of its own. */
export function* chunks(parts: Iterable<string>): Generator<string> {
  let text = '';
  for (const part of parts) {
    text += part;
    if (text.length < CHUNK) continue;
    yield text;
    text = '';
  }
  if (text !== '') yield text;
}

export function stringify(value: unknown): string {
  return escapeMoving(JSON.stringify(value, null, 2));
}

export function oneLine(value: unknown): string {
  return `${escapeMoving(JSON.stringify(value))}\n`;
}

/** One document that is no report, for a machine: on one line where lines were asked for. */
export function renderValue(value: unknown, format: 'json' | 'ndjson'): string {
  return format === 'ndjson' ? oneLine(value) : `${stringify(value)}\n`;
}

function escapeMoving(json: string): string {
  return json.replace(MOVING, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
