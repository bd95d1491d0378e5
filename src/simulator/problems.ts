import type { Document, LineCounter, YAMLError } from 'yaml';
import { isMap, isNode, isScalar } from 'yaml';
import type * as z from 'zod/mini';
import { unknownName } from './block.js';

type Issue = z.core.$ZodIssue;

/** `file:line:column`, both counted from 1. */
export function place(file: string, offset: number, lines: LineCounter): string {
  const { line, col } = lines.linePos(offset);
  return `${file}:${line}:${col}`;
}

/** Names the kind of syntax fault only: the library's own text would quote the file. */
export function yamlProblem(file: string, error: YAMLError, lines: LineCounter): string {
  return `${place(file, error.pos[0], lines)}: not valid YAML: ${error.code.toLowerCase().replaceAll('_', ' ')}`;
}

export function describeIssue(file: string, issue: Issue, document: Document, lines: LineCounter): string {
  const where = place(file, offsetOf(issue, document), lines);
  const path = issue.path.map(String).join(' > ');
  return `${where}: ${path === '' ? '' : `${path}: `}${sentence(issue, document)}`;
}

function sentence(issue: Issue, document: Document): string {
  switch (issue.code) {
    case 'unrecognized_keys':
    case 'custom':
      return issue.message;
    case 'invalid_type':
      return document.hasIn(issue.path) ? `must be of type ${issue.expected}` : 'is missing';
    case 'invalid_value': {
      const value = document.getIn(issue.path);
      const valid = issue.values.map(String);
      return typeof value === 'string'
        ? unknownName('value', value, valid)
        : `must be one of ${valid.join(', ')}`;
    }
    case 'too_small':
      return `must be at least ${issue.minimum}`;
    case 'too_big':
      return `must be at most ${issue.maximum}`;
    default:
      return 'has a form that is not allowed here';
  }
}

/** The offending key, else the node, else the nearest ancestor that is in the file. */
function offsetOf(issue: Issue, document: Document): number {
  for (let depth = issue.path.length; depth >= 0; depth--) {
    const node = depth === 0 ? document.contents : document.getIn(issue.path.slice(0, depth), true);
    if (issue.code === 'unrecognized_keys' && isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && issue.keys.includes(String(key.value)));
      if (isScalar(pair?.key)) return pair.key.range?.[0] ?? 0;
    }
    if (isNode(node)) return node.range?.[0] ?? 0;
  }
  return 0;
}
