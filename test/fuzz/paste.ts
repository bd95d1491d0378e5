import { answerTo } from './answer.js';
import { MODELS, PROVIDERS } from './documents.js';
import { type Speaker, say } from './texts.js';

/** What a person pastes: a log of a client around the bytes of a server. */
export function pasteOf(s: Speaker): string {
  const { chance } = s;
  const model = chance.pick(MODELS);
  const url = `https://router.huggingface.co/${chance.pick(PROVIDERS)}/v1/chat/completions`;
  const { parts } = answerTo(s, { method: 'POST', path: '/v1/chat/completions', body: '"messages"' });
  const answer = Buffer.concat([...parts])
    .subarray(0, 20_000)
    .toString('utf8');
  const body = answer.slice(answer.indexOf('\r\n\r\n') + 4);
  const status = chance.pick([
    '401 Client Error: Unauthorized',
    '500 Server Error',
    '404 Client Error: Not Found',
  ]);
  return chance.pick([
    answer,
    body,
    say(s),
    `Traceback (most recent call last):\n  File "app.py", line 3, in <module>\nhuggingface_hub.errors.HfHubHTTPError: ${status} for url: ${url} (Request ID: Root=1-2;3)\n\n${body}`,
    `openai.BadRequestError: Error code: 400 - {'error': {'message': '${say(s)}', 'code': 'model_not_supported'}}`,
    `InferenceClientProviderApiError: Failed to perform inference: ${say(s)}\n    at innerRequest (node_modules/@huggingface/inference/dist/index.js:1:1) {\n  httpRequest: { url: '${url}', method: 'POST', headers: { Authorization: 'Bearer ${say(s)}' } },\n  httpResponse: { status: 400, body: ${body} }`,
    `$ curl -H "Authorization: Bearer ${say(s)}" ${url} -d '{"model":"${model}"}'\n< HTTP/2 502\n< server: ${say(s)}\n\n${body}`,
    `2026-01-01T00:00:00Z ERROR litellm.exceptions.APIError: HuggingfaceException - ${body}\n`.repeat(
      1 + chance.below(4),
    ),
    JSON.stringify({ level: 'error', msg: say(s), err: { response: { status: 429, data: body } } }),
  ]);
}
