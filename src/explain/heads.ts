/* Where an error begins in a text: a status in the words of a client or a server, or an exception. */

const PHRASE =
  '(?:bad request|unauthori[sz]ed|payment required|forbidden|not found|method not allowed|request timeout|conflict|gone|payload too large|content too large|request entity too large|unsupported media type|unprocessable (?:entity|content)|failed dependency|too many requests|internal server error|not implemented|bad gateway|service (?:temporarily )?unavailable|gateway time-?out)';

const STATUS: readonly RegExp[] = [
  /\b([45]\d\d) (?:client|server) error\b/i,
  /\b(?:client|server) error '([45]\d\d)\b/i,
  /\berror code:? ([45]\d\d)\b/i,
  /\b(?:http[ _]?)?status(?:[ _]?code)?['"]?\s{0,2}[:=]?\s{0,2}['"([]?([45]\d\d)\b(?!\.\d)/i,
  /\bhttp\/[\d.]{1,3}["']? ([45]\d\d)\b/i,
  /\bhttp[ :-]{1,2}(?:error |status |[a-z]{2,12}[ :]{1,2})?(?:code )?([45]\d\d)\b/i,
  // A label in another script: what stands behind a colon there is the status as well.
  /[\u0080-\uffff]\s?[:\uff1a]\s?([45]\d\d)(?=\s|$)/,
  new RegExp(`\\b([45]\\d\\d)[ :,-]{1,3}${PHRASE}\\b`, 'i'),
  /(?:\berror|\bfailed|\bfail|_fail|\breturned|\bresponse|\bgot)\W{0,3}([45]\d\d)(?=[\s:,)\]}'"]|$)(?! (?:\w{1,20} )?(?:requests?|tokens?|credits?|calls?|times|ms)\b)/i,
  /^\W{0,6}(?:[\w.]{0,80}(?:Error|Exception)(?: \[\w{1,40}\])?: )?([45]\d\d)(?: [-:]|:| (?=[A-Z"{]| ?status code))/,
  // A note of somebody's own: `With token: 404 - Not Found`.
  /^\W{0,6}[A-Za-z][\w ]{1,40}: ([45]\d\d) - [A-Z]/,
  /\w(?:Error|Exception)(?:: |\()([45]\d\d)(?=[ ,])/,
];
/** The words alone, where a label says whose they are: `API error: Not Found`. */
const WORDS_ALONE: readonly (readonly [RegExp, number])[] = (
  [
    ['unauthori[sz]ed', 401],
    ['payment required', 402],
    ['forbidden', 403],
    ['not found', 404],
    ['gone', 410],
    ['too many requests', 429],
    ['internal server error', 500],
    ['bad gateway', 502],
    ['service unavailable', 503],
    ['gateway time-?out', 504],
  ] as const
).map(([words, status]) => [
  new RegExp(
    `(?:\\b(?:api|http|provider|server) error|\\braised by inference api|^\\W{0,4}error): ${words}\\W{0,3}$`,
    'i',
  ),
  status,
]);
const OPENS_CODE = new RegExp(`\\b${PHRASE} \\(?([45]\\d\\d)\\)?`, 'i');

/** A line of somebody's own web server: which request it got, not what it was told. */
const ACCESS_LOG = /"(?:GET|POST|PUT|DELETE|OPTIONS|HEAD|PATCH) \/\S{0,300} HTTP\/[\d.]{1,3}"/;

export function statusIn(line: string): number | null {
  if (ACCESS_LOG.test(line)) return null;
  for (const pattern of STATUS) {
    const digits = pattern.exec(line)?.[1];
    if (digits) return Number(digits);
  }
  const digits = OPENS_CODE.exec(line)?.[1];
  if (digits) return Number(digits);
  return WORDS_ALONE.find(([pattern]) => pattern.test(line))?.[1] ?? null;
}

/** `requests.exceptions.HTTPError: …`, `StopIteration`, `TypeError: fetch failed`, at the start of a line. */
const EXCEPTION =
  /^\W{0,6}(?:Uncaught |Caused by:? |\[cause\]: |Unhandled \w{1,20} |unhandledRejection: |error - )?(?:[\w$]{1,60}[./]){0,6}([A-Z]\w{0,60}(?:Error|Exception|Timeout|Failure|Iteration|Warning|Interrupt|NotFound)|Error|Failure)\b(?:\s?\[\w{1,40}\])?(?=:|\s?\(|$|\s\s|[\]"'`}]| in )/;
const INSIDE = /\b([a-z]\w{0,40}\.)?([A-Z]\w{1,60}(?:Error|Exception)|StopIteration)\b(?=: | interacts|\()/;

export function exceptionIn(line: string): string | null {
  const name = EXCEPTION.exec(line)?.[1] ?? INSIDE.exec(line)?.[2] ?? null;
  return name === 'Error' || name?.endsWith('Warning') ? null : name;
}

/** Complaints of tools and browsers that raise no exception. */
const COMPLAINT =
  /^\W{0,4}Traceback \(most recent|\bblocked by CORS policy|\bCORS (?:error|request did not succeed)|^jq: error|\bcurl: \(\d{1,2}\)|\bExit code: \d{1,3}\. Reason: |\bFile "[^"\n]{1,300}huggingface_hub[\\/]inference[\\/]/im;

export function complains(text: string): boolean {
  return COMPLAINT.test(text);
}
