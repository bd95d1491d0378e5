import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeBody } from '../../src/probe/decode.js';

const PLAIN = Buffer.from('hello, this is the body');
const options = { limit: 10_000, cut: false };

/** Raw deflate: one block that is stored as it is. The bits after its kind are free. */
function stored(first: number, text: string): Buffer {
  const size = text.length;
  return Buffer.concat([
    Buffer.from([first, size & 0xff, size >> 8, ~size & 0xff, (~size >> 8) & 0xff]),
    Buffer.from(text),
    Buffer.from([1, 0, 0, 0xff, 0xff]),
  ]);
}

describe('decodeBody', () => {
  it.each([
    ['its first byte is one of zlib', stored(0x08, 'hello')],
    ['its first bytes are a multiple of 31', stored(0x00, 'x'.repeat(31))],
  ])('reads raw deflate, also where %s', async (_, wire) => {
    const { body, fault } = await decodeBody(wire, 'deflate', options);
    expect({ text: body.toString(), fault }).toEqual({ text: wire.subarray(5, -5).toString(), fault: null });
  });

  it('takes off three layers, and no fourth', async () => {
    const three = gzipSync(gzipSync(gzipSync(PLAIN)));
    expect(await decodeBody(three, 'gzip, gzip, gzip', options)).toEqual({ body: PLAIN, fault: null });
    const four = gzipSync(three);
    expect(await decodeBody(four, 'gzip, gzip, gzip, gzip', options)).toEqual({
      body: four,
      fault: { error: 'http.bad-encoding', detail: 'the body is packed too many times' },
    });
  });

  it('says what it cannot read, and gives it as it came', async () => {
    expect(await decodeBody(PLAIN, 'zstd', options)).toEqual({
      body: PLAIN,
      fault: {
        error: 'http.unknown-encoding',
        detail: 'the body is packed in a way this program cannot read',
      },
    });
    expect(await decodeBody(PLAIN, 'gzip', options)).toEqual({
      body: PLAIN,
      fault: { error: 'http.bad-encoding', detail: 'the compressed body is damaged' },
    });
  });

  it.each([undefined, '', ' , ', 'identity', 'Identity, identity'])(
    'leaves %j as it is',
    async (encoding) => {
      expect(await decodeBody(PLAIN, encoding, options)).toEqual({ body: PLAIN, fault: null });
    },
  );
});
