import { type Baseline, sinceBaseline } from '../report/baseline.js';
import { expecting, idle, ignoring, type Said } from '../report/expected.js';
import { judge } from '../report/judge.js';
import type { Report } from '../report/model.js';
import { safeText } from '../safety/safe.js';
import { emit } from '../safety/write.js';
import type { Io } from './io.js';
import type { Session } from './session.js';

/** What counts of the reports of a run, one after the other. */
export interface Judge {
  of(report: Report): Report;
  /** Says on stderr which words of the user met nothing in all of them. */
  close(io: Io): Promise<void>;
}

/** Expectations and what is ignored come from the settings; `earlier` is what was known before. */
export function judgeFor(
  { settings, redact }: Pick<Session, 'settings' | 'redact'>,
  earlier: Baseline | null,
): Judge {
  const { expect, ignore, failOn, quiet } = settings;
  const excuses = [
    ...(earlier ? [sinceBaseline(earlier)] : []),
    ...(expect.value.length > 0 ? [expecting(expect.value)] : []),
    ...(ignore.value.length > 0 ? [ignoring(ignore.value)] : []),
  ];
  let left: Said = { expect: expect.value, ignore: ignore.value };
  return {
    of(report) {
      left = idle(report, left);
      return judge(report, excuses, failOn.value);
    },
    async close(io) {
      if (quiet.value) return;
      for (const note of notesOf(left)) await emit(io.stderr, `Note: ${safeText(note, redact)}\n`);
    },
  };
}

const MOST = 5;

function notesOf({ expect, ignore }: Said): string[] {
  const expected = expect.map((e) => `${e.model} on ${e.route ?? 'any route'} (${e.faults.join(', ')})`);
  const ignored = ignore.map((i) => [i.rule, i.model, i.route].filter((part) => part !== null).join('@'));
  return [
    ...(expected.length > 0 ? [`nothing in this run is as expected for ${some(expected)}.`] : []),
    ...(ignored.length > 0 ? [`nothing in this run was there to be ignored for ${some(ignored)}.`] : []),
  ];
}

function some(texts: readonly string[]): string {
  const more = texts.length - MOST;
  return texts.slice(0, MOST).join('; ') + (more > 0 ? `; and ${more} more` : '');
}
