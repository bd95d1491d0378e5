import { Composer, type CST, type Document, isScalar, Parser, visit } from 'yaml';
import { type ConfigText, failAt, PROBLEMS, withoutMark } from './config-text.js';

const MAX_DEPTH = 64;
// `uniqueKeys` compares each key with each other: 20,000 keys take seconds. Ours is below.
const OPTIONS = { schema: 'core', uniqueKeys: false, prettyErrors: false, logLevel: 'error' } as const;

const WORDS: Readonly<Record<string, string>> = {
  RESOURCE_EXHAUSTION: PROBLEMS.depth,
  TAB_AS_INDENT: 'A tab stands here. YAML is indented with spaces.',
  TAG_RESOLVE_FAILED: 'Tags are not read here. Write the plain value.',
};

interface Fault {
  at: number;
  problem: string;
}

/** YAML 1.2 without its powers: one document, no aliases, no tags, no key twice. */
export async function readYaml(text: string): Promise<ConfigText> {
  const source = withoutMark(text);
  const tokens = [...new Parser().parse(source)];
  const deep = tooDeep(tokens);
  if (deep !== null) return failAt(source, deep, PROBLEMS.depth);
  const [document, second] = new Composer(OPTIONS).compose(tokens, true, source.length);
  if (document === undefined) return { ok: true, value: {} };
  const [error] = [...document.errors, ...document.warnings];
  if (error !== undefined) {
    return failAt(source, error.pos[0], WORDS[error.code] ?? 'This is not valid YAML.');
  }
  if (second !== undefined) {
    return failAt(source, second.range[0], 'A second document begins here. Only one is read.');
  }
  const fault = await refused(document);
  if (fault !== null) return failAt(source, fault.at, fault.problem);
  return { ok: true, value: document.toJS({ maxAliasCount: 0 }) };
}

/**
 * Where the nesting passes the limit. The composer recurses: near the end of the stack a regular
 * expression that is compiled for the first time ends the whole process, and nothing can catch that.
 */
function tooDeep(tokens: readonly CST.Token[]): number | null {
  const left = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { token, depth } = next;
    if (depth > MAX_DEPTH) return 'offset' in token ? token.offset : 0;
    for (const inner of inside(token)) left.push({ token: inner, depth: depth + 1 });
  }
  return null;
}

function inside(token: CST.Token): CST.Token[] {
  if (token.type === 'document') return token.value ? [token.value] : [];
  if (!('items' in token)) return [];
  return token.items.flatMap(({ key, value }) => [key, value].filter((part) => part != null));
}

/** The first alias, odd key or repeated key. */
async function refused(document: Document.Parsed): Promise<Fault | null> {
  const faults: Fault[] = [];
  const stop = (at: number | undefined, problem: string) => {
    faults.push({ at: at ?? 0, problem });
    return visit.BREAK;
  };
  visit(document, {
    Alias: (_, node) => stop(node.range?.[0], 'Aliases are not read here. Write the value out.'),
    Map(_, node) {
      const keys = new Set<unknown>();
      for (const { key } of node.items) {
        if (!isScalar(key)) return stop(node.range?.[0], 'A key is a plain word.');
        if (keys.has(String(key.value))) return stop(key.range?.[0], PROBLEMS.duplicate);
        keys.add(String(key.value));
      }
      return undefined;
    },
  });
  return faults[0] ?? null;
}
