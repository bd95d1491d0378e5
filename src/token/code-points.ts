/** Characters that a copy from a web page, a chat or an editor brings along unseen. */
const NAMES: Readonly<Record<number, string>> = {
  0: 'null character',
  9: 'tab',
  27: 'escape',
  127: 'delete',
  160: 'no-break space',
  173: 'soft hyphen',
  0x200b: 'zero-width space',
  0x200c: 'zero-width non-joiner',
  0x200d: 'zero-width joiner',
  0x200e: 'left-to-right mark',
  0x200f: 'right-to-left mark',
  0x2010: 'hyphen',
  0x2011: 'non-breaking hyphen',
  0x2013: 'en dash',
  0x2014: 'em dash',
  0x2018: 'left single quotation mark',
  0x2019: 'right single quotation mark',
  0x201c: 'left double quotation mark',
  0x201d: 'right double quotation mark',
  0x2026: 'ellipsis',
  0x2028: 'line separator',
  0x202a: 'left-to-right embedding',
  0x202e: 'right-to-left override',
  0x2060: 'word joiner',
  0x3000: 'ideographic space',
  0xfeff: 'byte order mark',
  0xfffd: 'replacement character',
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

/** What Python's `str.strip()` removes: the official client cleans with it. */
export function isBlank(char: string | undefined): boolean {
  return char !== undefined && char !== '\ufeff' && (/\s/.test(char) || /[\x1c-\x1f\x85]/.test(char));
}
