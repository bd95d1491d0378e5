import type { Observation } from '../types/observation.js';
import type { Finding } from './model.js';

/** What `explain --format json` prints, schema version 1. Additions are free. */
export interface ExplainView {
  schemaVersion: 1;
  observations: ObservationView[];
  /** Best first. `cells` are positions in `observations`. */
  findings: Finding[];
  /** What is known of the versions that the text or the project names. */
  versions: ClientVersion[];
  /** What the files of the project left open, one sentence each; absent without --project. */
  projectNotes?: string[];
  /** Why there is no finding, one sentence; null when there is one. */
  reason: string | null;
  /** The text was too long: only its last part was read. */
  truncated: boolean;
  exitCode: 0 | 1;
}

export interface ClientVersion {
  client: string;
  version: string;
  /** `the text`, or the file of the project. */
  from: string;
  /** What this version does that matters here. */
  says: string;
  /** First version that does better; null where none is known. */
  fixedIn: string | null;
}

export interface ObservationView
  extends Pick<
    Observation,
    | 'status'
    | 'error'
    | 'surface'
    | 'host'
    | 'url'
    | 'path'
    | 'method'
    | 'provider'
    | 'model'
    | 'task'
    | 'exception'
    | 'count'
    | 'requestId'
    | 'at'
  > {
  /** Library that printed the text, and its version, as far as the text tells. */
  client: string | null;
  clientVersion: string | null;
  language: 'python' | 'node' | 'curl' | null;
  message: string | null;
  code: string | null;
  /** First 200 characters of what was read. Never the whole text. */
  evidence: string | null;
}

const EVIDENCE = 200;

export function explainView(
  explained: Pick<ExplainView, 'findings' | 'reason' | 'truncated' | 'exitCode'> & {
    observations: readonly Observation[];
  },
  versions: readonly ClientVersion[],
  projectNotes?: readonly string[],
): ExplainView {
  const { observations, findings, reason, truncated, exitCode } = explained;
  return {
    schemaVersion: 1,
    observations: observations.map(viewOf),
    findings: [...findings],
    versions: [...versions],
    ...(projectNotes ? { projectNotes: [...projectNotes] } : {}),
    ...{ reason, truncated, exitCode },
  };
}

function viewOf(o: Observation): ObservationView {
  const { status, error, surface, host, url, path, method, provider, model, task } = o;
  return {
    ...{ status, error, surface, host, url, path, method, provider, model, task },
    client: o.client?.name ?? null,
    clientVersion: o.client?.version ?? null,
    language: o.client?.language ?? null,
    exception: o.exception,
    message: o.body.message?.slice(0, EVIDENCE) ?? null,
    code: o.body.code,
    evidence: (o.body.excerpt || o.body.message || '').slice(0, EVIDENCE) || null,
    count: o.count,
    requestId: o.requestId,
    at: o.at,
  };
}
