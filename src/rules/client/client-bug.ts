import type { Observation } from '../../types/observation.js';
import { cellRule, fix } from '../define.js';
import { says } from '../match.js';
import { isClientText, languageOf, upgradeCommand, versionCommand, versionSeen } from './client-text.js';

interface Args {
  client: string;
  where: 'output' | 'stream' | 'agent' | 'inside';
  version: string | null;
}

const HUB = 'huggingface_hub';

/** The client's own classes refuse what its own code put into them. */
const OUTPUT = /Invalid input data for <class .huggingface_hub\.inference\._generated\./;
const STREAM =
  /\b(?:TextGeneration|ChatCompletion)(?:Stream)?\w{0,40}(?:\.__init__|\.init)?\(\) (?:missing \d{1,2} required positional argument|got an unexpected keyword argument)/;
const AGENT = /huggingface_hub\/inference\/_mcp\/[^\n]{1,80}/;
/** Exceptions that a library should not let out. StopIteration has a meaning of its own. */
const LEAKED = /^\W{0,3}(?:KeyError|UnboundLocalError|AttributeError|IndexError|NameError)\b/m;
const FRAME = /File "([^"\n]{1,300})", line \d{1,6}/g;

/** The innermost frame of the traceback lies in the client, not in the user's code. */
function endsInside(o: Observation): boolean {
  if (!LEAKED.test(o.body.message ?? '') && !LEAKED.test(o.body.excerpt)) return false;
  const last = [...o.body.excerpt.matchAll(FRAME)].at(-1)?.[1] ?? '';
  return /huggingface_hub[\\/]inference[\\/]/.test(last);
}

function whereIn(o: Observation): Args['where'] | null {
  if (says(o, OUTPUT)) return 'output';
  if (says(o, STREAM)) return 'stream';
  if (says(o, AGENT) && LEAKED.test(o.body.excerpt)) return 'agent';
  return endsInside(o) ? 'inside' : null;
}

const WHAT: Record<Args['where'], string> = {
  output: 'It could not put the answer of the server into its own classes.',
  stream: 'It could not read the form in which this server streams.',
  agent: 'Its agent stopped over its own configuration: an entry that it expects is not in the file.',
  inside: 'The error was raised inside the library, and no answer of a server is shown with it.',
};

export const clientBug = cellRule<Args>({
  id: 'client-bug',
  blame: 'client',
  severity: 'error',
  lastVerified: '2026-11-21',
  match(o) {
    const where = isClientText(o) && o.status === null ? whereIn(o) : null;
    if (!where) return null;
    return {
      confidence: where === 'output' ? 'likely' : 'possible',
      subject: `${HUB} ${where}`,
      args: { client: HUB, where, version: versionSeen(o, HUB) },
    };
  },
  title: ({ args }) =>
    `${args.client}${args.version ? ` ${args.version}` : ''} fails by itself: probably a fault of the library`,
  explanation: ({ args }) =>
    `${WHAT[args.where]} The token is not in question. Versions that do not fit together look the same from here.`,
  notThis: () => 'Another token cannot help.',
  fixes: (c) => [
    fix('Upgrade the library: such faults are mostly repaired in the next release.', {
      commands: [upgradeCommand(c.args.client, languageOf(c))],
    }),
    ...(c.args.where === 'agent'
      ? [
          fix('Or name a provider in the configuration of the agent.', {
            snippet: {
              language: 'json',
              code: '{ "model": "openai/gpt-oss-120b", "provider": "auto", "servers": [] }',
            },
          }),
        ]
      : [
          fix('Until then, call the HTTP route directly: https://router.huggingface.co/v1 for chat.', {
            links: ['https://huggingface.co/docs/inference-providers/index'],
          }),
        ]),
    fix('Look whether it is known, with the version and the last line of the traceback.', {
      links: ['https://github.com/huggingface/huggingface_hub/issues'],
    }),
  ],
  verify: (c) => versionCommand(c.args.client, languageOf(c)),
  page: {
    meaning: 'The client library itself fails: the request or the answer was right, and its code is not.',
    evidence:
      'An error that is raised inside the library or about its own generated classes, without an error status of a server.',
    mistakenFor:
      'A server that fails. A wrong argument is client-misuse; a model without providers is model-not-served, although it looks like a StopIteration.',
    repair: 'Upgrade, or go around the library with a plain HTTP call, and report it.',
    links: [
      'https://github.com/huggingface/huggingface_hub/issues',
      'https://github.com/huggingface/huggingface.js/issues',
    ],
  },
});
