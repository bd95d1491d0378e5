import type { Shard } from './model.js';
import { bad, good, type Parser } from './parser.js';

const MOST = 1_000;

/** `2/5`: the second of five parts. */
export const shard: Parser<Shard | null> = {
  shape: { type: 'text' },
  parse(raw) {
    const [, index, of] = /^(\d{1,4})\/(\d{1,4})$/.exec(typeof raw === 'string' ? raw.trim() : '') ?? [];
    const [i, n] = [Number(index), Number(of)];
    if (!index || !of || n < 1 || n > MOST || i < 1 || i > n)
      return bad(`takes a part of all: 2/5 is the second of five, at most ${MOST}.`);
    return good({ index: i, of: n });
  },
};
