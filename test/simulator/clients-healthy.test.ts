import { beforeEach, describe, expect, it, vi } from 'vitest';
import { PIPELINE_OUTPUTS } from '../../src/simulator/outputs.js';
import { huggingFace, openAi } from './client-support.js';
import { play, scenario } from './support.js';

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

  it('has outputs that the official client accepts', async () => {
    const tasks = Object.keys(PIPELINE_OUTPUTS).filter((task) => task !== 'text-generation');
    const models = tasks.map(
      (task) => `  a/${task}: { pipelineTag: ${task}, providers: { hf-inference: {} } }`,
    );
    const simulator = await play(
      scenario(`title: T\nstory: S\ncheck: { models: [a/b] }\nmodels:\n${models.join('\n')}\n`),
    );
    const client = await huggingFace(simulator);
    const provider = 'hf-inference' as const;
    const blob = new Blob(['x'], { type: 'image/png' });
    const outputs = [
      await client.automaticSpeechRecognition({
        model: 'a/automatic-speech-recognition',
        provider,
        inputs: blob,
      }),
      await client.featureExtraction({ model: 'a/feature-extraction', provider, inputs: 'hi' }),
      await client.fillMask({ model: 'a/fill-mask', provider, inputs: 'hi [MASK]' }),
      await client.imageClassification({ model: 'a/image-classification', provider, inputs: blob }),
      await client.questionAnswering({
        model: 'a/question-answering',
        provider,
        inputs: { question: 'q', context: 'c' },
      }),
      await client.sentenceSimilarity({
        model: 'a/sentence-similarity',
        provider,
        inputs: { source_sentence: 'a', sentences: ['b'] },
      }),
      await client.summarization({ model: 'a/summarization', provider, inputs: 'hi' }),
      await client.textClassification({ model: 'a/text-classification', provider, inputs: 'hi' }),
      await client.tokenClassification({ model: 'a/token-classification', provider, inputs: 'hi' }),
      await client.translation({ model: 'a/translation', provider, inputs: 'hi' }),
      await client.zeroShotClassification({
        model: 'a/zero-shot-classification',
        provider,
        inputs: 'hi',
        parameters: { candidate_labels: ['a'] },
      }),
    ];
    expect(outputs).toHaveLength(tasks.length);
    expect(simulator.log().filter(({ billable }) => billable)).toHaveLength(tasks.length);
  });
});
