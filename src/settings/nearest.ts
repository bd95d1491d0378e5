/**
 * The name that `word` was most likely meant to be; null when none is close.
 * Case, `-` and `_` do not count. About one typo is allowed in three letters, at most three.
 */
export function nearest(word: string, names: readonly string[]): string | null {
  const wanted = fold(word);
  if (wanted === '' || word.length > 40) return null;
  let best: string | null = null;
  let least = Math.min(3, Math.max(1, Math.floor(wanted.length / 3))) + 1;
  for (const name of names) {
    const steps = distance(wanted, fold(name));
    if (steps < least) {
      least = steps;
      best = name;
    }
  }
  return best;
}

function fold(text: string): string {
  return text.toLowerCase().replace(/[-_]/g, '');
}

/** Edits between two short words; two swapped letters are one edit. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (above[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let steps = Math.min(change, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        steps = Math.min(steps, (before[j - 2] ?? 0) + 1);
      }
      row.push(steps);
    }
    before = above;
    above = row;
  }
  return above[b.length] ?? 0;
}
