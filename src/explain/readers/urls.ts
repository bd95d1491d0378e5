import { placeOf } from '../../routes/surface.js';
import type { Facts, Reader } from '../facts.js';
import { failureIn } from '../failures.js';
import { isPartial } from '../prose.js';

const URL_IN = /\b(?:https?|wss?):\/\/[^\s'"`<>()[\]{}|\\^,;]{1,500}/g;
/** Pages to read, not addresses that were called. */
const PAGES =
  /\/\/(?:[\w-]{1,40}\.)?(?:developer\.mozilla\.org|errors\.pydantic\.dev|js\.langchain\.com|python\.langchain\.com|discuss\.huggingface\.co|status\.huggingface\.co|platform\.openai\.com\/docs|stackoverflow\.com|docs\.[\w.-]{1,60}|[\w.-]{1,60}\.readthedocs\.io|json-schema\.org|www\.w3\.org)|huggingface\.co\/(?:docs|settings|pricing|join|login|blog|inference-endpoints|models\?)|\/\/(?:www\.)?github\.com|localhost:8080\/#|\/docs\//i;

/** Words in front of the address that failed. */
const CALLED =
  /(?:\bfor url:?|\burl ?[=:]|\bto|\bpost|\bget|\bput|\burl is|\bClientResponse\(|\bcurl\b[^\n]{0,120})\s{0,3}['"`<(]{0,2}$/i;

export interface Found {
  url: URL;
  /** Named as the one that failed. */
  called: boolean;
  /** Its end was left out. */
  partial: boolean;
}

/** Addresses in a text, those that were called first. */
export function urlsIn(text: string): Found[] {
  const found: Found[] = [];
  for (const match of text.matchAll(URL_IN)) {
    if (found.length >= 40) break;
    const written = match[0].replace(/[.:!?*]{1,4}$/, '');
    if (PAGES.test(written) || !URL.canParse(written)) continue;
    const before = text.slice(Math.max(0, match.index - 140), match.index);
    found.push({ url: new URL(written), called: CALLED.test(before), partial: isPartial(match[0]) });
  }
  return found.sort((a, b) => Number(b.called) - Number(a.called));
}

/** Sentences of Hugging Face name addresses that were never called. */
const ADVICE =
  /https?:\/\/[\w./-]{1,100}['"]? is no longer supported\. please use https?:\/\/[\w./-]{1,100}|cannot access content at: https?:\/\//gi;

/** The address of the call. */
export const addressOf: Reader = ({ said, text }): Facts => {
  const own = said.replace(ADVICE, (words) => (words.toLowerCase().startsWith('cannot') ? words : ' '));
  const all = urlsIn(own).concat(urlsIn(text.slice(0, 8000)));
  const called = all.filter((f) => f.called);
  const ours = (f: Found) => placeOf(f.url).surface !== 'other';
  const best = called.find(ours) ?? called[0] ?? all.find(ours) ?? all[0];
  if (
    best &&
    placeOf(best.url).surface === 'hub' &&
    !best.called &&
    !/^\/api\/|\/resolve\/|\.git\b/.test(best.url.pathname)
  )
    return {};
  return best
    ? {
        url: best.url.href,
        host: best.url.host,
        path: best.url.pathname,
        ...(best.called ? {} : { mentioned: true }),
        ...(best.partial ? { partial: true } : {}),
      }
    : {};
};

const POOL = /\bHTTPS?Connection(?:Pool)?\(host=['"]([\w.-]{1,200})['"], port=['"]?(\d{1,5})/;
const POOL_PATH = /\bwith url: (\/[^\s()'"]{0,400})/;
const NAMED_HOST =
  /\b(?:(?:getaddrinfo|connect to host|resolve host:?|lookup|resolve|connect to|SSL_connect:? SSL_ERROR_SYSCALL in connection to)[\s'"]|hostname: |host ?[:=] ?|servername: ?|UnknownHostException: ?)\s{0,3}(?:ENOTFOUND |EAI_AGAIN )?['"]?((?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,20})/i;

const OUR_HOST =
  /\b((?:api-inference|router)\.huggingface\.co|[a-z0-9][a-z0-9.-]{1,80}\.endpoints\.huggingface\.cloud)\b/i;

/** Connection errors name the host, and urllib3 the path beside it. */
export const hostOf: Reader = ({ said, text }): Facts => {
  const pool = POOL.exec(said) ?? POOL.exec(text);
  if (pool?.[1]) {
    const path = POOL_PATH.exec(said)?.[1];
    const url = `https://${pool[1]}${path ?? '/'}`;
    if (!URL.canParse(url)) return {};
    return { host: pool[1], ...(path ? { url, path: new URL(url).pathname } : {}) };
  }
  // A failed connection names its host somewhere, in whatever words.
  const ours = failureIn(said) ? OUR_HOST.exec(said)?.[1] : undefined;
  const named = ours ?? NAMED_HOST.exec(said)?.[1] ?? NAMED_HOST.exec(text)?.[1];
  return named ? { host: named.toLowerCase() } : {};
};
