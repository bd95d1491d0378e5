import { type Answer, answer } from './answer.js';
import { chat, chatStream } from './outputs.js';
import type { SimRequest } from './request.js';
import type { ProviderEntry } from './target.js';
import { completion, makerOf } from './upstream.js';

/** A chat completion, streamed if asked; the `model` in it is the provider's own id. */
export function chatCompletion(entry: ProviderEntry, request: SimRequest): Answer {
  const { messages, stream } = Object(request.body);
  if (!Array.isArray(messages) || messages.length === 0) return missingMessages(entry, request);
  const body = stream === true ? { sse: chatStream(entry.id) } : { json: chat(entry.id) };
  return completion(entry, request, body);
}

function missingMessages(entry: ProviderEntry, request: SimRequest): Answer {
  const maker = makerOf(entry);
  if (maker === 'backend') return missingField(request, 'messages');
  const error = {
    message: "'messages' is a required property",
    type: 'invalid_request_error',
    param: 'messages',
  };
  return answer(maker, request, 400, { json: { error: { ...error, code: null } } });
}

/** How the Rust backends of hf-inference complain. */
export function missingField(request: SimRequest, name: string): Answer {
  const text = `Failed to deserialize the JSON body into the target type: missing field \`${name}\` at line 1 column ${request.size}`;
  return answer('backend', request, 422, { text });
}
