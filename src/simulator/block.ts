import * as z from 'zod/mini';
import { nearest } from './nearest.js';

/** A strict object of a scenario file: an unknown key is a fault that names the key meant. */
export function block<const T extends Parameters<typeof z.strictObject>[0]>(shape: T) {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => unknownName('key', key, Object.keys(shape))).join(', ')
        : undefined,
  });
}

/** `unknown key "provders", did you mean "providers"?` */
export function unknownName(what: string, name: string, valid: readonly string[]): string {
  const near = nearest(name, valid).map((other) => JSON.stringify(other));
  const hint = near.length > 0 ? `, did you mean ${near.join(' or ')}?` : `; possible: ${valid.join(', ')}`;
  return `unknown ${what} ${JSON.stringify(name.slice(0, 60))}${hint}`;
}
