import type { Evidence } from '../../types/evidence.js';
import { madeByFrontEnd } from '../../types/made-by.js';
import type { Observation } from '../../types/observation.js';
import { type Case, cellRule, fix, type Hit } from '../define.js';
import { answersItself, isServerError, providerBehind, says, tokenWorks } from '../match.js';
import { askAgain, insteadOfAny } from '../refusal.js';
import { type Common, commonFault, handedOn, together } from '../router/router-down.js';
import { checkAgain } from '../serving.js';
import { curlFor, LINKS, list } from '../words.js';
import { goneSince } from './removed.js';
import { twoLists } from './two-lists.js';

/** The old serverless API, when its shared /v1 route was broken: a 400 that nobody who asked could help. */
export const OLD_ROUTE = /\binvalid url: missing field `name`/i;

interface Args {
  /** Null when the evidence does not tell who answered. */
  provider: string | null;
  /** `huggingface.co`, `novita`, `the router`: who the sentence names. */
  who: string;
  status: number;
  asked: number;
  /** The answer is one of the old API's own faults. */
  admitted: boolean;
  tokenWorks: boolean;
  /** What failed at the same time, where nothing behind the router worked. */
  common: Common | null;
  /** Providers that answered for the model on their own paths, where the bare id failed. */
  others: string[];
}

