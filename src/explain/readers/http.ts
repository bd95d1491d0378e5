import { readText } from '../../probe/body.js';
import type { Facts, Reader } from '../facts.js';

const REQUEST =
  /^(?:> ?)?(GET|POST|PUT|DELETE|OPTIONS|HEAD|PATCH) (\/\S{0,400}|https?:\/\/\S{1,400}) HTTP\/[\d.]{1,3}\s{0,3}$/m;
const STATUS = /^(?:< ?)?HTTP\/[\d.]{1,3} ([1-5]\d\d)\b/m;
const HEADER = /^([<>]? ?)([A-Za-z][\w-]{1,60}): {0,4}(.{0,600})$/;
/** Headers that tell who answered and why. */
const KEPT =
  /^(server|via|date|retry-after|location|www-authenticate|ratelimit|cf-ray|x-(error-code|error-message|powered-by|cache|compute-type|inference-provider|hf-warning|ratelimit-[a-z-]{1,40}))$/;

/** Raw HTTP, as `curl -v`, `curl -i` and proxies print it. */
export const exchangeOf: Reader = ({ text }): Facts => {
  const request = REQUEST.exec(text);
  const answer = STATUS.exec(text);
  if (!request && !answer) return {};
  const asked = request ? headersAfter(text, request.index) : {};
  const got = answer ? headersAfter(text, answer.index) : {};
  const host = asked.host ?? /\bConnected to ([\w.-]{1,200}) /.exec(text)?.[1];
  const path = request?.[2];
  const address = path?.startsWith('/') ? (host ? `https://${host}${path}` : null) : (path ?? null);
  const url = address !== null && URL.canParse(address) ? new URL(address) : null;
  const contentType = got['content-type']?.split(';')[0]?.trim().toLowerCase();
  const body = answer ? bodyAfter(text, answer.index, contentType ?? null) : null;
  const id = got['x-request-id'];
  const when = Date.parse(got.date ?? '');
  return {
    ...(request?.[1] ? { method: request[1] } : {}),
    ...(url ? { url: url.href, host: url.host, path: url.pathname } : {}),
    ...(request ? { auth: asked.authorization ? ('token' as const) : ('anonymous' as const) } : {}),
    ...(answer ? { status: Number(answer[1]) } : {}),
    ...(contentType ? { contentType } : {}),
    ...(id ? { requestId: id.slice(0, 120) } : {}),
    ...(body && body.kind !== 'empty' ? { body } : {}),
    ...(Number.isNaN(when) ? {} : { at: new Date(when).toISOString() }),
    ...(answer
      ? { headers: Object.fromEntries(Object.entries(got).filter(([name]) => KEPT.test(name))) }
      : {}),
  };
};

function headersAfter(text: string, start: number): Record<string, string> {
  const found: Record<string, string> = {};
  for (const line of text
    .slice(start, start + 8000)
    .split('\n')
    .slice(1)) {
    const header = HEADER.exec(line);
    if (!header) break;
    const name = (header[2] ?? '').toLowerCase();
    found[name] ??= (header[3] ?? '').trim().slice(0, 300);
  }
  return found;
}

/** What follows the empty line behind the headers, without the notes of curl. */
function bodyAfter(text: string, start: number, contentType: string | null) {
  const rest = text.slice(start, start + 12_000);
  const gap = /\n[<>]?[ \t]{0,4}\n/.exec(rest);
  if (!gap) return null;
  const lines = rest
    .slice(gap.index + gap[0].length)
    .split('\n')
    .filter((l) => !/^[*{}] |^[<>] |^\s{0,4}[{}] \[\d/.test(l) && !/^\* /.test(l));
  return readText(lines.join('\n').trim().slice(0, 8000), contentType).facts;
}
