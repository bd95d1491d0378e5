/* The only way into the document: what stands in a template is ours, what is put into it is text. */

declare const brand: unique symbol;

/** Markup of our own, with everything from outside escaped. Made by `html` alone. */
export interface Markup {
  readonly markup: string;
  readonly [brand]: true;
}

type Piece = string | number | null | Markup | readonly Markup[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  // Both would be turned into other characters by a parser, or be lost.
  '\r': '&#13;',
  '\0': '&#xfffd;',
};

/** For text between tags and inside double quotes; nowhere else. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"'\r\0]/g, (c) => ENTITIES[c] ?? '');
}

/** Null is nothing. Attributes must stand in double quotes. */
export function html(ours: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  let markup = ours[0] ?? '';
  pieces.forEach((piece, i) => {
    markup += shown(piece) + (ours[i + 1] ?? '');
  });
  return made(markup);
}

/** The style sheet and the script, whose text is their hash: no escape is understood inside them. */
export function verbatim(tag: 'style' | 'script', text: string): Markup {
  if (/<[/!]/.test(text)) throw new Error(`the ${tag} must not hold a tag`);
  return made(`<${tag}>${text}</${tag}>`);
}

function shown(piece: Piece): string {
  if (piece === null) return '';
  if (typeof piece === 'string') return escapeHtml(piece);
  if (typeof piece === 'number') return String(piece);
  return 'markup' in piece ? piece.markup : piece.map((p) => p.markup).join('');
}

function made(markup: string): Markup {
  return { markup } as Markup;
}
