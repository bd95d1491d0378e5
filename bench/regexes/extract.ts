import { SourceMap } from 'node:module';
import { transformSync } from 'esbuild';
import { parseAst } from 'vite';

/** A regular expression of a source text. `source` is null when only running the module tells it. */
export interface Found {
  /** `src/x.ts:12` */
  at: string;
  source: string | null;
  flags: string;
}

/** What a text makes, what nobody can judge before it runs, and the text in which each `RegExp` is told where it is. */
export interface Extract {
  found: Found[];
  faults: { at: string; why: string }[];
  traced: string;
}

type Tree = { type: string; start: number; end: number } & Record<string, unknown>;

const TEXT_TO_PATTERN = /^(?:match|matchAll|search)$/;

/** All regular expressions of one TypeScript module. `RegExp` may only make one, and only while the module loads. */
export function extract(file: string, text: string): Extract {
  const { code, map } = transformSync(text, {
    loader: 'ts',
    target: 'esnext',
    charset: 'utf8',
    sourcemap: true,
    sourcefile: file,
  });
  const lines = new SourceMap(JSON.parse(map));
  const place = (offset: number): string => {
    const before = code.slice(0, offset).split('\n');
    const entry = lines.findEntry(before.length - 1, before.at(-1)?.length ?? 0);
    return `${file}:${'originalLine' in entry ? entry.originalLine + 1 : '?'}`;
  };
  const found: Found[] = [];
  const faults: Extract['faults'] = [];
  const made: { start: number; end: number; at: string }[] = [];

  const visit = (node: unknown, parent: Tree | null, inside: boolean): void => {
    if (Array.isArray(node)) for (const one of node) visit(one, parent, inside);
    if (!isTree(node)) return;
    const at = () => place(node.start);
    const regex = node.regex as { pattern: string; flags: string } | undefined;
    if (node.type === 'Literal' && regex) found.push({ at: at(), source: regex.pattern, flags: regex.flags });
    if (node.type === 'Identifier' && node.name === 'RegExp' && !isName(node, parent)) {
      const maker = /^(?:New|Call)Expression$/.test(parent?.type ?? '') && parent?.callee === node;
      if (!maker && parent?.type !== 'BinaryExpression')
        faults.push({ at: at(), why: 'RegExp is handed on' });
      if (maker && inside)
        faults.push({ at: at(), why: 'made in a function: make it while the module loads' });
      if (maker && !inside) {
        made.push({ start: node.start, end: node.end, at: at() });
        found.push({ at: at(), source: null, flags: '' });
      }
    }
    if (node.type === 'CallExpression' && turnsText(node))
      faults.push({ at: at(), why: 'a text becomes a regular expression: write it as one' });
    const deeper = inside || (/Function/.test(node.type) && !runsAtOnce(node, parent));
    for (const child of Object.values(node)) if (typeof child === 'object') visit(child, node, deeper);
  };
  visit(parseAst(code), null, false);

  let traced = code;
  for (const { start, end, at } of made.reverse())
    traced = `${traced.slice(0, start)}(globalThis.__traced(${JSON.stringify(at)}))${traced.slice(end)}`;
  return { found, faults, traced };
}

/** `WORDS.map((w) => new RegExp(w))` at the top of a module. */
function runsAtOnce(made: Tree, parent: Tree | null): boolean {
  const callee = parent?.type === 'CallExpression' && parent.callee !== made ? (parent.callee as Tree) : null;
  return (
    callee?.type === 'MemberExpression' && /^(?:flatM|m)ap$/.test(String((callee.property as Tree).name))
  );
}

/** `text.match('a+')` makes a regular expression of its text. */
function turnsText(call: Tree): boolean {
  const callee = call.callee as Tree;
  const argument = (call.arguments as Tree[])[0];
  const name = (callee.property as Tree | undefined)?.name;
  return (
    callee.type === 'MemberExpression' &&
    TEXT_TO_PATTERN.test(String(name)) &&
    (argument?.type === 'TemplateLiteral' ||
      (argument?.type === 'Literal' && typeof argument.value === 'string'))
  );
}

/** `x.RegExp` and `{ RegExp: … }` name a property only. */
function isName(node: Tree, parent: Tree | null): boolean {
  if (parent?.type === 'MemberExpression') return parent.property === node && parent.computed === false;
  return (
    parent?.type === 'Property' && parent.key === node && parent.value !== node && parent.computed === false
  );
}

function isTree(value: unknown): value is Tree {
  return (
    typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'
  );
}
