import type { Answer } from './answer.js';
import { incomplete, missingField } from './incomplete.js';
import { chat, chatStream } from './outputs.js';
import { replyTo } from './reply.js';
import type { SimRequest } from './request.js';
import type { ProviderEntry } from './target.js';
import { completion, makerOf } from './upstream.js';

/** A chat completion, streamed if asked; the `model` in it is the provider's own id. */
export function chatCompletion(entry: ProviderEntry, request: SimRequest): Answer {
  const { messages, stream } = Object(request.body);
  if (!Array.isArray(messages) || messages.length === 0) {
    return makerOf(entry) === 'backend'
      ? missingField(request, 'messages')
      : incomplete(entry, request, 'messages');
  }
  const said = replyTo(request.body);
  const body = stream === true ? { sse: chatStream(entry.id, said) } : { json: chat(entry.id, said) };
  return completion(entry, request, body);
}
