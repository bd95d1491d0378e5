import type { Observation } from '../../types/observation.js';
import { says } from '../match.js';
import { isClientText, Q } from './client-text.js';

/* Names that newer client libraries no longer have, and how a program says that it misses them. */

export interface Removed {
  /** The name that is gone. */
  name: string;
  client: string;
  /** First version without it; null where it is not known. */
  since: string | null;
  /** What took its place. */
  now: string;
  /** Code of the user's project that still calls it, when it is mostly not their own. */
  caller: string | null;
}

const HUB = 'huggingface_hub';
const gone = (name: string, since: string | null, now: string, caller: string | null = null): Removed => ({
  name,
  client: HUB,
  since,
  now,
  caller,
});

const INIT = `InferenceClient\\.(?:__init__|init)\\(\\) got an unexpected keyword argument ${Q}`;
const LACKS = `InferenceClient${Q} object has no attribute ${Q}`;

/** How a missing name is said, and what it was. */
const FAMILIES: readonly (readonly [RegExp, Removed])[] = [
  [
    new RegExp(`${LACKS}post${Q}`),
    gone(
      'InferenceClient.post',
      '0.31.0',
      'one method per task, such as chat_completion',
      'langchain-huggingface',
    ),
  ],
  [
    new RegExp(`${LACKS}(?:get_model_status|list_deployed_models)${Q}`),
    gone(
      'InferenceClient.get_model_status and list_deployed_models',
      '0.35.0',
      'the list of providers on the page of the model',
    ),
  ],
  [
    new RegExp(`(?:cannot import name|huggingface_hub${Q} has no attribute) ${Q}InferenceApi${Q}`),
    gone('InferenceApi', '1.0.0', 'InferenceClient'),
  ],
  [/No module named .huggingface_hub\.inference_api\b/, gone('InferenceApi', '1.0.0', 'InferenceClient')],
  [
    new RegExp(`${INIT}(?:proxies|trust_env)${Q}`),
    gone('the argument proxies', '1.0.0', 'the variables HTTPS_PROXY and NO_PROXY'),
  ],
  [
    new RegExp(`(?:cannot import name|has no attribute) ${Q}HfApiModel${Q}`),
    { ...gone('HfApiModel', null, 'InferenceClientModel'), client: 'smolagents' },
  ],
  [
    /Model URLs are no longer supported\. Use endpointUrl instead/,
    {
      name: 'a URL as the model',
      client: '@huggingface/inference',
      since: null,
      now: 'the argument endpointUrl',
      caller: null,
    },
  ],
];

export function removedIn(o: Observation): Removed | null {
  // A file of the user that has the name of the package breaks every import.
  if (!isClientText(o) || says(o, /partially initialized module/i)) return null;
  return FAMILIES.find(([pattern]) => says(o, pattern))?.[1] ?? null;
}
