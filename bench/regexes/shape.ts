import { APART, type Chars, NONE, type Node } from './parse.js';

/* Questions about one node, wherever it stands. */

/** What a node may begin with; if it may be empty, also what comes next. */
export function first(node: Node, next: Chars): Chars {
  switch (node.kind) {
    case 'one':
    case 'end':
      return node.of;
    case 'mark':
      return next;
    case 'look':
      return node.back ? next : union(first(node.body, NONE), next);
    case 'row':
      return node.items.reduceRight((after, item) => first(item, after), next);
    case 'either':
      return node.options.map((o) => first(o, next)).reduce(union, NONE);
    case 'loop':
      return node.least === 0 ? union(first(node.body, next), next) : first(node.body, next);
  }
}

/** Every character that a node may read. */
export function all(node: Node): Chars {
  if (node.kind === 'one') return node.of;
  if (node.kind === 'row') return node.items.map(all).reduce(union, NONE);
  if (node.kind === 'either') return node.options.map(all).reduce(union, NONE);
  return node.kind === 'loop' ? all(node.body) : NONE;
}

/** What a node must begin with. */
export interface Begin {
  sets: Chars[];
  /** Nothing else is in it. */
  whole: boolean;
  /** Steps that read nothing: marks, and looks without a loop. */
  free: number;
}

export function begin(node: Node): Begin {
  switch (node.kind) {
    case 'one':
      return { sets: [node.of], whole: true, free: 0 };
    case 'mark':
      return { sets: [], whole: true, free: 1 };
    case 'look':
      return loopless(node.body) ? { sets: [], whole: true, free: 1 + size(node.body) } : OPEN;
    case 'end':
      return OPEN;
    case 'row':
      return node.items.map(begin).reduce(follow, { sets: [], whole: true, free: 0 });
    case 'either': {
      const each = node.options.map(begin);
      const length = Math.min(...each.map((e) => e.sets.length));
      const sets = Array.from({ length }, (_, i) => each.map((e) => e.sets[i] ?? NONE).reduce(union, NONE));
      const whole = each.every((e) => e.whole && e.sets.length === length);
      return { sets, whole, free: each.reduce((sum, e) => sum + e.free + 1, 0) };
    }
    case 'loop': {
      const own = begin(node.body);
      if (node.least === 0) return OPEN;
      if (!own.whole) return { ...own, whole: false };
      const times = Array.from({ length: Math.min(node.least, 64) }, () => own);
      return { ...times.reduce(follow), whole: node.least === node.most && node.least <= 64 };
    }
  }
}

/** The sets that it must begin with and the one that comes then, also when that is what follows the node. */
export function opening(node: Node, next: Chars): Chars[] {
  if (node.kind !== 'row') return begin(node).sets;
  const at = node.items.findIndex((item) => !begin(item).whole);
  const rest: Node = { kind: 'row', items: at === -1 ? [] : node.items.slice(at) };
  const { sets } = begin(node);
  return at !== -1 && begin(rest).sets.length > 0 ? sets : [...sets, first(rest, next)];
}

function loopless(node: Node): boolean {
  if (node.kind === 'row') return node.items.every(loopless);
  if (node.kind === 'either') return node.options.every(loopless);
  return node.kind !== 'loop' && node.kind !== 'look';
}

/** All steps in it, one for each character and mark. */
function size(node: Node): number {
  if (node.kind === 'row') return node.items.reduce((sum, item) => sum + size(item), 0);
  return node.kind === 'either' ? node.options.reduce((sum, option) => sum + 1 + size(option), 0) : 1;
}

export const OPEN: Begin = { sets: [], whole: false, free: 0 };

export function follow(a: Begin, b: Begin): Begin {
  return a.whole ? { sets: [...a.sets, ...b.sets], whole: b.whole, free: a.free + b.free } : a;
}

/** `tokens` begins at most every six characters; `----` at every one. */
export function distance(sets: Chars[], word = false): number {
  // A word does not begin behind a letter.
  const begins = (by: number) => !word || overlap(sets[by - 1] ?? NONE, APART);
  for (let by = 1; by < sets.length; by += 1)
    if (begins(by) && same(sets.slice(by), sets) === null) return by;
  return Math.max(sets.length + (begins(sets.length) ? 0 : 1), 1);
}

/** `\b` before a letter. */
export function beginsWord(node: Node, sets: Chars[]): boolean {
  const mark = node.kind === 'row' ? node.items[0] : undefined;
  return mark?.kind === 'mark' && mark.sign === '\\b' && sets[0] !== undefined && !overlap(sets[0], APART);
}

/** The steps for each place of a text to find that these do not stand there, or that they do. */
export function tries({ sets, free }: Begin): number {
  return sets.reduce((sum, _, length) => sum + 1 / distance(sets.slice(0, length)), 1 + free);
}

/** With how many sets both can begin; null when one text can begin with all of both. */
export function same(a: Chars[], b: Chars[]): number | null {
  const at = a.slice(0, b.length).findIndex((set, i) => !overlap(set, b[i] ?? NONE));
  return at === -1 ? null : at;
}

export function anchored(node: Node): boolean {
  if (node.kind === 'mark') return node.sign === '^';
  if (node.kind === 'either') return node.options.every(anchored);
  return node.kind === 'row' && node.items[0] !== undefined && anchored(node.items[0]);
}

/** May be empty, if what it asserts holds. */
export function nullable(node: Node): boolean {
  return (
    node.kind !== 'one' &&
    (node.kind === 'mark' || node.kind === 'look' || node.kind === 'end' || may(node, nullable))
  );
}

/** May be empty whatever comes. */
export function optional(node: Node): boolean {
  return may(node, optional);
}

function may(node: Node, be: (node: Node) => boolean): boolean {
  if (node.kind === 'row') return node.items.every(be);
  if (node.kind === 'either') return node.options.some(be);
  return node.kind === 'loop' && (node.least === 0 || be(node.body));
}

export function union(a: Chars, b: Chars): Chars {
  return a === NONE ? b : b === NONE ? a : a.map((flag, i) => flag | (b[i] ?? 0));
}

export function overlap(a: Chars, b: Chars): boolean {
  for (let i = 0; i < a.length; i += 1) if (a[i] === 1 && b[i] === 1) return true;
  return false;
}

export function within(a: Chars, b: Chars): boolean {
  for (let i = 0; i < a.length; i += 1) if (a[i] === 1 && b[i] === 0) return false;
  return true;
}

/** `\b` behind nothing but letters: no letter comes next. */
export function endsWord(item: Node, next: Node | undefined): boolean {
  return (
    next?.kind === 'mark' && next.sign === '\\b' && item.kind === 'loop' && !overlap(all(item.body), APART)
  );
}

/** Whether every way through a node reads a character outside of a set, or saw one before it. */
export function leaves(node: Node, set: Chars): boolean {
  if (node.kind === 'one') return !overlap(node.of, set);
  if (node.kind === 'row') return node.items.some((item) => leaves(item, set));
  if (node.kind === 'either') return node.options.every((option) => leaves(option, set));
  if (node.kind === 'loop') return node.least > 0 && leaves(node.body, set);
  if (node.kind !== 'look' || !node.back) return false;
  return node.not ? single(node.body) && within(set, all(node.body)) : leaves(node.body, set);
}

/** One character and nothing else. */
function single(node: Node): boolean {
  if (node.kind === 'row') return node.items.length === 1 && node.items.every(single);
  return node.kind === 'one' || (node.kind === 'either' && node.options.every(single));
}
