/** One error as clients and servers print it, and the rules of which one must be the answer. */
export type Family = readonly [name: string, rules: string, text: string];

const R = 'https://router.huggingface.co';
const L = 'https://api-inference.huggingface.co';
const PERMISSION =
  'This authentication method does not have sufficient permissions to call Inference Providers on behalf of user somebody';
const CREDITS =
  'You have depleted your monthly included credits. Purchase pre-paid credits to continue using Inference Providers.';

export const PYTHON: readonly Family[] = [
  [
    'requests, new client',
    'token-invalid',
    `huggingface_hub.errors.HfHubHTTPError: 401 Client Error: Unauthorized for url: ${R}/together/v1/chat/completions (Request ID: Root=1-69000000-0123456789abcdef01234567)\n\nInvalid username or password.`,
  ],
  [
    'httpx, new client',
    'token-missing|token-invalid',
    `huggingface_hub.errors.HfHubHTTPError: Client error '401 Unauthorized' for url '${R}/v1/chat/completions' (Request ID: Root=1-69000000-0123456789abcdef01234567)\nFor more information check: https://developer.mozilla.org/en-US/docs/Web/HTTP/Status/401\n\nInvalid username or password.`,
  ],
  [
    'credentials in the header',
    'token-invalid',
    `requests.exceptions.HTTPError: 401 Client Error: Unauthorized for url: ${R}/hf-inference/models/BAAI/bge-m3\n{"error":"Invalid credentials in Authorization header"}`,
  ],
  [
    '403 as the old client prints it',
    'token-lacks-inference-permission',
    `403 Forbidden: ${PERMISSION}.\nCannot access content at: ${R}/nebius/v1/chat/completions.\nMake sure your token has the correct permissions.`,
  ],
  [
    'openai 403',
    'token-lacks-inference-permission',
    `openai.PermissionDeniedError: Error code: 403 - {'error': '${PERMISSION}'}`,
  ],
  ['openai 402', 'credits-exhausted', `openai.APIStatusError: Error code: 402 - {'error': '${CREDITS}'}`],
  [
    'litellm 402',
    'credits-exhausted',
    `litellm.exceptions.APIError: litellm.APIError: HuggingfaceException - {"error":"${CREDITS}"}`,
  ],
  [
    'limit of one provider',
    'credits-exhausted',
    `HfHubHTTPError: 402 Client Error: Payment Required for url: ${R}/cerebras/v1/chat/completions\n\nYou have reached the free monthly usage limit for cerebras. Subscribe to PRO to get 20x more included usage, or add pre-paid credits to your account.`,
  ],
  [
    'spending limit',
    'spending-limit-reached',
    `403 Forbidden: You have exceeded your monthly spending limit for Inference Providers.\nCannot access content at: ${R}/v1/chat/completions.\nMake sure your token has the correct permissions.`,
  ],
  [
    'billing not enabled',
    'provider-billing-unavailable',
    `402 Client Error: Payment Required for url: ${R}/nscale/v1/images/generations\n\nPay-as-you go is not enabled for provider nscale yet.`,
  ],
  [
    'no provider enabled',
    'model-not-served|provider-disabled',
    `BadRequestError: (Request ID: Root=1-69000000-0123456789abcdef01234567)\n\nBad request:\n{'message': "The requested model 'acme/tiny-chat' is not supported by any provider you have enabled.", 'type': 'invalid_request_error', 'param': 'model', 'code': 'model_not_supported'}`,
  ],
  [
    'not a chat model',
    'model-not-served',
    `openai.BadRequestError: Error code: 400 - {'error': {'message': "The requested model 'acme/tiny-base' is not a chat model.", 'type': 'invalid_request_error', 'param': 'model', 'code': 'model_not_supported'}}`,
  ],
  [
    'does not exist',
    'model-not-found',
    `openai.BadRequestError: Error code: 400 - {'error': {'message': "The requested model 'acme/no-such' does not exist.", 'type': 'invalid_request_error', 'param': 'model', 'code': 'model_not_found'}}`,
  ],
  [
    'StopIteration in a traceback',
    'model-not-served',
    `Traceback (most recent call last):\n  File "/app/run.py", line 8, in <module>\n    out = client.text_generation("hi")\n  File "/usr/lib/python3.12/site-packages/huggingface_hub/inference/_client.py", line 2298, in text_generation\n    provider_helper = get_provider_helper(self.provider, task="text-generation", model=model_id)\n  File "/usr/lib/python3.12/site-packages/huggingface_hub/inference/_providers/__init__.py", line 200, in get_provider_helper\n    provider = next(iter(provider_mapping)).provider\nStopIteration`,
  ],
  [
    'StopIteration in asyncio',
    'model-not-served',
    `File "/app/venv/lib/python3.11/site-packages/huggingface_hub/inference/_client.py", line 880, in chat_completion\nRuntimeError: StopIteration interacts badly with generators and cannot be raised into a Future`,
  ],
  [
    'mapping check',
    'wrong-task',
    `ValueError: Model acme/tiny-chat is not supported for task text-generation and provider novita. Supported task: conversational.`,
  ],
  [
    'provider check',
    'model-not-served|wrong-provider-suffix',
    `ValueError: Model acme/tiny-chat is not supported by provider groq.`,
  ],
  [
    'unknown provider',
    'client-too-old|provider-removed',
    `ValueError: Provider 'baseten' not supported. Available values: 'auto' or any provider from ['black-forest-labs', 'cerebras', 'cohere'].`,
  ],
  [
    'no token at all',
    'token-missing',
    `ValueError: You must provide an api_key to work with together API or log in with \`hf auth login\`.`,
  ],
  [
    'retired host, 410',
    'legacy-host-gone',
    `requests.exceptions.HTTPError: 410 Client Error: Gone for url: ${L}/models/gpt2`,
  ],
  [
    'retired host, 404',
    'legacy-host-gone',
    `huggingface_hub.utils._errors.HfHubHTTPError: 404 Client Error: Not Found for url: ${L}/pipeline/feature-extraction/BAAI/bge-small-en-v1.5 (Request ID: abc)`,
  ],
  [
    'retired host, urllib3',
    'legacy-host-gone',
    `requests.exceptions.ConnectionError: HTTPSConnectionPool(host='api-inference.huggingface.co', port=443): Max retries exceeded with url: /models/gpt2 (Caused by NameResolutionError("<urllib3.connection.HTTPSConnection object at 0x7f00>: Failed to resolve 'api-inference.huggingface.co' ([Errno -2] Name or service not known)"))`,
  ],
  [
    'router, no name',
    'dns-failure',
    `requests.exceptions.ConnectionError: HTTPSConnectionPool(host='router.huggingface.co', port=443): Max retries exceeded with url: /v1/chat/completions (Caused by NameResolutionError("<urllib3.connection.HTTPSConnection object at 0x7f00>: Failed to resolve 'router.huggingface.co' ([Errno -3] Temporary failure in name resolution)"))`,
  ],
  [
    'company proxy',
    'tls-interception',
    `requests.exceptions.SSLError: HTTPSConnectionPool(host='router.huggingface.co', port=443): Max retries exceeded with url: /v1/models (Caused by SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate in certificate chain (_ssl.c:1006)')))`,
  ],
  [
    'proxy refuses',
    'proxy-refused',
    `requests.exceptions.ProxyError: HTTPSConnectionPool(host='router.huggingface.co', port=443): Max retries exceeded with url: /v1/chat/completions (Caused by ProxyError('Unable to connect to proxy', OSError('Tunnel connection failed: 407 Proxy Authentication Required')))`,
  ],
  [
    'read timeout',
    'timeout',
    `huggingface_hub.errors.InferenceTimeoutError: Inference call timed out: ${R}/hf-inference/models/acme/slow`,
  ],
  [
    'model deprecated',
    'model-retired',
    `huggingface_hub.errors.HfHubHTTPError: 410 Client Error: Gone for url: ${R}/hf-inference/models/stabilityai/stable-diffusion-2\n\nThe requested model is deprecated and no longer supported by provider hf-inference`,
  ],
  [
    'outage',
    'provider-outage',
    `500 Server Error: Internal Server Error for url: ${R}/fireworks-ai/inference/v1/chat/completions (Request ID: Root=1-69000000-0123456789abcdef01234567)`,
  ],
  [
    'loading',
    'model-loading',
    `503 Server Error: Service Unavailable for url: ${L}/models/acme/tiny\n{"error":"Model acme/tiny is currently loading","estimated_time":20.0}`,
  ],
  ['too busy', 'model-overloaded', `huggingface_hub.errors.OverloadedError: Model is overloaded`],
  [
    'busy 503',
    'model-overloaded',
    `HfHubHTTPError: 503 Server Error: Service Temporarily Unavailable for url: ${R}/hf-inference/models/acme/tiny\n\nModel too busy, unable to get response in less than 60 second(s)`,
  ],
  [
    'TGI length',
    'context-too-long',
    `huggingface_hub.errors.ValidationError: Input validation error: \`inputs\` tokens + \`max_new_tokens\` must be <= 8192. Given: 8001 \`inputs\` tokens and 512 \`max_new_tokens\``,
  ],
  [
    'TGI parameter',
    'payload-invalid',
    `text_generation.errors.ValidationError: Input validation error: \`temperature\` must be strictly positive`,
  ],
  [
    'template',
    'chat-template-missing',
    `422 Client Error: Unprocessable Entity for url: ${R}/hf-inference/models/acme/base/v1/chat/completions\n\nTemplate error: template not found`,
  ],
  [
    'kwargs',
    'payload-invalid',
    `400 Client Error: Bad Request for url: ${R}/hf-inference/models/acme/clip\n\nThe following \`model_kwargs\` are not used by the model: ['top_q'] (note: typos in the generate arguments will also show up in this list)`,
  ],
  [
    'groq limit',
    'provider-rate-limited',
    `429 Client Error: Too Many Requests for url: ${R}/groq/openai/v1/chat/completions (Request ID: req_01abc)\n\n{'message': 'Rate limit reached for model \`llama-3.3-70b-versatile\` in organization \`org_01\` service tier \`on_demand\` on tokens per minute (TPM): Limit 300000', 'type': 'tokens', 'code': 'rate_limit_exceeded'}`,
  ],
  [
    'free limit',
    'rate-limited',
    `429 Client Error: Too Many Requests for url: ${L}/models/acme/tiny\n\nRate limit reached. You reached free usage limit (reset hourly). Please subscribe to a plan to use the API at this rate`,
  ],
  ['wrong path', 'wrong-route', `404 Client Error: Not Found for url: ${R}/hf-inference/v1/chat/completions`],
  [
    'old path on the router',
    'wrong-route',
    `requests.exceptions.HTTPError: 404 Client Error: Not Found for url: ${R}/models/acme/tiny`,
  ],
  [
    'removed method',
    'client-api-removed',
    `AttributeError: 'InferenceClient' object has no attribute 'post'`,
  ],
  [
    'old argument',
    'client-too-old',
    `TypeError: InferenceClient.__init__() got an unexpected keyword argument 'bill_to'`,
  ],
  [
    'endpoint paused',
    'endpoint-paused',
    `huggingface_hub.errors.HfHubHTTPError: 400 Client Error: Bad Request for url: https://abc123.us-east-1.aws.endpoints.huggingface.cloud/\n\nBad Request: Endpoint is paused, ask a maintainer to restart it`,
  ],
  [
    'endpoint asleep',
    'endpoint-scaled-to-zero',
    `503 Server Error: Service Unavailable for url: https://abc123.us-east-1.aws.endpoints.huggingface.cloud/v1/chat/completions`,
  ],
  [
    'memory of the server',
    'server-out-of-memory',
    `500 Server Error: Internal Server Error for url: ${R}/hf-inference/models/acme/big\n\n{"error":"CUDA out of memory. Tried to allocate 2.00 GiB (GPU 0; 14.76 GiB total capacity)"}`,
  ],
  [
    'too large',
    'model-too-large',
    `403 Client Error: Forbidden for url: ${L}/models/acme/huge\n\nThe model acme/huge is too large to be loaded automatically (54GB > 10GB). Please use Spaces (https://huggingface.co/spaces) or Inference Endpoints (https://huggingface.co/inference-endpoints).`,
  ],
  [
    'smolagents',
    'token-missing|token-invalid',
    `smolagents.utils.AgentGenerationError: Error in generating model output:\n401 Client Error: Unauthorized for url: ${R}/v1/chat/completions (Request ID: Root=1-69000000-0123456789abcdef01234567)\n\nInvalid username or password.`,
  ],
  [
    'langchain, old',
    'context-too-long',
    `ValueError: Error raised by inference API: Input validation error: \`inputs\` must have less than 1000 tokens. Given: 1333`,
  ],
  [
    'aiohttp',
    'wrong-route|model-not-served',
    `aiohttp.client_exceptions.ClientResponseError: 404, message='Not Found', url='${R}/hf-inference/models/acme/llm'`,
  ],
  [
    'endpoint does not run, hub client',
    'endpoint-paused',
    'huggingface_hub.errors.BadRequestError: (Request ID: abc123)\n\nBad request:\nBad Request: Invalid state',
  ],
  [
    'old API, too long',
    'context-too-long',
    "huggingface_hub.utils._errors.BadRequestError:  (Request ID: abc123)\nBad request:\nInput is too long for this model, shorten your input or use 'parameters': {'truncation': 'only_first'} to run the model only on the first part.",
  ],
  [
    '422 without its body',
    'payload-invalid',
    `requests.exceptions.HTTPError: 422 Client Error: Unprocessable Entity for url: ${R}/v1/chat/completions`,
  ],
  [
    '422 and the guess of the client',
    'wrong-task|payload-invalid',
    `huggingface_hub.errors.HfHubHTTPError: 422 Client Error: Unprocessable Entity for url: ${L}/models/acme/tiny (Request ID: abc)\nMake sure 'conversational' task is supported by the model.`,
  ],
  [
    'tool call that is no JSON',
    'model-runtime-error',
    `Error in generating tool call with model:\n422 Client Error: Unprocessable Entity for url: ${L}/models/acme/tiny/v1/chat/completions (Request ID: abc)\n\nTool error: Failed to parse generated text: EOF while parsing a string at line 4 column 349 "{\\n  \\"function\\": {"`,
  ],
  [
    'TGI class',
    'model-runtime-error',
    'text_generation.errors.GenerationError: Request failed during generation: Server error: CANCELLED',
  ],
  [
    'TGI class, memory',
    'server-out-of-memory',
    'huggingface_hub.errors.GenerationError: Request failed during generation: Server error: CUDA out of memory. Tried to allocate 20.00 MiB',
  ],
  [
    'incomplete',
    'model-runtime-error',
    'huggingface_hub.errors.IncompleteGenerationError: Incomplete generation',
  ],
  ['busy, other client', 'model-overloaded', 'text_generation.errors.OverloadedError: Model is overloaded'],
  [
    'endpoint wants a token',
    'token-missing',
    'text_generation.errors.UnknownError: A valid user token is required',
  ],
  [
    'script above its error',
    'token-missing',
    'from text_generation import Client\n\n# the endpoint\nclient = Client("https://YOUR_ENDPOINT.endpoints.huggingface.cloud")\n# a call\nprint(client.generate("Why?"))\n# a stream\nfor x in client.generate_stream("Why?"):\n    print(x)\n\n>>> UnknownError: A valid user token is required',
  ],
  ['no model id', 'client-misuse', "ValueError: Specifying a model is required when provider is 'auto'"],
  [
    'token=False',
    'client-misuse',
    'ValueError: Cannot use `token=False` to disable authentication as authentication is required to run Inference.',
  ],
  [
    'replicate is cold',
    'timeout',
    'TimeoutError: Inference request timed out after 60 seconds. No output generated for model acme/picture. The model might be in cold state or starting up. Please try again later.',
  ],
  [
    'other form of answer',
    'response-shape',
    "ValueError: Unexpected output format from FalAI API. Expected string, got <class 'NoneType'>.",
  ],
  [
    'no JSON inside the client',
    'response-shape',
    '  File "/usr/lib/python3.12/site-packages/huggingface_hub/inference/_client.py", line 300, in feature_extraction\n    return _bytes_to_dict(response)\njson.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)',
  ],
  [
    'traceback without its end',
    'response-shape',
    '  File "/usr/lib/python3.12/site-packages/huggingface_hub/inference/_common.py", line 272, in _stream_text_generation_response\n    output = TextGenerationStreamResponse(**json_payload)',
  ],
  [
    'kwargs, hub client',
    'payload-invalid',
    "huggingface_hub.errors.BadRequestError: (Request ID: abc)\n\nBad request:\nThe following `model_kwargs` are not used by the model: ['tools'] (note: typos in the generate arguments will also show up in this list)",
  ],
  [
    'path of an old client',
    'wrong-route',
    'Bad request: Not allowed to GET status/acme/tiny for provider hf-inference',
  ],
  [
    'langchain, no address',
    'client-misuse',
    'pydantic.v1.error_wrappers.ValidationError: 1 validation error for HuggingFaceEndpoint\n__root__\n  Did not find endpoint_url, please add an environment variable `HF_INFERENCE_ENDPOINT` which contains it',
  ],
  [
    'langchain, log in',
    'token-invalid',
    'ValueError: Could not authenticate with huggingface_hub. Please check your API token.',
  ],
  [
    'langchain, task',
    'wrong-task',
    "ValidationError: 1 validation error for HuggingFaceHub\n__root__\n  Got invalid task text-classification, currently only dict_keys(['translation', 'summarization']) are supported (type=value_error)",
  ],
  [
    'langchain, override',
    'wrong-task',
    'ValueError: Error raised by inference API: Cannot override task for LLM models',
  ],
  [
    'langchain, repo_id',
    'client-misuse',
    'ValidationError: 1 validation error for HuggingFaceHub\n__root__\n  Must specify either `repo_id` or `task`, ',
  ],
  [
    'langchain, model id',
    'client-misuse',
    'ValueError: Failed to resolve model_id:Could not find model id for inference server: None Make sure that your Hugging Face token has access to the endpoint.',
  ],
  [
    'langchain, old embeddings',
    'response-shape',
    '  File "/usr/lib/python3.11/site-packages/langchain_community/embeddings/huggingface.py", line 317, in embed_query\n    return self.embed_documents([text])[0]\nKeyError: 0',
  ],
  [
    'llama-index, no JSON',
    'response-shape',
    '  File "/usr/lib/python3.11/site-packages/llama_index/llms/huggingface_api/base.py", line 200, in chat\njson.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)',
  ],
  [
    'litellm, no JSON',
    'response-shape',
    'litellm.APIConnectionError: HuggingfaceException - Expecting value: line 1 column 1 (char 0)',
  ],
  [
    'haystack',
    'client-misuse',
    'ValueError: To use the Serverless Inference API, you need to specify the `model` parameter in `api_params`.',
  ],
  [
    'haystack, 401',
    'token-missing|token-invalid',
    `haystack.core.errors.PipelineRuntimeError: The following component failed to run:\nComponent name: 'llm'\nComponent type: 'HuggingFaceAPIChatGenerator'\nError: Client error '401 Unauthorized' for url '${R}/v1/chat/completions'\n\nInvalid username or password.`,
  ],
  [
    'agents of transformers',
    'model-overloaded',
    "  File \"/usr/lib/python3.10/site-packages/transformers/tools/agents.py\", line 500, in generate_one\nValueError: Error 503: {'error': 'Service Unavailable'}",
  ],
  [
    'smolagents, structured',
    'client-misuse',
    'ValueError: InferenceClientModel only supports structured outputs with these providers:cerebras, fireworks-ai',
  ],
  [
    'gradio, nobody serves it',
    'model-not-served',
    'gradio.exceptions.Error: This model is not supported by any Hugging Face Inference Provider. Please check the supported models at https://huggingface.co/docs/inference-providers.',
  ],
  [
    'gradio, policy',
    'client-too-old',
    'ValueError: To use :cheapest or :fastest, upgrade huggingface_hub to huggingface_hub>=1.0',
  ],
  [
    'look-up behind a company proxy',
    'tls-interception',
    "requests.exceptions.SSLError: (MaxRetryError(\"HTTPSConnectionPool(host='huggingface.co', port=443): Max retries exceeded with url: /api/models/acme/x?expand=inferenceProviderMapping (Caused by SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: unable to get local issuer certificate (_ssl.c:1006)')))\"), '(Request ID: x)')",
  ],
];

