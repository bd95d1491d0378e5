import type { Severity } from '../../report/model.js';
import { bareId } from '../../types/model-ref.js';
import { along } from '../along.js';
import { acrossRule, type Case, fix } from '../define.js';
import { liveProviders } from '../match.js';
import { checkAgain, routerFailed } from '../serving.js';
import { curlFor, LINKS, list, proof } from '../words.js';
import { type Disagreement, disagreements } from './disagreement.js';
import { explanationOf, fixesOf, titleOf } from './left-out.js';
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
  severity: 'error',
  severityOf,
  lastVerified: '2026-11-21',
  corrects:
    'A provider listed as live may still refuse the model, and one listed as failing may work: only a call proves it.',
  match: (e) => (e.run.live ? disagreements(e) : []),
  title(c) {
    const { args, models } = c;
    const whom = list(models);
    return {
      refused: `The Hub lists ${args.provider} as live for ${whom}, and it refuses`,
      'left-out': titleOf(c),
      works: `The Hub lists ${args.provider} as "${args.listed}" for ${whom}, and it works`,
      'router-list': `The router lists ${args.provider} as "${args.listed}" for ${whom}, and it works`,
      absent: `The Hub does not list ${args.provider ?? 'any provider'} for ${whom}, and it works`,
    }[args.how];
  },
  explanation(c) {
    const { args, models, evidence, observations } = c;
    if (args.how === 'left-out') return explanationOf(c);
    const apart = twoLists(models, args.provider, evidence);
    const direct = observations.some((o) => o.surface !== 'router');
    const who = direct ? `The path of ${args.provider}` : `${args.provider}, asked through the router,`;
    if (args.how === 'refused')
      return `${who} refuses the model, while the mapping of the model, read in the same run, says "live". One of the two is out of date. Your token was accepted.${apart}`;
    const came = `${args.provider ?? 'The router'} answered in this run.`;
    if (args.how === 'absent')
      return `${came} The mapping of the model, read in the same run, ${args.provider ? 'does not name it' : 'is empty'}. Clients that look there first refuse the call before they send it.`;
    // Where the other list says live, the router need not leave it out.
    return apart ? `${came}${apart}` : `${came}${WHY.get(args.listed) ?? ''}`;
  },
  notThis: ({ args }) =>
    args.how === 'refused'
      ? 'A new token, a paid plan or another suffix cannot help.'
      : args.how === 'left-out'
        ? 'A new token or a paid plan cannot help.'
        : null,
  fixes: (c) => {
    const { args, models, proven, observations, evidence, client } = c;
    if (args.how === 'absent')
      return [
        fix('Call it as here, at the router: what reads the mapping first cannot find it.', {
          links: [LINKS.docs],
        }),
      ];
    if (args.how !== 'refused' && args.how !== 'left-out')
      return [
        fix('Nothing to do. The listing follows with the next health check.', { links: [LINKS.status] }),
      ];
    const others = liveProviders(evidence.catalog.models[models[0] ?? ''] ?? null).filter(
      (p) => p !== args.provider,
    );
    const other = proven.find((p) => bareId(p.model) === models[0]);
    const ids = observations.flatMap((o) => (o.requestId ? [o.requestId] : []));
    const tell = fix(
      `Tell Hugging Face or ${args.provider}${ids[0] ? `, with the request id ${ids[0]}` : ''}.`,
    );
    const use = other
      ? fix(`Use ${other.model} ${along(other, client)}: ${proof(other)} in this run.`)
      : null;
    if (args.how === 'left-out') return [...fixesOf(c, use), tell];
    return [
      use ??
        (routerFailed(models, evidence) || others.length === 0
          ? fix('Choose a model that a provider serves.', { links: [LINKS.servedModels] })
          : fix('Ask the router with the bare model id: it leaves out providers that fail.')),
      fix(`Check that ${args.provider} is switched on in your settings.`, { links: [LINKS.providers] }),
      tell,
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
function severityOf({ args, models, evidence }: Case<Disagreement>): Severity | null {
  if (args.how === 'refused' || args.how === 'left-out') return null;
  if (args.how === 'router-list' || args.listed === 'staging') return 'info';
  const lists = models.map((m) => evidence.catalog.models[m]?.providers ?? []);
  if (args.how === 'absent')
    return lists.every((l) => l.some((p) => p.status === 'live')) ? 'info' : 'warning';
  const routed = models.every((m) => args.provider && onRouterList(m, args.provider, evidence) === 'live');
  return routed ? 'info' : 'warning';
}
