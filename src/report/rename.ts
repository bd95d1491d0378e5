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
  const found = patternOf(names);
  if (!found) return value;
  const exact = new Map([...names].map(([name, other]) => [name.toLowerCase(), other]));
  const text = (s: string) => s.replace(found, (name) => exact.get(name.toLowerCase()) ?? name);
  const copy = (part: unknown, key: string): unknown => {
    if (typeof part === 'string') return OURS.has(key) ? part : text(part);
    if (Array.isArray(part)) return part.map((item) => copy(item, key));
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(
      Object.entries(part).map(([name, item]) => [
        exact.get(name.toLowerCase()) ?? name,
        // A list of objects, such as `providers`, is looked into.
        copy(item, typeof item === 'object' && !Array.isArray(item) ? '' : name),
      ]),
    );
  };
  return copy(value, '') as T;
}

/** Longer names first: `org/name-7b` before `org/name`. Null where there is nothing to replace. */
function patternOf(names: ReadonlyMap<string, string>): RegExp | null {
  const words = [...names.keys()].filter((name) => name !== '').sort((a, b) => b.length - a.length);
  if (words.length === 0) return null;
  const escaped = (list: string[]) =>
    list.map((word) => word.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|');
  const [ids, parts] = [words.filter((w) => w.includes('/')), words.filter((w) => !w.includes('/'))];
  // `fireworks` is no part of `fireworks-ai`, and `org/name` is one of `org/name-turbo`.
  const forms = [
    ...(ids.length > 0 ? [`(?<![A-Za-z0-9_])(?:${escaped(ids)})(?![A-Za-z0-9_])`] : []),
    ...(parts.length > 0 ? [`(?<![\\w-])(?:${escaped(parts)})(?![\\w-])`] : []),
  ];
  return new RegExp(forms.join('|'), 'gi');
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
