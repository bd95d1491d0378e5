import type { Evidence } from '../../types/evidence.js';
import type { Capability, Observation } from '../../types/observation.js';
import { along } from '../along.js';
import { answeredBy } from '../answered-by.js';
import { acrossRule, fix } from '../define.js';
import { isGood } from '../match.js';
import { curlFor, LINKS, list } from '../words.js';
import { quote } from './quote.js';

interface Args {
  capability: Capability;
  who: string;
  /** `came HTTP 400`, `the server answered in text`. */
  saw: string;
  /** It answered, and called no tool: that may be the model's choice. */
  inText: boolean;
  /** Routes of this run on which the model does it. */
  elsewhere: string[];
}

const WHAT: Readonly<Record<Capability, string>> = {
  stream: 'a stream',
  tools: 'tools',
  json: 'a JSON schema',
};
/** These speak of the account, and have rules of their own. */
const ACCOUNT = [401, 402, 403, 429];

const plainRoute = (o: Observation) => o.route?.split('+')[0] ?? null;

/** The same model on the same route, asked plainly in this run. */
function plainWorks(o: Observation, e: Evidence): boolean {
  return e.observations.some((x) => x.ref === o.ref && x.route === plainRoute(o) && !x.control && isGood(x));
}

/** The end of the run, the way there, or a fault that passed: nothing that asking for more brought. */
function isElsewhere(o: Observation): boolean {
  const passed = o.retry?.status != null && o.retry.status < 300;
  const cut = o.error === 'net.closed-early' || o.error === 'http.truncated';
  return passed || (o.error !== null && /^(?:run|net|dns|tls|proxy|env)\./.test(o.error) && !cut);
}

function sawOf(o: Observation): string {
  if (o.error !== null) return `came a connection that failed (${o.error})`;
  if (o.errorDetail !== null) return `the server ${o.errorDetail}`;
  if (o.status !== null && o.status >= 400) return `came HTTP ${o.status}`;
  const said = {
    'error-inside': 'an error inside a 200',
    empty: 'an empty answer',
    unexpected: o.capability === 'stream' ? 'no stream, or one without its end' : 'an answer of another form',
  } as const;
  return `came ${o.shape === null || o.shape === 'ok' ? `HTTP ${o.status}` : said[o.shape]}`;
}

/** Capabilities are asked of chat models only. */
const chatAt = (route: string, models: readonly string[]) => ({
  route,
  model: models.length === 1 ? (models[0] ?? null) : null,
  task: 'conversational',
});

export const capabilityBroken = acrossRule<Args>({
  id: 'capability-broken',
  blame: 'provider',
  severity: 'error',
  // Where another route does it, the user has a way around.
  severityOf: ({ args }) => (args.elsewhere.length > 0 ? 'warning' : 'error'),
  lastVerified: '2026-11-21',
  corrects: 'A model that answers plainly need not stream, call tools or keep to a schema at each provider.',
  match(e) {
    if (!e.run.live) return [];
    return e.observations.flatMap((o) => {
      if (
        !o.capability ||
        isGood(o) ||
        isElsewhere(o) ||
        ACCOUNT.includes(o.status ?? 0) ||
        !plainWorks(o, e)
      )
        return [];
      const { who, blame } = answeredBy(o, e);
      const elsewhere = e.observations
        .filter((x) => x.ref === o.ref && x.capability === o.capability && isGood(x) && !x.errorDetail)
        .flatMap((x) => plainRoute(x) ?? []);
      const inText = o.capability === 'tools' && o.shape === 'unexpected' && o.errorDetail !== null;
      const args = {
        capability: o.capability,
        who,
        saw: sawOf(o),
        inText,
        elsewhere: [...new Set(elsewhere)],
      };
      const subject = `${o.model} ${who} ${o.capability}${inText ? ' in text' : ''}`;
      const confidence = inText ? ('possible' as const) : ('certain' as const);
      return [{ confidence, subject, blame, args, cells: [o.id] }];
    });
  },
  title: ({ args, models }) =>
    `${list(models)} works plainly at ${args.who}, and ${args.inText ? 'calls no tool' : `fails with ${WHAT[args.capability]}`}`,
  explanation({ args, observations, models, client }) {
    const said = observations.map((o) => o.body.message).find(Boolean);
    const works =
      args.elsewhere.length > 0
        ? ` It does both ${list(args.elsewhere.map((route) => along(chatAt(route, models), client)))}.`
        : '';
    return `The same request without ${WHAT[args.capability]} was answered in this run; with it ${args.saw}.${said ? ` The words are ${quote(said)}.` : ''}${works}${args.inText ? ' Either the tools are dropped on the way, or the model chose not to call one.' : ''}`;
  },
  notThis: () => 'A new token or a paid plan cannot help: the plain call was let through.',
  fixes: ({ args, models, client }) => [
    ...(args.elsewhere[0]
      ? [
          fix(
            `Use ${list(models)} ${along(chatAt(args.elsewhere[0], models), client)}: there it worked in this run.`,
          ),
        ]
      : []),
    args.capability === 'stream'
      ? fix('Ask without stream: true until it is repaired.')
      : fix(`Ask without ${WHAT[args.capability]}, or choose a provider whose entry supports it.`, {
          commands: ['curl -sS https://router.huggingface.co/v1/models'],
          links: [LINKS.servedModels],
        }),
  ],
  verify: ({ observations, models, args }) =>
    (observations[0] && curlFor(observations[0])) ??
    `hf-doctor check ${models[0] ?? ''} --with ${args.capability}`,
  page: {
    meaning:
      'The model answers a plain request, and fails when the same request asks for a stream, brings tools or asks for JSON by a schema.',
    evidence:
      'Two calls of one run to the same model on the same route, which differ in that alone (--with stream,tools,json).',
    mistakenFor: 'A model that is down, a wrong token, a fault of the client library.',
    repair:
      'Use a provider that can do it: the list of the router tells supports_tools and supports_structured_output for each. A broken stream is for the provider to repair.',
    links: ['https://huggingface.co/docs/inference-providers/guides/function-calling', LINKS.servedModels],
  },
});
