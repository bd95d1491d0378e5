import { jsonFault } from './json-fault.js';

export type ConfigText =
  | { ok: true; value: unknown }
  /** Line and column from 1. The text itself is never part of an error: a secret may stand there. */
  | { ok: false; line: number; column: number; problem: string };

const JSON_PROBLEMS = {
  syntax: 'This is not valid JSON.',
  depth: 'This is nested too deeply.',
  duplicate: 'The same key stands here a second time.',
} as const;

export function readJson(text: string): ConfigText {
  const source = text.replace(/^\uFEFF/, '');
  const fault = jsonFault(source);
  return fault === null
    ? { ok: true, value: JSON.parse(source) }
    : failAt(source, fault.at, JSON_PROBLEMS[fault.why]);
}

/** YAML 1.2 without its powers: one document, no aliases, no tags, no key twice. */
export async function readYaml(text: string): Promise<ConfigText> {
  const { isMap, isScalar, parseDocument, visit } = await import('yaml');
  const source = text.replace(/^\uFEFF/, '');
  // `uniqueKeys` compares each key with each other: 20,000 keys take seconds. Ours is below.
  const options = { schema: 'core', uniqueKeys: false, prettyErrors: false, logLevel: 'error' } as const;
  const document = parseDocument(source, options);
  const [fault] = [...document.errors, ...document.warnings];
  if (fault !== undefined) {
    return failAt(source, fault.pos[0], YAML_PROBLEMS[fault.code] ?? 'This is not valid YAML.');
  }
  let bad: { at: number; problem: string } | null = null;
  visit(document, {
    Alias(_, node) {
      bad = { at: node.range?.[0] ?? 0, problem: 'Aliases are not read here. Write the value out.' };
      return visit.BREAK;
    },
    Map(_, node) {
      const keys = new Set<unknown>();
      for (const { key } of node.items) {
        const at = isScalar(key) ? (key.range?.[0] ?? 0) : (node.range?.[0] ?? 0);
        if (!isScalar(key)) bad = { at, problem: 'A key is a plain word.' };
        else if (keys.has(key.value)) bad = { at, problem: JSON_PROBLEMS.duplicate };
        else keys.add(key.value);
        if (bad !== null) return visit.BREAK;
      }
      return undefined;
    },
  });
  if (bad !== null) {
    const { at, problem } = bad as { at: number; problem: string };
    return failAt(source, at, problem);
  }
  if (document.contents !== null && !isMap(document.contents)) return { ok: true, value: [] };
  return { ok: true, value: document.toJS({ maxAliasCount: 0 }) ?? {} };
}

const YAML_PROBLEMS: Readonly<Record<string, string>> = {
  MULTIPLE_DOCS: 'A second document begins here. Only one is read.',
  RESOURCE_EXHAUSTION: JSON_PROBLEMS.depth,
  TAB_AS_INDENT: 'A tab stands here. YAML is indented with spaces.',
  TAG_RESOLVE_FAILED: 'Tags are not read here. Write the plain value.',
};

function failAt(source: string, at: number, problem: string): ConfigText {
  const before = source.slice(0, at).split(/\r\n|\n|\r/);
  return { ok: false, line: before.length, column: (before.at(-1)?.length ?? 0) + 1, problem };
}
