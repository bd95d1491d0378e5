import { parseJson } from '../safety/parse.js';

/** A few words never need more; whoever sends more is not listened to. */
const MOST = 20_000;

/**
 * Data of the server-sent events of a text, in their order: parsed where it is JSON, the text where not.
 * What an `event: error` says comes as `{error}`. Never throws.
 */
export function eventsIn(text: string): unknown[] {
  const events: unknown[] = [];
  let data: string[] = [];
  let name = '';
  const flush = () => {
    for (const value of valuesOf(data)) {
      const named = name === 'error' && !(typeof value === 'object' && value !== null && 'error' in value);
      events.push(named ? { error: value } : value);
    }
    data = [];
    name = '';
  };
  for (const line of text.split(/\r\n|\r|\n/)) {
    if (events.length >= MOST) return events;
    if (line.startsWith('data:')) data.push(line.slice(5).trim());
    else if (line.startsWith('event:')) name = line.slice(6).trim();
    else if (line.trim() === '') flush();
  }
  flush();
  return events.slice(0, MOST);
}

/** Several lines are one value by the standard; some servers and all pastes leave the blank lines out. */
function valuesOf(lines: readonly string[]): unknown[] {
  const [first, ...rest] = lines.filter((line) => line !== '');
  if (first === undefined) return [];
  if (rest.length > 0) {
    const whole = parseJson(lines.join('\n'));
    if (whole.ok) return [whole.value];
  }
  return [first, ...rest].map((line) => {
    const parsed = parseJson(line);
    return parsed.ok ? parsed.value : line;
  });
}