export const NODE: readonly Family[] = [
  [
    'fetch failed',
    'dns-failure',
    `TypeError: fetch failed\n    at node:internal/deps/undici/undici:13185:13\n    at async innerRequest (file:///app/node_modules/@huggingface/inference/dist/esm/utils/request.js:40:22) {\n  [cause]: Error: getaddrinfo ENOTFOUND router.huggingface.co\n      at GetAddrInfoReqWrap.onlookupall [as oncomplete] (node:dns:122:26) {\n    errno: -3008,\n    code: 'ENOTFOUND',\n    syscall: 'getaddrinfo',\n    hostname: 'router.huggingface.co'\n  }\n}`,
  ],
  [
    'fetch failed, old host',
    'legacy-host-gone',
    `TypeError: fetch failed\n  [cause]: Error: getaddrinfo ENOTFOUND api-inference.huggingface.co {\n    errno: -3008,\n    code: 'ENOTFOUND',\n    syscall: 'getaddrinfo',\n    hostname: 'api-inference.huggingface.co'\n  }`,
  ],
  [
    'self-signed',
    'tls-interception',
    `TypeError: fetch failed\n  [cause]: Error: self-signed certificate in certificate chain\n      at TLSSocket.onConnectSecure (node:_tls_wrap:1674:34) {\n    code: 'SELF_SIGNED_CERT_IN_CHAIN'\n  }\nwhile calling ${R}/v1/chat/completions`,
  ],
  [
    'error class',
    'token-lacks-inference-permission',
    `InferenceClientProviderApiError: Failed to perform inference: ${PERMISSION}\n    at innerRequest (file:///app/node_modules/@huggingface/inference/dist/esm/utils/request.js:105:27) {\n  httpRequest: { url: '${R}/novita/v3/openai/chat/completions', method: 'POST' },\n  httpResponse: { requestId: 'Root=1-69000000-0123456789abcdef01234567', status: 403, body: { error: '${PERMISSION}' } }\n}`,
  ],
  [
    'no provider',
    'model-not-served',
    `InferenceClientInputError: No Inference Provider available for model acme/tiny-chat.\n    at resolveProvider (file:///app/node_modules/@huggingface/inference/dist/esm/lib/getInferenceProviderMapping.js:140:15)`,
  ],
  [
    'no information',
    'model-not-served|model-not-found',
    `Error: We have not been able to find inference provider information for model acme/tiny-chat.`,
  ],
  [
    'openai',
    'credits-exhausted',
    `APIError: 402 ${CREDITS}\n    at APIError.generate (/app/node_modules/openai/error.js:60:20) {\n  status: 402,\n  headers: {},\n  error: '${CREDITS}'\n}`,
  ],
  [
    'openai model',
    'model-not-served|provider-disabled',
    `BadRequestError: 400 The requested model 'acme/tiny-chat' is not supported by any provider you have enabled.\n    at APIError.generate (file:///app/node_modules/openai/core/error.mjs:41:20) {\n  status: 400,\n  code: 'model_not_supported',\n  param: 'model',\n  type: 'invalid_request_error'\n}`,
  ],
  [
    'axios',
    'legacy-host-gone',
    `AxiosError: Request failed with status code 410\n    at settle (/app/node_modules/axios/lib/core/settle.js:19:12) {\n  code: 'ERR_BAD_REQUEST',\n  config: { url: '${L}/models/gpt2', method: 'post' },\n  response: { status: 410, data: { error: '${L} is no longer supported. Please use ${R} instead.' } }\n}`,
  ],
  [
    'ai sdk',
    'token-missing|token-invalid',
    `AI_APICallError: Unauthorized\n    at file:///app/node_modules/@ai-sdk/provider-utils/dist/index.mjs:400:14 {\n  url: '${R}/v1/chat/completions',\n  requestBodyValues: { model: 'acme/tiny-chat' },\n  statusCode: 401,\n  responseBody: '{"error":"Invalid username or password."}',\n  isRetryable: false\n}`,
  ],
  [
    'auto router key',
    'token-malformed|token-missing',
    `Error: Cannot select auto-router when using non-Hugging Face API key.`,
  ],
  [
    'socket',
    'timeout',
    `TypeError: fetch failed\n  [cause]: HeadersTimeoutError: Headers Timeout Error { code: 'UND_ERR_HEADERS_TIMEOUT' }\n    at POST ${R}/hf-inference/models/acme/slow`,
  ],
  [
    'refused, without a class',
    'token-missing|token-invalid',
    'Error: Failed to perform inference: Invalid username or password.',
  ],
  [
    'status alone',
    'token-missing|token-invalid',
    'Error: Server response contains error: 401\n    at request (/app/node_modules/@huggingface/inference/dist/index.cjs:100:11)',
  ],
  [
    'no key, langchain',
    'token-missing',
    'Error: Please set an API key for HuggingFace Hub in the environment variable HUGGINGFACEHUB_API_KEY or in the apiKey field of the HuggingFaceInference constructor options.',
  ],
  [
    '500 in words',
    'provider-outage',
    'InferenceClientProviderApiError: Failed to perform inference: Internal Server Error',
  ],
  ['no model id', 'client-misuse', 'Error: Provider fal-ai requires a model ID to be passed directly.'],
  [
    'no model at all',
    'client-misuse',
    'InferenceClientInputError: No model provided, and no task has been specified.',
  ],
  [
    'closed provider',
    'client-misuse',
    'InferenceClientInputError: Provider openai is closed-source and does not support HF tokens.',
  ],
  [
    'no chat',
    'wrong-task',
    'InferenceClientProviderApiError: Provider together does not seem to support chat completion for model acme/base . Error: "Not Found"',
  ],
  [
    'malformed',
    'response-shape',
    'InferenceClientProviderOutputError: Received malformed response from HF-Inference text-to-image API: expected a Blob',
  ],
  [
    'page in place of JSON',
    'response-shape',
    'SyntaxError: Unexpected token < in JSON at position 0\n    at JSON.parse (<anonymous>)\n    at async HfInference.textGeneration (file:///app/node_modules/@huggingface/inference/dist/index.mjs:470:15)',
  ],
  [
    'event with an error',
    'stream-broken',
    'Error: Failed to perform inference: an occurred while streaming the response: upstream connect error',
  ],
  [
    'plain class in a frame',
    'payload-invalid',
    "Error: The following `model_kwargs` are not used by the model: ['return_full_text'] (note: typos in the generate arguments will also show up in this list)\n    at HfInference.request (file:///app/node_modules/@huggingface/inference/dist/index.mjs:425:13)",
  ],
  [
    'tools of a package',
    'tools-unsupported',
    'AI SDK Warning (huggingface.responses / acme/tiny): The feature "tool messages" is not supported.',
  ],
];

