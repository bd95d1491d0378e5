import type { Observation } from '../../types/observation.js';
import { cellRule, fix } from '../define.js';
import { says } from '../match.js';
import { LINKS } from '../words.js';

interface Args {
  why: 'package' | 'memory' | 'hardware' | 'model' | 'unknown';
  /** The Python package that is missing. */
  name: string | null;
}

/** The page of the endpoint, or huggingface_hub, says so. */
const SAID =
  /\bEndpoint failed to start\b|\bInference Endpoint \S{1,64} failed to (?:deploy|update)\b|\bEndpoint encountered an error\.\s{1,4}You can try restarting/i;
/** The log of the container of Hugging Face, on its way up. */
const STARTS =
  /Initializing model from directory|some_startup_task|get_inference_handler_either_custom_or_default_handler/;
const BREAKS =
  /Traceback \(most recent call last\)|\b\w{2,40}Error\b|Application startup failed|Exit code: \d/;
const SHARD =
  /\bShard(?:Cannot|Failed|CannotStart)\w{0,10}\b|\bShard \d{1,2} failed to start|\bError: (?:Webserver(?:Failed|CannotStart)|DownloadError)\b|\bWarmup\(Generation\(|\bCould not start backend: \S|\bExit code: \d{1,3}\. Reason: /;

const PACKAGE = /No module named ['"]([\w.]{1,60})['"]/;
const WHY: readonly (readonly [Args['why'], RegExp])[] = [
  ['hardware', /scheduling failure|not enough hardware capacity|unable to schedule/i],
  ['memory', /out of memory|OOMKilled|Exit code: 137|not enough memory/i],
  [
    'model',
    /does not recognize this architecture|model type \S{1,60} but transformers|trust_remote_code|does not appear to have a file named|KeyError: '[\w-]{1,40}'|\bis not supported for (?:AutoModel|automatic sharding)|requires (?:to execute|you to execute)/i,
  ],
];

function fails(o: Observation): boolean {
  if (says(o, SAID)) return true;
  if (o.origin !== 'text' || o.status !== null) return false;
  return (says(o, STARTS) && says(o, BREAKS)) || (o.surface === 'dedicated' && says(o, SHARD));
}

const WORDS: Record<Args['why'], string> = {
  package: 'Its handler imports a package that is not in the container.',
  memory: 'The container ran out of memory while it loaded the model.',
  hardware: 'No machine of the chosen kind is free in this region.',
  model:
    'The program in the container cannot load this model: its files, or its kind, do not fit the version.',
  unknown: 'The reason stands in the last lines of its log.',
};

export const endpointDeployFailed = cellRule<Args>({
  id: 'endpoint-deploy-failed',
  blame: 'model',
  severity: 'error',
  lastVerified: '2026-11-21',
  match(o) {
    if (o.surface === 'other' || !fails(o)) return null;
    const name = PACKAGE.exec(o.body.message ?? '')?.[1] ?? PACKAGE.exec(o.body.excerpt)?.[1] ?? null;
    const why = name ? 'package' : (WHY.find(([, pattern]) => says(o, pattern))?.[0] ?? 'unknown');
    return {
      confidence: 'likely',
      subject: o.host ?? 'endpoint',
      ...(why === 'package' ? { blame: 'code' as const } : {}),
      args: { why, name },
    };
  },
  title: () => 'The dedicated endpoint cannot start',
  explanation: ({ args }) =>
    `The container ended before it took a request. ${WORDS[args.why]}${args.name ? ` It is ${args.name}.` : ''}`,
  notThis: () => 'Calling it again or another token cannot help: nothing runs that could answer.',
  fixes: ({ args }) => [
    {
      package: fix('Add the package to requirements.txt in the repository of the model, and deploy again.'),
      memory: fix('Choose a larger instance, or a quantised version of the model.'),
      hardware: fix('Try another region or another instance, or later.'),
      model: fix(
        'Use a newer container (vLLM, TGI or the default one), or a custom handler with the version that the model needs.',
      ),
      unknown: fix('Read the end of the log: the last error names the file or the package.'),
    }[args.why],
    fix('Look at the log again after the next start.', {
      commands: ['hf endpoints describe <name>'],
      links: ['https://endpoints.huggingface.co'],
    }),
  ],
  verify: () => 'hf endpoints describe <name>',
  page: {
    meaning: 'The container of a dedicated endpoint ends while it starts, so the endpoint never answers.',
    evidence:
      'The page of the endpoint says "Endpoint failed to start", huggingface_hub says that it failed to deploy, or the log of the container ends in an error while the model is loaded.',
    mistakenFor: 'A fault of the caller. An endpoint that sleeps is endpoint-scaled-to-zero.',
    repair:
      'Correct what the log names: requirements.txt, handler.py, the container, or the size of the instance.',
    links: [LINKS.endpoints, 'https://huggingface.co/docs/inference-endpoints/guides/custom_handler'],
  },
});
