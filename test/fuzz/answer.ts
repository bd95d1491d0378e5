import { chat, error, model, page, result, routerModels, served, stream, whoami } from './documents.js';
import { wound, written } from './json.js';
import { type Speaker, say } from './texts.js';
import { type Played, play } from './wire.js';

export interface Request {
  method: string;
  path: string;
  body: string;
}

const STATUSES = [
  200, 200, 201, 204, 206, 301, 302, 304, 307, 308, 400, 400, 401, 401, 402, 403, 403, 404, 404, 405, 408,
  409, 410, 413, 415, 422, 422, 424, 429, 429, 451, 500, 500, 502, 502, 503, 503, 504, 520, 530,
] as const;
const ODD = ['100', '101', '199', '000', '600', '999', '20', '2000', 'abc'] as const;

const TYPES = [
  'text/plain',
  'text/html; charset=utf-8',
  'application/problem+json',
  'application/octet-stream',
  'image/png',
  'text/event-stream',
  'application/json; charset=latin1',
  '\x9b31m/json',
  'JSON',
] as const;

/** One seeded answer. The catalogue is mostly honest: behind it stand most requests of a run. */
export function answerTo(s: Speaker, request: Request): Played {
  const { chance } = s;
  const catalogue = request.method === 'GET';
  const honest = chance.chance(catalogue ? 60 : 20);
  if (honest) {
    const value = wound(s, documentFor(s, request), chance.chance(60) ? 1 + chance.below(3) : 0);
    return play(s, { status: 200, type: 'application/json', body: utf8(written(s, value)), calm: true });
  }
  const status = chance.chance(2) ? chance.pick(ODD) : chance.pick(STATUSES);
  const { type, body } = bodyFor(s, request, status);
  const told = chance.chance(12) ? chance.pick([...TYPES, null]) : type;
  return play(s, { status, type: told, body, calm: chance.chance(60) });
}

function documentFor(s: Speaker, { path, body }: Request): unknown {
  if (path.startsWith('/api/whoami')) return whoami(s);
  if (path.startsWith('/api/models/')) return model(s, path.slice('/api/models/'.length).split('?')[0] ?? '');
  if (path.startsWith('/api/models')) return served(s);
  if (path.endsWith('/v1/models')) return routerModels(s);
  return body.includes('"messages"') ? chat(s) : result(s);
}

function bodyFor(s: Speaker, request: Request, status: number | string): { type: string; body: Buffer } {
  const json = (value: unknown) => ({ type: 'application/json', body: utf8(written(s, value)) });
  switch (s.chance.below(20)) {
    case 0:
    case 1:
      return { type: 'text/html', body: utf8(page(s)) };
    case 2:
    case 3:
      return { type: 'text/plain', body: utf8(say(s)) };
    case 4:
    case 5:
      return { type: 'text/event-stream', body: utf8(stream(s)) };
    case 6:
      return { type: 'application/json', body: Buffer.alloc(0) };
    case 7:
      return { type: 'application/json', body: notUtf8(s) };
    case 8:
      return { type: 'image/png', body: Buffer.from(`\x89PNG\r\n\x1a\n${say(s)}`, 'latin1') };
    case 9:
    case 10:
      // What the Hub tells about a person comes in a success, and is never kept.
      return json(wound(s, Number(status) < 300 ? documentFor(s, request) : error(s), 1 + s.chance.below(6)));
    default:
      return json(wound(s, error(s), s.chance.chance(40) ? 1 + s.chance.below(3) : 0));
  }
}

/** Bytes that are no UTF-8, at the start, inside a word or after what is kept. */
function notUtf8(s: Speaker): Buffer {
  const text = utf8(written(s, error(s)));
  const at = s.chance.below(text.length + 1);
  const bad = Buffer.from(
    s.chance.pick(['\xff\xfe', '\xc3', '\xed\xa0\x80', '\xf0\x9f', '\x80\x9b31m']),
    'latin1',
  );
  return Buffer.concat([text.subarray(0, at), bad, text.subarray(at)]);
}

const utf8 = (text: string): Buffer => Buffer.from(text, 'utf8');
