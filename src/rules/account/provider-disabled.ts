import type { Evidence } from '../../types/evidence.js';
import type { Observation } from '../../types/observation.js';
import { cellRule, fix } from '../define.js';
import { says } from '../match.js';
import { onRouterList } from '../provider/two-lists.js';
import { couldUse, letThrough } from '../provider/who.js';
import { said } from '../said.js';
import { checkAgain } from '../serving.js';
import { LINKS, list } from '../words.js';

interface Args {
  /** Live for this task by the catalogue of the run; empty in a text. */
  live: string[];
}

const NOT_ENABLED = /not supported by any provider (?:that )?you have enabled/i;
const NOT_HERE = /not supported by provider/i;

const routerSays = (o: Observation) =>
  o.surface !== 'provider' && (o.status === null || o.status === 400) && says(o, NOT_ENABLED);

/**
 * Those that a refusal of the router shows to be switched off. None where one of them answers this token:
 * then the router is wrong. The router also leaves out what its own list calls no longer live.
 */
function switchedOff(o: Observation, e: Evidence): string[] {
  const live = couldUse(o, e);
  if (live.some((p) => letThrough(p, e))) return [];
  return live.filter((p) => o.model !== null && (onRouterList(o.model, p, e) ?? 'live') === 'live');
}

/**
 * The path of a provider that is switched off refuses too, for every model; only the router's words
 * tell why. Another model tells it when that provider is the only one that could have served it.
 */
function explains(o: Observation, e: Evidence): string[] {
  if (routerSays(o)) return switchedOff(o, e);
  const path = o.surface === 'provider' || o.surface === 'hf-inference';
  const { provider } = o;
  if (!path || o.status !== 400 || provider === null || !says(o, NOT_HERE)) return [];
  if (!couldUse(o, e).includes(provider)) return [];
  const told = e.observations.filter(routerSays).map((x) => ({ x, live: switchedOff(x, e) }));
  const why = told.find(
    ({ x, live }) => live.includes(provider) && (x.model === o.model || live.length === 1),
  );
  return why?.live ?? [];
}

export const providerDisabled = cellRule<Args>({
  id: 'provider-disabled',
  blame: 'account',
  severity: 'error',
  lastVerified: '2026-11-21',
  corrects:
    '"Not supported by any provider you have enabled" may be about your switches, not about the model.',
  match(o, e) {
    if (!e.run.live) {
      if (!routerSays(o) || !said(o, e, NOT_ENABLED)) return null;
      return { confidence: 'possible', subject: o.model ?? 'model', args: { live: [] } };
    }
    const live = (said(o, e, NOT_ENABLED) ?? said(o, e, NOT_HERE)) ? explains(o, e) : [];
    if (live.length === 0) return null;
    return { confidence: 'likely', subject: live.join(' '), args: { live } };
  },
  title: ({ args, models, evidence }) => {
    const model = list(models) || 'this model';
    const whose = evidence.run.billTo ? `the settings of ${evidence.run.billTo}` : 'your settings';
    if (args.live.length === 0) return `The providers of ${model} may be switched off in your settings`;
    const one = args.live.length === 1;
    return `${list(args.live)} ${one ? 'serves' : 'serve'} ${model}, and ${one ? 'seems' : 'seem'} to be switched off in ${whose}`;
  },
  explanation: ({ args }) =>
    args.live.length > 0
      ? `The catalogue of this run lists ${list(args.live)} as live for the model, while the router finds no provider that you have enabled.`
      : 'Hugging Face says the same for a model that nobody serves and for one whose providers you have switched off. The list of providers on the page of the model tells which it is.',
  notThis: () =>
    'A new token or more credits cannot help. A suffix does not unlock a provider that is switched off.',
  fixes: ({ args, evidence, models }) => {
    const page = /^[\w.-]+\/[\w.-]+$/.exec(models[0] ?? '')?.[0];
    return [
      evidence.run.billTo
        ? fix(`Ask an administrator of ${evidence.run.billTo}: there it is decided which providers are on.`)
        : fix(
            `Switch on ${args.live.length > 0 ? list(args.live) : 'a provider of this model'} in your settings.`,
            {
              links: [LINKS.providers],
            },
          ),
      ...(args.live.length === 0 && page
        ? [fix('See which providers serve the model.', { links: [`https://huggingface.co/${page}`] })]
        : []),
    ];
  },
  verify: ({ models }) => checkAgain(models),
  page: {
    meaning:
      'Each account, and each organization that pays, can switch providers off. The router then acts as if they did not serve the model.',
    evidence:
      'The router answers 400 "not supported by any provider you have enabled", while the mapping of the Hub or /v1/models lists a live provider for the same task. From the text alone it cannot be told from a model that nobody serves.',
    mistakenFor: 'A model that was withdrawn, an outage, a wrong token.',
    repair:
      'Open the Inference Providers settings and switch the provider on. In an organization an administrator does it. The catalogue changes within hours: where all providers are on, ask again later.',
    links: [LINKS.providers, LINKS.servedModels],
  },
});
