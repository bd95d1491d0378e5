import type { ClientFacts } from '../types/observation.js';
import type { Place } from './sentences.js';

/* Which program printed a text: by its names, its classes and its files. */

/** Clients that speak to nobody else: an error inside of them is about Hugging Face inference. */
const CLIENTS: readonly (readonly [RegExp, Place, ClientFacts['name'], ClientFacts['language']])[] = [
  [
    /huggingface_hub[\\/.](?:inference\b|_inference|_generated)|\bInferenceClient\b|\bAsyncInferenceClient\b|\bInferenceTimeoutError\b/,
    'router',
    'huggingface_hub',
    'python',
  ],
  [
    /\bhuggingface_hub[\w.]{1,60}\.(?:Generation|Overloaded|IncompleteGeneration|TextGeneration|Unknown|Validation)Error\b/,
    'router',
    'huggingface_hub',
    'python',
  ],
  [
    /@huggingface[\\/+]inference\b|\bHfInference(?:Endpoint)?\b|\bInferenceClient(?:Input|Routing|ProviderApi|ProviderOutput|HubApi)Error\b/,
    'router',
    '@huggingface/inference',
    'node',
  ],
  [
    /langchain[\w./\\@-]{0,80}(?:llms|embeddings)[\\/](?:hf|huggingface_inference)\.[cm]?js|\bHuggingFaceInference(?:Embeddings)?\b/,
    'router',
    'langchain.js',
    'node',
  ],
  [
    /\bHuggingFaceAPI(?:Chat)?Generator\b|\bHuggingFaceAPI(?:Text|Document)Embedder\b/,
    'router',
    'haystack',
    'python',
  ],
  [
    /\bHfAgent\b|\bHfApiEngine\b|\bHfEngine\b|transformers[\\/](?:tools|agents)[\\/](?:agents|llm_engine)\.py/,
    'legacy',
    'transformers',
    'python',
  ],
  [/\bHuggingfaceException\b|litellm[\w./\\]{0,80}huggingface/i, 'router', 'litellm', 'python'],
  [/\bHfApiModel\b|\bInferenceClientModel\b|smolagents[\\/]models/, 'router', 'smolagents', 'python'],
  [
    /langchain_huggingface|langchain-huggingface|\bHuggingFaceEndpoint\b|\bChatHuggingFace\b|\bHuggingFaceEndpointEmbeddings\b/,
    'router',
    'langchain-huggingface',
    'python',
  ],
  [
    /langchain_community[\w./\\]{0,60}huggingface|\bHuggingFaceHub\b|\bHuggingFaceInferenceAPIEmbeddings\b|langchain[\\/]llms[\\/]huggingface/,
    'router',
    'langchain-community',
    'python',
  ],
  [
    /\bHuggingFaceInferenceAPI(?:Embedding)?\b|llama_index[\w./\\]{0,60}huggingface_api/,
    'router',
    'llama-index',
    'python',
  ],
  [/langchain4j[\w./\\]{0,60}huggingface/i, 'legacy', 'langchain4j', null],
  [
    /\btext_generation\.(?:errors|client|inference_api)\b|\bfrom text_generation import\b/,
    'dedicated',
    'text-generation',
    'python',
  ],
  [
    /\btext-?generation-?(?:inference|router|launcher)\b|text_generation_(?:router|launcher|server)/i,
    'dedicated',
    'text-generation-inference',
    null,
  ],
  [
    /\/repository\/handler\.py|directory:\s?\/repository\b|huggingface_inference_toolkit|webservice_starlett/,
    'dedicated',
    'huggingface-inference-toolkit',
    null,
  ],
  [
    /\bInferenceEndpointsLLM\b|\bget_inference_endpoint\b|InferenceEndpoint(?:Error|Timeout)?\b/,
    'dedicated',
    'huggingface_hub',
    'python',
  ],
];

/** Who printed the text, where it is nobody in particular. */
const PRINTERS: readonly (readonly [RegExp, ClientFacts['name'], ClientFacts['language']])[] = [
  [/huggingface_hub|\bHfHubHTTPError\b|\bhf_raise_for_status\b/, 'huggingface_hub', 'python'],
  [/\bopenai\b[\w./\\]{0,80}\.py\b|\bopenai\.\w{1,40}Error\b|Error code: \d{3} - \{/, 'openai', 'python'],
  [/node_modules[\\/](?:\.pnpm[\\/])?openai\b|\d{3} status code \(no body\)/, 'openai', 'node'],
  [/\bAxiosError\b|Request failed with status code/, 'axios', 'node'],
  [/\bAI_APICallError\b/, 'ai', 'node'],
  [/\bclient error '\d{3}|\bserver error '\d{3}|\bhttpx\b/i, 'httpx', 'python'],
  [/\d{3} (?:client|server) error: |\brequests\.exceptions\b|HTTPSConnectionPool/i, 'requests', 'python'],
  [/aiohttp|<ClientResponse\(/, 'aiohttp', 'python'],
  [/^\s{0,8}curl\b|\bcurl: \(\d{1,2}\)|^\* (?:Connected to|Trying|Could not resolve)/m, 'curl', 'curl'],
  [/\bfetch failed\b|\bundici\b|node:internal|\.m?js:\d{1,6}:\d/, 'fetch', 'node'],
  [/^Traceback \(most recent|\.py", line \d/m, 'python', 'python'],
];

const VERSIONS: Readonly<Record<string, RegExp>> = {
  huggingface_hub:
    /hugging(?:face|face_|face-)_?hub(?:==| version:? | ?[@/-]|: )v?(\d{1,3}\.\d{1,3}(?:\.\w{1,10})?)/i,
  '@huggingface/inference': /@huggingface[+/]inference[@/]v?(\d{1,3}\.\d{1,3}\.\d{1,3})/i,
  openai: /\bopenai(?:==|@|[/-])v?(\d{1,3}\.\d{1,3}\.\d{1,3})/i,
  litellm: /\blitellm(?:==|@|[/-])v?(\d{1,3}\.\d{1,3}\.\d{1,3})/i,
};

export function clientPlace(text: string): Place | null {
  return CLIENTS.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

export function clientIn(text: string): ClientFacts | null {
  const own = CLIENTS.find(([pattern]) => pattern.test(text));
  const [name, language] = own
    ? [own[2], own[3]]
    : ((PRINTERS.find(([pattern]) => pattern.test(text))?.slice(1) as
        | [string, ClientFacts['language']]
        | undefined) ?? [null, null]);
  if (name === null) return null;
  return { name, language, version: VERSIONS[name]?.exec(text)?.[1] ?? null };
}
