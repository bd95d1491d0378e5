import type { Observation } from '../../types/observation.js';
import { along } from '../along.js';
import { answeredBy, sentenceCase } from '../answered-by.js';
import { cellRule, fix } from '../define.js';
import { askAgain } from '../refusal.js';
import { checkAgain } from '../serving.js';
import { list, proof } from '../words.js';
import { quote } from './quote.js';

interface Args {
  who: string;
  status: number;
  how: 'empty' | 'truncated' | 'too-deep' | 'html' | 'error-inside' | 'unexpected';
}

function howOf(o: Observation): Args['how'] | null {
  if (o.error === 'http.truncated') return 'truncated';
  if (o.error === 'api.too-deep') return 'too-deep';
  if (o.error === 'api.empty' || o.shape === 'empty') return 'empty';
  if (o.error === 'http.html' || (o.shape === 'unexpected' && o.body.kind === 'html')) return 'html';
  if (o.shape === 'error-inside') return 'error-inside';
  return o.error === 'api.unexpected-shape' || (o.error === null && o.shape === 'unexpected')
    ? 'unexpected'
    : null;
}

const WHAT: Record<Args['how'], string> = {
  empty: 'Nothing is in it: no choices, no text, no vector.',
  truncated: 'The connection ended in the middle of it, so its JSON is cut.',
  'too-deep': 'Its JSON is nested deeper than any answer to this task.',
  html: 'A web page came instead of JSON.',
  'error-inside': 'It holds an error, although the status says that all is well.',
  unexpected: 'It has another form than an answer to this task.',
};

export const unexpectedShape = cellRule<Args>({
  id: 'unexpected-shape',
  blame: 'provider',
  severity: 'error',
  lastVerified: '2026-11-21',
  corrects: 'A 200 alone is no pass: an empty or a cut answer breaks the program that reads it.',
  match(o, e) {
    if (o.surface === 'other' || o.status === null || o.status < 200 || o.status >= 300) return null;
    // Recordings and texts keep no pictures and no sound: there an empty body means nothing.
    if (o.origin !== 'probe' && /^(?:image|audio|video)\//.test(o.contentType ?? '')) return null;
    const how = howOf(o);
    if (!how) return null;
    const there = answeredBy(o, e);
    const { who } = there;
    // An error in a good status may be about the request; a cut may happen anywhere on the way.
    const blame = how === 'error-inside' ? 'unknown' : there.blame;
    // An answer in text to tools may be the model's choice.
    const chosen = how === 'unexpected' && o.capability === 'tools';
    const likely = how !== 'truncated' && !chosen && blame !== 'router' && blame !== 'unknown';
    return {
      confidence: likely ? 'likely' : 'possible',
      subject: `${who} ${how}`,
      blame,
      args: { who, how, status: o.status },
    };
  },
  title: ({ args, models }) => {
    const kind = {
      empty: 'an empty answer',
      truncated: 'a cut answer',
      'too-deep': 'an unreadable answer',
      html: 'a web page',
      'error-inside': 'an error in it',
      unexpected: 'an answer of another form',
    }[args.how];
    return `${sentenceCase(args.who)} says ${args.status} and sends ${kind}${models.length > 0 ? ` for ${list(models)}` : ''}`;
  },
  explanation({ args, observations }) {
    const inner = args.how === 'error-inside' ? observations.map((o) => o.body.message).find(Boolean) : null;
    const words = inner ? ` The words are ${quote(inner)}.` : '';
    return `The status is ${args.status}, and the answer cannot be used. ${WHAT[args.how]}${words} An empty or broken result is never counted as a pass.`;
  },
  notThis: ({ args }) =>
    args.how === 'error-inside' ? null : 'A new token cannot help: the call was let through.',
  fixes: ({ args, models, proven, routes, client }) => {
    const other = proven.find((p) => models.includes(p.model) && !routes.includes(p.route));
    return [
      ...(other ? [fix(`Use ${other.model} ${along(other, client)}: ${proof(other)} in this run.`)] : []),
      fix(
        args.how === 'truncated'
          ? 'Ask again, and check a proxy on the way if it stays.'
          : 'Ask again, and see whether it stays so.',
        { commands: [checkAgain(models)] },
      ),
      fix('In your code, check the answer before you read it: status, then content type, then the field.'),
    ];
  },
  verify: (c) => askAgain(c),
  page: {
    meaning: 'The server says 2xx, and the body is empty, cut, of another form, or an error.',
    evidence:
      'The body against the form of the task: a chat answer has choices, an embedding has numbers. The text does not matter: a reasoning model may answer with an empty content.',
    mistakenFor:
      'A healthy call, when only the status is looked at; a KeyError or TypeError of the program that reads it.',
    repair:
      'Use another provider of the model, or compare the task of the model with the call. Check answers before you read them.',
    links: [],
  },
});
