const FENCE = /^\s{0,8}(?:> ?)?(?:```|~~~)/;
const FENCE_ALONE = /^[\s>]{0,12}(?:```|~~~)\w{0,20}\s{0,4}$/;
const IMPORT = /^(?:from [\w.]{1,80} import \w|import [\w.{*'"])/;
/** So many headings make a write-up or a filled-in form. */
const HEADINGS = 3;
const MOST_CONTEXT = 20_000;

export interface Quoted {
  /** Null stands for the end of a quoted block. */
  lines: readonly (string | null)[];
  /** The words around the blocks of a write-up: what they name may be said of the blocks as well. */
  context: string;
}

/** A write-up with headings quotes errors in fences; its own words are somebody's opinion. */
export function quotedIn(lines: readonly string[]): Quoted {
  const headings = lines.filter((l) => /^#{1,6} \S/.test(l)).length;
  // A script has comments that look like headings.
  const script = lines.some((l) => IMPORT.test(l)) && !lines.some((l) => FENCE.test(l));
  if (headings < HEADINGS || script) return { lines: lines.filter((l) => !FENCE_ALONE.test(l)), context: '' };
  const quoted: (string | null)[] = [];
  let context = '';
  let inside = false;
  for (const line of lines) {
    if (FENCE.test(line)) {
      inside = !inside;
      if (!inside) quoted.push(null);
    } else if (inside) quoted.push(line);
    else if (context.length < MOST_CONTEXT) context += `${line.slice(0, 2000)}\n`;
  }
  return { lines: quoted, context };
}
