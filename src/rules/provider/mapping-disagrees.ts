import type { Evidence, MappingEntry } from '../../types/evidence.js';
import type { Observation } from '../../types/observation.js';
import { acrossRule, fix } from '../define.js';
import { isGood, says } from '../match.js';
import { checkAgain, routerFailed } from '../serving.js';
import { curlFor, LINKS, list, proof } from '../words.js';
import { worksUnlisted } from './unlisted.js';

interface Args {
  provider: string;
  /** What the Hub says. */
  listed: string;
  works: boolean;
  model: string;
}

const REFUSED =
  /not supported by provider|model_not_supported|not (?:a )?supported model|model not found|model_not_found|model \S{1,200} (?:is )?(?:not found|does not exist)/i;

export const mappingDisagrees = acrossRule<Args>({
  id: 'mapping-disagrees',
  blame: 'hub',
  severity: 'warning',
  // Staging that answers is usual for members of the partner organization.
  severityOf: ({ args }) => (args.works && args.listed === 'staging' ? 'info' : 'warning'),
  lastVerified: '2026-11-21',
  corrects:
    'A provider listed as live may still refuse the model, and one listed as failing may work: only a call proves it.',
  match(e) {
    if (!e.run.live) return [];
    return e.observations.flatMap((o) => {
      if (o.purpose !== 'inference' || o.control || o.model === null || o.auth === 'anonymous') return [];
      const unlisted = worksUnlisted(o, e);
      if (unlisted) return [toHit(unlisted, o.model, o.id, true)];
      const provider = providerOf(o, e);
      const entry = e.catalog.models[o.model]?.providers.find(
        (p) => sameTask(p, o.task) && p.provider === provider,
      );
      if (!provider || !entry) return [];
      const refused = entry.status === 'live' && (o.status === 400 || o.status === 404) && says(o, REFUSED);
      const works = ['error', 'staging'].includes(entry.status) && isGood(o);
      if (!refused && !works) return [];
      return [toHit(entry, o.model, o.id, works)];
    });
  },
  title: ({ args, models }) =>
    args.works
      ? `The Hub lists ${args.provider} as "${args.listed}" for ${list(models)}, and it works`
      : `The Hub lists ${args.provider} as live for ${list(models)}, and it refuses`,
  explanation: ({ args }) =>
    args.works
      ? `${args.provider} answered in this run. ${args.listed === 'error' ? 'The last health check of Hugging Face failed, so the automatic router leaves it out until the next check.' : 'The provider still tests the model, and lets this account use it.'}`
      : `The path of ${args.provider} says that the model is not supported, while the mapping of the model, read in the same run, says "live". One of the two is out of date. Your token was accepted.`,
  notThis: ({ args }) => (args.works ? null : 'A new token, a paid plan or another suffix cannot help.'),
  fixes: ({ args, models, proven, observations, evidence }) => {
    if (args.works)
      return [
        fix('Nothing to do. The listing follows with the next health check.', { links: [LINKS.status] }),
      ];
    const other = proven.find((p) => p.model === models[0]);
    const ids = observations.flatMap((o) => (o.requestId ? [o.requestId] : []));
    return [
      other
        ? fix(`Use ${other.model} on ${other.route}: ${proof(other)} in this run.`)
        : routerFailed(models, evidence)
          ? fix('Choose a model that a provider serves.', { links: [LINKS.servedModels] })
          : fix('Ask the router with the bare model id: it leaves out providers that fail.'),
      fix(`Check that ${args.provider} is switched on in your settings.`, { links: [LINKS.providers] }),
      fix(`Tell Hugging Face or ${args.provider}${ids[0] ? `, with the request id ${ids[0]}` : ''}.`),
    ];
  },
  verify: ({ observations, models }) => (observations[0] && curlFor(observations[0])) ?? checkAgain(models),
  page: {
    meaning:
      'The list of providers on the Hub page of a model and what the provider really does are not the same at this moment.',
    evidence:
      'Both were read in one run: the mapping of the model, and a real call to the provider through the router.',
    mistakenFor: 'A wrong token, a wrong model id, a suffix that is missing.',
    repair:
      'Use another provider of the model. Hugging Face tests each listing every few hours and corrects it.',
    links: [LINKS.status, LINKS.servedModels],
  },
});

function toHit({ provider, status }: MappingEntry, model: string, cell: number, works: boolean) {
  return {
    confidence: works ? ('certain' as const) : ('likely' as const),
    subject: `${provider} ${works ? status : 'refused'}`,
    args: { provider, listed: status, works, model },
    cells: [cell],
  };
}

/** The one that was pinned; behind the router the one that it names, or the only one that is live. */
function providerOf(o: Observation, e: Evidence): string | null {
  if (o.surface === 'provider' || o.surface === 'hf-inference') return o.provider;
  if (o.surface !== 'router' || o.model === null || isGood(o)) return null;
  const live = e.catalog.models[o.model]?.providers.filter((p) => p.status === 'live') ?? [];
  return (
    o.suffix ?? o.headers['x-inference-provider'] ?? (live.length === 1 ? (live[0]?.provider ?? null) : null)
  );
}

function sameTask(p: MappingEntry, task: string | null): boolean {
  return task === null || p.task === '' || p.task === task;
}
