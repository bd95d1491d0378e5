import type { ClientFacts, Surface } from '../types/observation.js';

/*
 * Whose words these are. A mark is a wording of one party that no other product has; a name that
 * stands in prose as well only says where an error was that something else has shown.
 */

type Place = Extract<Surface, 'legacy' | 'router' | 'hf-inference' | 'dedicated'>;

/** Sentences of the servers of Hugging Face: each is an error by itself, whatever client printed it. */
const SENTENCES: readonly (readonly [Place, RegExp])[] = [
  ['legacy', /api-inference\.huggingface\.co\/? is no longer supported/i],
  ['legacy', /authorization header is correct, but the token seems invalid/i],
  ['legacy', /(?:requires?|needs?) a (?:hugging ?face )?pro subscription/i],
  ['legacy', /\bmodel \S{1,200} is (?:currently )?loading\b|\bestimated_time['"]?\s?:/i],
  ['legacy', /\bmodel \S{1,200} time out\b/i],
  ['legacy', /too large to be loaded automatically/i],
  ['legacy', /rate limit reached\. (?:please log in|you reached)/i],
  ['legacy', /\btask not found for this model/i],
  ['legacy', /[A-Z][a-zA-Z]{3,40}InputsCheck\b/],
  [
    'legacy',
    /\bmodel_kwargs`? are not used by the model|parameters? (?:is|are) not accepted for this specific model/i,
  ],
  ['legacy', /error raised by inference api(?! http code)|\binvalid url: missing field `name`/i],
  ['legacy', /\bcannot (?:post|get) \/(?:models|pipeline)\/[\w.-]{1,96}\//i],
  // The old serverless API sent its warnings beside the error; a card at home prints no JSON.
  [
    'legacy',
    /["']warnings["']\s?:\s?\[|["']error["']\s?:\s?["'](?:CUDA|Unknown error)|\bCUDA (?:error|out of memory)[^{]{0,800}["']\}/,
  ],
  [
    'router',
    /inference is not supported (?:by )?hf inference|did not find huggingfacehub_api_token|hugging ?face api key is missing|token must start with '?hf_/i,
  ],
  [
    'router',
    /not supported by any provider you have enabled|model not supported by provider|not supported (?:for|by) (?:task \S{1,60} and )?provider \S/i,
  ],
  ['router', /no longer supported by provider/i],
  [
    'router',
    /inference providers?\b[^\n]{0,60}\bon behalf of|spending limit for inference providers|monthly included credits|free monthly usage limit for/i,
  ],
  ['router', /\bInferenceOutputError\b|\bProviderOutputError\b|an error occurred while fetching the blob/i],
  [
    'router',
    /\b(?:TextGeneration(?:Stream)?|ChatCompletion(?:Stream)?|[A-Z][a-z]{2,15}To[A-Z][a-z]{2,15})(?:Output|Response|Parameters)\b[^\n]{0,80}(?:init|argument|invalid|expected)/,
  ],
  ['router', /provider '[\w-]{1,40}' not supported\. available (?:values|providers): /i],
  ['router', /pay-as-you-?\s?go is not (?:yet )?enabled for provider/i],
  ['router', /the requested model '[^'\n]{1,200}' (?:is not a chat model|does not exist)/i],
  ['router', /due to the organi[sz]ation token policy/i],
  [
    'router',
    /(?:no|find|fetch) inference provider (?:available|information|mapping)|no provider mapping found for model|auto selected provider: undefined/i,
  ],
  ['router', /must provide an api_key to work with \S{1,40} api|cannot select auto-router when using/i],
  ['router', /error occurred when requesting the provider/i],
  [
    'router',
    /endpointUrl (?:and provider is not supported|with a third-party provider)|model urls are no longer supported/i,
  ],
  // Refusals of the official clients, before anything is sent or after it came.
  [
    'router',
    /received both `(?:model|token)` and `(?:base_url|api_key)` arguments|\binvalid inference output: expected /i,
  ],
  [
    'router',
    /cannot import name '(?:Async)?Inference\w{0,40}' from (?:partially initialized module )?'huggingface_hub/,
  ],
  [
    'router',
    /server does not support event stream content type|does(?:n't| not) support task '|not in supported tasks/i,
  ],
  [
    'dedicated',
    /input validation error: |\binputs`? tokens \+ `?max_new_tokens|`inputs` must have less than/i,
  ],
  [
    'dedicated',
    /['"]error_type['"]\s?:\s?['"](?:validation|generation|incomplete_generation|overloaded|template_error|tokenizer|unhealthy|backend|empty)\b/i,
  ],
  [
    'dedicated',
    /bad request:? invalid state|expected request with `?content-type: application\/json|\bendpoint is paused\b|ask a maintainer to (?:restart|resume)|endpoints?\.huggingface\.cloud/i,
  ],
  [
    'dedicated',
    /\bendpoint (?:failed to start|is in error)|error response from endpoint|scheduling failure: not enough hardware/i,
  ],
  [
    'dedicated',
    /['"]error['"]\s?:\s?['"](?:50[0234]) (?:service unavailable|internal server error|bad gateway|gateway time-?out)['"]/i,
  ],
  [
    'dedicated',
    /template error: |failed to buffer the request body: length limit exceeded|(?<!the )\bmodel is overloaded(?! ?[.,])/i,
  ],
];

/** Clients that speak to nobody else: an error inside of them is about Hugging Face inference. */
const CLIENTS: readonly (readonly [RegExp, Place, ClientFacts['name'], ClientFacts['language']])[] = [
  [
    /huggingface_hub[\\/.](?:inference\b|_inference|_generated)|\bInferenceClient\b|\bAsyncInferenceClient\b|\bInferenceTimeoutError\b/,
    'router',
    'huggingface_hub',
    'python',
  ],
  [/@huggingface[\\/+]inference\b|\bHfInference(?:Endpoint)?\b/, 'router', '@huggingface/inference', 'node'],
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
    /\btext-?generation-?(?:inference|router|launcher)\b|text_generation_(?:router|launcher|server)/i,
    'dedicated',
    'text-generation-inference',
    null,
  ],
  [
    /\/repository\/handler\.py|directory:\s?\/repository\b|huggingface_inference_toolkit|webservice_starlette/,
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

export function sentencePlace(text: string): Place | null {
  return SENTENCES.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}

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

/** Words of other products. Beside a sentence of Hugging Face they only tell who stands in front of it. */
const FOREIGN =
  /["']status["']\s?:\s?["'](?:UNAVAILABLE|INVALID_ARGUMENT|RESOURCE_EXHAUSTED|PERMISSION_DENIED|UNAUTHENTICATED|NOT_FOUND|INTERNAL)["']|\bopenrouter\b|\bollama\b(?!-server)|modelscope|api\.openai\.com|platform\.openai\.com|openai\.azure|\banthropic\b|generativelanguage|\bgoogleapis\b|api\.github\.com|\bGitHub API\b|\bg4f\b|\bpip(?:3)? install\b|\bnpm ERR|\bgit (?:push|clone|pull)\b|fatal: unable to access|pypi\.org|\bgit-lfs\b/i;
/** Files and repositories of the Hub: no inference. */
const DOWNLOAD =
  /\/resolve\/|cdn-lfs|\bhf_hub_download\b|\bsnapshot_download\b|\bfrom_pretrained\b|cannot access gated repo|you are trying to access a gated repo|\bEntryNotFoundError\b|\bRevisionNotFoundError\b|\bgated repo\b|\bload_dataset\b|huggingface-cli download/i;

export function isForeign(text: string): boolean {
  return FOREIGN.test(text);
}

export function isDownloadText(text: string): boolean {
  return DOWNLOAD.test(text);
}

/** Refusals that other servers use too; beside any name of Hugging Face they are its own. */
export const AMBIGUOUS =
  /invalid username or password|invalid credentials in authorization header|service temporarily unavailable|\bmodel too busy\b|\bincomplete generation\b|\b(?:function|tool) call(?:ing|s)?\b[^\n]{0,40}\bnot support/i;
/** The company by name, or by its address. */
export const NAMED =
  /hugging[ _-]?face(?!'s? spaces?\b| spaces?\b| hub\b)|\bhf[ _](?:token|router|inference)\b|\bHF_TOKEN\b|\bhf\.co\b/i;
