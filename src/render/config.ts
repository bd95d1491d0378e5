import stringWidth from 'string-width';
import type { Safe } from '../safety/safe.js';
import { clip } from './human/matrix.js';
import type { Look } from './look.js';

export interface ConfigView {
  rows: readonly { name: string; value: readonly string[]; origin: string; isDefault: boolean }[];
  /** The config file, where it says anything that counts. */
  file: string | null;
  notes: readonly string[];
}

const GAP = 2;
/** Columns of a value; a longer one stands in the JSON form as a whole. */
const WIDEST = 80;

/** Each setting, its value and where it comes from; what was chosen stands out from the defaults. */
export function renderConfig({ rows, file, notes }: Safe<ConfigView>, look: Look): string {
  const cut = rows.flatMap(({ name, value, origin, isDefault }) =>
    value.map((line, i) => ({
      ...{ name: i === 0 ? name : '', value: clip(line, WIDEST), origin: i === 0 ? origin : '', isDefault },
    })),
  );
  const names = Math.max(...cut.map((r) => stringWidth(r.name))) + GAP;
  const values = Math.max(...cut.map((r) => stringWidth(r.value))) + GAP;
  const pad = (text: string, to: number) => text + ' '.repeat(Math.max(0, to - stringWidth(text)));
  const lines = cut.map(({ name, value, origin, isDefault }) => {
    const line = `${pad(name, names)}${pad(value, values)}${origin}`.trimEnd();
    return isDefault ? look.paint.dim(line) : line;
  });
  const from = file === null ? [] : ['', `Config file: ${file}`];
  return `${[...lines, ...from, ...notes.map((note) => `Note: ${note}`)].join('\n')}\n`;
}
