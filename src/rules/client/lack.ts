import type { Observation } from '../../types/observation.js';
import { says } from '../match.js';
import { found, namesClient, Q } from './client-text.js';
import { ARGUMENTS, IMPORTS, METHODS, PROVIDER_SINCE } from './known-names.js';

/* How a program says that the installed client lacks a name which newer versions have. */

export interface Lack {
  client: string;
  /** What the code asks for and the installed version lacks. */
  lacks: string;
  /** First version that has it; null where it is not known. */
  since: string | null;
}

const HUB = 'huggingface_hub';
export const JS = '@huggingface/inference';

export const ATTRIBUTE = new RegExp(`InferenceClient${Q} object has no attribute ${Q}(\\w{2,60})${Q}`);
export const KEYWORD = new RegExp(
  `InferenceClient\\.\\w{2,60}\\(\\) got an unexpected keyword argument ${Q}(\\w{2,60})${Q}`,
);
const FROM = new RegExp(`from ${Q}?(\\w{2,40})`, 'g');
const IMPORT = new RegExp(
  `cannot import name ${Q}(\\w{2,60})${Q}(?: from ${Q}(huggingface_hub|smolagents|langchain_huggingface)\\b)?`,
);
const PROVIDER = new RegExp(
  `Provider ${Q}([a-z0-9-]{2,40})${Q} not supported(?:\\. Available (?:values: ${Q}auto${Q} or any provider|providers: )|\\.?[\\s"'}\\]]{0,6}$)`,
);
const JS_EXPORT =
  /\bInferenceClient is not a constructor|export named 'InferenceClient'|no exported member (?:named )?['"]?InferenceClient\b/;
const JS_METHOD =
  /\.((?:chatCompletion|textGeneration)(?:Stream)?|featureExtraction|textToVideo|imageToVideo|textToSpeech) is not a function/;

function comesFrom({ body }: Observation, owner: string): boolean {
  const named = [body.message ?? '', body.excerpt].flatMap((text) => [...text.matchAll(FROM)]);
  return named.some(([, name]) => name === owner);
}

/** Both clients wrote "Available providers: "; a list in brackets with quotes is Python's own. */
function listsAsPython(o: Observation): boolean {
  if (!says(o, /Available providers: /) || says(o, /Available providers: \[\s{0,4}['"]/)) return true;
  return o.client?.language === 'python' || says(o, /\.py", line \d/);
}

export function lackOf(o: Observation): Lack | null {
  const method = found(o, ATTRIBUTE);
  if (method && METHODS.includes(method)) return { client: HUB, lacks: `the method ${method}`, since: null };
  const keyword = found(o, KEYWORD);
  if (keyword && Object.hasOwn(ARGUMENTS, keyword))
    return { client: HUB, lacks: `the argument ${keyword}`, since: ARGUMENTS[keyword] ?? null };
  const name = found(o, IMPORT);
  const owner = name && Object.keys(IMPORTS).find((p) => IMPORTS[p]?.includes(name));
  // The package stands in the sentence in newer versions of Python; `Agent` alone could be anybody's.
  if (name && owner && (comesFrom(o, owner) || /Inference|HuggingFace/.test(name)))
    return { client: owner.replace('langchain_', 'langchain-'), lacks: `the name ${name}`, since: null };
  const provider = found(o, PROVIDER);
  if (provider && Object.hasOwn(PROVIDER_SINCE, provider)) {
    const lacks = `the provider ${provider}`;
    return listsAsPython(o)
      ? { client: HUB, lacks, since: PROVIDER_SINCE[provider] ?? null }
      : { client: JS, lacks, since: null };
  }
  if (says(o, /to use :cheapest or :fastest, upgrade/i))
    return { client: HUB, lacks: 'the choices :cheapest and :fastest', since: '1.0.0' };
  if (says(o, JS_EXPORT)) return { client: JS, lacks: 'the class InferenceClient', since: '3.5.2' };
  const call = namesClient(o) && o.client?.language !== 'python' ? found(o, JS_METHOD) : null;
  return call ? { client: JS, lacks: `the method ${call}`, since: null } : null;
}
