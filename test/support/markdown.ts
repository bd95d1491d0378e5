import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { mathFromMarkdown } from 'mdast-util-math';
import { gfm } from 'micromark-extension-gfm';
import { math } from 'micromark-extension-math';

/* What a reader such as GitHub makes of a Markdown text, by parsers of another's making. */

interface Node {
  type: string;
  value?: string;
  url?: string;
  children?: Node[];
}

export function parsed(markdown: string): Node {
  return fromMarkdown(markdown, {
    extensions: [gfm(), math()],
    mdastExtensions: [gfmFromMarkdown(), mathFromMarkdown()],
  }) as Node;
}

export function nodes(root: Node): Node[] {
  return [root, ...(root.children ?? []).flatMap(nodes)];
}

/** What a person reads. */
export function readText(node: Node): string {
  return node.value ?? (node.children ?? []).map(readText).join('');
}

/** What nobody wrote on purpose: pictures, raw HTML, footnotes, math, drawings, struck text. */
const NEVER = new Set([
  ...['image', 'imageReference', 'linkReference', 'definition', 'html', 'delete', 'inlineMath', 'math'],
  ...['footnoteReference', 'footnoteDefinition', 'emphasis', 'blockquote', 'thematicBreak', 'break'],
]);

/** GitHub makes these of the text of a page, outside of code and links. */
const ACTED_ON = [
  /(?<![\w`])@[a-z\d]/i,
  /(?<![\w&])#\d/,
  /\w#\d/,
  /\bGH-\d/i,
  /:\/\//,
  /\bwww\./i,
  /:[\w+-]+:/,
  /\$[^\s$][^$]*\$/,
  /\b(?=[a-f]*\d)[0-9a-f]{7,40}\b/,
];

const DRAWN = new Set(['mermaid', 'geojson', 'topojson', 'stl', 'math']);
const LINKS =
  /^https:\/\/(?:(?:[a-z0-9-]+\.)*huggingface\.co|github\.com|docs\.litellm\.ai|developer\.mozilla\.org|nodejs\.org)\//;

/** What a reader would do that a text of data must never make it do. */
export function activeIn(markdown: string): string[] {
  const root = parsed(markdown);
  const found: string[] = [];
  const visit = (node: Node) => {
    if (NEVER.has(node.type)) found.push(`${node.type}: ${readText(node) || node.url}`);
    if (node.type === 'link') {
      if (!LINKS.test(node.url ?? '')) found.push(`link to ${node.url}`);
      return;
    }
    if (node.type === 'code' && DRAWN.has((node as { lang?: string }).lang ?? '')) found.push('a drawing');
    if (node.type === 'text')
      for (const pattern of ACTED_ON) {
        const hit = pattern.exec(node.value ?? '');
        if (hit) found.push(`${hit[0]} in ${node.value}`);
      }
    for (const child of node.children ?? []) visit(child);
  };
  visit(root);
  return found;
}

/** Each table as rows of cells. */
export function tables(markdown: string): string[][][] {
  return nodes(parsed(markdown))
    .filter((n) => n.type === 'table')
    .map((table) => (table.children ?? []).map((row) => (row.children ?? []).map(readText)));
}
