import type { IncomingMessage } from 'node:http';
import { readForm } from './form.js';
import type { Host, SimRequest } from './request.js';

/** What the scenario's token looks like to a caller, and the value the Hub knows, if any. */
export interface Credential {
  /** Handed out; null when the scenario has no token. */
  given: string | null;
  known: string | null;
}

/** Turns what came over the wire into what the answers look at. Never throws. */
export function readRequest(
  host: Host,
  message: IncomingMessage,
  body: Buffer,
  credential: Credential,
  context: { id: string; seen: readonly number[] },
): SimRequest {
  const [rawPath = '/', ...query] = (message.url ?? '/').split('?');
  const { authorization } = message.headers;
  const billTo = message.headers['x-hf-bill-to'];
  const contentType = message.headers['content-type'] ?? '';
  const presented = authorization?.replace(/^Bearer +/i, '') ?? null;
  const known = presented !== null && presented !== authorization && presented === credential.known;
  return {
    host,
    method: message.method ?? 'GET',
    path: decoded(rawPath),
    query: query.length > 0 ? `?${query.join('?')}` : '',
    auth:
      presented === null ? 'anonymous' : known || presented === credential.given ? 'token' : 'other-token',
    known,
    presented,
    billTo: typeof billTo === 'string' ? billTo : null,
    contentType,
    body: readForm(body, contentType) ?? parsed(body),
    size: body.length,
    ...context,
  };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}
