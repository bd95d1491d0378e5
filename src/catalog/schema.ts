import * as z from 'zod/mini';

/*
 * Shapes of the Hub and the router, as tolerant as they can be: a missing or odd field costs that
 * field, never the answer. Source: the Hub's OpenAPI and recorded answers.
 */

const text = z.catch(z.nullable(z.string()), null);

const entry = z.looseObject({
  provider: z.optional(z.string()),
  providerId: z.catch(z.string(), ''),
  status: z.catch(z.string(), 'unknown'),
  task: z.catch(z.string(), ''),
  adapter: z.catch(z.optional(z.string()), undefined),
  adapterWeightsPath: z.catch(z.optional(z.string()), undefined),
});

export const modelInfo = z.looseObject({
  id: text,
  pipeline_tag: z.catch(z.optional(z.nullable(z.string())), null),
  tags: z.catch(z.optional(z.array(z.string())), []),
  private: z.catch(z.optional(z.boolean()), undefined),
  gated: z.catch(z.optional(z.union([z.boolean(), z.string()])), undefined),
  inferenceProviderMapping: z.catch(
    z.optional(z.nullable(z.union([z.array(entry), z.record(z.string(), entry)]))),
    undefined,
  ),
});

/** A price below zero would lift every limit. */
const dollars = z.catch(z.optional(z.number().check(z.gte(0))), undefined);

export const routerModels = z.looseObject({
  data: z.array(
    z.looseObject({
      id: z.string(),
      providers: z.catch(
        z.array(
          z.looseObject({
            provider: z.string(),
            status: z.catch(z.string(), 'unknown'),
            pricing: z.catch(
              z.optional(z.nullable(z.looseObject({ input: dollars, output: dollars }))),
              null,
            ),
            is_free: z.catch(z.optional(z.boolean()), false),
            throughput: dollars,
          }),
        ),
        [],
      ),
    }),
  ),
});
