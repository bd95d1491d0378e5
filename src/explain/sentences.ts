import type { Surface } from '../types/observation.js';

/*
 * Sentences that one party says and no other product: where one stands, the error is about inference
 * at Hugging Face, whatever program printed it.
 */

export type Place = Extract<Surface, 'legacy' | 'router' | 'hf-inference' | 'dedicated'>;

/** Sentences of the servers of Hugging Face: each is an error by itself, whatever client printed it. */
const SENTENCES: readonly (readonly [Place, RegExp])[] = [
  ['legacy', /api-inference\.huggingface\.co\/? is no longer supported/i],
  ['legacy', /authorization header is correct, but the token seems invalid/i],
  ['legacy', /\bmodel \S{1,200} is (?:currently )?loading\b/i],
  ['legacy', /\bmodel \S{1,200} time out\b/i],
  // A card at home prints no JSON.
  [
    'legacy',
    /["']error["']\s?:\s?["']CUDA|\bCUDA (?:error|out of memory)[^{]{0,800}["']\}|["']error["']\s?:\s?["']unknown error["'],\s?["']warnings["']|\bthere was an inference error: /i,
  ],
  ['legacy', /too large to be loaded automatically/i],
  ['legacy', /\btask not found for this model/i],
  ['legacy', /[A-Z][a-zA-Z]{3,40}InputsCheck\b/],
  // A program of somebody's own prints the same words: only inside an answer they are the server's.
  [
    'legacy',
    /["']error["']\s?:\s?["'][^"\n]{0,80}model_kwargs`? are not used by the model|parameters? (?:is|are) not accepted for this specific model/i,
  ],
  ['legacy', /cannot override task for llm models|'truncation': 'only_first'/i],
  ['legacy', /error raised by inference api(?! http code)|\binvalid url: missing field `name`/i],
  ['legacy', /\bcannot (?:post|get) \/(?:models|pipeline)\/[\w.-]{1,96}\/[\w.-]{2,96}/i],
  [
    'router',
    /inference is not supported (?:by )?hf inference|did not find huggingfacehub_api_token|hugging ?face api key is missing|token must start with '?hf_/i,
  ],
  [
    'router',
    /not supported by any provider you have enabled|model not supported by provider|not supported (?:for|by) (?:task \S{1,60} and )?provider \S|\bnot supported for task [\w-]{2,40}[^\n]{0,30}\bsupported task/i,
  ],
  [
    'router',
    /\btask '[\w-]{2,40}' not supported for provider\b|not (?:currently )?available via any of the supported third-party inference providers/i,
  ],
  [
    'legacy',
    /^\W{0,4}inference api error: |\bmodel too busy, unable to get response in less than \d{1,4} second/im,
  ],
  ['router', /no longer supported by provider/i],
  [
    'router',
    /\bprovider '(?:featherless-ai|fal-ai|hf-inference|fireworks-ai|black-forest-labs|novita|nscale|nebius|hyperbolic|sambanova|publicai|zai-org|wavespeed|ovhcloud|scaleway)' not supported\b/i,
  ],
  [
    'router',
    /inference providers?\b[^\n]{0,60}\bon behalf of|spending limit for inference providers|monthly included credits[\s\S]{0,80}\binference providers|free monthly usage limit for/i,
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
  ['router', /\bnot allowed to (?:get|post|put|delete) \S{1,200} for provider [a-z]/i],
  ['router', /please set an api key for hugging ?face hub\b|could not authenticate with huggingface_hub/i],
  [
    'router',
    /^\W{0,4}(?:\w{0,40}Error: )failed to perform inference: |\bserver response contains error: [45]\d\d\b/im,
  ],
  ['router', /provider \S{1,40} does not seem to support chat completion for model/i],
  ['router', /not supported by any hugging ?face inference provider/i],
  ['router', /\bAI SDK Warning \(huggingface\./],
  [
    'router',
    /received malformed response from (?:hf-inference|black forest labs|deepinfra|fal|featherless|hyperbolic|nebius|novita|nscale|ovhcloud|publicai|replicate|scaleway|together|wavespeed|zai)\b/i,
  ],
  [
    'router',
    /unexpected output format from \w{2,20} api\. expected string|inference request timed out after \d{1,4} seconds\. no output generated for model|could not find model: \S{1,200}\. if it is a private or gated model|is in staging mode for provider \S/i,
  ],
  // Refusals of the official clients, before anything is sent or after it came.
  [
    'router',
    /cannot use `token=false` to disable authentication|not served via tgi\. cannot return output as a stream/i,
  ],
  [
    'router',
    /at least one of `model` or `base_url` should be set in `MCPClient`|specifying a model is required when provider is 'auto'|has no recommended model for hf inference|no model provided, and no task has been specified|provider \S{1,40} requires a model id to be passed directly|no default model defined for task|please provide an hf model id\b/i,
  ],
  [
    'router',
    /expected one of: bytes, bytearray, binaryio, memoryview, path|unexpected (?:binary|path) input for task [a-z-]{4,40}\b|provider does not support url output\. use outputtype|provide a task name when using an external provider/i,
  ],
  [
    'router',
    /closed-source and does not support hf tokens|not available through hugging face routing|to use :cheapest or :fastest, upgrade huggingface_hub/i,
  ],
  // langchain, haystack, smolagents
  [
    'router',
    /must specify either `repo_id` or `task`|please specify (?:an|either an) `endpoint_url` or (?:a )?`repo_id`|could not find model id for inference server|expected llm to be one of huggingfacetextgeninference|did not find endpoint_url, please add/i,
  ],
  [
    'router',
    /to use (?:the serverless inference api|hugging ?face inference providers|text generation inference or inference endpoints|text embeddings inference or inference endpoints)[^\n]{0,30}, you need to specify|inferenceclientmodel only supports structured outputs/i,
  ],
  [
    'router',
    /received both `(?:model|token)` and `(?:base_url|api_key)` arguments|\binvalid inference output: expected /i,
  ],
  [
    'router',
    /cannot import name '(?:(?:Async)?Inference\w{0,40}|\w{1,40}Client)' from (?:partially initialized module )?'huggingface_hub/,
  ],
  [
    'router',
    /server does not support event stream content type|not in supported tasks|does(?:n't| not) support task '[^'\n]{1,60}'\. supported tasks/i,
  ],
  [
    'dedicated',
    /input validation error: `|\binputs`? tokens \+ `?max_new_tokens|`inputs` must have less than/i,
  ],
  [
    'dedicated',
    /\brequest failed during generation: |\bIncompleteGenerationError\b|\btool error: failed to parse generated text|\bmodel is not (?:a re-ranker|a classifier|an embedding) model\b/i,
  ],
  // The container of an endpoint: its log speaks of files and of local models too.
  [
    'dedicated',
    /\bdirectory:\s?\/repository\b|\/repository\/handler\.py|huggingface_inference_toolkit|webservice_starlett/,
  ],
  [
    'dedicated',
    /\bError: (?:Shard(?:CannotStart|Failed)|Webserver(?:Failed|CannotStart))\b|\bShard \d{1,2} failed to start\b|\bWarmup\(Generation\(|\bCould not start backend: \S/m,
  ],
  [
    'dedicated',
    /['"]error_type['"]\s?:\s?['"](?:validation|generation|incomplete_generation|overloaded|template_error|tool_error|tokenizer|unhealthy|healthcheck|backend|empty)\b/i,
  ],
  [
    'dedicated',
    /expected request with `?content-type: application\/json|\bthe endpoint is paused, ask\b|ask a maintainer to (?:restart|resume)|endpoints?\.huggingface\.cloud/im,
  ],
  [
    'dedicated',
    /\bendpoint (?:failed to start|is in error)|error response from endpoint|scheduling failure: not enough hardware/i,
  ],
  [
    'dedicated',
    /\ba valid user token is required\b|template error: (?:template not found|syntax error|undefined value|invalid operation)|bad request:\s{1,4}bad request:? invalid state|\[bad request: invalid state\]|failed to buffer the request body: length limit exceeded|(?<!the )\bmodel is overloaded(?! ?[.,])/i,
  ],
];

/** A body that is its status line once more: the proxy of the endpoints answers so. */
export const STATUS_BODY =
  /['"]error['"]\s?:\s?['"]50[0234] (?:service unavailable|internal server error|bad gateway|gateway time-?out)['"]/i;

/**
 * Words that others say too. They count beside a name, a client or an id of Hugging Face, and never
 * against an address of somebody else.
 */
const WEAK: readonly (readonly [Place, RegExp])[] = [
  ['legacy', /(?:requires?|needs?) a (?:hugging ?face )?pro subscription/i],
  ['legacy', /\bestimated_time['"]?\s?:/i],
  ['legacy', /rate limit reached\. (?:please log in|you reached)/i],
  ['legacy', /["']warnings["']\s?:\s?\[|["']error["']\s?:\s?["']unknown error/i],
  ['router', /monthly included credits|does(?:n't| not) support task '/i],
  ['dedicated', /input validation error: |template error: /i],
  ['dedicated', /(?:^|\s)Error: DownloadError$|\bendpoint is paused\b/im],
  ['dedicated', /bad request:?\s{1,4}invalid state(?=["'.)\]\\]|\s{0,4}$)/im],
  ['dedicated', STATUS_BODY],
];

export function weakPlace(text: string): Place | null {
  return WEAK.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}

export function sentencePlace(text: string): Place | null {
  return SENTENCES.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}

/** The sentence itself, as its pattern. */
export function sentenceIn(text: string): RegExp | null {
  return [...SENTENCES, ...WEAK].find(([, pattern]) => pattern.test(text))?.[1] ?? null;
}
