/*
 * A Hub that answers well and a router that does not, on one loopback port. Prints its port; SIGTERM ends it.
 * Argument: `hang` (each call never ends, in another way), `cap` (each body is as large as is read, and no
 * two are alike), `fixed` (the same few faults for the same model), `flaky` (one call in twenty fails).
 */
import { createServer } from 'node:http';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const [mode] = process.argv.slice(2);
const KIB = 1024;
const PROVIDERS = ['novita', 'groq', 'together', 'nebius'];
const json = (value) => JSON.stringify(value);
const WHOAMI = json({
  type: 'user',
  name: 'bench',
  orgs: [],
  auth: { type: 'access_token', accessToken: { role: 'read' } },
});
const CHAT = json({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1767225600,
  model: 'bench',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Paris' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 12, completion_tokens: 1, total_tokens: 13 },
});

function hub(url) {
  if (url.startsWith('/api/whoami')) return WHOAMI;
  if (url === '/v1/models') return json({ object: 'list', data: [] });
  if (!url.startsWith('/api/models/')) return null;
  const id = decodeURIComponent(url.slice('/api/models/'.length).split('?')[0]);
  const live = { status: 'live', providerId: id, task: 'conversational' };
  const inferenceProviderMapping = Object.fromEntries(PROVIDERS.map((name) => [name, live]));
  return json({ id, pipeline_tag: 'text-generation', tags: ['conversational'], inferenceProviderMapping });
}

/** Ways not to end: before a byte, in the head, in the body, letter by letter, at full speed. */
const HANGS = [
  () => {},
  (socket) => socket.write('HTTP/1.1 200 X\r\na: b'),
  (socket) => socket.write('HTTP/1.1 200 X\r\ncontent-length: 99\r\n\r\n{"a":'),
  (socket) => again(socket, 'HTTP/1.1 103 Early\r\n\r\n'),
  (socket) => {
    socket.write('HTTP/1.1 200 X\r\ncontent-type: text/event-stream\r\n\r\n');
    again(socket, ': ping\n\n');
  },
];
function again(socket, text) {
  const timer = setInterval(() => (socket.destroyed ? clearInterval(timer) : socket.write(text)), 20);
}

const filled = (n, size, start, end) => `${start}${`${n} `.padEnd(64, 'x').repeat(size / 64)}${end}`;
/**
 * Bodies of the largest size that is read, on the wire or unpacked: status, encoding, bytes. No 503 is
 * among them: it would slow the pace of the host down.
 */
const CAPS = [
  (n) => [500, null, filled(n, 255 * KIB, '{"error":"', '"}')],
  (n) => [500, 'gzip', gzipSync(filled(n, 1023 * KIB, '{"error":"', '"}'), { level: 1 })],
  (n) => [200, 'br', brotliCompressSync(filled(n, 1023 * KIB, '{"choices":"', '"}'), { params: { 1: 1 } })],
  (n) => [400, null, `{"error":{${Array.from({ length: 12_000 }, (_, i) => `"k${i}":${n}`).join()}}}`],
  (n) => [500, null, `{"error":${'['.repeat(100_000)}${n}${']'.repeat(100_000)}}`],
  (n) => [200, null, filled(n, 300 * KIB, '<html><title>', '</title></html>')],
  () => [500, 'gzip', BOMB],
];
const BOMB = gzipSync(Buffer.alloc(64 * KIB * KIB));
const FIXED = [
  () => [200, null, CHAT],
  () => [500, null, '{"error":"Internal Server Error"}'],
  () => [404, null, '{"error":"Not \u202efound \u00e9"}'],
  () => [200, null, '<html>hello</html>'],
];

let calls = 0;
let state = 1;
const chance = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
};

function play(model, socket) {
  calls += 1;
  if (mode === 'cap') return CAPS[calls % CAPS.length](calls);
  if (mode === 'fixed') return FIXED[Number(/\d+$/.exec(model)?.[0] ?? 0) % FIXED.length]();
  if (mode === 'flaky') {
    if (chance() >= 0.05) return [200, null, CHAT];
    const kind = Math.floor(chance() * 4);
    if (kind === 0) return socket.resetAndDestroy();
    if (kind === 1) return HANGS[2](socket);
    return kind === 2 ? CAPS[calls % CAPS.length](calls) : [429, null, '{"error":"slow down"}'];
  }
  return HANGS[calls % HANGS.length](socket);
}

const server = createServer((request, response) => {
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', () => {
    const good = hub(request.url);
    const model = /"model":"([^"]{1,200})"/.exec(Buffer.concat(parts).toString())?.[1] ?? '';
    const answer = good === null ? play(model, response.socket) : [200, null, good];
    if (!Array.isArray(answer)) return;
    const [status, encoding, body] = answer;
    // It would be another input each second.
    response.sendDate = false;
    response.writeHead(status, {
      'content-type': 'application/json',
      ...(encoding ? { 'content-encoding': encoding } : {}),
    });
    response.end(body);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
process.on('SIGTERM', () => process.exit(0));
