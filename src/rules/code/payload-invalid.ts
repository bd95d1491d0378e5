import { cellRule, fix } from '../define.js';
import { askAgain, bySentence, untold } from '../refusal.js';
import { LINKS, list } from '../words.js';
import { inputsSent, refusedField } from './fields.js';
import { isBare422, type Kind, kindOf, refusedBody } from './refused-body.js';

interface Args {
  field: string | null;
  /** Fields of the body that was sent, where it is shown; `model` and options tell nothing. */
  sent: readonly string[];
  /** The request is one of our own probes, not of the user's code. */
  ours: boolean;
  kind: Kind | 'untold';
}

export const payloadInvalid = cellRule<Args>({
  id: 'payload-invalid',
  blame: 'code',
  severity: 'error',
  severityOf: ({ args }) => (args.ours ? 'warning' : 'error'),
  lastVerified: '2026-11-21',
  corrects:
    'A 422 is good news about everything else: the token and the route were accepted before the body was read.',
  match(o, e) {
    const how = refusedBody(o);
    if (!how)
      return (untold(o) && o.status === 400) || isBare422(o)
        ? {
            confidence: 'possible',
            subject: 'untold',
            args: { field: null, sent: [], ours: false, kind: 'untold' },
          }
        : null;
    const field = refusedField(o);
    const ours = o.origin === 'probe';
    return {
      confidence: field === null && how === 'sentence' ? 'likely' : bySentence(o, e),
      subject: `${o.host ?? ''} ${field ?? 'body'}`,
      ...(ours ? { blame: 'unknown' as const } : {}),
      args: { field, sent: inputsSent(o), ours, kind: kindOf(o, field) },
    };
  },
  title: ({ args }) =>
    args.kind === 'untold'
      ? 'The request was refused, and the text does not show why'
      : args.ours
        ? `The test request was refused${args.field ? ` because of the field ${args.field}` : ''}: nothing is proven about the model`
        : `The body of your request was refused${args.field ? `: ${args.field}` : ''}`,
  explanation({ args, observations }) {
    if (args.kind === 'untold' && observations.some((o) => o.status === 422))
      return 'A 422 says that the body was read and refused: a field of it, or the whole kind of body, such as inputs where messages are wanted. The sentence of the server is not in this text, and it names the field.';
    if (args.kind === 'untold')
      return 'A 400 says that something in the request was refused: a field of the body, or the model. The sentence of the server is not in this text, and it is what tells them apart.';
    const name = args.field ? `The field ${args.field}` : 'A field';
    const why = {
      missing: 'is missing',
      extra: 'is one that this server does not take',
      value: 'has a value or a type that this server does not take',
    }[args.kind];
    const held =
      args.kind === 'missing' && args.sent.length > 0 && !args.sent.includes(args.field ?? '')
        ? `, and the body holds ${list(args.sent)}`
        : '';
    return `${name} ${why}${held}. The token and the route were accepted: a server looks at the body last.`;
  },
  notThis: ({ args }) =>
    args.kind === 'untold' ? null : 'Another token, another plan or waiting cannot help.',
  fixes(c) {
    const { args } = c;
    if (args.kind === 'untold')
      return [
        fix(
          'Print the body of the answer and explain that: error.response.text in Python, error.httpResponse.body in @huggingface/inference, curl without -f.',
        ),
        fix('Send the smallest body, without optional fields. If it passes, add them one by one.'),
      ];
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
  verify: (c) => askAgain(c, c.models[0] ?? null),
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
