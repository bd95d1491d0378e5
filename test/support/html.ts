import { createHash } from 'node:crypto';
import { type DefaultTreeAdapterTypes, type ParserError, parse } from 'parse5';

type Node = DefaultTreeAdapterTypes.Node;
export type Element = DefaultTreeAdapterTypes.Element;

/* The document as a browser reads it, and what may be in it. Written apart from the code that makes it. */

const ELEMENTS = new Set([
  ...['html', 'head', 'meta', 'title', 'style', 'script', 'body', 'header', 'main', 'section', 'article'],
  ...['h1', 'h2', 'h3', 'p', 'a', 'b', 'small', 'span', 'code', 'pre', 'div', 'ul', 'li', 'dl', 'dt', 'dd'],
  ...['table', 'caption', 'thead', 'tbody', 'tr', 'th', 'td', 'wbr', 'time', 'details', 'summary', 'dialog'],
  ...['form', 'label', 'input', 'select', 'optgroup', 'option', 'button'],
]);
const ATTRIBUTES = new Set([
  ...['class', 'id', 'lang', 'charset', 'name', 'content', 'http-equiv', 'href', 'rel', 'scope', 'role'],
  ...[
    'tabindex',
    'hidden',
    'type',
    'value',
    'label',
    'placeholder',
    'autocomplete',
    'spellcheck',
    'datetime',
  ],
  ...['aria-label', 'aria-labelledby', 'aria-hidden'],
  ...['data-model', 'data-state', 'data-outcome', 'data-rule', 'data-findings'],
]);
/** Hosts that a link may lead to. */
const HOSTS =
  /^https:\/\/(?:(?:[a-z0-9-]+\.)*huggingface\.co|github\.com|docs\.litellm\.ai|developer\.mozilla\.org|nodejs\.org)(?:\/[!-~]*)?$/;

export function elementsOf(text: string): { elements: Element[]; faults: string[] } {
  const faults: string[] = [];
  const onParseError = (e: ParserError) => faults.push(`${e.code} at line ${e.startLine}`);
  const elements: Element[] = [];
  const walk = (node: Node): void => {
    if (node.nodeName === '#comment') faults.push('a comment');
    if ('tagName' in node) elements.push(node);
    if ('childNodes' in node) node.childNodes.forEach(walk);
  };
  walk(parse(text, { onParseError }));
  return { elements, faults };
}

export function attribute(e: Element, name: string): string | null {
  return e.attrs.find((a) => a.name === name)?.value ?? null;
}

export function textOf(node: Node): string {
  if (node.nodeName === '#text') return (node as DefaultTreeAdapterTypes.TextNode).value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}

/** What is wrong with the document, or null: one that a browser obeys in nothing but our own script. */
export function htmlFault(text: string): string | null {
  const { elements, faults } = elementsOf(text);
  if (faults.length > 0) return `does not parse: ${faults.slice(0, 3).join(', ')}`;
  const ids = elements.flatMap((e) => attribute(e, 'id') ?? []);
  if (new Set(ids).size !== ids.length) return 'has an id twice';
  const known = new Set(ids);
  for (const e of elements) {
    if (!ELEMENTS.has(e.tagName)) return `has an element ${e.tagName}`;
    for (const { name, value } of e.attrs) {
      if (!ATTRIBUTES.has(name)) return `has an attribute ${name} on ${e.tagName}`;
      if (name === 'href' && !(value.startsWith('#') ? known.has(value.slice(1)) : HOSTS.test(value)))
        return `leads to ${value.slice(0, 200)}`;
      if (name === 'aria-labelledby' && !known.has(value)) return `is labelled by nothing: ${value}`;
    }
  }
  return policyFault(elements);
}

/** One style sheet and one script, and a policy that allows these two and nothing else. */
function policyFault(elements: readonly Element[]): string | null {
  const only = (tag: string) => elements.filter((e) => e.tagName === tag);
  const [styles, scripts] = [only('style'), only('script')];
  if (styles.length !== 1 || scripts.length !== 1) return 'has another style sheet or script';
  const hash = (e: Element | undefined) =>
    `'sha256-${createHash('sha256')
      .update(e ? textOf(e) : '')
      .digest('base64')}'`;
  const wanted = [
    "default-src 'none'",
    `style-src ${hash(styles[0])}`,
    `script-src ${hash(scripts[0])}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const metas = only('meta');
  const policies = metas.filter((m) => attribute(m, 'http-equiv') !== null);
  if (policies.length !== 1 || metas[1] !== policies[0]) return 'has no policy at its place';
  return attribute(policies[0] as Element, 'content') === wanted ? null : 'has another policy';
}
