import { MARK, type Span } from './span.js';

/*
 * Secrets that nobody told us about, by their form. Repeats are bounded and cannot be entered twice
 * at the same place, so the cost is linear.
 */

interface Rule {
  /** Group 1 stays, group 2 goes. */
  form: RegExp;
  /** Values that fit the form and are no secret. */
  unless?: (value: string) => boolean;
  mark?: string;
}

/** Not in the middle of a word; a written `\n` counts as a break. */
const START = String.raw`((?<![A-Za-z0-9])|(?<=\\[nrt]))`;

const KEYS = [
  String.raw`sk-(?=[\w-]{0,64}[0-9A-Z])[\w-]{12,512}`,
  'gsk_[A-Za-z0-9]{12,512}',
  'r8_[A-Za-z0-9]{12,512}',
  'fw_[A-Za-z0-9]{12,512}',
  'csk-[A-Za-z0-9]{12,512}',
  String.raw`nvapi-[\w-]{12,512}`,
  'xai-[A-Za-z0-9]{16,512}',
  'pplx-[A-Za-z0-9]{16,512}',
  String.raw`tgp_v1_[\w-]{12,512}`,
  'api_org_[A-Za-z0-9]{8,512}',
  String.raw`AIza[\w-]{30,64}`,
  'gh[opsur]_[A-Za-z0-9]{20,512}',
  String.raw`github_pat_\w{20,512}`,
  String.raw`glpat-[\w-]{16,512}`,
  'npm_[A-Za-z0-9]{30,64}',
  'xox[abprs]-[A-Za-z0-9-]{10,512}',
  'A[KS]IA[A-Z0-9]{16}(?![A-Za-z0-9])',
  '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}:[0-9a-f]{16,64}',
].join('|');

/** `name: value`, `"name": "value"`, `["name", "value"]`, and `{"name": …, "value": …}` of a HAR file. */
const PAIR = String.raw`(?:["']?\s{0,3}[:=]\s{0,3}["'\x60]?|["']\s{0,3},\s{0,3}(?:["']value["']\s{0,3}:\s{0,3})?["'])`;
const VALUE = String.raw`[^\s"'\x60<>{}$[\]\\,;&]`;
/** Found inside longer names as well: `proxy-authorization`, `x-api-key`. */
const HEADERS =
  'authorization|api-key|x-auth-token|x-hf-token|x-api-token|x-amz-security-token|ocp-apim-subscription-key';
const SCHEME = String.raw`(?:[a-z][a-z0-9-]{1,19}:?\s{1,3})?`;
const COMPOUND = '(?:api|access|auth|secret|private|refresh|client|session)[_-]?(?:key|token|secret)';
const SIMPLE = '(?:hf[_-])?(?:token|secret)|id[_-]token|passw(?:or)?d|passphrase|credentials?';
const SIGNED =
  'x-amz-(?:signature|credential)|x-goog-(?:signature|credential)|signature|sig|key-pair-id|policy';

/** What a secret looks like by itself, without a name before it. */
const FORMS: readonly Rule[] = [
  { form: /()(hf_[A-Za-z0-9]{6,512})/g, unless: isName },
  {
    form: /()(hf_(?:oauth__?(?:refresh_)?|jwt_)(?=[\w.-]{0,64}[0-9A-Z])[\w-]{4,4096}(?:\.[\w-]{1,8192}){0,4})/g,
  },
  { form: /((?<![\w-])|(?<=\\[nrt]))(eyJ[\w-]{4,4096}\.[\w-]{4,8192}(?:\.[\w-]{1,4096})?)/g },
  { form: new RegExp(`${START}(${KEYS})`, 'g') },
];

