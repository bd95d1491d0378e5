/* What a bench says: one line a figure, with its target where it has one. */

export interface Line {
  what: string;
  /** `1.23` with the unit `x`, `117` with `MB`. */
  value: number;
  unit: 'x' | 'ms' | 's' | 'MB' | 'packages' | 'files' | 'descriptors' | 'outputs';
  /** At most this much; null for a figure that explains the others. */
  most: number | null;
}

export function verdict({ value, most }: Line): 'met' | 'missed' | '' {
  if (most === null) return '';
  return value <= most ? 'met' : 'missed';
}

export const shown = (value: number, unit: Line['unit']) =>
  `${value.toFixed(unit === 'x' || unit === 's' || unit === 'MB' ? 2 : 0)} ${unit}`;

/** One line for people, or one of JSON where the table of all benches is made. */
export function say(line: Line): void {
  if (process.env.HF_DOCTOR_BENCH === 'json') {
    console.log(JSON.stringify(line));
    return;
  }
  const target = line.most === null ? '' : `at most ${shown(line.most, line.unit)}`;
  console.log(
    `${line.what.padEnd(68)} ${shown(line.value, line.unit).padStart(15)}  ${target.padEnd(22)} ${verdict(line)}`.trimEnd(),
  );
}

/** Something that could not be measured: said loudly, never passed over. */
export function skipped(what: string, why: string): void {
  if (process.env.HF_DOCTOR_BENCH === 'json') console.log(JSON.stringify({ what, skipped: why }));
  else console.log(`${what.padEnd(68)} SKIPPED: ${why}`);
}

/** The lower quarter: what else the machine does only ever adds time. */
export const quarter = (list: readonly number[]): number =>
  [...list].sort((a, b) => a - b)[Math.floor(list.length / 4)] ?? Number.NaN;
