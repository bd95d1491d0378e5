import type { Cell, Report } from '../../report/model.js';
import { askedModel } from '../../report/places.js';
import { readPlaces, readRecord } from '../../report/record-schema.js';
import { curlFor } from '../../rules/words.js';
import { shellQuote } from '../../safety/quote.js';
import type { Observation } from '../../types/observation.js';

/** The line that asks the same again: as it was sent where the report still knows it. */
export function askAgain({ evidence }: Report): (cell: Cell) => string {
  const one = readRecord(evidence);
  const places = one ? [{ vantage: '', record: one }] : (readPlaces(evidence) ?? []);
  const sent = new Map<string, Observation>();
  for (const { vantage, record } of places)
    for (const o of [...record.observations, ...record.instead.observations])
      if (o.purpose === 'inference') sent.set(keyOf(vantage, o.url, o.auth, o.ref ?? o.model), o);
  return (cell) => {
    const model = askedModel(cell);
    const own = sent.get(keyOf(cell.vantage ?? '', cell.url, cell.auth, model));
    return (own && curlFor(own)) ?? checkAgain(model, cell.route);
  };
}

function keyOf(vantage: string, url: string | null, auth: string, model: string | null): string {
  return JSON.stringify([vantage, url, auth, model]);
}

function checkAgain(model: string, route: string): string {
  const name = route.split('+')[0]?.replace(/^provider:/, '') ?? '';
  const only = /^(?!gateway$)[\w.-]{1,100}$/.test(name) ? ` --routes ${name}` : '';
  return `hf-doctor check ${shellQuote(model)}${only}`;
}
