/* Sentences with which client libraries refuse what they are given, before anything is sent. */

export interface Refused {
  /** What was given, as a sentence names it. */
  what: string;
  /** What the client takes instead. */
  instead: string;
  /** What else the same words may mean; null where they are clear. */
  doubt: string | null;
}

const refused = (what: string, instead: string, doubt: string | null = null): Refused => ({
  what,
  instead,
  doubt,
});

const NO_MODEL = refused('no model', 'the id of a model, such as "openai/gpt-oss-120b"');
const NO_ADDRESS = refused(
  'neither a model nor an address',
  'repo_id for a model of the Hub, or endpoint_url for a dedicated endpoint',
);
const WRONG_INPUT = refused(
  'an input of a type that it cannot send',
  'a text, a path, a URL or bytes, as the task wants it',
);

export const REFUSALS: readonly (readonly [RegExp, Refused])[] = [
  [
    /Received both `model` and `base_url` arguments/,
    refused('both model and base_url', 'one of them: base_url for an address, model for an id'),
  ],
  [/Received both `token` and `api_key` arguments/, refused('both token and api_key', 'one of them')],
  [
    /Cannot use `token=False` to disable authentication/i,
    refused('token=False', 'a token: no call to a model passes without one'),
  ],
  [
    /Specifying both endpointUrl and provider is not supported|Cannot use endpointUrl with a third-party provider/,
    refused('both endpointUrl and a provider', 'endpointUrl alone, because an address has no provider'),
  ],
  [
    /Models from [\w-]{1,40} must be prefixed by|closed-source and does not support HF tokens|provider is not available through Hugging Face routing/,
    refused(
      'a provider that is not reached through Hugging Face',
      "that provider's own key and its own model names, or another provider",
    ),
  ],
  [
    /Specifying a model is required when provider is 'auto'|has no recommended model for HF Inference|No model provided, and no task has been specified|Provider \S{1,40} requires a model ID to be passed directly|No default model defined for task|Please provide an HF model ID\b|one of `model` or `base_url` should be set in `MCPClient`/i,
    NO_MODEL,
  ],
  [
    /Make sure you(?:r| are|r are) passing a Blob|Audio input must be a Blob|expects a Blob, ArrayBuffer|Expected a Blob or ArrayBuffer/i,
    refused('an input that is not binary', 'a Blob with its media type'),
  ],
  [
    /Expected one of: bytes, bytearray, BinaryIO, memoryview, Path|Unexpected (?:binary|path) input for task [a-z-]{4,40}/i,
    WRONG_INPUT,
  ],
  [
    /provider does not support URL output\. Use outputType/i,
    refused("outputType: 'url'", "'blob', 'dataUrl' or 'json'"),
  ],
  [/provide a task name when using an external provider/i, refused('no task', 'the name of the task')],
  // langchain
  [/Must specify either `repo_id` or `task`|Please specify an `endpoint_url` or/i, NO_ADDRESS],
  [
    /specify either an `endpoint_url` OR a `repo_id`/i,
    refused('both endpoint_url and repo_id', 'one of them: an address, or the id of a model'),
  ],
  [
    /Did not find endpoint_url, please add/i,
    {
      ...NO_ADDRESS,
      doubt:
        'Some releases of langchain in mid-2024 said this although repo_id was given: then an upgrade of langchain-huggingface or langchain-community repairs it.',
    },
  ],
  [
    /Could not find model id for inference server/i,
    refused(
      'an endpoint that its token cannot find',
      'the address of an endpoint that this token may list, or model_id beside it',
      'An endpoint of another account looks the same.',
    ),
  ],
  [
    /Expected llm to be one of HuggingFaceTextGenInference/i,
    refused('another kind of model object', 'a HuggingFaceEndpoint inside ChatHuggingFace'),
  ],
  [
    /Parameters \{[^}\n]{1,200}\} should be specified explicitly/i,
    refused('arguments in model_kwargs that have a place of their own', 'them as named arguments'),
  ],
  // haystack, smolagents
  [
    /you need to specify the `model` parameter in `api_params`/i,
    refused('no model', 'a model in api_params'),
  ],
  [
    /you need to specify the `url` parameter in `api_params`/i,
    refused('no address', 'the url of the server in api_params'),
  ],
  [
    /InferenceClientModel only supports structured outputs with/i,
    refused(
      'a response format that this provider does not take',
      'one of the providers that the sentence lists, or no response_format',
    ),
  ],
];
