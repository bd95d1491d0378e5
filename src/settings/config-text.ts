import { jsonFault } from './json-fault.js';

export type ConfigText =
  | { ok: true; value: unknown }
  /** Line and column from 1. The text itself is never part of an error: a secret may stand there. */
  | { ok: false; line: number; column: number; problem: string };

export const PROBLEMS = {
  syntax: 'This is not valid JSON.',
  depth: 'This is nested too deeply.',
  duplicate: 'The same key stands here a second time.',
} as const;

export function readJson(text: string): ConfigText {
  const source = withoutMark(text);
  const fault = jsonFault(source);
  return fault === null
    ? { ok: true, value: JSON.parse(source) }
    : failAt(source, fault.at, PROBLEMS[fault.why]);
}

export function failAt(source: string, at: number, problem: string): ConfigText {
  const before = source.slice(0, at).split(/\r\n|\n|\r/);
  return { ok: false, line: before.length, column: (before.at(-1)?.length ?? 0) + 1, problem };
}

export function withoutMark(text: string): string {
  return text.replace(/^\uFEFF/, '');
}
