/*
 * A Hub and a router on one loopback port that answer after a fixed latency and do nothing else.
 * Arguments: milliseconds, number of models. Prints its port; SIGTERM ends it.
 * GET /sent tells how many requests came since the last time it was asked.
 */
import { createServer } from 'node:http';

const [latency, models] = process.argv.slice(2).map(Number);
const ids = Array.from({ length: models }, (_, i) => `bench/model-${i}`);
const provider = (id) => ({ novita: { status: 'live', providerId: id, task: 'conversational' } });
const WHOAMI = {
  type: 'user',
  name: 'bench',
  orgs: [],
  auth: { type: 'access_token', accessToken: { displayName: 'bench', role: 'read' } },
};
const LIST = {
  object: 'list',
  data: ids.map((id) => ({
    id,
    object: 'model',
    providers: [{ provider: 'novita', status: 'live', pricing: { input: 0.01, output: 0.01 } }],
  })),
};
const CHAT = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1767225600,
  model: 'bench',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Paris' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 12, completion_tokens: 1, total_tokens: 13 },
};
const list = JSON.stringify(LIST);
const chat = JSON.stringify(CHAT);
let sent = 0;

function answer({ url }) {
  if (url === '/api/whoami-v2') return JSON.stringify(WHOAMI);
  if (url === '/v1/models') return list;
  if (!url.startsWith('/api/models/')) return chat;
  const id = decodeURIComponent(url.slice('/api/models/'.length).split('?')[0]);
  return JSON.stringify({
    id,
    pipeline_tag: 'text-generation',
    tags: ['conversational'],
    gated: false,
    private: false,
    inferenceProviderMapping: provider(id),
  });
}

const server = createServer((request, response) => {
  request.resume();
  if (request.url === '/sent') {
    response.end(String(sent));
    sent = 0;
    return;
  }
  sent += 1;
  const say = () => {
    const refused = request.method === 'POST' && !request.headers.authorization;
    response.writeHead(refused ? 401 : 200, { 'content-type': 'application/json' });
    response.end(refused ? '{"error":"Invalid username or password."}' : answer(request));
  };
  if (latency > 0) setTimeout(say, latency);
  else say();
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
process.on('SIGTERM', () => process.exit(0));
