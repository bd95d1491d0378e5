import type { Evidence } from '../../types/evidence.js';
import type { Observation } from '../../types/observation.js';
import { along } from '../along.js';
import { cellRule, fix } from '../define.js';
import { isGood, providerBehind, says } from '../match.js';
import { askAgain, bySentence, checkCommand, modelOf, refused } from '../refusal.js';
import { LINKS } from '../words.js';

interface Args {
  model: string | null;
  provider: string | null;
  /** What is refused: the tools, the choice of one, or the strict form of them. */
  what: 'tools' | 'tool_choice' | 'strict';
  /** A route of this run on which the same model took tools. */
  elsewhere: string | null;
}

const TOOLS = '(?:tools?|tool[ _-]?(?:use|calls?|calling)|function[ _-]?calls?|function[ _-]?calling)';
const REFUSED = new RegExp(
  [
    `(?:does not|doesn't|do not|cannot) (?:currently )?support (?:the )?[\`'"]?${TOOLS}\\b`,
    `\\b${TOOLS}[\`'"]? (?:(?:is|are) )?(?:currently )?(?:not|un)[ -]?support`,
    `\\bno support for ${TOOLS}\\b`,
    'the feature \\W{1,2}tool[\\w -]{0,20}\\W{1,2}is not supported',
    '\\btools param(?:eter)? requires --jinja',
  ].join('|'),
  'i',
);
const CHOICE =
  /tool choice requires --enable-auto-tool-choice|\btool_choice\b[^\n]{0,60}(?:not supported|unsupported|not allowed)|(?:does not|doesn't) support [`'"]?tool_choice|unsupported tool[ _]choice|supported tool_choice values are|\binvalid_tool_choice\b/i;
const STRICT =
  /\bstrict(?:=true)?[`'"]? is not supported|(?:does not|doesn't) support (?:strict (?:mode|tools)|[`'"]?strict\b)/i;
/** Other products say the same of their own models. */
const FOREIGN = /openrouter\.ai|registry\.ollama\.ai/i;

const WHAT: Record<Args['what'], string> = {
  tools: 'It refuses a request that brings tools.',
  tool_choice:
    'It refuses the field tool_choice: its server was started without support for choosing a tool.',
  strict: 'It refuses "strict": true in the description of a tool.',
};

function takenOn(o: Observation, e: Evidence): string | null {
  const took = e.observations.find(
    (x) => x.model === o.model && x.capability === 'tools' && isGood(x) && x.errorDetail === null,
  );
  return took?.route?.split('+')[0] ?? null;
}

export const toolsUnsupported = cellRule<Args>({
  id: 'tools-unsupported',
  blame: 'model',
  severity: 'error',
  lastVerified: '2026-11-21',
  corrects:
    'Whether tools work depends on the model and on the provider: another provider of the same model may take them.',
  match(o, e) {
    if (!refused(o) || says(o, FOREIGN)) return null;
    if ([401, 402, 403, 429].includes(o.status ?? 0)) return null;
    const what = says(o, STRICT)
      ? 'strict'
      : says(o, CHOICE)
        ? 'tool_choice'
        : says(o, REFUSED)
          ? 'tools'
          : null;
    if (!what) return null;
    const model = modelOf(o);
    const provider = providerBehind(o, e);
    const elsewhere = takenOn(o, e);
    return {
      confidence: bySentence(o, e),
      subject: `${model ?? provider ?? 'this model'} ${what}`,
      // Another provider of the same model takes them: then it is not the model.
      ...(elsewhere ? { blame: 'provider' as const } : {}),
      args: { model, provider, what, elsewhere },
    };
  },
  title: ({ args }) =>
    `${args.model ?? 'The model'} takes no ${{ tools: 'tools', tool_choice: 'tool_choice', strict: 'strict tools' }[args.what]}${args.provider ? ` at ${args.provider}` : ''}`,
  explanation: ({ args }) =>
    `${WHAT[args.what]} The answer says so itself. Token and route are right: the request was read.`,
  notThis: ({ observations }) =>
    observations.some((o) => (o.status ?? 0) >= 500)
      ? 'Waiting cannot help, although the status is that of a server error. Another token cannot help either.'
      : 'Another token, another plan or waiting cannot help.',
  fixes: ({ args, client }) => [
    ...(args.elsewhere
      ? [
          fix(
            `Use it ${along({ model: args.model, task: 'conversational', route: args.elsewhere }, client)}: there it took tools in this run.`,
          ),
        ]
      : []),
    args.what === 'strict'
      ? fix('Leave strict out of the tools, or set it to false.', {
          ...(client === 'python'
            ? { snippet: { language: 'python', code: 'tool["function"].pop("strict", None)' } }
            : {}),
          ...(client === 'node'
            ? { snippet: { language: 'typescript', code: 'delete tool.function.strict;' } }
            : {}),
        })
      : fix(args.what === 'tool_choice' ? 'Leave tool_choice out.' : 'Send the request without tools.'),
    fix(
      'Or choose a provider or a model with tools: the list of the router has supports_tools per provider.',
      {
        commands: ['curl -sS https://router.huggingface.co/v1/models'],
        links: [LINKS.servedModels],
      },
    ),
    ...(args.what === 'tool_choice'
      ? [
          fix(
            'On a server of your own with vLLM: start it with --enable-auto-tool-choice and --tool-call-parser.',
          ),
        ]
      : []),
  ],
  // What --with tools sends holds no strict.
  verify: (c) =>
    c.args.what === 'strict' ? askAgain(c, c.args.model) : `${checkCommand(c.args.model)} --with tools`,
  page: {
    meaning: 'The model, or the provider that runs it, does not take tools, tool_choice or strict tools.',
    evidence:
      'The answer names it: "function calling not support", "does not support tools", "strict=True is not supported", "tool choice requires --enable-auto-tool-choice". Some providers say it with status 500.',
    mistakenFor:
      'An outage, when the status is 500; a fault in the description of the tools, which is payload-invalid.',
    repair: 'Leave the field out, or take a provider whose entry in /v1/models says supports_tools.',
    links: ['https://huggingface.co/docs/inference-providers/guides/function-calling', LINKS.servedModels],
  },
});
