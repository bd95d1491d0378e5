import type { Observation } from '../../types/observation.js';
import { along } from '../along.js';
import { answeredBy, elsewhere, sentenceCase } from '../answered-by.js';
import { cellRule, fix } from '../define.js';
import { onHuggingFace } from '../match.js';
import { isDownload } from '../network/reach.js';
import { checkAgain } from '../serving.js';
import { curlFor, LINKS, list, proof } from '../words.js';
import { quote } from './quote.js';
import { meaningOf } from './seen.js';

interface Args {
  who: string;
  /** `HTTP 418`, `net.refused`. */
  saw: string;
  means: string;
  next: string;
  error: Observation['error'];
  /** The user named another host in the place of Hugging Face. */
  isElsewhere: boolean;
}

function words(observations: readonly Observation[]): string {
  const texts = observations.map((o) => o.body.message ?? (o.body.kind === 'json' ? o.body.excerpt : ''));
  const text = texts.find(Boolean);
  return text ? ` It says ${quote(text)}.` : '';
}

/** Not a fault: a renamed model on the Hub, which the catalogue follows by itself. */
function isRename(o: Observation): boolean {
  const there = o.headers.location ?? o.errorDetail ?? '';
  const own = /^(?:redirects to )?(?:\/(?!\/)|https:\/\/huggingface\.co\/)/.test(there);
  return o.purpose !== 'inference' && o.error === 'http.redirect' && own;
}

export const unclassified = cellRule<Args>({
  id: 'unclassified',
  blame: 'unknown',
  severity: 'error',
  // `severityOf` replaces the lowering, so a model that works elsewhere is looked at here.
  severityOf({ args, models, observations, proven }) {
    if (args.error === 'run.cancelled') return 'info';
    // A look-up that failed leaves less to say; whether a model works is told by its own cells.
    if (observations.every((o) => o.purpose !== 'inference')) return 'warning';
    const works =
      models.length > 0 &&
      models.every((m) => proven.some((p) => p.model === m || p.model.startsWith(`${m}:`)));
    return works ? 'warning' : 'error';
  },
  // A status was seen: that much is known, and it is no good news.
  outcome: (o) => ((o.status ?? 0) >= 400 ? 'fault' : 'unknown'),
  lastVerified: '2026-11-21',
  match(o, e) {
    if (o.surface === 'other' || o.control || isRename(o) || isDownload(o, e)) return null;
    // A text that shows nothing to judge gets no finding at all, nor does one about pages of the Hub.
    if (!e.run.live && o.status === null && o.error === null) return null;
    if (!e.run.live && o.surface === 'hub' && o.path === null) return null;
    const saw = o.error ?? (o.status === null ? 'no status' : `HTTP ${o.status}`);
    // Nobody answered for a provider where nothing listens.
    const who = (o.status === null ? elsewhere(o, e) : null) ?? answeredBy(o, e).who;
    return {
      confidence: 'possible',
      subject: `${who} ${saw}`,
      args: { who, saw, error: o.error, isElsewhere: elsewhere(o, e) !== null, ...meaningOf(o) },
    };
  },
  title({ args, models }) {
    const where = models.length > 0 ? ` for ${list(models)}` : '';
    if (args.error === 'run.cancelled') return `The run was ended before ${args.who} answered${where}`;
    if (args.error === 'net.refused' && args.isElsewhere) return `Nothing listens at ${args.who}${where}`;
    return args.error === null
      ? `${sentenceCase(args.who)} answers ${args.saw}${where}, for a reason that is not known`
      : `No usable answer from ${args.who}${where} (${args.saw})`;
  },
  explanation({ args, observations }) {
    const details = [...new Set(observations.flatMap((o) => (o.errorDetail ? [o.errorDetail] : [])))];
    const detail = details.length > 0 ? ` Detail: ${list(details, 2)}.` : '';
    const status = observations.find((o) => o.error !== null && o.status !== null)?.status;
    const blind =
      args.error === 'run.cancelled' ? '' : ' No rule of hf-doctor explains it, so nobody is blamed.';
    const beside = status ? ` The status was ${status}.` : '';
    return `${args.means}${detail}${beside}${words(observations)}${blind}`;
  },
  fixes({ args, observations, proven, models, routes, client }) {
    const ids = [...new Set(observations.flatMap((o) => (o.requestId ? [o.requestId] : [])))];
    const other = proven.find((p) => models.includes(p.model) && !routes.includes(p.route));
    // An incident fails calls or drops them; it does not refuse one field of them.
    const incident =
      !args.isElsewhere &&
      observations.some((o) => onHuggingFace(o) && ((o.status ?? 0) >= 500 || o.error?.startsWith('net.')));
    return [
      ...(other ? [fix(`Use ${other.model} ${along(other, client)}: ${proof(other)} in this run.`)] : []),
      fix(args.next),
      ...(ids.length > 0 ? [fix(`Ask the operator with the request id ${list(ids, 2)}.`)] : []),
      ...(incident ? [fix('Look whether Hugging Face has an incident.', { links: [LINKS.status] })] : []),
    ];
  },
  verify: ({ observations, models }) => (observations[0] && curlFor(observations[0])) ?? checkAgain(models),
  page: {
    meaning:
      'The call failed, and nothing in the answer tells a cause that hf-doctor knows. The finding repeats what was seen and blames nobody.',
    evidence: 'A status or an error code that no other rule explains.',
    mistakenFor:
      'Whatever the status number alone seems to say. On these hosts a 401, 403, 404 or 410 has several meanings.',
    repair:
      'Repeat the call with the smallest body, compare the routes with hf-doctor check, and report the request id.',
    links: [LINKS.status, LINKS.docs],
  },
});
