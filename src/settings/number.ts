import { echo } from './echo.js';
import { bad, good, type Parsed, type Parser } from './parser.js';

export interface NumberRange {
  min: number;
  max: number;
  integer?: boolean;
  unit?: 'seconds' | 'US dollars';
  /** The value is multiplied by this: 1000 from seconds to milliseconds. */
  scale?: number;
}

const DECIMAL = /^\d{1,9}(?:\.\d{1,6})?$/;
/** Units that people add, as a factor of ours. */
const UNITS: Readonly<Record<'seconds' | 'US dollars' | 'none', Readonly<Record<string, number>>>> = {
  seconds: { ms: 0.001, s: 1, sec: 1, m: 60, min: 60, h: 3600 },
  'US dollars': { usd: 1, $: 1 },
  none: {},
};

/** Plain decimal numbers in a named range: no exponent, sign, unit, or empty text. */
export function number(range: NumberRange): Parser<number> {
  const { min, max, integer = false, scale = 1 } = range;
  return {
    shape: { type: integer ? 'integer' : 'number', min, max },
    parse(raw, place) {
      // A config file has numbers of its own: a quoted one there is a mistake worth naming.
      if (typeof raw !== (place.from === 'file' ? 'number' : 'string')) {
        return bad(takes(range), typeof raw === 'string' ? 'Write it without quotes.' : null);
      }
      const parsed = read(String(raw).trim(), range);
      return parsed.ok ? good(scale === 1 ? parsed.value : Math.round(parsed.value * scale)) : parsed;
    },
  };
}

function read(written: string, range: NumberRange): Parsed<number> {
  if (written === '') return bad(`has no value. It ${takes(range)}`);
  const value = Number(written);
  const fits =
    DECIMAL.test(written) &&
    value >= range.min &&
    value <= range.max &&
    !(range.integer && written.includes('.'));
  if (fits) return good(value);
  const meant = rewrite(written, range);
  return bad(takes(range, `, not ${echo(written)}`), meant === null ? null : `Write ${meant}.`);
}

function takes(range: NumberRange, not = ''): string {
  const kind = range.integer ? 'a whole number' : 'a number';
  return `takes ${kind}${range.unit ? ` of ${range.unit}` : ''} from ${range.min} to ${range.max}${not}.`;
}

/** What `60s`, `2 min`, `$0.01`, `1,5` or `1e3` would be as a plain number in range. */
function rewrite(written: string, range: NumberRange): string | null {
  const parts = /^\$?\s?(\d{1,9}(?:\.\d{1,6}|,\d{1,2})?(?:e\d)?)\s?([a-z]{1,3}|\$)?$/i.exec(written);
  if (!parts?.[1]) return null;
  const unit = parts[2]?.toLowerCase();
  const factor = unit === undefined ? 1 : UNITS[range.unit ?? 'none'][unit];
  if (factor === undefined) return null;
  const meant = String(Number((Number(parts[1].replace(',', '.')) * factor).toFixed(6)));
  return meant !== written && read(meant, range).ok ? meant : null;
}
