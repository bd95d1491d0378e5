/** What no shell looks at twice. Neither `-` nor `=` first: an option, and an expansion of zsh. */
const PLAIN_WORD = /^[A-Za-z0-9_./:@%+,][A-Za-z0-9_./:@%+=,-]*$/;
/** Controls, and characters that are not seen: they must not stand raw in a line to be pasted. */
const UNSEEN = /[^\p{L}\p{N}\p{P}\p{S}\p{M} ]|\p{Default_Ignorable_Code_Point}/u;

/**
 * Quotes one word for sh, bash and zsh. A word with control characters needs bash or zsh (`$'…'`,
 * octal bytes); a shell that does not know the form reads other text but never runs it, because no
 * quote stands inside. NUL is dropped: no argument can hold it.
 */
export function shellQuote(text: string): string {
  const word = Buffer.from(text.replaceAll('\0', '')).toString();
  if (PLAIN_WORD.test(word)) return word;
  if (UNSEEN.test(word)) return `$'${[...word].map(ansiC).join('')}'`;
  return `'${word.replaceAll("'", "'\\''")}'`;
}

function ansiC(char: string): string {
  if (char === '\n') return '\\n';
  if (char !== "'" && char !== '\\' && !UNSEEN.test(char)) return char;
  return [...Buffer.from(char)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}
