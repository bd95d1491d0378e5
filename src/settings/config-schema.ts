import * as z from 'zod/mini';
import type { Shape } from './parser.js';
import { SETTING_NAMES, SETTINGS } from './table.js';

/** The config file as a schema, for editors; the settings' own parsers check more than it can say. */
export const configSchema = z.strictObject({
  $schema: z.optional(z.string().check(z.describe('The schema of this file.'))),
  ...Object.fromEntries(
    SETTING_NAMES.map((name) => {
      const { key, parser, about } = SETTINGS[name];
      return [key, z.optional(schemaOf(parser.shape).check(z.describe(about)))];
    }),
  ),
});

function schemaOf(shape: Shape): z.ZodMiniType {
  switch (shape.type) {
    case 'number':
      return z.number().check(z.gte(shape.min), z.lte(shape.max));
    case 'integer':
      return z.int().check(z.gte(shape.min), z.lte(shape.max));
    case 'boolean':
      return z.boolean();
    case 'choice':
      return z.enum(shape.values);
    case 'text':
      return shape.pattern ? z.string().check(z.regex(shape.pattern)) : z.string();
    case 'list':
      return z.union([z.string().check(z.minLength(1)), z.array(z.string().check(z.minLength(1)))]);
    case 'several':
      return z.array(schemaOf(shape.of));
    case 'map':
      return z.record(z.string(), schemaOf(shape.of));
    case 'either':
      return z.union(shape.of.map(schemaOf));
    case 'object': {
      const fields = (of: typeof shape.required, wrap: (s: z.ZodMiniType) => z.ZodMiniType) =>
        Object.entries(of).map(([key, field]) => [key, wrap(schemaOf(field))]);
      return z.strictObject(
        Object.fromEntries([...fields(shape.required, (s) => s), ...fields(shape.optional, z.optional)]),
      );
    }
  }
}
