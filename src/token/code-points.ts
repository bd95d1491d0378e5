/** Characters that a copy from a web page, a chat or an editor brings along unseen. */
const NAMES: Readonly<Record<number, string>> = {
  0: 'null character',
  9: 'tab',
  27: 'escape',
  127: 'delete',
  160: 'no-break space',
  173: 'soft hyphen',
  8203: 'zero-width space',
  8204: 'zero-width non-joiner',
  8205: 'zero-width joiner',
  8206: 'left-to-right mark',
  8207: 'right-to-left mark',
  8208: 'hyphen',
  8209: 'non-breaking hyphen',
  8211: 'en dash',
  8212: 'em dash',
  8216: 'left single quotation mark',
  8217: 'right single quotation mark',
  8220: 'left double quotation mark',
  8221: 'right double quotation mark',
  8230: 'ellipsis',
  8232: 'line separator',
  8234: 'left-to-right embedding',
  8238: 'right-to-left override',
  8288: 'word joiner',
  12288: 'ideographic space',
  65279: 'byte order mark',
  65533: 'replacement character',
};

/**
 * `U+200B, zero-width space`. Only characters that no token can hold are named by their code point,
 * so the text never gives away a piece of the value.
 */
export function codePointName(codePoint: number): string {
  const id = `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
  const name = NAMES[codePoint];
  return name === undefined ? id : `${id}, ${name}`;
}

const PYTHON_ONLY = new Set(['\x1c', '\x1d', '\x1e', '\x1f', '\x85']);

/** What Python's `str.strip()` removes: the official client cleans with it. */
export function isBlank(char: string | undefined): boolean {
  return char !== undefined && char !== '\ufeff' && (/\s/.test(char) || PYTHON_ONLY.has(char));
}
