import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { type Speaker, say } from './texts.js';

/* From a body to the bytes of an answer: status line, headers, encodings and framings, right and wrong. */

export interface Played {
  parts: readonly Buffer[];
  /** `open`: the connection stays, whatever was promised. */
  end: 'keep' | 'end' | 'reset' | 'open';
}

let bombs: readonly { name: string; bytes: Buffer }[] | null = null;

/** Unpacked they are larger than any limit. */
function bombsOf(): readonly { name: string; bytes: Buffer }[] {
  if (bombs === null) {
    const zeros = Buffer.alloc(40 * 1024 * 1024);
    bombs = [
      { name: 'gzip', bytes: gzipSync(zeros) },
      { name: 'br', bytes: brotliCompressSync(zeros, { params: { 1: 4 } }) },
      { name: 'gzip, gzip', bytes: gzipSync(gzipSync(zeros)) },
    ];
  }
  return bombs;
}

interface Packed {
  body: Buffer;
  encoding: string | null;
}

function pack({ chance }: Speaker, body: Buffer): Packed {
  switch (chance.below(40)) {
    case 0:
    case 1:
      return { body: gzipSync(body), encoding: chance.pick(['gzip', 'x-gzip', 'GZIP', 'gzip ']) };
    case 2:
      return { body: brotliCompressSync(body, { params: { 1: 1 } }), encoding: 'br' };
    case 3:
      return { body: chance.chance(50) ? deflateSync(body) : deflateRawSync(body), encoding: 'deflate' };
    case 4:
      return { body: gzipSync(gzipSync(body)), encoding: 'gzip, gzip' };
    case 5: {
      const whole = gzipSync(body);
      return { body: whole.subarray(0, chance.below(whole.length)), encoding: 'gzip' };
    }
    case 6:
      return { body, encoding: chance.pick(['gzip', 'br', 'zstd', 'identity', 'gzip,'.repeat(9), '\xff']) };
    case 7: {
      const bomb = chance.pick(bombsOf());
      return { body: bomb.bytes, encoding: bomb.name };
    }
    default:
      return { body, encoding: null };
  }
}

const NAMES = [
  'server',
  'via',
  'location',
  'retry-after',
  'www-authenticate',
  'ratelimit',
  'ratelimit-policy',
  'ratelimit-reset',
  'x-ratelimit-reset-requests',
  'x-error-message',
  'x-error-code',
  'x-inference-provider',
  'x-request-id',
  'x-request-id',
  'cf-ray',
  'date',
  'set-cookie',
  'refresh',
  '__proto__',
  'constructor',
  'x-anything',
] as const;

const VALUES = [
  '0',
  '1',
  '30',
  '-5',
  '99999999999',
  '1, 2',
  'Infinity',
  'Wed, 21 Oct 2099 07:28:00 GMT',
  'Mon, 01 Jan 1990 00:00:00 GMT',
  '"api";r=0;t=55',
  '"fixed window";"api";q=2500;w=300',
  '/api/models/acme/renamed?expand[]=x',
  '/api/models/../../evil',
  '//evil.example/',
  'https://evil.example/api/models/a/b',
  'javascript:alert(1)',
  'https://u:p@evil.example/',
  'cloudflare',
] as const;

function headerLines(s: Speaker): string[] {
  const { chance } = s;
  return Array.from({ length: chance.below(5) }, () => {
    const value = chance.chance(50) ? chance.pick(VALUES) : latin(say(s), chance.chance(4));
    return `${chance.pick(NAMES)}: ${value}`;
  });
}

/** As header bytes. Raw: with the controls that end a header, or are refused by the parser. */
function latin(text: string, raw: boolean): string {
  const bytes = Buffer.from(text, 'utf8').toString('latin1').slice(0, 1_500);
  return raw ? bytes : bytes.replace(/(?!\t)\p{Cc}/gu, (char) => (char > '\x7f' ? char : ' '));
}

const REASONS = ['OK', 'X', '', '\x1b]52;c;ZXZpbA==\x07', '::error::reason', '\x9b2J'] as const;

