import { type Answerer, answeredBy, sentenceCase } from '../answered-by.js';
import { cellRule, fix } from '../define.js';
import { onHuggingFace, says } from '../match.js';
import { checkAgain } from '../serving.js';
import { LINKS, list } from '../words.js';

interface Args extends Answerer {
  /** 451 says it by itself; else it is the wording. */
  byStatus: boolean;
}

/** The place of the caller, in the words of several makers, and that it is refused. */
const PLACE =
  /\b(?:your (?:country|region|location|territory)|user location|country, region|unsupported_country)/i;
const REFUSED = /\b(?:not (?:supported|available|allowed)|unsupported|unavailable|blocked|restricted)/i;

export const regionBlocked = cellRule<Args>({
  id: 'region-blocked',
  blame: 'provider',
  severity: 'error',
  lastVerified: '2026-11-21',
  corrects: 'A refusal because of the place is not about the token, and a new one gets the same answer.',
  match(o, e) {
    if (!onHuggingFace(o) && o.surface !== 'gateway') return null;
    const words = says(o, PLACE) && says(o, REFUSED);
    if (o.status !== 451 && !(words && [400, 401, 403, null].includes(o.status))) return null;
    const who = answeredBy(o, e);
    return {
      confidence: words ? 'likely' : 'possible',
      subject: who.who,
      args: { ...who, byStatus: !words },
      blame: who.blame,
    };
  },
  title: ({ args }) => `${sentenceCase(args.who)} refuses the place this call comes from`,
  explanation: ({ args, models }) =>
    args.byStatus
      ? `It answers HTTP 451 for ${list(models) || 'this call'}, which means "unavailable for legal reasons". Most often that is decided by the country of the caller.`
      : `It answers for ${list(models) || 'this call'} that the country or region of the caller is not served. The address that the call comes from decides, not the account.`,
  notThis: () => 'A new token, more credits or another client cannot help: they do not change the place.',
  fixes: ({ proven }) => [
    fix(
      proven.length > 0
        ? `Use a route that answered from here: ${list(proven.map((p) => `${p.model} through ${p.route}`))}.`
        : 'Use another provider of the model: each one decides for itself where it serves.',
      { links: proven.length > 0 ? [] : [LINKS.servedModels] },
    ),
    fix(
      'Find out from where your calls leave: a hosted runner, a VPN or a proxy may stand in another country.',
    ),
  ],
  verify: ({ models }) => checkAgain(models),
  page: {
    meaning: 'A provider does not serve callers from some countries or regions, and says so.',
    evidence:
      'The answer is 451, or its words name the country or region of the caller. Reports from several places, merged, show where it answers and where not.',
    mistakenFor: 'A wrong token or a missing permission: the status is often 403.',
    repair:
      'Use another provider, or make the call from a place that is served. `hf-doctor check --vantage NAME` on each machine and `hf-doctor merge` show the difference.',
    links: [LINKS.servedModels, LINKS.docs],
  },
});