/** A 5xx of a provider, of hf-inference or of Hugging Face itself, with nothing more specific in it. */
export const providerOutage = cellRule<Args>({
  id: 'provider-outage',
  blame: 'provider',
  severity: 'error',
  lastVerified: '2026-11-21',
  corrects:
    'A 500 behind the router is not a setting of yours, and there is no "native" copy of the model to fall back to.',
  match(o, e) {
    const admitted = (o.status === 400 || (o.status === null && o.origin === 'text')) && says(o, OLD_ROUTE);
    if (!isServerError(o) && !admitted) return null;
    const hub = o.surface === 'hub';
    // A text may be from the time of the retired host; a run never is.
    const surfaces = ['router', 'hf-inference', 'provider', ...(e.run.live ? [] : ['legacy'])];
    if (!hub && !surfaces.includes(o.surface)) return null;
    const common = hub ? null : commonFault(e);
    if (common && common.how !== 'apart') return ofTheRouter(o, common, e);
    const behind = hub ? null : o.surface === 'hf-inference' ? 'hf-inference' : providerBehind(o, e);
    const provider = behind ?? handedOn(o, e);
    const who = hub
      ? 'huggingface.co'
      : o.surface === 'legacy'
        ? 'the old host api-inference.huggingface.co'
        : (provider ?? 'a provider behind the router');
    const works = tokenWorks(e);
    // An answer without a mark of who is behind may have been made before.
    const sure = e.run.live && works && o.attempts > 1 && !common && !madeByFrontEnd(o);
    const others = provider || hub ? [] : answeringItself(o, e);
    const known = behind || hub || others.length > 0;
    return {
      confidence: known ? (sure && others.length === 0 ? 'certain' : 'likely') : 'possible',
      subject: provider ?? o.surface,
      blame: hub || o.surface === 'legacy' ? 'hub' : provider ? 'provider' : 'router',
      args: {
        provider,
        who,
        status: o.status ?? 400,
        asked: o.attempts,
        admitted,
        tokenWorks: works,
        common,
        others,
      },
    };
  },
  title({ args, models }) {
    if (args.admitted) return 'The old serverless API answered 400 for a fault of its own';
    if (args.common?.how === 'front')
      return `The router of Hugging Face answers ${args.status} to all that was asked`;
    if (args.common?.how === 'behind')
      return `All ${args.common.providers.length} providers that were asked answer ${args.status}`;
    const who = args.others.length > 0 ? 'The router of Hugging Face' : args.who;
    return `${who} answers ${args.status}${models.length > 0 ? ` for ${list(models)}` : ''}`;
  },
  explanation({ args, evidence, models, proven }) {
    if (args.admitted)
      return 'These are words of the old serverless API: its shared /v1 route did not read the name of the model, for everybody. That API is retired. Nothing in your call was wrong.';
    const fine = args.tokenWorks
      ? proven.length > 0
        ? ' Your token is fine: the same token works elsewhere in this run.'
        : ' Your token is fine: Hugging Face accepts it.'
      : '';
    if (args.common && args.common.how !== 'apart') return `${together(args.common)}${fine}`;
    const times = args.asked === 2 ? ', twice' : args.asked > 2 ? `, ${args.asked} times in a row` : '';
    const own = args.common
      ? `It failed${times}. ${together(args.common)}`
      : args.others.length > 0
        ? `The bare id failed${times}, while ${list(args.others)} answered for it on ${args.others.length === 1 ? 'its own path' : 'their own paths'}.`
        : `${args.provider ? `${args.provider}'s own servers` : 'The servers behind it'} failed${times}.`;
    const others = models
      .flatMap((m) => evidence.catalog.models[m]?.providers ?? [])
      .filter((p) => p.status === 'live' && p.provider !== args.provider);
    const alone =
      evidence.run.live && args.provider && models.length > 0 && others.length === 0
        ? ' No other provider serves it today.'
        : '';
    return own + fine + alone + twoLists(models, args.provider, evidence);
  },
  notThis({ args }) {
    if (args.common?.how === 'front')
      return 'A new token, another provider or a suffix cannot help: all of them pass the router.';
    if (args.common?.how === 'behind') return 'A new token, a paid plan or a suffix cannot help.';
    return args.provider === 'hf-inference'
      ? 'A new token or a paid plan cannot help.'
      : 'A new token, a paid plan or a ":hf-inference" suffix cannot help.';
  },
  fixes: (c) => [
    ...insteadOfAny(c),
    passes(c)
      ? fix('Wait and ask again: such faults usually pass within hours.', { links: [LINKS.status] })
      : fix('See what serves the model today.', { commands: [checkAgain(c.models)] }),
  ],
  verify(c) {
    if (c.args.common && c.args.common.how !== 'apart') return checkAgain(c.models);
    const direct = c.observations.find((o) => o.surface === 'provider');
    return (direct && curlFor(direct)) ?? askAgain(c);
  },
  page: {
    meaning:
      'The request reached the provider that serves the model, and the provider failed: 500, 502, 503 or 504 with nothing in the body that names another cause.',
    evidence:
      'The provider path answers 5xx, twice, while the token is accepted. When all that was asked, of several providers, gets one and the same 5xx, it is the router before them; where three or more fail and nothing works, it may be. On the bare router the provider is known from the answer header x-inference-provider, because the model has one live provider only, or because all of them fail in the same words.',
    mistakenFor:
      'A missing permission, a "staging mode" of the account, a model that became paid. The word staging in client logs is about the mapping, not about the account.',
    repair:
      'Use the bare model id on https://router.huggingface.co/v1: it fails over when a second provider serves the model. Where there is none, use another model or wait.',
    links: [LINKS.status, LINKS.servedModels],
  },
});

/** Who serves the model of `o` on a path of its own, in this run. */
function answeringItself(o: Observation, e: Evidence): string[] {
  if (o.surface !== 'router') return [];
  const asked = e.observations.flatMap((x) => (x.surface === 'router' ? [] : (x.provider ?? [])));
  return [...new Set(asked)].filter((slug) => answersItself(slug, o, e));
}

/** One fault for all providers: none of them is accused. */
function ofTheRouter(o: Observation, common: Common, e: Evidence): Hit<Args> {
  const args = { provider: null, who: 'the router', status: o.status ?? 500, asked: o.attempts };
  const seen = { admitted: false, tokenWorks: tokenWorks(e), common, others: [] };
  const confidence = common.how === 'front' ? 'likely' : 'possible';
  return { confidence, subject: 'all', blame: 'router', args: { ...args, ...seen } };
}

/** Waiting brings back neither a retired host nor a provider that left since. */
function passes({ args, observations, evidence }: Case<Args>): boolean {
  const old = observations.every((o) => o.surface === 'legacy');
  const left = args.provider !== null && goneSince(args.provider) !== null;
  return !args.admitted && (evidence.run.live || !(old || left));
}
