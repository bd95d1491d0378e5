/** The id that was most likely meant, out of ids that were read in this run; null when none is close. */
export function nearestId(wanted: string, ids: readonly string[]): string | null {
  const word = fold(wanted);
  const name = fold(nameOf(wanted));
  return (
    ids.find((id) => fold(id) === word) ??
    ids.find((id) => oneSlip(fold(id), word)) ??
    ids.find((id) => name.length > 5 && fold(nameOf(id)) === name) ??
    null
  );
}

function nameOf(id: string): string {
  return id.slice(id.indexOf('/') + 1);
}

/** Case, dots, dashes and underscores are the usual slips. */
function fold(id: string): string {
  return id.toLowerCase().replace(/[-_.]/g, '');
}

/** One letter too many, missing, wrong, or two swapped. */
function oneSlip(a: string, b: string): boolean {
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  const swapped = left.length === 2 && left === [...right].reverse().join('');
  return start > 2 && (swapped || (left.length <= 1 && right.length <= 1)) && !/\d/.test(left + right);
}
