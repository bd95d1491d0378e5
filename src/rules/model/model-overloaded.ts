import type { Confidence } from '../../report/model.js';
import type { Evidence } from '../../types/evidence.js';
import type { Observation } from '../../types/observation.js';
import { cellRule, fix } from '../define.js';
import { onHuggingFace, providerBehind, says } from '../match.js';
import { secondsToWait } from '../said.js';
import { LINKS } from '../words.js';
import { askAgain, bySentence, instead, modelOf, oldHost, refused } from './refusal.js';

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
  /\bmodel (?:[^\n]{1,160} )?(?:is )?(?:currently |temporarily )?(?:too busy|overloaded|(?:at|over) (?:full )?capacity)\b|\b(?:engine|server|service)s? (?:is|are) (?:currently )?(?:overloaded|at capacity|too busy)|\bno (?:free|available) (?:slots?|capacity)\b|experiencing (?:very )?high (?:load|demand)/i;

function busy(o: Observation, e: Evidence): Confidence | null {
  if (
    /^overloaded(?:_error)?$/i.test(o.body.type ?? '') ||
    /^(?:engine_|model_)?overloaded$/i.test(o.body.code ?? '')
  )
    return bySentence(o, e);
  if (says(o, BUSY)) return bySentence(o, e);
  if (!onHuggingFace(o) || o.status !== 503) return null;
  if (o.surface === 'hf-inference')
    return says(o, /service (?:temporarily )?unavailable/i) ? 'likely' : 'possible';
  return o.surface === 'legacy' && says(o, /service temporarily unavailable/i) ? 'likely' : null;
}

export const modelOverloaded = cellRule<Args>({
  id: 'model-overloaded',
  blame: 'provider',
  severity: 'error',
  lastVerified: '2026-11-21',
  match(o, e) {
    // A 4xx can be busy too (429 of TEI); one that is about the request names another cause.
    if (
      !refused(o) ||
      (o.status !== null && o.status < 500 && o.status !== 429 && o.shape !== 'error-inside')
    )
      return null;
    const confidence = busy(o, e);
    if (!confidence) return null;
    const who =
      o.surface === 'hf-inference' ? 'hf-inference' : onHuggingFace(o) ? providerBehind(o, e) : null;
    const model = modelOf(o);
    const own = !onHuggingFace(o);
    const blame = own ? { blame: 'gateway' as const } : {};
    const spoken =
      confidence === bySentence(o, e) && (o.status !== 503 || says(o, BUSY) || o.body.type !== null);
    return {
      confidence,
      subject: model ?? 'this model',
      args: { model, who, spoken, own, retryAfter: secondsToWait(o) },
      ...blame,
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
    ...oldHost(c),
    ...instead(c, c.args.model),
    fix(
      `Ask again ${c.args.retryAfter === null ? 'after some seconds, and double the pause each time' : `in ${c.args.retryAfter} seconds, as the answer says`}.`,
    ),
    ...(c.args.own
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
