import type { Fix } from '../../report/model.js';
import { shortRoute } from '../../report/short-route.js';
import type { Evidence } from '../../types/evidence.js';
import type { Observation } from '../../types/observation.js';
import { acrossRule, fix } from '../define.js';
import { isGood } from '../match.js';
import { LINKS, list } from '../words.js';

interface Args {
  works: string[];
  fails: string[];
  /** What came from those that fail: statuses, and null for no answer. */
  statuses: (number | null)[];
}

/** These speak of the account or of too many calls: they differ between tokens, not between places. */
const ACCOUNT = [401, 402, 429];

const counts = (o: Observation) =>
  o.purpose === 'inference' && !o.control && !o.instead && o.vantage !== undefined && o.auth === 'token';

const refName = (o: Observation) => o.ref ?? (o.suffix ? `${o.model}:${o.suffix}` : o.model);

function fails(o: Observation): boolean {
  return (
    !isGood(o) &&
    !(o.retry?.status != null && o.retry.status < 300) &&
    o.error !== 'run.cancelled' &&
    o.suspect !== true &&
    o.depth === 'live' &&
    !ACCOUNT.includes(o.status ?? 0)
  );
}

function pairsOf({ observations }: Evidence): Observation[][] {
  const asked = new Map<string, Observation[]>();
  for (const o of observations.filter(counts)) {
    const key = JSON.stringify([refName(o), o.route]);
    asked.set(key, [...(asked.get(key) ?? []), o]);
  }
  return [...asked.values()].filter((list) => list.some(isGood) && list.some(fails));
}

const isSilent = ({ statuses }: Args) => statuses.every((s) => s === null);

function came(args: Args): string {
  if (isSilent(args)) return 'no answer came';
  return `came ${list(args.statuses.map((s) => (s === null ? 'no answer' : `HTTP ${s}`)))}`;
}

/** What did answer from the places that fail. */
function answersThere({ fails: places }: Args, e: Evidence, models: readonly string[]): Fix[] {
  const good = e.observations.filter(
    (o) => counts(o) && isGood(o) && places.includes(o.vantage ?? '') && models.includes(o.model ?? ''),
  );
  const routes = [...new Set(good.flatMap((o) => o.route ?? []))].map(shortRoute);
  return routes.length > 0
    ? [fix(`Use ${list(routes)} there: an answer came from ${list(places)} too.`)]
    : [];
}

/** Needs evidence from several places: only `merge` has it. */
export const vantageDiffers = acrossRule<Args>({
  id: 'vantage-differs',
  blame: 'unknown',
  severity: 'error',
  severityOf: () => 'error',
  lastVerified: '2026-11-21',
  corrects: 'That it works on one machine does not show that it works from everywhere.',
  match: (e) =>
    pairsOf(e).map((answers) => {
      const bad = answers.filter(fails);
      const places = (list: Observation[]) => [...new Set(list.flatMap((o) => o.vantage ?? []))].sort();
      const statuses = [...new Set(bad.map((o) => o.status))].sort((a, b) => (a ?? 1e9) - (b ?? 1e9));
      const args = { works: places(answers.filter(isGood)), fails: places(bad), statuses };
      return {
        // An outage that began between two runs looks the same.
        confidence: 'possible',
        subject: JSON.stringify([args.works, args.fails, statuses]),
        args,
        ...(isSilent(args) ? { blame: 'network' as const } : {}),
        // Both sides are the evidence; another rule may explain the failure as well.
        cells: answers.filter((o) => isGood(o) || fails(o)).map((o) => o.id),
      };
    }),
  title: ({ args, models }) =>
    `${list(models)} ${models.length === 1 ? 'works' : 'work'} from ${list(args.works)} and not from ${list(args.fails)}`,
  explanation: ({ args, routes }) =>
    `On ${list(routes.map(shortRoute))} an answer came from ${list(args.works)}. From ${list(args.fails)} ${came(args)}. The runs were not made at the same moment, so a fault that came or went between them looks the same.`,
  notThis: ({ args }) =>
    isSilent(args) ? null : 'The model is served, and a token that works from one place is no wrong token.',
  fixes: ({ args, evidence, models }) => [
    ...answersThere(args, evidence, models),
    fix(
      `Run the check from ${list(args.fails)} again: if it still fails while ${list(args.works)} works, the place decides.`,
    ),
    fix(
      isSilent(args)
        ? `Look at the way out of ${list(args.fails)}: proxy, firewall, names.`
        : `Tell whoever serves it the request ids of this report, and from where they were sent.`,
    ),
  ],
  verify: ({ models }) =>
    /^[\w./-]{1,200}$/.test(models[0] ?? '')
      ? `hf-doctor check ${models[0]} --vantage NAME --output NAME.json`
      : null,
  page: {
    meaning: 'The same model on the same route works from one place and fails from another.',
    evidence:
      'Reports of several places were merged (`--vantage`), and one holds a good answer where another one holds a failure that does not speak of the account.',
    mistakenFor: 'An outage for everybody, or a model that is not served.',
    repair:
      'Check again from both places at the same time. If it stays, use another provider from the place that fails, or look at its proxy and firewall.',
    links: [LINKS.servedModels],
  },
});
