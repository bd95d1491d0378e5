import type { Report } from '../report/model.js';
import type { Safe } from '../safety/safe.js';

/** C1 controls, DEL and bidirectional marks may move a terminal even inside JSON: escaped. */
const MOVING = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

export function renderJson(report: Safe<Report>): string {
  return `${stringify(report)}\n`;
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
