import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { classifyFailure, type Failure } from './failure.js';

/** gzip in gzip happens behind careless gateways; more layers are an attack. */
const MAX_LAYERS = 3;
const MOST_CHUNKS = 32;

const gunzip = promisify(zlib.gunzip);
const inflate = promisify(zlib.inflate);
const inflateRaw = promisify(zlib.inflateRaw);
const unbrotli = promisify(zlib.brotliDecompress);

export interface Decoded {
  /** The unpacked bytes; as they came when they cannot be unpacked; none when they would be too many. */
  body: Buffer;
  fault: Failure | null;
}

export interface DecodeOptions {
  /** Largest body after unpacking, in bytes. */
  limit: number;
  /** The body is known to be incomplete, so an early end is no second fault. */
  cut: boolean;
}

/** Unpacks a body by its content-encoding. Never throws. */
export async function decodeBody(
  wire: Buffer,
  encoding: string | undefined,
  options: DecodeOptions,
): Promise<Decoded> {
  const layers = (encoding ?? '')
    .split(',', MAX_LAYERS + 2)
    .map((layer) => layer.trim().toLowerCase())
    .filter((layer) => layer !== '' && layer !== 'identity')
    .reverse();
  if (wire.length === 0) return { body: wire, fault: null };
  if (layers.length > MAX_LAYERS) {
    return { body: wire, fault: { error: 'http.bad-encoding', detail: 'the body is packed too many times' } };
  }
  let body: Buffer = wire;
  for (const layer of layers) {
    try {
      const unpacked = await unpack(layer, body, options);
      if (!unpacked) {
        const detail = 'the body is packed in a way this program cannot read';
        return { body: wire, fault: { error: 'http.unknown-encoding', detail } };
      }
      body = unpacked;
    } catch (error) {
      const fault = classifyFailure(error, { stage: 'decode' });
      return { body: fault.error === 'http.bomb' ? Buffer.alloc(0) : wire, fault };
    }
  }
  return { body, fault: null };
}

async function unpack(layer: string, data: Buffer, { limit, cut }: DecodeOptions): Promise<Buffer | null> {
  const { Z_FINISH, Z_SYNC_FLUSH, BROTLI_OPERATION_FINISH, BROTLI_OPERATION_FLUSH } = zlib.constants;
  // Each chunk is a turn of the event loop: in small ones a bomb takes minutes while this process is busy.
  const chunkSize = Math.max(16 * 1024, Math.ceil(limit / MOST_CHUNKS));
  const options = { maxOutputLength: limit, chunkSize, finishFlush: cut ? Z_SYNC_FLUSH : Z_FINISH };
  switch (layer) {
    case 'gzip':
    case 'x-gzip':
      return gunzip(data, options);
    case 'deflate':
      return looksLikeZlib(data) ? inflate(data, options) : inflateRaw(data, options);
    case 'br':
      return unbrotli(data, {
        maxOutputLength: limit,
        chunkSize,
        finishFlush: cut ? BROTLI_OPERATION_FLUSH : BROTLI_OPERATION_FINISH,
      });
    default:
      return null;
  }
}

/** Servers disagree on "deflate": RFC 1950 has a header whose two bytes are a multiple of 31. */
function looksLikeZlib(data: Buffer): boolean {
  const [a = 0, b = 0] = data;
  return (a & 0x0f) === 8 && ((a << 8) | b) % 31 === 0;
}
