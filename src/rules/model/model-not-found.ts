import type { Confidence } from '../../report/model.js';
import type { Evidence } from '../../types/evidence.js';
import type { Observation } from '../../types/observation.js';
import { cellRule, fix } from '../define.js';
import { factsOf, isGood, onHuggingFace, says } from '../match.js';
import { bySentence, checkCommand, modelOf, refused } from '../refusal.js';
import { list } from '../words.js';
import { nearestId } from './nearest-id.js';

interface Args {
  model: string | null;
  /** The Hub itself says so in this run. */
  proven: boolean;
  /** Asked without a token, the Hub does not say whether it exists. */
  hidden: boolean;
  private: boolean;
  /** The name after a rename. */
  renamed: string | null;
  /** An id that the router lists in this run. */
  near: string | null;
}

const SENTENCE =
  /\bmodel ['"`]?[^\s'"`]{1,200}['"`]? does not exist(?! or you do not have access)|not found: model not found/i;
/** The router's own words; a provider behind it says it otherwise. */
const OWN = /the requested model '[^']{1,200}' does not exist/i;
const LOOKUP =
  /repository not found for url: https?:\/\/[^\s:]{1,100}\/api\/models\/[^\s?:]{1,200}(?!:|\w)|failed to fetch inference provider mapping for model [^\s:]{1,200}: (?:repository|model|entry) not found|could not find model: \S{1,200}\. if it is a private or gated/i;

/** 401 is what the Hub says, to a call without a token, of each model that it does not show. */
function isHidden(o: Observation): boolean {
  return o.purpose === 'mapping' && o.surface === 'hub' && o.status === 401 && o.auth === 'anonymous';
}

function found(o: Observation, e: Evidence): Confidence | null {
  const exists = factsOf(o, e)?.exists ?? 'unknown';
  if (isHidden(o)) return 'possible';
  if (o.purpose === 'mapping') {
    if (o.status !== 404 || o.surface !== 'hub') return null;
    // It answered somewhere in this run: then this Hub is another one, or the model is private.
    return e.observations.some((x) => x.model === o.model && isGood(x)) ? 'possible' : 'certain';
  }
  if (!refused(o) || o.status === 401 || o.surface === 'dedicated') return null;
  // The retired host answers 404 to every model.
  const live = onHuggingFace(o) && o.surface !== 'legacy';
  if (exists === 'no' && live && (o.status === 400 || o.status === 404)) return 'certain';
  if (says(o, LOOKUP)) return 'likely';
  const coded = o.body.code === 'model_not_found' && onHuggingFace(o);
  if (!coded && !says(o, SENTENCE)) return null;
  // A provider speaks of its own names: that says little about the Hub.
  if (o.surface === 'provider') return exists === 'yes' ? null : 'possible';
  if (o.surface === 'gateway') return says(o, OWN) ? 'likely' : null;
  if (exists !== 'yes') return bySentence(o, e);
  // The Hub shows it in this run: only the router's own sentence still speaks of its id.
  return says(o, OWN) ? 'likely' : null;
}

/** Its page when there may be one, else a search for its name. */
function searchFor({ model, proven }: Args): string {
  if (model === null) return 'https://huggingface.co/models';
  const name = model.split('/').at(-1) ?? model;
  return proven
    ? `https://huggingface.co/models?search=${encodeURIComponent(name)}`
    : `https://huggingface.co/${encodeURI(model)}`;
}

export const modelNotFound = cellRule<Args>({
  id: 'model-not-found',
  blame: 'model',
  severity: 'error',
  lastVerified: '2026-11-21',
  corrects:
    'The router answers 400, not 404, for a model that does not exist; and a 401 of the Hub does not prove that a model is missing.',
  match(o, e) {
    const confidence = found(o, e);
    if (!confidence) return null;
    const model = modelOf(o) ?? /\/models\/([\w.-]{1,96}\/[\w.-]{1,96})/.exec(o.path ?? '')?.[1] ?? null;
    const facts = factsOf(o, e);
    const ids = (e.catalog.routerModels ?? []).map((m) => m.id);
    const args = {
      model,
      proven: facts?.exists === 'no' || o.purpose === 'mapping',
      hidden: isHidden(o),
      private: facts?.private === true,
      renamed: facts && facts.canonical !== facts.id ? facts.canonical : null,
      near: model === null ? null : nearestId(model, ids),
    };
    // Missing ids with nothing to offer are one finding: what to do is the same for all of them.
    const alike =
      args.proven && !args.hidden && args.renamed === null && args.near === null && confidence === 'certain';
    return { confidence, subject: alike ? 'no such model' : (model ?? 'this model'), args };
  },
  title: ({ args, models }) =>
    models.length > 1
      ? `${list(models, 4)} do not exist, or are not visible to this token`
      : args.renamed
        ? `${args.model} has another name today`
        : args.hidden
          ? `${args.model ?? 'The model'} does not exist, or is not visible without a token`
          : `${args.model ?? 'The model'} does not exist, or is not visible to this token`,
  explanation({ args }) {
    if (args.renamed)
      return `The Hub redirects ${args.model} to ${args.renamed}. Inference takes the new name only.`;
    if (args.hidden)
      return 'It was asked without a token, and the Hub answers 401: it says the same of a model that is missing, private or gated. With a token that is accepted it would tell.';
    const who = args.proven
      ? 'The Hub answers 404 for it.'
      : 'The answer says that the model does not exist.';
    const why = args.private
      ? ' The model is private: the token that was sent does not reach it for inference.'
      : ' The id has a slip, the model was deleted or renamed, or it is private and the token has no access.';
    return `${who}${why} Upper and lower case count.`;
  },
  notThis: () =>
    'Another provider or a suffix cannot help: the id is looked up before any provider is asked.',
  fixes: ({ args }) => [
    ...(args.renamed ? [fix(`Use the id ${args.renamed}.`)] : []),
    ...(args.near && args.near !== args.model
      ? [fix(`The router lists ${args.near}: perhaps that one was meant.`)]
      : []),
    fix(
      args.model
        ? `Look ${args.model} up on the Hub, and copy the id from its page.`
        : 'Copy the id from the page of the model.',
      {
        links: [searchFor(args)],
      },
    ),
    ...(args.renamed
      ? []
      : [fix('If the model is private, use a token of an account that can open its page.')]),
  ],
  verify: ({ args }) => checkCommand(args.renamed ?? args.near ?? args.model),
  page: {
    meaning:
      'No model with this id is visible: it was mistyped, renamed, deleted, or it is private and the token has no access.',
    evidence:
      'The Hub answers 404 to a call with a valid token; or the router answers 400 with the code model_not_found ("The requested model ... does not exist"); or hf-inference answers 404 "Model ... does not exist".',
    mistakenFor:
      'A model that nobody serves (model-not-served: the id is right there), a missing permission. Without a token the Hub answers 401 for a missing model as for a private one, so that answer proves nothing.',
    repair:
      'Copy the id from the page of the model, with its upper and lower case. Ids have one slash: organization/name.',
    links: ['https://huggingface.co/models'],
  },
});
