import * as z from 'zod/mini';
import { block } from './block.js';

/** Which machine an answer comes from; it decides the headers that come with it. */
export const MAKERS = ['front', 'upstream', 'backend', 'gateway'] as const;
export type Maker = (typeof MAKERS)[number];

/** How the bytes arrive. `drip` spreads them, `stall` stops half-way and keeps the connection. */
export const MODES = ['whole', 'truncate', 'drip', 'stall', 'hang', 'reset', 'malformed'] as const;
export type Mode = (typeof MODES)[number];

// A line break in a head would start a new header; everything else may be as odd as it likes.
const oneLine = z.string().check(z.regex(/^[^\r\n\0]{0,4000}$/));
const headerName = z.string().check(z.regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/));

/**
 * One answer as a scenario writes it. What it does not say stays as it would have been:
 * `{delayMs: 2000}` delays the usual answer. Texts may hold `{{token}}` (what the caller sent),
 * `{{token:base64}}`, `{{model}}` and `{{provider}}`.
 */
export const answerSpecSchema = block({
  status: z.optional(z.int().check(z.minimum(200), z.maximum(599))),
  /** Reason phrase, sent byte by byte as it stands, even with control characters. */
  reason: z.optional(oneLine),
  headers: z.optional(z.record(headerName, oneLine)),
  json: z.optional(z.unknown()),
  text: z.optional(z.string()),
  html: z.optional(z.string()),
  /** Base64. */
  bytes: z.optional(z.base64()),
  by: z.optional(z.enum(MAKERS)),
  /** Before the first byte; with `drip`, between the pieces. */
  delayMs: z.optional(z.int().check(z.minimum(0), z.maximum(120_000))),
  mode: z.optional(z.enum(MODES)),
});

export type AnswerSpec = z.infer<typeof answerSpecSchema>;
