/* What a user would write: the official client. Arguments: base URL, how many, how many at once. */
import { InferenceClient } from '@huggingface/inference';

const [base, many, atOnce] = process.argv.slice(2);
const client = new InferenceClient('bench', { endpointUrl: `${base}/v1/chat/completions` });
let next = 0;
const worker = async () => {
  while (next < Number(many)) {
    const model = `bench/model-${next++}`;
    await client.chatCompletion({ model, messages: [{ role: 'user', content: 'Say yes.' }], max_tokens: 1 });
  }
};
await Promise.all(Array.from({ length: Number(atOnce) }, worker));
