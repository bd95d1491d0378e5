/* Texts inside strings: JSON in a log line, a body in a JSON string, and so on inwards. */

const DEEPEST = 6;
/** A path of Windows holds `\n` and `\t` that are none. */
const DRIVE = /(?<![A-Za-z])[A-Za-z]:\\{1,2}\w/;
const ESCAPED_QUOTE = /\\["']/;
const ESCAPED_BREAK =
  /\\n(?![a-z]{3,})|\\n(?=(?:Traceback|File|During|The|For|Please|Make|Bad|Cannot|You|Invalid|Error)\b)/;

const NAMED: Readonly<Record<string, string>> = { n: '\n', r: '\n', t: ' ', b: '', f: '' };

/** One layer of backslashes off. */
function once(text: string): string {
  return text.replace(/\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[^\n])/g, (_, c: string) => {
    if (c.length > 1) return String.fromCharCode(Number.parseInt(c.slice(1), 16));
    return NAMED[c] ?? c;
  });
}

/** Takes escapes off a line until its quotes and breaks stand free. Lines without any stay as they are. */
export function unescaped(line: string): string {
  let text = line;
  for (let i = 0; i < DEEPEST; i++) {
    const quote = ESCAPED_QUOTE.test(text) && /[{[:,]\s?\\+["']|\\["']\s?[:,}\]]/.test(text);
    const wrapped = ESCAPED_BREAK.test(text) && !DRIVE.test(text);
    if (!quote && !wrapped) return text;
    text = once(text);
  }
  return text;
}
