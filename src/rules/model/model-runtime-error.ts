import type { Confidence } from '../../report/model.js';
import type { Observation } from '../../types/observation.js';
import { cellRule, fix } from '../define.js';
import { onHuggingFace, says } from '../match.js';
import { checkCommand, instead, modelOf, refused, showsBody } from '../refusal.js';
import { LINKS } from '../words.js';

type Part = 'files' | 'code' | 'generation' | 'device';

interface Args {
  model: string | null;
  part: Part;
  who: string | null;
}

/** The first that matches names the part that failed. */
const PARTS: readonly (readonly [Part, RegExp])[] = [
  ['device', /\bcuda error: |\bcuda-capable devices? (?:is|are) busy|\bcuda kernel errors might/i],
  [
    'files',
    /does not contain a (?:config|model_index)\.json|does not appear to have a file named|can(?:'|no)t load (?:the )?(?:tokenizer|config|feature extractor|image processor|model)\b|could not load model \S|pipeline cannot infer suitable model classes|\bno file named \S{1,60} found|unrecognized (?:model in|configuration class)|couldn't instantiate the backend tokenizer|\bpipeline <class [^\n]{1,300}? expected \{|requires you to execute the configuration file|\bmodel type \S{1,60} but transformers does not recognize/i,
  ],
  [
    'generation',
    /\bincomplete ?generation(?:error)?\b|request failed during generation|\btool error: failed to parse/i,
  ],
  [
    'code',
    /\bunknown error: \S|can only concatenate str|\bobject (?:is not (?:subscriptable|callable|iterable)|has no attribute)|\bindex out of range in self\b|\bmust match the size of tensor|\bexpected all tensors to be on the same device|\bmat1 and mat2 shapes|unexpected keyword argument|\bprobability tensor contains/i,
  ],
];

/** The exception alone is a weak sign: it needs a server error around it. */
const EXCEPTION =
  /^\W{0,3}(?:type|key|attribute|index|runtime|assertion|notimplemented|zerodivision)error\b/i;

function partOf(o: Observation): { part: Part; confidence: Confidence } | null {
  const type = o.body.type ?? '';
  if (type === 'generation' || type === 'incomplete_generation')
    return { part: 'generation', confidence: 'likely' };
  const named = PARTS.find(([, pattern]) => says(o, pattern));
  if (named) return { part: named[0], confidence: 'likely' };
  const raw = (o.status ?? 0) >= 500 && o.body.kind === 'json' && EXCEPTION.test(o.body.message ?? '');
  return raw ? { part: 'code', confidence: 'possible' } : null;
}

export const modelRuntimeError = cellRule<Args>({
  id: 'model-runtime-error',
  blame: 'model',
  severity: 'error',
  lastVerified: '2026-11-21',
  corrects: 'A Python exception in an answer comes from the server of the model, not from your own Python.',
  match(o) {
    if (!refused(o)) return null;
    // A text without a status may be the user's own traceback: only a body of a server counts.
    if (!showsBody(o)) return null;
    if (o.status !== null && ![200, 400, 422, 424].includes(o.status) && o.status < 500) return null;
    const found = partOf(o);
    if (!found) return null;
    const model = modelOf(o);
    const who = o.surface === 'hf-inference' ? 'hf-inference' : o.provider;
    return {
      confidence: found.confidence,
      subject: model ?? 'this model',
      args: { model, part: found.part, who: onHuggingFace(o) ? who : null },
    };
  },
  title: ({ args }) => `The code of ${args.model ?? 'the model'} fails on the server`,
  explanation({ args }) {
    const part = {
      files:
        'The server could not load the model: a file is missing, or it is of a kind that this server does not know.',
      code: 'The body quotes an exception of the program that runs the model.',
      generation: 'The model started and broke off while it generated.',
      device: 'The graphics card of the server refused to work.',
    }[args.part];
    return `${part} The request arrived${args.who ? ` at ${args.who}` : ''}, so the token and the route are right.`;
  },
  notThis: () => 'Another token or another version of your own Python packages cannot help.',
  fixes: (c) => [
    ...instead(c, c.args.model),
    ...(c.args.part === 'files'
      ? [
          fix(
            'Look at the files of the model: LoRA weights, GGUF copies and single checkpoints need their base model or another server.',
          ),
        ]
      : [fix('Try the smallest request, without optional parameters. If that works, add them one by one.')]),
    fix('Use another provider or another model, and report it on the page of the model.', {
      links:
        c.args.model === null
          ? [LINKS.servedModels]
          : [`https://huggingface.co/${encodeURI(c.args.model)}/discussions`],
    }),
  ],
  verify: ({ args }) => checkCommand(args.model),
  page: {
    meaning:
      'The request reached the model, and the program that runs it failed: a broken or missing file, a fault in its code, a graphics card in a bad state.',
    evidence:
      'The body quotes an exception or a loading error: "unknown error: can only concatenate str", "does not contain a config.json", "Can\'t load tokenizer", "Pipeline ... expected ... but only ...", "Request failed during generation".',
    mistakenFor:
      'A fault in the own code: the exception is Python, but of the server. A wrong parameter is payload-invalid; "CUDA out of memory" has a page of its own.',
    repair:
      'Send the smallest request to see whether it depends on the input. Use another provider or model, and tell the authors.',
    links: [LINKS.servedModels, LINKS.status],
  },
});
