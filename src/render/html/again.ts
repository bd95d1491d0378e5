import type { Cell, Report } from '../../report/model.js';
import { readRecord } from '../../report/record-schema.js';
import { curlFor } from '../../rules/words.js';
import { shellQuote } from '../../safety/quote.js';
import type { Observation } from '../../types/observation.js';

/** The line that asks the same again: as it was sent where the report still knows it. */
export function askAgain(report: Report): (cell: Cell) => string {
  const record = readRecord(report.evidence);
  const sent = new Map<string, Observation>();
  for (const o of [...(record?.observations ?? []), ...(record?.instead.observations ?? [])])
    if (o.purpose === 'inference' && isPlain(o)) sent.set(keyOf(o.url, o.auth, o.ref ?? o.model), o);
  return (cell) => {
    const own = sent.get(keyOf(cell.url, cell.auth, cell.model));
    return (own && curlFor(own)) ?? checkAgain(cell);
  };
}

/** A method is a word: what else stands there came from somebody else's report. */
function isPlain({ method }: Observation): boolean {
  return method === null || /^[A-Z]{1,10}$/.test(method);
}

function keyOf(url: string | null, auth: string, model: string | null): string {
  return JSON.stringify([url, auth, model]);
}

function checkAgain({ model, route }: Cell): string {
  const name = route.split('+')[0]?.replace(/^provider:/, '') ?? '';
  const only = /^(?!gateway$)[\w.-]{1,100}$/.test(name) ? ` --routes ${name}` : '';
  return `hf-doctor check ${shellQuote(model)}${only}`;
}