export const OTHER: readonly Family[] = [
  [
    'curl plain',
    'token-missing|token-invalid',
    `$ curl ${R}/v1/chat/completions -H "Authorization: Bearer $HF_TOKEN" -d '{"model":"acme/tiny","messages":[]}'\n{"error":"Invalid username or password."}`,
  ],
  ['curl, no name', 'legacy-host-gone', `curl: (6) Could not resolve host: api-inference.huggingface.co`],
  [
    'curl, certificate',
    'tls-interception',
    `$ curl ${R}/v1/models\ncurl: (60) SSL certificate problem: unable to get local issuer certificate`,
  ],
  [
    'curl, handshake',
    'tls-blocked',
    `$ curl ${R}/v1/models\ncurl: (35) OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to router.huggingface.co:443`,
  ],
  [
    'curl -v',
    'credits-exhausted',
    `* Connected to router.huggingface.co (18.1.2.3) port 443\n> POST /v1/chat/completions HTTP/2\n> Host: router.huggingface.co\n> user-agent: curl/8.5.0\n> authorization: Bearer [redacted]\n> content-type: application/json\n> \n< HTTP/2 402 \n< content-type: application/json; charset=utf-8\n< x-powered-by: huggingface-moon\n< x-request-id: Root=1-69000000-0123456789abcdef01234567\n< \n{"error":"${CREDITS}"}\n* Connection #0 to host router.huggingface.co left intact`,
  ],
  [
    'raw http',
    'token-invalid',
    `POST /together/v1/chat/completions HTTP/1.1\nHost: router.huggingface.co\nAuthorization: Bearer [redacted]\nContent-Type: application/json\n\n{"model":"acme/tiny"}\n\nHTTP/1.1 401 Unauthorized\nContent-Type: application/json\nX-Error-Message: Invalid username or password.\n\n{"error":"Invalid username or password."}`,
  ],
  ['JSON alone', 'credits-exhausted', `{"error":"${CREDITS}"}`],
  [
    'JSON in JSON',
    'credits-exhausted',
    JSON.stringify({ level: 'error', msg: `upstream said ${JSON.stringify({ error: CREDITS })}` }),
  ],
  [
    'cloudfront page',
    'gateway-html-error',
    `502 Server Error: Bad Gateway for url: ${R}/v1/chat/completions\n<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">\n<HTML><HEAD><TITLE>ERROR: The request could not be satisfied</TITLE></HEAD><BODY><H1>502 ERROR</H1>Generated by cloudfront (CloudFront)</BODY></HTML>`,
  ],
  [
    'docker log',
    'provider-outage',
    `api-1  | 2026-03-04T10:00:00Z ERROR worker: 500 Server Error: Internal Server Error for url: ${R}/novita/v3/openai/chat/completions`,
  ],
  [
    'CI log',
    'token-lacks-inference-permission',
    `2026-03-04T10:00:00.1234567Z ##[error]Error code: 403 - {'error': '${PERMISSION}'}`,
  ],
  [
    'go',
    'legacy-host-gone|dns-failure',
    `Post "${L}/models/gpt2": dial tcp: lookup api-inference.huggingface.co: no such host`,
  ],
  [
    'php',
    'model-retired',
    `Client error: \`POST ${R}/hf-inference/models/acme/old\` resulted in a \`410 Gone\` response: {"error":"The requested model is deprecated and no longer supported by provider hf-inference"}`,
  ],
  [
    'java',
    'token-lacks-inference-permission',
    `java.lang.RuntimeException: status code: 403; body: {"error":"${PERMISSION}"}`,
  ],
  [
    'own server in front',
    'model-not-served|provider-disabled',
    `Error code: 400 - {'error': {'message': "litellm.BadRequestError: HuggingfaceException - {\\"error\\":{\\"message\\":\\"The requested model 'acme/tiny-chat' is not supported by any provider you have enabled.\\",\\"code\\":\\"model_not_supported\\"}}", 'type': None, 'code': '400'}} from http://localhost:4000/v1/chat/completions`,
  ],
  [
    'cors',
    'cors-blocked',
    `Access to fetch at '${R}/v1/chat/completions' from origin 'http://localhost:5173' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.`,
  ],
  [
    'har',
    'credits-exhausted',
    JSON.stringify({
      log: {
        version: '1.2',
        entries: [
          {
            startedDateTime: '2026-05-01T10:00:00Z',
            request: {
              method: 'POST',
              url: `${R}/v1/chat/completions`,
              headers: [{ name: 'Authorization', value: 'Bearer x' }],
              postData: { text: '{"model":"acme/tiny"}' },
            },
            response: {
              status: 402,
              headers: [{ name: 'content-type', value: 'application/json' }],
              content: { mimeType: 'application/json', text: JSON.stringify({ error: CREDITS }) },
            },
          },
        ],
      },
    }),
  ],
  [
    'log of a container',
    'endpoint-deploy-failed',
    '2024-05-01 10:00:00,000 | INFO | Initializing model from directory:/repository\nTraceback (most recent call last):\n  File "/usr/local/lib/python3.9/dist-packages/transformers/pipelines/__init__.py", line 779, in pipeline\n  File "/usr/local/lib/python3.9/dist-packages/transformers/models/auto/auto_factory.py", line 566, in from_pretrained\nKeyError: \'gemma3\'',
  ],
  [
    'log of an endpoint',
    'endpoint-deploy-failed',
    'Exit code: 1. Reason: ng(self.app)\n  File "/usr/local/lib/python3.10/dist-packages/uvicorn/importer.py", line 19, in import_from_string\n    module = importlib.import_module(module_str)\n  File "/app/webservice_starlette.py", line 10, in <module>',
  ],
  [
    'TGI does not start',
    'endpoint-deploy-failed',
    '2024-03-04T10:00:00.1Z ERROR text_generation_launcher: Shard 0 failed to start\nError: ShardCannotStart',
  ],
  [
    'TGI warms up',
    'endpoint-deploy-failed',
    'Error: Warmup(Generation("Not enough memory to handle 4096 prefill tokens. You need to decrease `--max-batch-prefill-tokens`"))',
  ],
  [
    'TEI does not start',
    'endpoint-deploy-failed',
    'Error: Could not create backend\n\nCaused by:\n    Could not start backend: Model is not supported',
  ],
  [
    'TEI batch',
    'payload-invalid',
    '{"error":"batch size 64 > maximum allowed batch size 32","error_type":"Validation"}',
  ],
  ['TEI sort', 'wrong-task', '{"error":"Model is not an embedding model","error_type":"Backend"}'],
  ['health', 'endpoint-unhealthy', '{"error":"unhealthy","error_type":"healthcheck"}'],
  [
    'DNS in Dart',
    'legacy-host-gone|dns-failure',
    "Failed host lookup: 'api-inference.huggingface.co'\nOSError (OS Error: No address associated with hostname, errno = 7)",
  ],
  [
    'DNS behind a guard',
    'legacy-host-gone|dns-failure',
    'ValueError: request blocked: DNS resolution failed for api-inference.huggingface.co: [Errno 11001] getaddrinfo failed',
  ],
  [
    'DNS in Rust',
    'dns-failure',
    'error sending request: dns error: failed to lookup address information: Name or service not known, host router.huggingface.co',
  ],
  [
    'a 500 of a proxy that quotes a 401',
    'token-missing|token-invalid|token-not-propagated',
    'openai.InternalServerError: Error code: 500 - {\'error\': \'litellm.AuthenticationError: HuggingfaceException - {"error":"Invalid username or password."}\'}',
  ],
  [
    'a 401 in the words of a program',
    'token-missing|token-invalid|token-malformed',
    'Error: HTTP 401 - Invalid or missing API key\nYour HuggingFace API key is invalid or missing.',
  ],
  [
    'a provider that the installed client lacks',
    'client-too-old|client-bug|wrong-provider-suffix',
    "ValueError: Provider 'featherless-ai' not supported.",
  ],
  [
    'another task, and the right one',
    'wrong-task',
    'Model not supported for task text-generation. Supported task: conversational.',
  ],
  [
    'a backend that quotes a 402',
    'credits-exhausted',
    'Error 500 from https://api.acme.example/chat {"detail":"upstream: 402 You have depleted your monthly included credits. Purchase pre-paid credits to continue using Inference Providers."}',
  ],
  [
    'a backend that quotes a 403',
    'token-lacks-inference-permission',
    '500 {"detail":"This authentication method does not have sufficient permissions to call Inference Providers on behalf of user acme"}',
  ],
  [
    'a bare 403',
    'token-lacks-inference-permission',
    'requests.exceptions.HTTPError: 403 Client Error: Forbidden for url: https://router.huggingface.co/novita/v3/openai/chat/completions',
  ],
  [
    'a bare 401',
    'token-missing|token-invalid',
    'requests.exceptions.HTTPError: 401 Client Error: Unauthorized for url: https://router.huggingface.co/novita/v3/openai/chat/completions',
  ],
  [
    'a bare 404',
    'model-not-served',
    'requests.exceptions.HTTPError: 404 Client Error: Not Found for url: https://router.huggingface.co/novita/v3/openai/chat/completions',
  ],
  [
    'a bare 410',
    'model-retired',
    'requests.exceptions.HTTPError: 410 Client Error: Gone for url: https://router.huggingface.co/novita/v3/openai/chat/completions',
  ],
];

