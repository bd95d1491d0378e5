import { failureIn } from './failures.js';
import { complains, exceptionIn, statusIn } from './heads.js';
import type { Line } from './prefixes.js';
import { proseStatusIn } from './prose.js';
import { type Wording, wordingIn } from './wordings.js';

/** Ordinary lines are taken together up to here. Characters. */
const MOST_BLOCK = 4000;
/** Most errors of a text whose words are compared. */
const MOST_READ = 20_000;
/** Shorter than any sign of an error. Characters. */
const SHORTEST_SIGN = 3;

const CHAIN =
  /^\W{0,4}(?:the above exception was the direct cause|during handling of the above exception|\[?cause\]?:|caused by\b)/i;
const BEGINS = /^\W{0,4}(?:traceback \(most recent call last\)|-{5,}$|\$ |unhandled )/i;
/** A body on a line of its own, or the brace that opens one over several lines. */
const BODY = /^\s{0,8}[{[]{1,2}[^{}]{0,200}["'](?:error|message|detail)["']\s{0,2}:|^[{[]\s{0,4}$/;
const PAGE = /<(?:!doctype html|html)\b/i;
const OUR_HOST = /\b(?:api-inference|router)\.huggingface\.co\b|\.endpoints\.huggingface\.cloud\b/i;

/** Lines that belong together, from one that may begin an error to the next such line. */
export interface Block {
  lines: string[];
  size: number;
  /** Of its first line. */
  status: number | null;
  chains: boolean;
  begins: boolean;
  /** Time of its first line that shows one, ISO 8601. */
  at: string | null;
  atFirst: string | null;
  /** Whether a line after the first hands on to the cause. */
  chainsOn: boolean;
  /** Something in it is a sign of an error. */
  sign: boolean;
  wording: Wording | null;
  /** Nothing before it belongs to it. */
  cut: boolean;
}

/** Blocks of a text, in order. `short`: the text is no more than a few sentences of somebody. */
export function* blocksOf(lines: Iterable<Line>, short: boolean): Generator<Block> {
  const judge = makeJudge();
  let block: Block | null = null;
  for (const { text, at, cut } of lines) {
    const plain = text.length < SHORTEST_SIGN && text !== '{' && text !== '[';
    const status = plain ? null : (statusIn(text) ?? (short ? proseStatusIn(text) : null));
    const chains = !plain && CHAIN.test(text);
    const begins = !plain && BEGINS.test(text);
    const body = !plain && BODY.test(text);
    const raises = !plain && exceptionIn(text) !== null;
    const starts = status !== null || chains || begins || raises || body;
    if (block === null || starts || cut || block.size > MOST_BLOCK) {
      if (block !== null) yield judge(block);
      block = fresh(status, at, cut === true);
      block.chains = chains;
      block.begins = begins;
      block.sign = status !== null || raises || body;
    } else block.chainsOn ||= chains;
    block.lines.push(text);
    block.size += text.length + 1;
    block.at ??= at;
  }
  if (block !== null) yield judge(block);
}

function fresh(status: number | null, atFirst: string | null, cut: boolean): Block {
  const flags = { chains: false, begins: false, chainsOn: false, sign: false };
  return { lines: [], size: 0, status, at: null, atFirst, wording: null, cut, ...flags };
}

/** Says of a block whether it is a sign of an error, and in which known words. */
function makeJudge(): (block: Block) => Block {
  let read = 0;
  return (block) => {
    // A flood of errors says the same again and again. What is a sign already need not be read for ever.
    if (block.sign && ++read > MOST_READ) return block;
    const text = block.lines.join('\n');
    const failed = failureIn(text) !== null;
    const host = failed ? OUR_HOST.exec(text)?.[0] : undefined;
    block.wording = wordingIn(text) ?? (host ? { key: `no answer ${host}`, pattern: OUR_HOST } : null);
    block.sign ||= failed || block.wording !== null || complains(text) || PAGE.test(text);
    return block;
  };
}
