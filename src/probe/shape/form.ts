import type { Observation } from '../../types/observation.js';

/* Small words for the forms that answers have. */

export type Shape = Exclude<Observation['shape'], null>;
export type Judge = (json: unknown) => Shape;
export type Check = (value: unknown) => boolean;

/** What an answer to one task must be: JSON of a form, or the bytes of a medium. */
export interface Form {
  json: Judge;
  bytes?: 'image' | 'audio' | 'any';
}

export const text: Check = (v) => typeof v === 'string';
export const words: Check = (v) => typeof v === 'string' && v !== '';
export const number: Check = (v) => typeof v === 'number';
/** A number of a job or a place in a queue. */
export const ticket: Check = (v) => words(v) || (typeof v === 'number' && v !== 0);
export const address: Check = (v) => typeof v === 'string' && URL.canParse(v);
export const link: Check = (v) => address(v) && /^https?:/.test(v as string);

export function record(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

export const fields =
  (spec: Readonly<Record<string, Check>>): Check =>
  (v) => {
    const object = record(v);
    return object !== null && Object.entries(spec).every(([name, check]) => check(object[name]));
  };
export const listOf =
  (check: Check): Check =>
  (v) =>
    Array.isArray(v) && v.every(check);
/** Only the first one is read. */
export const firstOf =
  (check: Check): Check =>
  (v) =>
    Array.isArray(v) && check(v[0]);
export const either =
  (...checks: Check[]): Check =>
  (v) =>
    checks.some((check) => check(v));
export const maybe = (check: Check): Check => either((v) => v === undefined, check);

const none = (v: unknown) => Array.isArray(v) && v.length === 0;

export const is =
  (check: Check): Judge =>
  (json) =>
    check(json) ? 'ok' : 'unexpected';
/** A list with nothing in it is no result. */
export const list =
  (item: Check): Judge =>
  (json) =>
    none(json) ? 'empty' : is(listOf(item))(json);
/** The same below a name: `{data: […]}`. */
export const listIn =
  (name: string, check: Check): Judge =>
  (json) => {
    const inner = record(json)?.[name];
    return none(inner) ? 'empty' : is(check)(inner);
  };
/** The first judge that does not call it unexpected. */
export const anyOf =
  (...judges: Judge[]): Judge =>
  (json) =>
    judges.map((judge) => judge(json)).find((shape) => shape !== 'unexpected') ?? 'unexpected';

export function isEmpty(json: unknown): boolean {
  if (json === null || json === undefined || json === '') return true;
  return typeof json === 'object' && Object.keys(json).length === 0;
}
