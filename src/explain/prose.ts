/* What people write instead of a log: a status beside an address of Hugging Face, in one sentence. */

/** Those that servers of models answer: other numbers beside an address count something else. */
const STATUS = '(40[0-589]|41[0135]|42[2-49]|50[0-4]|52\\d)';
const STATUS_FIRST = new RegExp(
  `(?<![\\w$€.,:#/-])${STATUS}(?:s|'s)?(?: errors?| responses?| answers?)? (?:from|on|at|by|for|when (?:i |we )?(?:call|post|ask)(?:ing)?(?: to)?) `,
  'i',
);
const SAID =
  '(?:return(?:s|ed|ing)?|answer(?:s|ed|ing)?|respond(?:s|ed|ing)?(?: with)?|give[sn]?|gave|giving|get(?:s|ting)?|got|receiv(?:es?|ed|ing)|throw(?:s|ing)?|fail(?:s|ed|ing)? with)';
const BETWEEN =
  '(?: me| us| back| only| always| just| now| an?| the| constant| http| status| error| code){0,5}';
/** `500 requests`, `404 ms` count something. */
const ENDS =
  "(?:s|'s)?(?= (?:errors?|from|on|at|for|with|when|while|since|all|in|every|each|always|again|now|today|whatever|no matter|and|but)\\b| ?[.,;:!?()'\"`]| ?$)";
const STATUS_LAST = new RegExp(`\\b${SAID}${BETWEEN} ${STATUS}${ENDS}`, 'i');
const ADDRESS =
  /(?:https?:\/\/)?(?<![\w.-])((?:router|api-inference)\.huggingface\.co|[a-z0-9][a-z0-9.-]{1,80}\.endpoints\.huggingface\.cloud)\b(\/[^\s'"`<>()[\]{}|\\^,;]{0,300})?/i;
/** A wish, a plan, a question about what would be, or what is over. */
const NOT_SO =
  /\b(?:not|never|no longer|should|would|could|might|may|used to|stop(?:s|ped)?|instead of|if|until|once|expect(?:s|ed|ing)?|fixed|solved|resolved|documented|documentation|means?|example)\b|n't\b/i;

/** The status of a sentence that names an address as well; null when there is none, or it is a wish. */
export function proseStatusIn(line: string): number | null {
  return proseIn(line)?.status ?? null;
}

export interface Prose {
  status: number;
  url: string;
  partial: boolean;
}

/** `models/*` and `novita/...` stand for whatever comes there. */
export function isPartial(address: string): boolean {
  return /\/(?:\*|\.{3}|…)[*.!?]{0,3}$/.test(address);
}

export function proseIn(line: string): Prose | null {
  if (line.length > 1000 || !line.includes('huggingface')) return null;
  for (const sentence of line.split(/(?<=[.!?]) (?=[A-Z])/)) {
    const address = ADDRESS.exec(sentence);
    const digits = (STATUS_FIRST.exec(sentence) ?? STATUS_LAST.exec(sentence))?.[1];
    if (!address || !digits || NOT_SO.test(sentence)) continue;
    const path = (address[2] ?? '/').replace(/[.*:!?…]{1,9}$/, '');
    return {
      status: Number(digits),
      url: `https://${(address[1] ?? '').toLowerCase()}${path}`,
      partial: isPartial(address[0]),
    };
  }
  return null;
}
