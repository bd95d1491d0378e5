import { clientPlace } from '../explain/callers.js';
import { parseModelRef } from '../settings/model-id.js';
import type { SourceFile } from './walk.js';

/** Something that a project uses, and the line that says so. */
export interface Mention {
  kind: 'model' | 'provider' | 'task' | 'gateway' | 'legacy' | 'variable';
  value: string;
  /** `src/app.py:12`. */
  at: string;
}

export interface Names {
  providers: ReadonlySet<string>;
  /** Method of a client, in the spelling of either language, to its task. */
  methods: ReadonlyMap<string, string>;
}

const LONGEST_LINE = 2_000;
const HOST = /(?:router|api-inference)\.huggingface\.co|endpoints\.huggingface\.cloud/;
const LITELLM = /["'\s:=]huggingface\/([\w./:-]{3,200})/g;
/** The program that names an id in such a way may also name a data set so: only keys that speak of models. */
const KEYED =
  /(?<![A-Za-z])(?:model|model_?id|model_?name|repo_?id|default_?model|chat_?model|embedding_?model)["']?\s{0,4}(?::\s{0,2}str\s{0,2})?[:=]\s{0,4}["'`]([\w.:/-]{3,200})["'`]/gi;
const CALLED =
  /\b(?:Async)?(?:InferenceClient(?:Model)?|HfInference|HfApiModel|HuggingFaceEndpoint(?:Embeddings)?|HuggingFaceInferenceAPI)\(\s{0,4}["'`]([\w.:/-]{3,200})["'`]/g;
const PROVIDER = /\bprovider["']?\s{0,4}[:=]\s{0,4}["'`]([a-z][\w-]{1,40})["'`]/g;
const BASE =
  /(?:base_?url|api_?base|endpoint_?url|openai_?api_?base)["']?\s{0,4}[:=]\s{0,4}["'`]?(https?:\/\/[^\s"'`,;)]{3,300})/gi;
const METHOD = /\.\s{0,2}(\w{4,60})\(/g;
const COMPLETION = /\.chat\.completions\.create\(/;
const PATH =
  /(?:router|api-inference)\.huggingface\.co\/(?:(?!models\/)([a-z][\w-]{1,40})\/)?(?:models\/([\w.-]{1,96}\/[\w.-]{1,96}))?/g;
const VARIABLE =
  /^\s{0,8}(?:export\s{1,4})?(HF_TOKEN|HUGGING_?FACE_?(?:HUB_)?(?:API_)?(?:TOKEN|KEY)|HF_API_(?:TOKEN|KEY)|HF_ENDPOINT|HF_BILL_TO|HF_DOCTOR_GATEWAY_(?:URL|KEY)|OPENAI_BASE_URL|OPENAI_API_BASE)\s{0,4}=/;

/** What one file says of inference. Values of an environment file are never looked at. */
export function mentionsIn({ path, text }: SourceFile, names: Names): Mention[] {
  const lines = text.split(/\r\n|\n|\r/);
  const of = (kind: Mention['kind'], value: string, i: number): Mention => ({
    kind,
    value,
    at: `${path}:${i + 1}`,
  });
  if (/(?:^|\/)\.env[^/]{0,130}$/.test(path))
    return lines.flatMap((line, i) => {
      const name = VARIABLE.exec(line.slice(0, 200))?.[1];
      return name === undefined ? [] : [of('variable', name, i)];
    });
  // A model of another program, such as one that is loaded to run here, is none that is called.
  if (!speaksOfInference(text)) return [];
  return lines.flatMap((line, i) => {
    if (line.length > LONGEST_LINE || /^\s{0,80}(?:#|\/\/|\*)/.test(line)) return [];
    const plain = path.endsWith('.ipynb') ? line.replaceAll('\\"', '"') : line;
    return inLine(plain, names).map(([kind, value]) => of(kind, value, i));
  });
}

function speaksOfInference(text: string): boolean {
  return clientPlace(text) !== null || HOST.test(text) || text.search(LITELLM) >= 0;
}

type Found = [Mention['kind'], string];

function inLine(line: string, names: Names): Found[] {
  const firsts = (pattern: RegExp) => [...line.matchAll(pattern)].map((m) => m[1] ?? '');
  const provider = (slug: string): Found[] => (names.providers.has(slug) ? [['provider', slug]] : []);
  return [
    ...[...firsts(KEYED), ...firsts(CALLED)]
      .filter((id) => !id.startsWith('huggingface/'))
      .flatMap((id) => model(id)),
    ...firsts(LITELLM).flatMap((rest) => {
      const [head = '', ...more] = rest.split('/');
      return names.providers.has(head) && more.length === 2
        ? [...provider(head), ...model(more.join('/'))]
        : model(rest);
    }),
    ...firsts(PROVIDER).flatMap(provider),
    ...firsts(BASE).map((url): Found => ['gateway', url]),
    ...[...line.matchAll(PATH)].flatMap(([url = '', slug = '', id]): Found[] => [
      ...provider(slug),
      ...(id === undefined ? [] : model(id)),
      ...(url.startsWith('api-inference') ? ([['legacy', 'api-inference.huggingface.co']] as Found[]) : []),
    ]),
    ...firsts(METHOD).flatMap((method): Found[] => {
      const task = names.methods.get(method);
      return task === undefined ? [] : [['task', task]];
    }),
    ...(COMPLETION.test(line) ? ([['task', 'conversational']] as Found[]) : []),
  ];
}

/** Folders of a project, files, and what LiteLLM puts before the models of others. */
const NO_ID = new RegExp(
  [
    '^(?:models?|checkpoints?|ckpts?|weights|data|outputs?|results|src|app|tmp|path|your|org|user)/',
    '^(?:azure|anthropic|bedrock|cohere|deepseek|fireworks_ai|gemini|groq|mistral|ollama|openrouter|perplexity|replicate|together_ai|vertex_ai|xai)/',
    String.raw`^openai/(?:gpt-[345]|o\d)`,
    String.raw`\.(?:gguf|bin|pt|pth|onnx|py|js|ts|json|safetensors)$`,
  ].join('|'),
);

/** Ids of the Hub have an organization here: a bare word may be anything. */
function model(text: string): Found[] {
  const parsed = parseModelRef(text);
  return parsed.ok && parsed.ref.id.includes('/') && !NO_ID.test(text) ? [['model', text]] : [];
}
