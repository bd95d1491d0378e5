/**
 * What happened, once: one request and its first answer, or one error read from a text.
 * Plain, redacted JSON. A field that the source does not tell is null, never guessed.
 */
export interface Observation {
  /** Position in the run; findings and cells point here. */
  id: number;
  /** `probe`: sent by us. `recording`: an exchange recorded elsewhere. `text`: read from a paste. */
  origin: 'probe' | 'recording' | 'text';
  purpose: Purpose;
  surface: Surface;
  /** The cell this belongs to; null for whoami, catalogue calls and texts. */
  route: RouteId | null;
  method: string | null;
  /** Without userinfo and query secrets. */
  url: string | null;
  host: string | null;
  path: string | null;
  /** What was sent as credential. `unknown` only for recordings and texts. */
  auth: 'token' | 'anonymous' | 'unknown';
  /** The probe without token that each surface gets: shows what a missing token looks like there. */
  control: boolean;
  /** Hub id without suffix, as the user wrote it. */
  model: string | null;
  /** The part after the last `:` of the id that was sent to the router. */
  suffix: string | null;
  /** The model as the user asked for it, where that is not the id with its suffix. */
  ref?: string;
  /** The control without a token got the same complaint: it proves nothing about the token. */
  unproven?: true;
  /** Asked to find what works in the place of a model of the run; no cell of the matrix. */
  instead?: true;
  /** What was asked for beside a plain answer. */
  capability?: Capability;
  /** Provider slug, from the route or the path. */
  provider: string | null;
  task: string | null;
  depth: Depth;
  /** HTTP status of the first answer; null when none came. */
  status: number | null;
  /** Transport code when the exchange failed (also after headers). */
  error: ErrorCode | null;
  /** One safe line about `error`, or what a 2xx lacks: the proxy's status, the redirect target. */
  errorDetail: string | null;
  /** Media type, lower case, without parameters. */
  contentType: string | null;
  /** Allow-listed answer headers, lower-case names, first value. */
  headers: Readonly<Record<string, string>>;
  body: BodyFacts;
  /** Judgement of a 2xx body against the task. Null when not 2xx. */
  shape: 'ok' | 'unexpected' | 'empty' | 'error-inside' | null;
  /** The client library that printed the text, as far as it tells; null for our own probes. */
  client: ClientFacts | null;
  /** Exception class or error code that the text names: `StopIteration`, `APIConnectionError`. */
  exception: string | null;
  /** How often the same error stands in the text; 1 for probes. */
  count: number;
  /** Body that was sent, for rules that need to see the payload. At most 2,000 characters. */
  requestBody: string | null;
  /** Milliseconds from send to the end of the first answer. */
  latencyMs: number | null;
  /** 1, or more when retried. */
  attempts: number;
  /** The later answer when it differed from the first one. */
  retry: { status: number | null; error: ErrorCode | null } | null;
  /** This machine was busy while it waited, so its times cannot be trusted. */
  suspect?: boolean;
  requestId: string | null;
  /** ISO 8601, UTC. */
  at: string | null;
  /** Ids of the runs that saw it, where reports were merged. */
  sources?: readonly string[];
  /** From where it was asked; only where several places are compared. */
  vantage?: string;
}

export interface ClientFacts {
  /** `huggingface_hub`, `@huggingface/inference`, `openai`, `langchain-huggingface`, `curl`, ... */
  name: string;
  version: string | null;
  language: 'python' | 'node' | 'curl' | null;
}

export type Purpose = 'inference' | 'whoami' | 'mapping' | 'router-models';

export type Surface =
  | 'legacy' // api-inference.huggingface.co
  | 'router' // router.huggingface.co/v1, automatic routing
  | 'hf-inference' // router.huggingface.co/hf-inference
  | 'provider' // router.huggingface.co/{provider}, or a provider's own host
  | 'hub' // huggingface.co
  | 'gateway' // a base URL the user named: LiteLLM, an own backend, an endpoint
  | 'dedicated' // *.endpoints.huggingface.cloud
  | 'other'; // a host that is none of these: rules do not claim it

export type Depth = 'catalog' | 'auth' | 'live';

/** What a chat model is tried with besides a plain request. */
export const CAPABILITIES = ['stream', 'tools', 'json'] as const;
export type Capability = (typeof CAPABILITIES)[number];

type PlainRoute =
  | 'legacy'
  | 'router'
  | 'hf-inference'
  | 'gateway'
  | `router:${string}`
  | `provider:${string}`;

/** `router+stream`: the route, tried with a capability. */
export type RouteId = PlainRoute | `${PlainRoute}+${Capability}`;

/** What can be asked for with --routes; `providers` stands for each one of the mapping. */
export type RouteChoice =
  | 'legacy'
  | 'router'
  | 'hf-inference'
  | 'providers'
  | 'gateway'
  | `provider:${string}`;

/** What an error body says, whatever its shape. All texts redacted, at most 2,000 characters. */
export interface BodyFacts {
  kind: 'json' | 'html' | 'text' | 'sse' | 'binary' | 'empty';
  /** The sentence: `error`, `error.message`, `message`, `detail`, the text, the HTML title. */
  message: string | null;
  /** `error.code`, `code`, `reason`, as a string. */
  code: string | null;
  /** `error.type`, `error_type`. */
  type: string | null;
  /** `estimated_time` of a loading model, in seconds. */
  estimatedTime: number | null;
  /** Start of the body. */
  excerpt: string;
}

/** One code per way an exchange can fail before or besides its status. Stable, part of the report. */
export const ERROR_CODES = [
  'dns.not-found',
  'dns.temporary',
  'dns.empty',
  'net.refused',
  'net.unreachable',
  'net.connect-timeout',
  'net.deadline',
  'net.no-answer',
  'net.stalled',
  'net.closed-early',
  'net.reset',
  'net.other',
  'tls.expired',
  'tls.clock',
  'tls.untrusted',
  'tls.wrong-host',
  'tls.not-tls',
  'tls.other',
  'proxy.refused',
  'proxy.timeout',
  'proxy.unusable',
  'run.cancelled',
  'run.token-withheld',
  'http.malformed',
  'http.truncated',
  'http.too-large',
  'http.bomb',
  'http.bad-encoding',
  'http.unknown-encoding',
  'http.redirect',
  'http.odd-status',
  'http.html',
  'api.unexpected-shape',
  'api.empty',
  'api.too-deep',
  'env.fd-limit',
  'env.disk-full',
  'config.bad-url',
  'internal',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** What a clock of our own decided. */
const BY_TIME: readonly ErrorCode[] = [
  'dns.temporary',
  'net.connect-timeout',
  'net.deadline',
  'net.no-answer',
  'net.stalled',
];

/** No answer in time, as seen by a process that was busy itself: that tells against nobody. */
export function isMismeasured(o: Pick<Observation, 'suspect' | 'error'>): boolean {
  return o.suspect === true && o.error !== null && BY_TIME.includes(o.error);
}