const RULES: readonly Rule[] = [
  ...FORMS,
  { form: /(\bbearer[\s:]{1,3})([\w.~+/=-]{8,8192})/gi, unless: isWord },
  { form: new RegExp(`((?:${HEADERS})${PAIR}${SCHEME})(${VALUE}{6,8192})`, 'gi'), unless: isReference },
  { form: new RegExp(`((?<![a-z])(?:set-)?cookie${PAIR})([^"'\\r\\n]{6,8192})`, 'gi'), unless: isMark },
  {
    form: new RegExp(
      `([?&;](?:[a-z]{1,20}[_-])?(?:${COMPOUND}|${SIMPLE}|key|x-amz-security-token|${SIGNED})=)([^&#\\s"'<>[\\]{}$\\\\]{4,8192})`,
      'gi',
    ),
    unless: isReference,
  },
  {
    form: new RegExp(`((?:${COMPOUND}|(?<![a-z_-])(?:${SIMPLE}))${PAIR})(${VALUE}{8,8192})`, 'gi'),
    unless: isWord,
  },
  {
    form: new RegExp(
      `((?<!\\w)[A-Z][A-Z0-9_]{0,48}(?:TOKEN|KEY|SECRET|PASSWORD)${PAIR})(${VALUE}{8,8192})`,
      'g',
    ),
    unless: isWord,
  },
  { form: /(\b(?:Credential|Signature)=|\bresponse=")([\w/+%=-]{16,1024})/g },
  {
    form: /(:\/\/|(?<![^\s"'=(])\/\/)([^\s/?#"'<>\\]{1,256})(?=@)/g,
    mark: '***',
    unless: (user) => user === 'user:password',
  },
  { form: /(-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----)([^-]{16,16384})/g, unless: isMark },
];

/** One look that most texts do not pass. */
const HINT =
  /hf_|\/\/|bearer|authorization|cookie|token|key|secret|pass|credential|signature|sig=|policy=|response="|sk-|gsk_|r8_|fw_|nvapi-|xai-|pplx-|tgp_|api_org|AIza|gh[opsur]_|github_pat|glpat-|npm_|xox|A[KS]IA|eyJ|[0-9a-f]{4}:[0-9a-f]{4}/i;

/** Parts of the text that look like a secret of any owner. */
export function patternSpans(text: string): Span[] {
  if (!HINT.test(text)) return [];
  const spans: Span[] = [];
  for (const { form, unless, mark = MARK } of RULES) {
    for (const match of text.matchAll(form)) {
      const [all, lead = '', value = ''] = match;
      if (unless?.(value)) continue;
      spans.push({ from: match.index + lead.length, to: match.index + all.length, mark });
    }
  }
  return spans;
}

function isMark(value: string): boolean {
  return value.trim() === MARK;
}

/** `hf_endpoints`: an identifier, not a token; tokens are longer, or mix cases and digits. */
function isName(value: string): boolean {
  return isMasked(value) || /^hf_[a-z]{1,15}$/.test(value);
}

/** A word of a sentence or of code: no key is that short without a digit. */
function isWord(value: string): boolean {
  if (isReference(value)) return true;
  if (/^_?[A-Za-z]{1,24}(?:[._(?]{1,2}[A-Za-z]{1,24}){1,8}[().]{0,3}$/.test(value)) return true;
  return value.length < 20 && !(/\d/.test(value) && /[a-z]/i.test(value));
}

/** What stands there on purpose instead of a value: a variable, a placeholder, a mask, a link. */
function isReference(value: string): boolean {
  return (
    isMasked(value) ||
    /^(?:bearer|basic|token|digest|negotiate|api-?key):?$/i.test(value) ||
    /^[A-Z]{2,24}(?:_[A-Z]{2,24}){1,6}$/.test(value) ||
    /^(?:your|my)[_-]/i.test(value) ||
    /^(?:https?:\/\/|~?\/[\w.-]{1,64}\/|\.{1,2}\/)/i.test(value) ||
    /(?:^|\W)(?:environ|env|secrets|getenv)(?:\W|$)/.test(value)
  );
}

function isMasked(value: string): boolean {
  return /^(?:hf_)?[*•.…xX]{3,512}$/.test(value);
}

/** A key or a token by its own form, wherever it stands: never to be put into a URL or shown. */
export function looksLikeKey(text: string): boolean {
  return FORMS.some(({ form, unless }) => [...text.matchAll(form)].some((m) => !unless?.(m[2] ?? '')));
}
