import { isLoopback } from '../safety/trust.js';
import { echo } from './echo.js';
import { bad, good, type Parsed, type Parser, type Place, text } from './parser.js';

const MAX = 2_000;
/** What people paste with a base URL, in any case: the path that each request adds by itself. */
const REQUEST_PATH =
  /(\/v\d[a-z0-9]{0,8})\/(?:chat\/completions|completions|embeddings|messages|responses|models)$/i;

/** A place to send requests to, as `https://host/path` without a slash at the end. */
export const baseUrl: Parser<string> = parser((url) => url);

/** The router without its `/v1`, which each request adds by itself. */
export const routerUrl: Parser<string> = parser((url) => withoutRequestPath(url).replace(/\/v1$/i, ''));

/** An OpenAI-compatible base URL. One without `/v1` stays as it is. */
export const gatewayUrl: Parser<string | null> = parser(withoutRequestPath);

function withoutRequestPath(url: string): string {
  return url
    .replace(REQUEST_PATH, (_, version: string) => version.toLowerCase())
    .replace(/\/chat\/completions$/i, '');
}

function parser(heal: (url: string) => string): Parser<string> {
  return {
    shape: { type: 'text', pattern: /^https?:\/\// },
    parse(raw, place) {
      const written = text(raw);
      if (!written.ok) return written;
      const checked = check(written.value, place);
      if (!checked.ok) return checked;
      const url = heal(checked.value);
      return url === checked.value
        ? good(url)
        : good(url, `was read as ${url}: each request adds the rest of the path.`);
    },
  };
}

function check(written: string, place: Place): Parsed<string> {
  // Secrets hide in the user name, the query and the fragment: such a value is never shown again.
  const shown = /[@?#]/.test(written) ? '' : `, not ${echo(written)}`;
  // The URL parser drops tabs and line ends and turns a backslash into a slash, without a word.
  if (written.length > MAX || /[\s\\]/.test(written) || hasControl(written)) {
    return bad('takes one web address without spaces, control characters or backslashes.');
  }
  if (!/^https?:\/\/[^/]/i.test(written)) {
    const bare = /^[a-z0-9.-]{1,253}(?::\d{1,5})?(?:\/[\w./-]{0,500})?$/i.test(written);
    const scheme = /^(?:localhost|127\.)/i.test(written) ? 'http' : 'https';
    const hint = bare ? `Write ${scheme}://${written}` : null;
    return bad(`takes an address that begins with https://${shown}.`, hint);
  }
  if (!URL.canParse(written)) return bad(`takes a complete web address${shown}.`);
  const url = new URL(written);
  if (url.username !== '' || url.password !== '' || /^https?:\/\/[^/?#]{0,2000}@/i.test(written)) {
    return bad('must not hold a user name or a password.', 'Remove everything between // and @.');
  }
  if (/[?#]/.test(written)) {
    return bad('must not hold a query or a fragment.', 'End the address before the ? or #.');
  }
  if (url.protocol === 'http:' && place.from !== 'flag' && !isLoopback(url)) {
    const hint = 'Use https, or give the address as an option of the command line.';
    return bad('may use http only for this computer (localhost): others could read along.', hint);
  }
  return good(url.origin + trimSlashes(url.pathname));
}

function trimSlashes(path: string): string {
  let end = path.length;
  while (path[end - 1] === '/') end -= 1;
  return path.slice(0, end);
}

function hasControl(written: string): boolean {
  return /\p{C}/u.test(written);
}
