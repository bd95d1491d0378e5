import type { Observation } from '../../types/observation.js';
import { isClientText, languageOf, ofClient } from '../client/client-text.js';
import { cellRule, fix } from '../define.js';
import { says } from '../match.js';
import { checkAgain } from '../serving.js';

interface Args {
  how: 'checked' | 'not-a-stream' | 'not-json' | 'field' | 'unread';
  /** The client's own words, or somebody's code that reads a field. */
  sure: boolean;
}

/** The official JavaScript client compares each answer with the task. */
const CHECKED =
  /Invalid inference output: Expected\b|Received malformed response from [\w.‑ -]{1,80} API\b|\b(?:InferenceOutputError|ProviderOutputError)\b[^\n]{0,20}Expected /;
const NOT_A_STREAM = /server does not support event stream content type/i;
const UNEXPECTED = /unexpected output format from \w{2,20} api\. expected/i;
/** Where huggingface_hub reads an answer, at the end of a traceback that lost its last line. */
const READING = /huggingface_hub[\\/]inference[\\/]_common\.py", line \d{1,6}, in _\w{4,60}_response\b/;
const JQ = /\bjq: error\b[^\n]{0,60}Cannot (?:index|iterate over)/;
const NOT_JSON =
  /JSONDecodeError\b|Expecting value: line 1 column 1 \(char 0\)|Unexpected token '?[<A-Za-z]'?,? [^\n]{0,80}JSON|Unexpected end of JSON input|is not valid JSON/;
const FIELD =
  /KeyError: (?:0|['"](?:generated_text|choices|summary_text|translation_text|text|content|embedding|data)['"])|string indices must be integers|list indices must be integers or slices, not str|'NoneType' object is not (?:subscriptable|iterable)|'str' object has no attribute 'choices'|Cannot read propert(?:y|ies) of undefined \(reading '(?:0|choices|message|content|generated_text|data|embedding)'\)|\bresponse\.(?:map|json) is not a function/;

function shapeOf(o: Observation): Args | null {
  if (says(o, CHECKED) || says(o, UNEXPECTED)) return { how: 'checked', sure: true };
  if (says(o, NOT_A_STREAM)) return { how: 'not-a-stream', sure: true };
  if (!ofClient(o) && o.host === null) return null;
  if (says(o, JQ)) return { how: 'field', sure: true };
  // On the retired host the answer is of another form because nobody is there any more.
  if (o.surface === 'legacy' && o.host !== null) return null;
  if (says(o, NOT_JSON)) return { how: 'not-json', sure: false };
  if (says(o, FIELD)) return { how: 'field', sure: false };
  return o.exception === null && says(o, READING) ? { how: 'unread', sure: false } : null;
}

const WHAT: Record<Args['how'], string> = {
  checked: 'The client compared the answer with the task and found another form.',
  'not-a-stream':
    'The client asked for an event stream, and something else came: often an error body or a web page.',
  'not-json': 'The program read the answer as JSON, and it is none: an empty body, a page, or plain text.',
  unread: 'The traceback ends where the client reads the answer, and its last line is missing.',
  field:
    'The program read a field that is not in the answer. An error body is an object too, and has no such field.',
};

export const responseShape = cellRule<Args>({
  id: 'response-shape',
  blame: 'code',
  severity: 'error',
  lastVerified: '2026-11-21',
  corrects:
    'A KeyError after a call is seldom a fault of the model: the program read an error as if it were a result.',
  match(o) {
    if (!isClientText(o) || (o.status !== null && (o.status < 200 || o.status >= 300))) return null;
    const args = shapeOf(o);
    return args && { confidence: args.sure ? 'likely' : 'possible', subject: args.how, args };
  },
  title: ({ args }) =>
    args.how === 'not-a-stream'
      ? 'The answer is no event stream'
      : 'The answer has another form than the program expects',
  explanation: ({ args }) =>
    `${WHAT[args.how]} The text does not show the answer itself, so the fault behind it stays open.`,
  notThis: () => null,
  fixes: (c) => [
    fix(
      'Print the status and the start of the body before you read a field: the sentence in it names the fault.',
      {
        ...(languageOf(c) === 'python'
          ? { snippet: { language: 'python', code: 'print(response.status_code, response.text[:500])' } }
          : {}),
        ...(languageOf(c) === 'node'
          ? {
              snippet: {
                language: 'typescript',
                code: 'if (!response.ok) throw new Error(await response.text());',
              },
            }
          : {}),
      },
    ),
    fix('See what the route answers today.', { commands: [checkAgain(c.models)] }),
    ...(c.args.how === 'checked'
      ? [
          fix('If the answer is right, upgrade the client, or call the HTTP route without its check.', {
            commands: ['npm install @huggingface/inference@latest'],
          }),
        ]
      : []),
  ],
  verify: ({ models }) => checkAgain(models),
  page: {
    meaning:
      'The client or the program cannot read the answer: it has another form than expected, or it is an error that was taken for a result.',
    evidence:
      'A check of the client ("Invalid inference output", "Received malformed response"), or a KeyError, TypeError or JSON error right after a call, without a status.',
    mistakenFor:
      'A broken model. Mostly the answer is an error object, and its sentence names another fault.',
    repair:
      'Look at the status first and at the fields afterwards. Match the form with the server: a pipeline answers a list, a chat route an object.',
    links: ['https://huggingface.co/docs/inference-providers/tasks/index'],
  },
});
