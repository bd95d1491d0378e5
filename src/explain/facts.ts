import type { BodyFacts, ErrorCode } from '../types/observation.js';

/** What readers find in one error of a text. A field that the text does not tell is missing. */
export interface Facts {
  status?: number;
  method?: string;
  url?: string;
  /** Host without URL: connection errors name it alone. */
  host?: string;
  path?: string;
  /** The address stands in the text, but nothing says that it was called. */
  mentioned?: boolean;
  /** The address ends in `*` or `...`: the host and the provider are told, the path is not. */
  partial?: boolean;
  auth?: 'token' | 'anonymous';
  model?: string;
  provider?: string;
  task?: string;
  error?: ErrorCode;
  errorDetail?: string;
  contentType?: string;
  headers?: Record<string, string>;
  /** The body of the answer, when the text shows one. */
  body?: BodyFacts;
  /** What a person reads as the error when no body is shown. */
  message?: string;
  exception?: string;
  requestBody?: string;
  requestId?: string;
  /** ISO 8601. */
  at?: string;
}

/** One error of a text: its lines without prefixes, joined. About 20,000 characters at most. */
export interface Segment {
  text: string;
  /** Without stack frames and source lines: what was said, not where. */
  said: string;
  /** Time in front of its first line, ISO 8601. */
  at: string | null;
  count: number;
  /** Words of the write-up that quotes it; empty for a bare paste. */
  context: string;
  /** The whole text is no more than a few sentences: it may be somebody's own words. */
  short: boolean;
}

/** A reader knows one layout; null or an empty object when the text is not written in it. */
export type Reader = (segment: Segment) => Facts;

/** The first reader that tells a field is believed. */
export function merged(parts: readonly Facts[]): Facts {
  const all: Facts = {};
  for (const part of parts)
    for (const [key, value] of Object.entries(part))
      if (value !== undefined && !(key in all)) Object.assign(all, { [key]: value });
  return all;
}
