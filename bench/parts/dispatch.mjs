/* The least that can be done: undici's own dispatch, 32 at once, bodies read. Arguments: base URL, how many. */
import { Agent } from 'undici';

const [base, many] = process.argv.slice(2);
const agent = new Agent({ connections: 32, pipelining: 1 });
const headers = { authorization: 'Bearer bench', 'content-type': 'application/json' };
const once = (i) =>
  new Promise((resolve, reject) => {
    const body = JSON.stringify({
      model: `bench/model-${i}`,
      messages: [{ role: 'user', content: 'Say yes.' }],
      max_tokens: 1,
    });
    const chunks = [];
    agent.dispatch(
      { origin: base, path: '/v1/chat/completions', method: 'POST', headers, body },
      {
        onRequestStart() {},
        onResponseStart() {},
        onResponseData: (_, chunk) => void chunks.push(chunk),
        onResponseEnd: () => resolve(JSON.parse(Buffer.concat(chunks).toString('utf8'))),
        onResponseError: (_, error) => reject(error),
      },
    );
  });
let next = 0;
const worker = async () => {
  while (next < Number(many)) await once(next++);
};
await Promise.all(Array.from({ length: 32 }, worker));
await agent.close();
