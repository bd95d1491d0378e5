/** The hosts that are played; paths below them are the same as on the real ones. */
export type Host = 'hub' | 'router' | 'legacy' | 'gateway';

export const SURFACES = ['hub', 'router', 'hf-inference', 'provider', 'legacy', 'gateway'] as const;
export type Surface = (typeof SURFACES)[number];

export type Auth = 'token' | 'other-token' | 'anonymous';

/** A request as the answers see it: plain data, read once. */
export interface SimRequest {
  host: Host;
  method: string;
  /** Decoded, without the query. */
  path: string;
  /** As sent, with `?`, or empty. */
  query: string;
  auth: Auth;
  /** The Hub knows the presented token. */
  known: boolean;
  /** The credential as presented; only for scenarios in which a server echoes it. */
  presented: string | null;
  billTo: string | null;
  /** As sent, or empty. */
  contentType: string;
  /** Parsed JSON, or the parts of a form by name; null when the body is neither. */
  body: unknown;
  /** Bytes of the body. */
  size: number;
  /** Becomes `x-request-id`, and everything else that looks random in an answer. */
  id: string;
  /** How often each entry of `answers` fitted before, by index. */
  seen: readonly number[];
}

/** What a request is about, read from host, path and body. */
export interface Target {
  surface: Surface;
  provider: string | null;
  /** Hub id without suffix where it is known, else what was asked for. */
  model: string | null;
  suffix: string | null;
}
