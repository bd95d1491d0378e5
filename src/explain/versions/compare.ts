/* Versions as npm and Python write them, as far as two of one package need an order. */

interface Version {
  numbers: readonly number[];
  /** `rc1`, `.dev0`, `-beta.2`: comes before the release of the same numbers. */
  pre: boolean;
}

/** At most four numbers; the rest tells only whether it is a release. */
const SHAPE = /^v?(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?((?!\d)[\w.+!-]{0,60})$/;
const PRE = /^(?:-|\.?(?:a|b|c|rc|alpha|beta|pre|preview|dev)[\d.]|\.?dev)/i;

function parse(text: string): Version | null {
  const parts = SHAPE.exec(text.trim());
  if (!parts) return null;
  const numbers = parts.slice(1, 5).map((n) => Number(n ?? 0));
  return { numbers, pre: PRE.test(parts[5] ?? '') };
}

/**
 * Below zero when `a` is older, above zero when it is newer. Null when one of them is no version.
 * A pre-release is older than its release; two pre-releases of the same numbers count as equal.
 */
export function compareVersions(a: string, b: string): number | null {
  const [left, right] = [parse(a), parse(b)];
  if (!left || !right) return null;
  for (const [i, n] of left.numbers.entries()) {
    const difference = n - (right.numbers[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return Number(right.pre) - Number(left.pre);
}
