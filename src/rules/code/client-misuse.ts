import type { Observation } from '../../types/observation.js';
import { found, isClientText, languageOf, namesClient } from '../client/client-text.js';
import { ARGUMENTS, METHODS } from '../client/known-names.js';
import { ATTRIBUTE, KEYWORD } from '../client/lack.js';
import { removedIn } from '../client/removed-names.js';
import { cellRule, fix } from '../define.js';
import { says } from '../match.js';
import { checkAgain } from '../serving.js';
import { LINKS } from '../words.js';
import { REFUSALS, type Refused } from './client-refusals.js';

interface Args extends Refused {
  /** A name that the client never had: it may be misspelled, or newer than what is known here. */
  unknownName: boolean;
}

const CALL =
  /InferenceClient\.(\w{2,60})\(\) (?:missing \d{1,2} required|takes (?:from )?\d{1,2} [^\n]{0,30}positional)/;
const JSON_TYPE = /Object of type (\w{1,60}) is not JSON serializable/;

const MISSPELLED = 'The name may be misspelled, or it belongs to another version of the library.';

const given = (what: string, instead: string, unknownName = false): Args => ({
  what,
  instead,
  unknownName,
  doubt: unknownName ? MISSPELLED : null,
});

function misused(o: Observation): Args | null {
  const sentence = REFUSALS.find(([pattern]) => says(o, pattern));
  if (sentence) return { ...sentence[1], unknownName: false };
  const call = found(o, CALL);
  if (call) return given(`the wrong number of arguments to ${call}`, 'what its signature names');
  const type = namesClient(o) ? found(o, JSON_TYPE) : null;
  if (type) return given(`a ${type}`, 'plain lists, dictionaries, strings and numbers');
  const method = found(o, ATTRIBUTE);
  if (method && !METHODS.includes(method))
    return given(`the name ${method}`, 'one of the documented methods', true);
  const keyword = found(o, KEYWORD);
  return keyword && !Object.hasOwn(ARGUMENTS, keyword)
    ? given(`the argument ${keyword}`, 'the documented arguments', true)
    : null;
}

export const clientMisuse = cellRule<Args>({
  id: 'client-misuse',
  blame: 'code',
  severity: 'error',
  lastVerified: '2026-11-21',
  match(o) {
    // A name that an older version had is no misuse.
    const args = isClientText(o) && o.status === null && !removedIn(o) ? misused(o) : null;
    return args && { confidence: args.doubt ? 'possible' : 'likely', subject: args.what, args };
  },
  title: ({ args }) => `The client is given ${args.what}`,
  explanation: ({ args }) =>
    `The client takes ${args.instead}. It stopped before anything was sent, so the token and the model were not looked at.${
      args.doubt ? ` ${args.doubt}` : ''
    }`,
  notThis: () => 'Another token, model or provider cannot help.',
  fixes: (c) => [
    fix(`Give it ${c.args.instead}.`, {
      links: [
        languageOf(c) === 'node'
          ? 'https://huggingface.co/docs/huggingface.js/inference/README'
          : 'https://huggingface.co/docs/huggingface_hub/package_reference/inference_client',
      ],
    }),
    ...(languageOf(c) === 'python' && c.args.unknownName
      ? [
          fix('See what the installed version takes.', {
            commands: ['python -c "import huggingface_hub; help(huggingface_hub.InferenceClient)"'],
          }),
        ]
      : []),
  ],
  verify: ({ models }) => checkAgain(models),
  page: {
    meaning:
      'The client library refuses an argument before it sends anything: the wrong type, two that exclude each other, or a name it does not have.',
    evidence:
      'A sentence of the client itself, such as "Received both `model` and `base_url` arguments", or a TypeError about a method of InferenceClient.',
    mistakenFor:
      'A refused request: payload-invalid comes from a server. A name that newer versions have is client-too-old, one that they dropped is client-api-removed.',
    repair: 'Pass what the documentation of the method names.',
    links: ['https://huggingface.co/docs/huggingface_hub/guides/inference', LINKS.docs],
  },
});
