import { cellRule, fix } from '../define.js';
import { onHuggingFace, says } from '../match.js';
import { checkCommand, modelOf, refused } from '../refusal.js';

type State = 'ask' | 'pending' | 'rejected';

interface Args {
  model: string | null;
  state: State;
  /** 403: the token was read. A 401 does not tell whether one arrived. */
  recognised: boolean;
}

const GATED =
  /cannot access gated repo|you cannot access this model unless|access to model \S{1,200} is restricted|you need to (?:agree|accept)[^\n]{0,80}(?:licen[cs]e|conditions)[^\n]{0,80}\bmodel/i;
const REVIEW = /your request to access model \S{1,200} (is awaiting a review|has been rejected)/i;

export const modelGated = cellRule<Args>({
  id: 'model-gated',
  blame: 'model',
  severity: 'error',
  lastVerified: '2026-11-21',
  corrects:
    'A token with every permission still cannot use a gated model before its account accepted the terms.',
  match(o, e) {
    // On the Hub itself only the look-up of a model counts; a refused download is no inference.
    const lookup =
      o.surface === 'hub' &&
      (o.path ?? '').startsWith('/api/models/') &&
      (o.status === 401 || o.status === 403);
    if (!lookup && (!refused(o) || !onHuggingFace(o) || o.surface === 'hub')) return null;
    if (o.status !== null && o.status !== 401 && o.status !== 403 && o.shape !== 'error-inside') return null;
    const review = (REVIEW.exec(o.body.message ?? '') ?? REVIEW.exec(o.body.excerpt))?.[1];
    const coded = o.headers['x-error-code'] === 'GatedRepo';
    if (!coded && !review && !says(o, GATED)) return null;
    const model = modelOf(o);
    const gated = model === null ? 'unknown' : (e.catalog.models[model]?.gated ?? 'unknown');
    const known = gated === 'auto' || gated === 'manual';
    const state: State = review === undefined ? 'ask' : /rejected/i.test(review) ? 'rejected' : 'pending';
    return {
      confidence: known || (coded && e.run.live) ? 'certain' : 'likely',
      subject: model ?? 'this model',
      args: { model, state, recognised: o.status === 403 },
    };
  },
  title: ({ args }) =>
    `${args.model ?? 'The model'} is gated, and the account of this token has no access yet`,
  explanation({ args }) {
    const state = {
      ask: 'Its authors ask for the acceptance of their terms, and this account has not accepted them.',
      pending: 'The account has asked for access, and the authors have not answered yet.',
      rejected: 'The authors have refused the request of this account.',
    }[args.state];
    return `${state}${args.recognised ? ' The token itself was recognised.' : ''} Access belongs to the account, not to the token.`;
  },
  notThis: () =>
    'A token with more permissions does not open a gated model, unless it belongs to an account that has access.',
  fixes({ args }) {
    const page = `https://huggingface.co/${args.model === null ? 'settings/gated-repos' : encodeURI(args.model)}`;
    const own = {
      ask: fix('Open the page of the model with the account of this token and accept its terms.', {
        links: [page],
      }),
      pending: fix('Wait for the authors. The state of your requests is in your settings.', {
        links: ['https://huggingface.co/settings/gated-repos'],
      }),
      rejected: fix('Use another model: only the authors can change this.', { links: [page] }),
    }[args.state];
    return [
      own,
      fix('If the terms are accepted already, check that the token belongs to that account.', {
        commands: ['hf-doctor token'],
      }),
    ];
  },
  verify: ({ args }) => checkCommand(args.model),
  page: {
    meaning:
      'The authors of the model gate it: an account must accept their terms, and with some models be approved, before it may use it.',
    evidence:
      'The answer is 401 or 403 with X-Error-Code GatedRepo, or a sentence such as "Cannot access gated repo", "Access to model ... is restricted", "Your request to access model ... is awaiting a review". That a model is gated on the Hub is not enough: most partners serve gated models without asking.',
    mistakenFor:
      'A token without the permission for Inference Providers, a private model, a spending limit. All of them answer 403 too.',
    repair:
      'Accept the terms on the page of the model with the same account that owns the token. A fine-grained token also needs "Read access to contents of all public gated repos" for downloads.',
    links: ['https://huggingface.co/docs/hub/models-gated', 'https://huggingface.co/settings/gated-repos'],
  },
});
