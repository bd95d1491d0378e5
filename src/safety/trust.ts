import { resolve } from 'node:path';

/** Where a base URL was read. `file` is a file of the working tree: its author is not the user. */
export interface EndpointOrigin {
  source: 'flag' | 'env' | 'file' | 'default';
  file?: string;
}

export interface TokenOrigin {
  source: 'env' | 'home' | 'file' | 'stdin';
  file?: string;
}

export type Trust = { ok: true } | { ok: false; reason: string };

/** `huggingface.co` or a sub-domain of it, compared label by label; https, its own port, no user. */
export function isHuggingFace(url: URL): boolean {
  return (
    url.protocol === 'https:' &&
    url.port === '' &&
    !hasUser(url) &&
    /^(?:[a-z0-9-]{1,63}\.){0,8}huggingface\.co$/.test(url.hostname)
  );
}

/** An address of this machine, by its spelling; no name is looked up. */
export function isLoopback(url: URL): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
}

/** Whether a token from that source may be sent to this base URL. `reason` is one or two sentences. */
export function mayCarryToken(url: URL, endpoint: EndpointOrigin, token: TokenOrigin): Trust {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return no('The address is not a web address.');
  }
  if (hasUser(url)) return no('The address holds a user name or a password. Remove it.');
  if (isHuggingFace(url)) return { ok: true };
  if (url.protocol === 'http:' && !isLoopback(url)) {
    return no('The connection would not be encrypted. Use an https address.');
  }
  if (endpoint.source === 'flag' || endpoint.source === 'env') return { ok: true };
  if (endpoint.source === 'default') return no('The address does not belong to Hugging Face.');
  if (sameFile(endpoint, token)) return { ok: true };
  return no(
    'The address comes from a file and the token from somewhere else. Set the address in the environment, or on the command line, to send the token there.',
  );
}

function no(reason: string): Trust {
  return { ok: false, reason };
}

function hasUser(url: URL): boolean {
  return url.username !== '' || url.password !== '';
}

function sameFile(endpoint: EndpointOrigin, token: TokenOrigin): boolean {
  if (token.source !== 'file' || endpoint.file === undefined || token.file === undefined) return false;
  return resolve(endpoint.file) === resolve(token.file);
}
