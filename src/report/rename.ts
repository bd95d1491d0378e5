/*
 * Other names in the place of those that tell who somebody is. Names stand in sentences, URLs, commands
 * and bodies, so each text is searched; words of ours, such as routes and outcomes, are left alone.
 */

/** Keys whose values are words of hf-doctor or of the protocol. */
const OURS: ReadonlySet<string> = new Set([
  ...['schemaVersion', 'version', 'status', 'outcome', 'rule', 'severity', 'blame', 'confidence', 'auth'],
  ...['depth', 'route', 'routes', 'best', 'kind', 'provider', 'providers', 'clientProviders', 'listed'],
  ...['origin', 'purpose', 'surface', 'method', 'suffix', 'capability', 'task', 'pipelineTag', 'error'],
  ...['contentType', 'shape', 'language', 'requestId', 'requestIds', 'at', 'now', 'startedAt'],
  ...['because', 'exists', 'gated', 'inference', 'role', 'entity', 'permissions', 'scopes', 'global'],
  ...['billingMode', 'simulated', 'platform', 'arch', 'node', 'shard', 'vantage', 'sources', 'readBy'],
]);

/** A copy of plain JSON with the names replaced in each text and in keys that are a name. */
export function renamed<T>(value: T, names: ReadonlyMap<string, string>): T {
  const exact = new Map([...names].map(([name, other]) => [lowered(name), other]));
  exact.delete('');
  if (exact.size === 0) return value;
  // Longer names first: `org/name-7b` before `org/name`.
  const lengths = [...new Set([...exact.keys()].map((name) => name.length))].sort((a, b) => b - a);
  const copy = (part: unknown, key: string): unknown => {
    if (typeof part === 'string') return OURS.has(key) ? part : replaced(part, exact, lengths);
    if (Array.isArray(part)) return part.map((item) => copy(item, key));
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(
      Object.entries(part).map(([name, item]) => [
        exact.get(lowered(name)) ?? name,
        // A list of objects, such as `providers`, is looked into.
        copy(item, typeof item === 'object' && !Array.isArray(item) ? '' : name),
      ]),
    );
  };
  return copy(value, '') as T;
}

const LETTER = /\w/;
const WORD = /[\w-]/;
/** Also where something else stands for the slash. */
const ID = /\/|%2f|--/;

function replaced(text: string, names: ReadonlyMap<string, string>, lengths: readonly number[]): string {
  const lower = lowered(text);
  let out = '';
  let at = 0;
  let from = 0;
  while (at < text.length) {
    const length = LETTER.test(text[at - 1] ?? '')
      ? undefined
      : lengths.find((n) => isName(lower, at, n, names));
    if (length === undefined) {
      at += 1;
      continue;
    }
    out += text.slice(from, at) + (names.get(lower.slice(at, at + length)) ?? '');
    at += length;
    from = at;
  }
  return out + text.slice(from);
}

/** Of ASCII alone: other letters may have another length in lower case. */
function lowered(text: string): string {
  return text.replace(/[A-Z]/g, (c) => c.toLowerCase());
}

/** `fireworks` is no part of `fireworks-ai`, and `org/name` is one of `org/name-turbo`. */
function isName(text: string, at: number, length: number, names: ReadonlyMap<string, string>): boolean {
  const name = text.slice(at, at + length);
  if (!names.has(name)) return false;
  const part = ID.test(name) ? LETTER : WORD;
  return !part.test(text[at - 1] ?? '') && !part.test(text[at + length] ?? '');
}

/** Shows each value of plain JSON with its key. */
export function walk(value: unknown, see: (key: string, value: unknown) => void): void {
  if (Array.isArray(value)) for (const item of value) walk(item, see);
  else if (typeof value === 'object' && value !== null)
    for (const [key, item] of Object.entries(value)) {
      see(key, item);
      walk(item, see);
    }
}
