/** Chance that can be repeated: the same labels give the same numbers, in whatever order they are asked. */
export interface Chance {
  /** From 0 to 1, without 1. */
  next: () => number;
  /** A whole number below `n`. */
  below: (n: number) => number;
  /** True in `percent` of 100. */
  chance: (percent: number) => boolean;
  pick: <T>(list: readonly T[]) => T;
}

export function chanceOf(...labels: readonly (string | number)[]): Chance {
  let state = hash(labels.join('\0'));
  // mulberry32
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n: number) => Math.floor(next() * n);
  return {
    next,
    below,
    chance: (percent) => next() * 100 < percent,
    pick: (list) => {
      if (list.length === 0) throw new Error('nothing to pick from');
      return list[below(list.length)] as (typeof list)[number];
    },
  };
}

/** FNV-1a. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h;
}
