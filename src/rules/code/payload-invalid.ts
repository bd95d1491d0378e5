import type { Severity } from '../../report/model.js';
import type { Observation } from '../../types/observation.js';
import { cellRule, fix } from '../define.js';
import { says } from '../match.js';
import { bySentence, refused } from '../model/refusal.js';
import { curlFor, LINKS } from '../words.js';
import { refusedField } from './fields.js';

interface Args {
  field: string | null;
  /** The request is one of our own probes, not of the user's code. */
  ours: boolean;
  kind: 'missing' | 'extra' | 'value';
}

const SENTENCES =
  /\berror in [`'"][\w.]{1,60}[`'"]|\bmodel_kwargs\b[^\n]{0,40} not used by the model|\binput validation (?:error|failed)|(?:additional )?property \S{1,60} is (?:not allowed|unsupported)|\bunsupported data url\b|failed to deserialize the json body|failed to parse the request body|expected request with `?content-type: application\/json|\bfield required\b|\bextra inputs are not permitted|\binput should be (?:a |an )?(?:valid|less|greater|one of|[`'"])|\bconversation roles must alternate|\binvalid type: \w{2,20}\b[^\n]{0,120}, expected|\b(?:unsupported|unrecognized|unknown|invalid) (?:request )?(?:parameter|argument|value)s?\b|\bmissing required (?:parameter|field|argument)|[`'"]?\b[a-z_]{2,40}[`'"]? is (?:a )?required(?: property)?\b|\bunexpected keyword argument|\bmust be (?:<=|>=|<|>|between|one of|a (?:string|number|list|valid)|(?:less|greater|strictly) \w)|but `max_length` is set to/i;
const CODES =
  /^(?:wrong_api_format|invalid_request_body|invalid_(?:value|parameter|type|json|body)|unsupported_(?:parameter|value)|missing_required_parameter|unknown_parameter|property_unsupported)$/i;
/** An account, a model or the size of the input: not a field of the body. */
const ELSEWHERE =
  /\bmodel[`'"]? (?:\S{1,200} )?(?:is |was )?(?:not (?:supported|found|available)|does not exist)|not a chat model|context length|tokens? (?:per|limit)|credits|function calling not support/i;

/** Shapes that only a check of the body makes, whatever words stand in them. */
function hasShape(o: Observation): boolean {
  const body = o.body.excerpt.slice(0, 400);
  if (o.contentType === 'application/problem+json' || /"invalid_fields"\s?:/.test(o.body.excerpt))
    return o.status === 400 || o.status === 422;
  if (/"detail"\s?:\s?\[\s?\{/.test(body) && /"(?:loc|msg)"\s?:/.test(o.body.excerpt)) return true;
  if (/"error"\s?:\s?\[\s?"/.test(body)) return true;
  return /"param"\s?:\s?"/.test(o.body.excerpt) && /invalid request|invalid_request/i.test(o.body.excerpt);
}

function severity(ours: boolean): Severity {
  return ours ? 'warning' : 'error';
}

export const payloadInvalid = cellRule<Args>({
  id: 'payload-invalid',
  blame: 'code',
  severity: 'error',
  severityOf: ({ args }) => severity(args.ours),
  lastVerified: '2026-11-21',
  corrects:
    'A 422 is good news about everything else: the token, the route and the model were accepted before the body was read.',
  match(o, e) {
    if (!refused(o)) return null;
    const status =
      o.status === null ||
      o.status === 400 ||
      o.status === 415 ||
      o.status === 422 ||
      o.shape === 'error-inside';
    if (!status || /^model_/i.test(o.body.code ?? '') || says(o, ELSEWHERE)) return null;
    // A pasted text holds much besides the answer: there only a body or a known sentence counts.
    const shaped = o.status !== null && hasShape(o);
    const coded = CODES.test(o.body.code ?? '');
    const spoken = o.body.message === null ? false : SENTENCES.test(o.body.message);
    if (!shaped && !coded && !spoken) return null;
    const field = refusedField(o);
    const ours = o.origin === 'probe';
    const kind = says(o, /required|missing/i)
      ? 'missing'
      : says(
            o,
            /not used|not allowed|unsupported|extra inputs|unknown field|unexpected keyword|unrecognized/i,
          )
        ? 'extra'
        : 'value';
    return {
      confidence: field === null && !shaped ? 'likely' : bySentence(o, e),
      subject: `${o.host ?? ''} ${field ?? 'body'}`,
      ...(ours ? { blame: 'unknown' as const } : {}),
      args: { field, ours, kind },
    };
  },
  title: ({ args }) =>
    args.ours
      ? `The test request was refused${args.field ? ` because of the field ${args.field}` : ''}: nothing is proven about the model`
      : `The body of your request was refused${args.field ? `: ${args.field}` : ''}`,
  explanation({ args }) {
    const name = args.field ? `The field ${args.field}` : 'A field';
    const why = {
      missing: 'is missing',
      extra: 'is one that this server does not take',
      value: 'has a value or a type that this server does not take',
    }[args.kind];
    return `${name} ${why}. The token, the route and the model were accepted: a server looks at the body last.`;
  },
  notThis: () => 'Another token, another plan or waiting cannot help.',
  fixes({ args }) {
    const field = args.field ?? 'the field that the answer names';
    if (args.ours)
      return [
        fix('Send your own request to this route: the smallest test of hf-doctor does not suit it.', {
          links: [LINKS.docs],
        }),
      ];
    const change = {
      missing: `Add ${field} to the body, in the form of the documentation of the task.`,
      extra: `Leave ${field} out of the body. Providers differ in the optional fields that they take.`,
      value: `Correct ${field}: its type, its range, or the order of the messages.`,
    }[args.kind];
    return [
      fix(change, { links: ['https://huggingface.co/docs/inference-providers/tasks/index'] }),
      fix('Send the smallest body, without optional fields. If it passes, add them one by one.'),
    ];
  },
  verify: ({ observations }) => (observations[0] ? curlFor(observations[0]) : null),
  page: {
    meaning:
      'The server read the body and refused it: a field is missing, unknown, or has a value that it does not take.',
    evidence:
      '400 or 422 with a list of fields, a sentence about a field ("field required", "model_kwargs are not used", "Additional property ... is not allowed", "Unsupported data URL"), a code such as wrong_api_format, or problem+json with invalid_fields.',
    mistakenFor:
      'A model that does not work, a token without rights. When the missing field is messages or inputs, the whole kind of body is another one: wrong-task. When it is about the number of tokens: context-too-long.',
    repair:
      'Correct the field that the answer names. Optional fields of one provider (store, seed, stop, tools) are refused by another: send only what you need.',
    links: ['https://huggingface.co/docs/inference-providers/tasks/index', LINKS.docs],
  },
});
