import type { Evidence } from '../../types/evidence.js';
import type { Observation } from '../../types/observation.js';
import { along } from '../along.js';
import { answeredBy, sentenceCase } from '../answered-by.js';
import { acrossRule, fix } from '../define.js';
import { isGood } from '../match.js';
import { checkAgain } from '../serving.js';
import { list } from '../words.js';

interface Args {
  who: string;
  ms: number;
}

/** Milliseconds; one token should take a second or two. */
const SLOW = 10_000;
/** Making a picture or a sound takes its time. */
const LONG_TASKS = /image|video|audio|speech/;

const counts = (o: Observation) =>
  o.purpose === 'inference' &&
  !o.control &&
  o.depth === 'live' &&
  o.surface !== 'other' &&
  isGood(o) &&
  !LONG_TASKS.test(o.task ?? '');

/** Routes of the model that answered quickly in this run. */
function quickRoutes(model: string | null, e: Evidence): { route: string; ms: number }[] {
  return e.observations
    .filter((o) => counts(o) && o.model === model && o.latencyMs !== null && o.latencyMs <= SLOW)
    .flatMap((o) => (o.route === null ? [] : [{ route: o.route, ms: o.latencyMs ?? 0 }]))
    .sort((a, b) => a.ms - b.ms);
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(ms < SLOW ? 1 : 0)} s`;

export const slow = acrossRule<Args>({
  id: 'slow',
  blame: 'provider',
  severity: 'warning',
  severityOf: ({ models, evidence }) =>
    models.every((m) => quickRoutes(m, evidence).length > 0) ? 'info' : 'warning',
  outcome: 'ok',
  lastVerified: '2026-11-21',
  match(e) {
    if (!e.run.live) return [];
    const late = e.observations.filter((o) => counts(o) && (o.latencyMs ?? 0) > SLOW);
    return late.map((o) => {
      const { who, blame } = answeredBy(o, e);
      return {
        confidence: 'likely',
        subject: who,
        blame,
        args: { who, ms: o.latencyMs ?? 0 },
        cells: [o.id],
      };
    });
  },
  title: ({ args, models, observations }) => {
    const most = Math.max(args.ms, ...observations.map((o) => o.latencyMs ?? 0));
    return `${sentenceCase(args.who)} took ${seconds(most)} for one token${models.length > 0 ? ` of ${list(models)}` : ''}`;
  },
  explanation: ({ models, evidence }) => {
    const quick = models.flatMap((m) =>
      quickRoutes(m, evidence)
        .slice(0, 1)
        .map((q) => `${m} took ${seconds(q.ms)} on ${q.route}`),
    );
    const beside = quick.length > 0 ? ` In the same run ${list(quick)}, so your network is fast enough.` : '';
    return `The answer is good, and late: a model that slept is loaded first, and a busy one lets calls wait. One call alone does not tell which.${beside}`;
  },
  fixes: ({ models, evidence, client }) => {
    const quick = models.flatMap((m) =>
      quickRoutes(m, evidence)
        .slice(0, 1)
        .map(
          (q) =>
            `${m} ${along({ model: m, task: evidence.catalog.models[m]?.task ?? null, route: q.route }, client)}`,
        ),
    );
    return [
      ...(quick.length > 0 ? [fix(`Use ${list(quick)}: it was quicker in this run.`)] : []),
      fix('Ask again: the second call finds the model loaded.', { commands: [checkAgain(models)] }),
      fix('Allow more time in your client, and stream the answer.'),
    ];
  },
  verify: ({ models }) => checkAgain(models),
  page: {
    meaning: 'The call was answered as it should be, and took more than ten seconds for a single token.',
    evidence: 'The time from sending to the end of the first answer of a small call, in this run.',
    mistakenFor: 'An outage, when the client gives up before.',
    repair: 'Ask once more, use a route that was quicker in the same run, or give the client more time.',
    links: [],
  },
});
