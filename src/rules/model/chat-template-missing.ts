import { cellRule, fix } from '../define.js';
import { says } from '../match.js';
import { bySentence, checkCommand, instead, modelOf, refused } from '../refusal.js';
import { LINKS } from '../words.js';

interface Args {
  model: string | null;
  /** There is a template, and it fails. */
  broken: boolean;
}

const MISSING =
  /template error: template not found|(?:does not have|has no|without|no) (?:a )?(?:default )?chat[ _]template|chat[ _]template is not (?:set|defined)|default chat template is no longer allowed|must provide a chat template/i;
const FAILS =
  /template error: (?:invalid operation|undefined value|unknown (?:function|filter|method|test)|syntax error: unexpected|could not render)/i;

export const chatTemplateMissing = cellRule<Args>({
  id: 'chat-template-missing',
  blame: 'model',
  severity: 'error',
  lastVerified: '2026-11-21',
  corrects: 'A 422 "template not found" is not a fault in your messages: the model has no chat form.',
  match(o, e) {
    if (
      !refused(o) ||
      (o.status !== null && o.status !== 400 && o.status !== 422 && o.status < 500 && o.shape === null)
    )
      return null;
    const broken = says(o, FAILS);
    if (!broken && !says(o, MISSING)) return null;
    const model = modelOf(o);
    return { confidence: bySentence(o, e), subject: model ?? 'this model', args: { model, broken } };
  },
  title: ({ args }) =>
    `${args.model ?? 'The model'} ${args.broken ? 'has a chat template that fails' : 'cannot chat: it has no chat template'}`,
  explanation: ({ args }) =>
    args.broken
      ? 'The server turns messages into text with the template of the model, and this template fails on these messages. The token and the route are right.'
      : 'The server turns messages into text with a template that comes with the model. This one has none: it is a base model, made to continue text. The token and the route are right.',
  notThis: () => 'Other messages, another token or another parameter cannot add a template.',
  fixes: (c) => [
    ...instead(c, c.args.model),
    ...(c.args.broken
      ? [
          fix(
            'Try messages of plain text only, first a user message, without tools and without a system message.',
          ),
        ]
      : []),
    fix('Use the instruct or chat version of the model, where a provider serves one.', {
      links: [LINKS.servedModels],
    }),
    fix('Or send plain text to the text generation route instead of messages.', {
      ...(c.client === 'python'
        ? {
            snippet: {
              language: 'python',
              code: 'client.text_generation("Once upon a time", max_new_tokens=50)',
            },
          }
        : {}),
      ...(c.client === 'node'
        ? {
            snippet: {
              language: 'typescript',
              code: 'await client.textGeneration({ model, inputs: "Once upon a time" });',
            },
          }
        : {}),
    }),
  ],
  verify: ({ args }) => checkCommand(args.model),
  page: {
    meaning:
      'A chat call needs the chat template of the model. Base models have none, and some fine-tunes bring one that does not work.',
    evidence:
      'The body says "Template error: template not found" (error_type template_error), or that the template failed.',
    mistakenFor:
      'A fault in the messages. "Conversation roles must alternate" is one: there the template works and refuses the order (payload-invalid).',
    repair: 'Take the instruct version of the model, or call text generation with plain text.',
    links: [LINKS.servedModels],
  },
});
