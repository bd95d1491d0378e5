import { APART, type Chars, NONE, type Node } from './parse.js';
import {
  all,
  anchored,
  type Begin,
  begin,
  beginsWord,
  distance,
  endsWord,
  first,
  follow,
  leaves,
  nullable,
  OPEN,
  opening,
  optional,
  overlap,
  same,
  tries,
  union,
  within,
} from './shape.js';

/** The longest line that is matched (src/explain/lines.ts); what is anchored at its start is tried once in it. */
const LINE = 4096;

/** Where a node stands. */
interface Place {
  /** What the rest of the pattern may begin with, and the sets that it must begin with. */
  next: Chars;
  ahead: Begin;
  /** The rest cannot fail: what is read then is a match, and is not read again. */
  last: boolean;
  /** What was passed on the way here from one of several places; null when they may be inside each other. */
  passed: Node[] | null;
  /** How far apart these places are on average, and how many there are. */
  apart: number;
  places: number;
}

/**
 * The most steps that a backtracking matcher takes for each character of any text; rather too many than too few.
 * Loops without a bound count as a single way: that these are linear is what recheck says.
 */
export function stepsPerCharacter(pattern: Node, flags: string): number {
  return branches(pattern)
    .map((branch) => {
      const start = begin(branch);
      const apart = distance(start.sets, beginsWord(branch, start.sets));
      const { steps } = reach(branch, {
        next: NONE,
        ahead: OPEN,
        last: true,
        passed: [],
        apart,
        places: Infinity,
      });
      const once = flags.includes('y') || (!flags.includes('m') && anchored(branch));
      return once ? steps / LINE : tries(start) + steps / apart;
    })
    .reduce((a, b) => a + b, 0);
}

/** The alternatives of a pattern, also those behind which it goes on: `(?:a|b)c` is `ac` and `bc`. */
function branches(node: Node): Node[] {
  if (node.kind === 'either') return node.options.flatMap(branches);
  if (node.kind !== 'row') return [node];
  const at = node.items.findIndex((item) => item.kind !== 'mark' && item.kind !== 'look');
  const item = node.items[at];
  if (item?.kind !== 'either') return [node];
  return item.options.map((option) => ({ kind: 'row', items: node.items.with(at, option) }));
}

/** All steps inside a node when every way is tried, and the number of ways out of it that the rest can take. */
function reach(node: Node, place: Place): { steps: number; ways: number } {
  switch (node.kind) {
    case 'one':
    case 'end':
    case 'mark':
      return { steps: 1, ways: 1 };
    case 'look':
      return {
        steps: 1 + reach(node.body, { ...place, next: NONE, ahead: OPEN, last: false }).steps,
        ways: 1,
      };
    case 'row':
      return inRow(node.items, place);
    case 'either': {
      // Of options whose beginnings exclude each other one is walked, the others as far as they say the same.
      const each = node.options.map((o) => ({ ...reach(o, place), sets: opening(o, place.next) }));
      const most = (of: (one: (typeof each)[number], same: number | null) => number) =>
        Math.max(...each.map((a) => each.reduce((sum, b) => sum + of(b, same(a.sets, b.sets)), 0)));
      return {
        steps: each.length + most((one, length) => (length === null ? one.steps : length)),
        ways: most((one, length) => (length === null ? one.ways : 0)),
      };
    }
    case 'loop':
      return inLoop(node, place);
  }
}

function inRow(items: Node[], place: Place): { steps: number; ways: number } {
  let steps = 0;
  let ways = 1;
  let { passed, apart, places } = place;
  for (const [i, item] of items.entries()) {
    const rest: Node = { kind: 'row', items: items.slice(i + 1) };
    const ahead = follow(begin(rest), place.ahead);
    const after = first(rest, place.next);
    const next = endsWord(item, items[i + 1]) ? after.map((flag, c) => flag & (APART[c] ?? 0)) : after;
    const own = reach(item, { next, ahead, last: place.last && optional(rest), passed, apart, places });
    steps += ways * own.steps;
    passed = passed && [...passed, item];
    const left =
      own.ways > 1 && item.kind === 'loop' && item.body.kind === 'one' ? own.ways / distance(ahead.sets) : 0;
    if (left > 1) {
      // It ends at many neighbouring places: what comes next begins only at some of them, and is shared among them.
      steps += ways * own.ways * tries(ahead);
      ({ passed, apart, places } = { passed: [], apart: distance(ahead.sets), places: left });
      ways *= left;
    } else ways *= own.ways;
  }
  return { steps, ways };
}

function inLoop(node: Node & { kind: 'loop' }, place: Place): { steps: number; ways: number } {
  const again = first(node.body, NONE);
  // No two of the places are inside one run of the loop: each character is read from one of them.
  const alone = place.passed?.some((one) => leaves(one, all(node.body))) ?? false;
  const inside: Place =
    node.most === 1
      ? { ...place, last: place.last && node.least === 0 }
      : {
          ...place,
          next: union(again, place.next),
          ahead: OPEN,
          last: place.last && node.least <= 1,
          passed: alone ? place.passed : null,
        };
  const own = reach(node.body, inside);
  // What the last loop reads beyond what it must is part of a match, up to the round that fails.
  const bound = place.last ? Math.min(node.most, node.least + 1) : node.most;
  const endless = bound === Number.POSITIVE_INFINITY;
  const most = Math.max(1, endless ? node.least : bound);
  const ways = own.ways + (nullable(node.body) && most > 1 ? 1 : 0);
  if (ways === 1) {
    const test = decided(again, node.body, place);
    const share = (length: number) =>
      alone ? Math.min(length, place.apart + length / place.places) : length;
    const single = endless || most === node.least || place.last || test !== null;
    return {
      steps: 1 + share(most) * (own.steps + 1 + (test ?? 0)),
      ways: single ? 1 : Math.max(1, share(most - node.least + 1)),
    };
  }
  let out = node.least === 0 ? 1 : 0;
  let steps = 1;
  for (let count = 1; count <= most && out < 1e12; count += 1) {
    steps += ways ** (count - 1) * (own.steps + 1);
    if (count >= node.least) out += ways ** count;
  }
  return { steps, ways: out };
}

/**
 * How many characters behind a loop tell whether it ended there, null when they do not: after `[a-z]{1,9}` a dot
 * does at once, `is.` with the third, since only one place of a text has `is` inside the loop and the dot outside.
 */
function decided(again: Chars, body: Node, { next, ahead }: Place): number | null {
  if (!overlap(again, next)) return 0;
  if (body.kind !== 'one') return null;
  const at = ahead.sets.findIndex((set) => !overlap(set, body.of));
  return at !== -1 && ahead.sets.slice(0, at).every((set) => within(set, body.of)) ? at : null;
}
