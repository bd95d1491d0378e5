import { beforeEach, describe, expect, it, vi } from 'vitest';
import { huggingFace, openAi } from './client-support.js';
import { play } from './support.js';

const QWEN = 'Qwen/Qwen2.5-72B-Instruct';
const SMALL = 'meta-llama/Llama-3.1-8B-Instruct';
const messages = [{ role: 'user' as const, content: 'hi' }];

// The client caches mappings for ever, by model id alone.
beforeEach(() => vi.resetModules());

describe('healthy', () => {
  it('works with both clients, in one piece and streamed', async () => {
    const simulator = await play('healthy');
    const openai = openAi(simulator);
    const whole = await openai.chat.completions.create({ model: SMALL, messages });
    expect([whole.model, whole.choices[0]?.message.content]).toEqual(['llama3.1-8b', 'Hello']);
    let text = '';
    for await (const chunk of await openai.chat.completions.create({
      model: `${SMALL}:novita`,
      messages,
      stream: true,
    })) {
      text += chunk.choices[0]?.delta.content ?? '';
    }
    const client = await huggingFace(simulator);
    for await (const chunk of client.chatCompletionStream({ model: SMALL, messages, provider: 'cerebras' })) {
      text += chunk.choices[0]?.delta.content ?? '';
    }
    expect(text).toBe('HelloHello');
    expect((await client.chatCompletion({ model: QWEN, messages })).choices[0]?.message.content).toBe(
      'Hello',
    );
  });
});
