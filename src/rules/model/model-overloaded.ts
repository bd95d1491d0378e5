import type { Confidence } from '../../report/model.js';
import type { Evidence } from '../../types/evidence.js';
import type { Observation } from '../../types/observation.js';
import { cellRule, fix } from '../define.js';
import { onHuggingFace, providerBehind, says } from '../match.js';
import { askAgain, bySentence, instead, modelOf, refused } from '../refusal.js';
import { commonFault } from '../router/router-down.js';
import { secondsToWait } from '../said.js';
import { routerFailed } from '../serving.js';
import { LINKS } from '../words.js';

interface Args {
  model: string | null;
  /** Who serves it, as far as known. */
  who: string | null;
  /** The server says that it is busy; else it is the usual meaning of its 503. */
  spoken: boolean;
  /** A server of the user's own. */
  own: boolean;
  /** Seconds after which to ask again, from the answer's header. */
  retryAfter: number | null;
}

const BUSY =
  /\bmodel (?:[^\n]{1,160} )?(?:too busy|overloaded|(?:at|over) (?:full )?capacity)\b|\b(?:engine|server|service)s? (?:is|are) (?:currently )?(?:overloaded|at capacity|too busy)|\bcurrently (?:at|over) capacity\b|\bno (?:free|available) (?:slots?|capacity)\b|experiencing (?:very )?high (?:load|demand)/i;

function busy(o: Observation, e: Evidence): { confidence: Confidence; spoken: boolean } | null {
  const typed = /^overloaded(?:_error)?$/i.test(o.body.type ?? '');
  const coded = /^(?:engine_|model_)?overloaded$/i.test(o.body.code ?? '');
  if (typed || coded || says(o, BUSY)) return { confidence: bySentence(o, e), spoken: true };
  if (o.status !== 503 || (o.surface !== 'hf-inference' && o.surface !== 'legacy')) return null;
  // All providers say the same: then it is not about this model.
  const common = commonFault(e);
  if (common && common.how !== 'apart') return null;
  const usual = says(o, /service (?:temporarily )?unavailable/i);
  if (!usual && o.surface === 'legacy') return null;
  return { confidence: usual ? 'likely' : 'possible', spoken: false };
}

export const modelOverloaded = cellRule<Args>({
  id: 'model-overloaded',
  blame: 'provider',
  severity: 'error',
  lastVerified: '2026-11-21',
  match(o, e) {
    // TEI says it with 429; all other 4xx are about the request.
    const status = o.status === null || o.status >= 500 || o.status === 429 || o.shape === 'error-inside';
    if (!refused(o) || !status) return null;
    const found = busy(o, e);
    if (!found) return null;
    const who =
      o.surface === 'hf-inference' ? 'hf-inference' : onHuggingFace(o) ? providerBehind(o, e) : null;
    const model = modelOf(o);
    const own = !onHuggingFace(o);
    return {
      confidence: found.confidence,
      subject: model ?? 'this model',
      args: { model, who, spoken: found.spoken, own, retryAfter: secondsToWait(o) },
      ...(own ? { blame: 'gateway' as const } : {}),
    };
  },
  title({ args }) {
    const who = args.who ?? 'The server';
    const name = args.model ?? 'the model';
    return args.spoken
      ? `${who} has no free capacity for ${name} at the moment`
      : `${who} answers 503 for ${name}`;
  },
  explanation({ args, observations }) {
    const twice = (observations[0]?.attempts ?? 1) > 1 ? ' A second try met the same.' : '';
    const why = args.spoken
      ? 'The model is served there, and all its places are taken.'
      : 'No other word came with it. Mostly all places for the model are taken; it can also be down there.';
    return `${why}${twice} Your token and your request are not the reason.`;
  },
  notThis: () => 'A new token cannot help. Asking again at once and without a pause makes it worse.',
  fixes: (c) => [
    ...instead(c, c.args.model),
    fix(
      `Ask again ${c.args.retryAfter === null ? 'after some seconds, and double the pause each time' : `in ${c.args.retryAfter} seconds, as the answer says`}.`,
    ),
    ...(c.args.own || routerFailed(c.models, c.evidence)
      ? []
      : [
          fix('Leave the provider out of the call: the router then takes another one where there is one.', {
            links: [LINKS.status],
          }),
        ]),
    fix('For steady traffic, use an endpoint of your own.', { links: [LINKS.endpoints] }),
  ],
  verify: (c) => askAgain(c, c.args.model),
  page: {
    meaning: 'The copies of the model that all users share are busy. It passes, usually within minutes.',
    evidence:
      'A body says "Model too busy", "Model is overloaded" or that there is no free capacity, or error_type is overloaded; or hf-inference answers 503 with nothing in it that names another cause (then it is likely or possible only).',
    mistakenFor:
      'A rate limit of your account (429 of Hugging Face itself), a model that is being loaded (503 with estimated_time), an outage.',
    repair:
      'Pause and ask again with growing pauses, let the router choose the provider, or use a dedicated endpoint.',
    links: [LINKS.status, LINKS.endpoints],
  },
});