/** The bytes of one answer. `calm`: framed as it should be, so that the body is what is judged. */
export function play(
  s: Speaker,
  answer: { status: number | string; type: string | null; body: Buffer; calm: boolean },
): Played {
  const { chance } = s;
  const { status, type, calm } = answer;
  const { body, encoding } =
    calm && chance.chance(70) ? { body: answer.body, encoding: null } : pack(s, answer.body);
  const lines = [
    ...(type === null ? [] : [`content-type: ${type}`]),
    ...(encoding === null ? [] : [`content-encoding: ${encoding}`]),
    ...(chance.chance(60) ? headerLines(s) : []),
  ];
  const reason = calm ? 'OK' : chance.chance(20) ? latin(say(s).slice(0, 200), false) : chance.pick(REASONS);
  const version = calm || chance.chance(97) ? '1.1' : chance.pick(['1.0', '2.0', '9.9', '1.1.1']);
  const framing = calm ? chance.below(3) : chance.below(16);
  const early = !calm && chance.chance(4) ? `HTTP/1.1 ${chance.pick([100, 102, 103])} Wait\r\n\r\n` : '';
  const head = (more: string[]) =>
    Buffer.from(
      `${early}HTTP/${version} ${status} ${reason}\r\n${[...lines, ...more, '', ''].join('\r\n')}`,
      'latin1',
    );
  const length = (n: number | string) => `content-length: ${n}`;
  const split = (bytes: Buffer): Buffer[] => {
    const at = chance.below(bytes.length + 1);
    return chance.chance(30) ? [bytes.subarray(0, at), bytes.subarray(at)] : [bytes];
  };
  const whole = (more: string[], data: Buffer, end: Played['end']): Played => ({
    parts: split(Buffer.concat([head(more), data])),
    end,
  });
  switch (framing) {
    case 0:
      return whole([length(body.length)], body, 'keep');
    case 1:
      return whole(['transfer-encoding: chunked'], chunked(s, body, ''), 'keep');
    case 2:
      return whole(['connection: close'], body, 'end');
    case 3:
      return whole([length(body.length + 1 + chance.below(5_000))], body, 'end');
    case 4:
      return whole([length(Math.max(0, body.length - 1 - chance.below(20)))], body, 'end');
    case 5:
      return whole([length(body.length), 'transfer-encoding: chunked'], body, 'end');
    case 6:
      return whole(['transfer-encoding: chunked'], Buffer.concat([body, Buffer.from('\r\nzz\r\n')]), 'end');
    case 7:
      return whole(
        ['transfer-encoding: chunked'],
        chunked(s, body, `x-late: ${latin(say(s), false)}\r\n`),
        'keep',
      );
    case 8:
      return whole([length(body.length), 'connection: close'], body, 'reset');
    case 9:
      return whole([], body, 'reset');
    case 10:
      return whole([length(chance.pick(['-1', '99999999999999999999', '1, 1', 'x', '0x10']))], body, 'end');
    case 11: {
      const next = Buffer.from('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}');
      return whole([length(body.length)], Buffer.concat([body, next]), 'keep');
    }
    case 12:
      return { parts: split(scrambled(s, Buffer.concat([head([length(body.length)]), body]))), end: 'end' };
    case 13:
      return chance.chance(30)
        ? whole([length(body.length + 10)], body, 'open')
        : {
            parts: [Buffer.from(chance.pick(['', '\r\n', 'SSH-2.0-x\r\n', '<html>no head</html>', '\0\0']))],
            end: 'end',
          };
    case 14:
      return whole([`${'x'.repeat(20)}: ${'y'.repeat(20_000)}`, length(body.length)], body, 'keep');
    default:
      return whole([length(body.length), 'connection: close'], large(s, body), 'end');
  }
}

function chunked({ chance }: Speaker, body: Buffer, trailer: string): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length; ) {
    const size = Math.min(body.length - at, 1 + chance.below(4_000));
    parts.push(Buffer.from(`${size.toString(16)}\r\n`), body.subarray(at, at + size), Buffer.from('\r\n'));
    at += size;
  }
  return Buffer.concat([...parts, Buffer.from(`0\r\n${trailer}\r\n`, 'latin1')]);
}

function scrambled({ chance }: Speaker, bytes: Buffer): Buffer {
  const out = Buffer.from(bytes);
  for (let i = 0; i < 6 && out.length > 0; i++)
    out[chance.below(Math.min(out.length, 400))] = chance.below(256);
  return out;
}

/** Now and then more than anybody reads. */
function large({ chance }: Speaker, body: Buffer): Buffer {
  return chance.chance(50) ? body : Buffer.concat([body, Buffer.alloc(300_000, 'z')]);
}