/** Not about inference at Hugging Face: nothing may be said. */
export const FOREIGN: readonly (readonly [name: string, text: string])[] = [
  [
    'openai 401',
    "openai.AuthenticationError: Error code: 401 - {'error': {'message': 'Incorrect API key provided: sk-abc. You can find your API key at https://platform.openai.com/account/api-keys.', 'type': 'invalid_request_error', 'code': 'invalid_api_key'}}",
  ],
  [
    'hub download',
    'huggingface_hub.errors.GatedRepoError: 401 Client Error. (Request ID: Root=1-69000000-0123456789abcdef01234567)\n\nCannot access gated repo for url https://huggingface.co/acme/gated/resolve/main/config.json.\nAccess to model acme/gated is restricted.',
  ],
  [
    'missing repo',
    'huggingface_hub.errors.RepositoryNotFoundError: 404 Client Error. Repository Not Found for url: https://huggingface.co/acme/none/resolve/main/config.json.',
  ],
  [
    'git push',
    "remote: Invalid username or password.\nfatal: Authentication failed for 'https://huggingface.co/acme/model/'",
  ],
  [
    'git push 403',
    "remote: You are not authorized to push to this repo\nfatal: unable to access 'https://huggingface.co/spaces/acme/x/': The requested URL returned error: 403",
  ],
  [
    'pip',
    'ERROR: Could not find a version that satisfies the requirement huggingface_hub==99.0\nERROR: No matching distribution found for huggingface_hub==99.0',
  ],
  [
    'own gpu',
    'torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 23.65 GiB',
  ],
  [
    'ollama',
    'ollama._types.ResponseError: model "llama3" not found, try pulling it first (status code: 404)',
  ],
  [
    'ollama through langchain',
    'ValueError: Error raised by inference API HTTP code: 500, {"error":"no embedding"}',
  ],
  ['ollama refused', 'httpx.ConnectError: [Errno 111] Connection refused: http://localhost:11434/api/chat'],
  [
    'openrouter',
    `Error code: 402 - {'error': {'message': 'Insufficient credits. Add more using https://openrouter.ai/settings/credits', 'code': 402}}`,
  ],
  [
    'modelscope',
    '404 Client Error: Not Found for url: https://api-inference.modelscope.cn/v1/chat/completions',
  ],
  [
    'github',
    '{"message":"Bad credentials","documentation_url":"https://docs.github.com/rest","status":"401"}',
  ],
  [
    'cloudflare page of a stranger',
    '<!DOCTYPE html><html><head><title>example.org | 502: Bad gateway</title></head><body>Cloudflare Ray ID: 123</body></html>',
  ],
  [
    'anthropic',
    'anthropic.RateLimitError: Error code: 429 - {"type":"error","error":{"type":"rate_limit_error","message":"too many tokens"}}',
  ],
  [
    'groq itself',
    "groq.RateLimitError: Error code: 429 - {'error': {'message': 'Rate limit reached for model `llama` in organization `org_1`', 'code': 'rate_limit_exceeded'}} https://api.groq.com/openai/v1/chat/completions",
  ],
  [
    'database',
    'psycopg2.OperationalError: connection to server at "db" (10.0.0.2), port 5432 failed: Connection refused',
  ],
  [
    'prose',
    'The Inference API sometimes hangs. Could we add a timeout to the client, please? It would be nice to have.',
  ],
  [
    'prose with a status',
    'I read that a 402 means that credits are used up. Is there a list of all status codes of Hugging Face somewhere?',
  ],
  ['generic fetch', 'TypeError: fetch failed\n    at node:internal/deps/undici/undici:13185:13'],
  [
    'keyerror',
    "Traceback (most recent call last):\n  File \"app.py\", line 3, in <module>\n    print(data['x'])\nKeyError: 'x'",
  ],
  [
    'lfs',
    'batch response: This repository is over its data quota. Account responsible for LFS bandwidth should purchase more data packs.',
  ],
  ['vllm of somebody', 'ERROR 03-04 10:00:00 engine.py: torch.cuda.OutOfMemoryError: CUDA out of memory.'],
  ['empty', '   \n\n'],
  ['binary', '\u0000\u0001\u0002PNG\r\n\u001a'],
  ['state of OAuth', 'OAuthError: bad request: invalid state, expected abc got def'],
  ['state of asyncio', 'asyncio.exceptions.InvalidStateError: invalid state'],
  [
    'look-up before a download',
    "SSLError: HTTPSConnectionPool(host='huggingface.co', port=443): Max retries exceeded with url: /api/models/acme/sentences (Caused by SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self signed certificate in certificate chain (_ssl.c:1091)')))",
  ],
  [
    'private model',
    'requests.exceptions.HTTPError: 401 Client Error: Unauthorized for url: https://huggingface.co/api/models/acme/private',
  ],
  [
    'own transformers server',
    'The following `model_kwargs` are not used by the model: [\'token_type_ids\'] (note: typos in the generate arguments will also show up in this list)\n127.0.0.1 - - [03/Aug/2023 10:49:30] "POST /completions HTTP/1.1" 400 -',
  ],
  [
    'transformers at home',
    'ValueError: The following `model_kwargs` are not used by the model: [\'foo\']\n  File "/usr/lib/python3.11/site-packages/transformers/generation/utils.py", line 1100, in _validate_model_kwargs\n/root/.cache/huggingface/modules',
  ],
  [
    'pipeline at home',
    '  File "/usr/lib/python3.11/site-packages/langchain_huggingface/llms/huggingface_pipeline.py", line 280, in _generate\nRuntimeError: CUDA out of memory.',
  ],
  [
    'task of a pipeline',
    "ValueError: Got invalid task foo, currently only ('text2text-generation', 'text-generation') are supported",
  ],
  [
    'embeddings at home',
    '  File "/usr/lib/python3.11/site-packages/langchain_community/embeddings/huggingface.py", line 80, in __init__\n    self.client = sentence_transformers.SentenceTransformer(\njson.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)',
  ],
  [
    'a Space that cannot start',
    'Runtime error\nExit code: 1. Reason: Traceback (most recent call last):\n  File "/home/user/app/app.py", line 3, in <module>\n    import gradio\nModuleNotFoundError: No module named \'gradio\'\nContainer logs:',
  ],
  [
    'a Space that is not there',
    'ValueError: Could not find Space: acme/x. If it is a private or gated Space, please provide your Hugging Face access token (https://huggingface.co/settings/tokens) as the argument for the `token` parameter.',
  ],
  ['own process', 'Process finished with exit code 1'],
  [
    'commit refused',
    'huggingface_hub.errors.BadRequestError: (Request ID: x)\n\nBad request:\nInvalid metadata in README.md. - "license" must be one of',
  ],
  [
    '422 of a repository',
    '422 Client Error: Unprocessable Entity for url: https://huggingface.co/api/repos/create',
  ],
  [
    '422 of a stranger',
    '422 Client Error: Unprocessable Entity for url: https://api.example.com/v1/chat/completions',
  ],
  [
    'no JSON of a stranger',
    'requests.exceptions.JSONDecodeError: Expecting value: line 1 column 1 (char 0)\nresponse = requests.post("https://api.example.com/v1/chat", headers=headers)',
  ],
  [
    'no JSON of nobody',
    'SyntaxError: Unexpected end of JSON input\n    at JSON.parse (<anonymous>)\n    at /app/node_modules/next/dist/server.js:1:1',
  ],
  ['another runtime', 'RuntimeError: Failed to perform inference: CUDA error: device-side assert triggered'],
  [
    'another package of the AI SDK',
    'AI SDK Warning (groq.chat / llama): The feature "tool messages" is not supported.',
  ],
  [
    'another key of langchain',
    'ValidationError: 1 validation error for AzureChatOpenAI\n__root__\n  Did not find azure_endpoint, please add an environment variable `AZURE_OPENAI_ENDPOINT`',
  ],
  [
    'a range of pydantic',
    'pydantic_core._pydantic_core.ValidationError: 1 validation error for Foo\n`x` must be <= 5',
  ],
  ['another download', 'ERROR: yt_dlp.utils.DownloadError: Unsupported URL'],
  [
    'the batch of another vendor',
    '{"code":20042,"message":"input batch size 136 > maximum allowed batch size 64","data":null}',
  ],
  [
    'a 500 of another proxy',
    "openai.InternalServerError: Error code: 500 - {'error': 'litellm.AuthenticationError: OpenAIException - Incorrect API key provided'}",
  ],
  [
    'a host that is not ours',
    "SocketException: Failed host lookup: 'api.example.com' (OS Error: No address associated with hostname, errno = 7)",
  ],
  ['a login that lost its state', 'authlib: 400 Bad Request: Invalid state'],
  [
    'a tool that checks its input',
    "McpError: MCP error -32602: Input validation error: 'query' is a required property",
  ],
  [
    'a metrics server',
    'HTTP/1.1 400 Bad Request\nContent-Type: application/json\n\n{"status":"error","errorType":"bad_data","error":"invalid parameter","warnings":["PromQL warning"]}',
  ],
  ['a shop', 'POST /api/checkout failed: 500 {"error":"Unknown error"}'],
  ['a ride', '{"error":"No driver available","estimated_time": 12.5, "code": 503}'],
  ['another subscription', 'Perplexity: model sonar-large requires a Pro subscription'],
  [
    'another login',
    'instaloader: 429 Too Many Requests: Rate limit reached. Please log in to continue browsing.',
  ],
  ['other credits', "You've used all of your monthly included credits on Cursor. 402 Payment Required"],
  ['an app that is built', '  cannot build electron app\nError: DownloadError'],
];
