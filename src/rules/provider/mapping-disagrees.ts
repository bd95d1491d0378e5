import type { Severity } from '../../report/model.js';
import { along } from '../along.js';
import { acrossRule, type Case, fix } from '../define.js';
import { checkAgain, routerFailed } from '../serving.js';
import { curlFor, LINKS, list, proof } from '../words.js';
import { type Disagreement, disagreements } from './disagreement.js';
import { onRouterList, twoLists } from './two-lists.js';

/** A status may be a new word: then there is nothing to add. */
const WHY: ReadonlyMap<string, string> = new Map([
  [
    'error',
    ' The last health check of Hugging Face failed, so the automatic router leaves it out until the next check.',
  ],
  ['staging', ' The provider still tests the model, and lets this account use it.'],
]);

export const mappingDisagrees = acrossRule<Disagreement>({
  id: 'mapping-disagrees',
  blame: 'hub',
  severity: 'warning',
  severityOf,
  lastVerified: '2026-11-21',
  corrects:
    'A provider listed as live may still refuse the model, and one listed as failing may work: only a call proves it.',
  match: (e) => (e.run.live ? disagreements(e) : []),
  title({ args, models }) {
    const whom = list(models);
    return {
      refused: `The Hub lists ${args.provider} as live for ${whom}, and it refuses`,
      works: `The Hub lists ${args.provider} as "${args.listed}" for ${whom}, and it works`,
      'router-list': `The router lists ${args.provider} as "${args.listed}" for ${whom}, and it works`,
      absent: `The Hub does not list ${args.provider ?? 'any provider'} for ${whom}, and it works`,
    }[args.how];
  },
  explanation({ args, models, evidence }) {
    const apart = twoLists(models, args.provider, evidence);
    if (args.how === 'refused')
      return `The path of ${args.provider} says that the model is not supported, while the mapping of the model, read in the same run, says "live". One of the two is out of date. Your token was accepted.${apart}`;
    const came = `${args.provider ?? 'The router'} answered in this run.`;
    if (args.how === 'absent')
      return `${came} The mapping of the model, read in the same run, ${args.provider ? 'does not name it' : 'is empty'}. Clients that look there first refuse the call before they send it.`;
    // Where the other list says live, the router need not leave it out.
    return apart ? `${came}${apart}` : `${came}${WHY.get(args.listed) ?? ''}`;
  },
  notThis: ({ args }) =>
    args.how === 'refused' ? 'A new token, a paid plan or another suffix cannot help.' : null,
  fixes: (c) => {
    const { args, models, proven, observations, evidence, client } = c;
    if (args.how === 'absent')
      return [
        fix('Call it as here, at the router: what reads the mapping first cannot find it.', {
          links: [LINKS.docs],
        }),
      ];
    if (args.how !== 'refused')
      return [
        fix('Nothing to do. The listing follows with the next health check.', { links: [LINKS.status] }),
      ];
    const other = proven.find((p) => p.model === models[0]);
    const ids = observations.flatMap((o) => (o.requestId ? [o.requestId] : []));
    return [
      other
        ? fix(`Use ${other.model} ${along(other, client)}: ${proof(other)} in this run.`)
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
      'What Hugging Face lists about a provider of a model, and what the provider really does, are not the same at this moment.',
    evidence:
      'Both were read in one run: the mapping of the model on the Hub or the list of the router (/v1/models), and a real call through the router.',
    mistakenFor: 'A wrong token, a wrong model id, a suffix that is missing.',
    repair:
      'Use another provider of the model. Hugging Face tests each listing every few hours and corrects it.',
    links: [LINKS.status, LINKS.servedModels],
  },
});

/** What works and is listed badly hurts only where nobody else is listed well. */
function severityOf({ args, models, evidence }: Case<Disagreement>): Severity {
  if (args.how === 'refused') return 'warning';
  if (args.how === 'router-list' || args.listed === 'staging') return 'info';
  const lists = models.map((m) => evidence.catalog.models[m]?.providers ?? []);
  if (args.how === 'absent')
    return lists.every((l) => l.some((p) => p.status === 'live')) ? 'info' : 'warning';
  const routed = models.every((m) => args.provider && onRouterList(m, args.provider, evidence) === 'live');
  return routed ? 'info' : 'warning';
}
