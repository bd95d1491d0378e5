import { MAX_TOKENS, PROMPT, picture, sound } from './payload.js';

/** How the official client is asked for a task, and what such a call costs. */
export interface TaskCall {
  /** Method of `InferenceClient`. */
  method: string;
  /** The smallest arguments that make a backend do real work; `model` and `provider` are added. */
  args: () => Record<string, unknown>;
  /**
   * US dollars that one call may cost, where that is cents and not fractions of them: images, videos
   * and sounds. 0 for all else.
   */
  usd: number;
}

const call = (method: string, args: () => Record<string, unknown>, usd = 0): TaskCall => ({
  method,
  args,
  usd,
});
const IMAGE = 0.05;
const VIDEO = 0.5;
const SOUND = 0.02;
const inputs = () => ({ inputs: PROMPT });
const image = () => ({ inputs: picture() });
const audio = () => ({ inputs: sound() });
const prompted = () => ({ inputs: picture(), parameters: { prompt: PROMPT } });

/** The tasks that `@huggingface/inference` can call, by the name that the Hub gives them. */
export const TASKS: Readonly<Record<string, TaskCall>> = {
  conversational: call('chatCompletion', () => ({
    messages: [{ role: 'user', content: PROMPT }],
    max_tokens: MAX_TOKENS,
  })),
  'text-generation': call('textGeneration', () => ({
    inputs: PROMPT,
    parameters: { max_new_tokens: MAX_TOKENS },
  })),
  'feature-extraction': call('featureExtraction', inputs),
  'sentence-similarity': call('sentenceSimilarity', () => ({
    inputs: { source_sentence: PROMPT, sentences: [PROMPT] },
  })),
  'text-classification': call('textClassification', inputs),
  'token-classification': call('tokenClassification', inputs),
  'fill-mask': call('fillMask', () => ({ inputs: 'Paris is in [MASK].' })),
  summarization: call('summarization', inputs),
  translation: call('translation', inputs),
  'question-answering': call('questionAnswering', () => ({ inputs: { question: PROMPT, context: PROMPT } })),
  'table-question-answering': call('tableQuestionAnswering', () => ({
    inputs: { query: PROMPT, table: { a: ['1'] } },
  })),
  'zero-shot-classification': call('zeroShotClassification', () => ({
    inputs: PROMPT,
    parameters: { candidate_labels: ['a', 'b'] },
  })),
  'tabular-classification': call('tabularClassification', () => ({ inputs: { data: { a: ['1'] } } })),
  'tabular-regression': call('tabularRegression', () => ({ inputs: { data: { a: ['1'] } } })),
  'image-classification': call('imageClassification', image),
  'image-segmentation': call('imageSegmentation', image),
  'image-to-text': call('imageToText', image),
  'object-detection': call('objectDetection', image),
  'zero-shot-image-classification': call('zeroShotImageClassification', () => ({
    ...image(),
    parameters: { candidate_labels: ['a', 'b'] },
  })),
  'document-question-answering': call('documentQuestionAnswering', () => ({
    inputs: { image: picture(), question: PROMPT },
  })),
  'visual-question-answering': call('visualQuestionAnswering', () => ({
    inputs: { image: picture(), question: PROMPT },
  })),
  'audio-classification': call('audioClassification', audio),
  'automatic-speech-recognition': call('automaticSpeechRecognition', audio, SOUND),
  'audio-to-audio': call('audioToAudio', audio, SOUND),
  'text-to-speech': call('textToSpeech', inputs, SOUND),
  'text-to-audio': call('textToAudio', inputs, SOUND),
  'text-to-image': call('textToImage', inputs, IMAGE),
  'text-to-video': call('textToVideo', inputs, VIDEO),
  'image-to-image': call('imageToImage', prompted, IMAGE),
  'image-to-video': call('imageToVideo', prompted, VIDEO),
  'image-text-to-image': call('imageTextToImage', prompted, IMAGE),
  'image-text-to-video': call('imageTextToVideo', prompted, VIDEO),
};

export function taskCall(task: string | null): TaskCall | null {
  return task !== null && Object.hasOwn(TASKS, task) ? (TASKS[task] as TaskCall) : null;
}
