/* Names of the official clients: what exists today, and since when as far as it is known. */

/** Methods of InferenceClient in Python. */
export const METHODS: readonly string[] = [
  'audio_classification',
  'audio_to_audio',
  'automatic_speech_recognition',
  'chat',
  'chat_completion',
  'document_question_answering',
  'feature_extraction',
  'fill_mask',
  'get_endpoint_info',
  'health_check',
  'image_classification',
  'image_segmentation',
  'image_to_image',
  'image_to_text',
  'image_to_video',
  'object_detection',
  'question_answering',
  'sentence_similarity',
  'summarization',
  'table_question_answering',
  'tabular_classification',
  'tabular_regression',
  'text_classification',
  'text_generation',
  'text_to_image',
  'text_to_speech',
  'text_to_video',
  'token_classification',
  'translation',
  'visual_question_answering',
  'zero_shot_classification',
  'zero_shot_image_classification',
];

/** Arguments of the client and of its methods, with the first version where it is known. */
export const ARGUMENTS: Readonly<Record<string, string | null>> = {
  provider: '0.28.0',
  bill_to: '0.30.0',
  api_key: null,
  base_url: null,
  headers: null,
  timeout: null,
  extra_body: null,
  tools: null,
  tool_choice: null,
  response_format: null,
  stream_options: null,
  max_tokens: null,
};

/** What code imports to call a model, by package. */
export const IMPORTS: Readonly<Record<string, readonly string[]>> = {
  huggingface_hub: [
    'InferenceClient',
    'AsyncInferenceClient',
    'InferenceEndpoint',
    'create_inference_endpoint',
    'get_inference_endpoint',
    'MCPClient',
    'Agent',
  ],
  smolagents: ['InferenceClientModel'],
  langchain_huggingface: ['ChatHuggingFace', 'HuggingFaceEndpoint', 'HuggingFaceEndpointEmbeddings'],
};

/** First version of huggingface_hub that knows the provider. */
export const PROVIDER_SINCE: Readonly<Record<string, string>> = {
  'fal-ai': '0.28.0',
  replicate: '0.28.0',
  together: '0.28.0',
  cerebras: '0.31.0',
  cohere: '0.31.0',
  'fireworks-ai': '0.31.0',
  novita: '0.31.0',
  nscale: '0.32.0',
  'featherless-ai': '0.33.0',
  groq: '0.33.0',
  publicai: '0.35.0',
  scaleway: '0.35.0',
  'zai-org': '0.36.0',
  wavespeed: '1.1.0',
  ovhcloud: '1.2.0',
  deepinfra: '1.13.0',
  baseten: '1.27.0',
};
