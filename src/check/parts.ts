import type { ModelRef } from '../settings/model.js';

/** Models that are planned and asked together: as many as the default limit of requests allows. */
const PART = 500;

/** A long list in parts, so that no more than one part is planned and under way at a time. */
export function inParts(models: readonly ModelRef[]): (readonly ModelRef[])[] {
  return Array.from({ length: Math.ceil(models.length / PART) }, (_, n) =>
    models.slice(n * PART, (n + 1) * PART),
  );
}
