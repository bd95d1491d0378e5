/** The names most like `wanted`, best first, at most three; empty when none is near. Pure. */
export function nearest(wanted: string, names: readonly string[]): string[] {
  const word = wanted.slice(0, 60).toLowerCase();
  const limit = Math.max(2, Math.floor(word.length / 3));
  return names
    .map((name) => ({ name, distance: closeness(word, name.toLowerCase()) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ name }) => name);
}

/** Part of a name counts as near: people type `novita` for `novita-500`. */
function closeness(word: string, name: string): number {
  return word.length >= 3 && name.includes(word) ? 0.5 : editDistance(word, name);
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
