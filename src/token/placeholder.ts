/** Words that templates and examples put where the token belongs. */
const WORDS = [
  ...['your', 'my', 'the', 'hf', 'huggingface', 'hugging', 'face', 'hub', 'api', 'access', 'user', 'auth'],
  ...[
    'token',
    'key',
    'secret',
    'value',
    'here',
    'goes',
    'paste',
    'insert',
    'replace',
    'this',
    'with',
    'real',
  ],
  ...[
    'actual',
    'new',
    'example',
    'sample',
    'dummy',
    'fake',
    'placeholder',
    'change',
    'me',
    'todo',
    'redacted',
  ],
  ...['hidden', 'undefined', 'null', 'none', 'nil', 'nan', 'true', 'false', 'empty', 'missing'],
];
const ONLY_WORDS = new RegExp(`^(?:${WORDS.join('|')}){1,12}$`);
const UNEXPANDED = /^(?:\$|%[\w.-]{1,64}%$|\{\{|op:\/\/|vault:)/;
const MAX_LENGTH = 200;

/** Why the value is no token but a stand-in for one, or null. One sentence, without the value. */
export function placeholderText(value: string): string | null {
  if (value.length > MAX_LENGTH) return null;
  if (UNEXPANDED.test(value)) {
    return 'The value is a reference to another variable or a secret store that nothing filled in.';
  }
  if (/^<[^<>]*>$|^\[[^[\]]*\]$|^\{[\w .-]*\}$/.test(value))
    return 'The value is a placeholder in brackets, not a token.';
  if (/\*{3}|\.{3}|…|^#+$/.test(value))
    return 'The value is a masked copy of a token. Only the full token works.';
  const body = value.toLowerCase().replace(/[^a-z0-9]/g, '');
  if (/^(?:hf|hfoauth)?x{2,}$/.test(body)) return 'The value is a row of x from an example, not a token.';
  if (/^(?:undefined|null|none|nil|nan|true|false)$/.test(body)) {
    return 'The value is the text of an empty variable: the token was missing when this value was made.';
  }
  if (ONLY_WORDS.test(body)) return 'The value is a placeholder from an example, not a token.';
  return null;
}
