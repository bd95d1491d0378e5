import recheck from 'recheck';
import type { Found } from './extract.js';
import { parse } from './parse.js';
import { stepsPerCharacter } from './steps.js';

export interface Finding {
  at: string;
  /** What is wrong, and the text that shows it where there is one. */
  why: string;
}

/** What a quadratic one takes for each character of the longest line, 4,096 characters: half of them. */
export const MOST_STEPS = 2048;

const TIMEOUT_MS = 20_000;
// The engine in JavaScript: the same answers on every machine, and no other program is started.
process.env.RECHECK_SYNC_BACKEND = 'pure';

/** Everything of a list that is neither linear nor bounded, or of which that is not known. */
export function judge(list: readonly Found[]): Finding[] {
  const known = new Map<string, string | null>();
  return list.flatMap(({ at, source, flags }) => {
    if (source === null) return [{ at, why: 'never made while its module loads' }];
    const key = `/${source}/${flags}`;
    const fault = known.has(key) ? known.get(key) : (grows(source, flags) ?? costs(source, flags));
    known.set(key, fault ?? null);
    return fault ? [{ at, why: `${key}: ${fault}` }] : [];
  });
}

/** How the time grows with the text. Exact, for all that has no bound; what has one is constant for recheck. */
function grows(source: string, flags: string): string | null {
  try {
    const verdict = recheck.checkSync(entered(source), flags, { checker: 'automaton', timeout: TIMEOUT_MS });
    if (verdict.status === 'safe') return null;
    if (verdict.status === 'unknown') return `recheck does not know (${verdict.error.kind})`;
    return `${verdict.complexity.summary}, such as ${verdict.attack.pattern}`;
  } catch (error) {
    return `recheck failed: ${error instanceof Error ? error.message : error}`;
  }
}

/** What bounded loops cost together. */
function costs(source: string, flags: string): string | null {
  try {
    const steps = stepsPerCharacter(parse(source, flags), flags);
    return steps <= MOST_STEPS
      ? null
      : `up to ${Math.round(steps).toLocaleString('en')} steps for each character`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** recheck's exact engine knows no looking around: what is only looked at is read as well, or not, which is worse. */
function entered(source: string): string {
  return source.replace(/\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]|\(\?<?[=!]/g, (token) =>
    token.startsWith('(') ? '(?:|' : token,
  );
}
