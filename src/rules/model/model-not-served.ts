import { acrossRule, type Case, fix } from '../define.js';
import { worksUnlisted } from '../provider/unlisted.js';
import { checkCommand, instead, modelOf } from '../refusal.js';
import { checkAgain } from '../serving.js';
import { LINKS, list } from '../words.js';
import {
  contradicted,
  type Found,
  follows,
  nobodyListed,
  saysNotServed,
  type Unserved,
  unserved,
} from './not-served.js';

export const modelNotServed = acrossRule<Unserved>({
  id: 'model-not-served',
  blame: 'model',
  severity: 'error',
  severityOf: ({ args }) => (args.blind ? 'warning' : null),
  lastVerified: '2026-11-21',
  corrects: '"is not a chat model" and a bare StopIteration mean the same: no provider serves this model.',
  match(e) {
    const said = e.observations.flatMap((o): Found[] => {
      const seen = saysNotServed(o);
      return seen && !contradicted(seen, o, e) && !worksUnlisted(o, e)
        ? [unserved(modelOf(o), seen, o, [o.id], e)]
        : [];
    });
    if (!e.run.live) return said;
    const listed = Object.values(e.catalog.models).flatMap((facts): Found[] => {
      if (!nobodyListed(facts, e)) return [];
      const own = e.observations.filter((o) => o.model === facts.id);
      const cells = own.filter((o) => follows(o) || o.purpose === 'mapping').map((o) => o.id);
      return [unserved(facts.id, { how: 'empty-mapping', provider: null }, null, cells, e)];
    });
    return [...listed, ...said];
  },
  title({ args, models }) {
    if (args.how === 'empty-mapping' && models.length > 1)
      return `${list(models, 4)} are not served by any provider`;
    const name = args.model ?? 'The model';
    if (args.how === 'router' && !args.known && !args.provider)
      return `No provider that you may use serves ${args.model ?? 'the model'}`;
    if (args.how === 'one-provider' && !args.provider)
      return `${name} is not served by the provider that the call names (often hf-inference)`;
    return args.provider
      ? `${args.provider} does not serve ${args.model ?? 'the model'}`
      : `${name} is not served by any provider`;
  },
  explanation({ args, client, models }) {
    const name = args.model ?? 'the model';
    const many = models.length > 1;
    const saw = {
      'empty-mapping': many
        ? 'They exist on the Hub, and their lists of providers are empty.'
        : `${name} exists on the Hub, and its list of providers is empty.`,
      router: `The router knows ${name} and has no provider for it that you may use.`,
      provider: `${args.provider ?? 'The provider'} says that it does not serve ${name}.`,
      'hf-inference': `The path is right, and hf-inference has no such model: it answers a plain 404 for ${name}.`,
      untold: `The sentence of the server is not in this text. Mostly it says that nobody serves ${name} there.`,
      'one-provider': `The client looked for one provider in the list of ${name}: ${args.provider ?? 'the one that the call names, or its default'}. That one is not in it, so nothing was sent. Others may serve the model.`,
      client: `The client looked for a provider of ${name} and found none, so nothing was sent.`,
      'stop-iteration':
        'huggingface_hub takes the first provider from the list of the model. The list is empty, so it stops with StopIteration instead of a sentence.',
    }[args.how];
    const down =
      args.down.length > 0 && args.live.length === 0 ? ` Listed, but not live: ${list(args.down)}.` : '';
    const elsewhere = args.live.length > 0 ? ` The Hub lists it as live at ${list(args.live)}.` : '';
    const python =
      args.how === 'empty-mapping' && client !== 'node'
        ? ' In Python each task but chat then ends in a bare StopIteration: huggingface_hub takes the first entry of an empty list.'
        : '';
    const most =
      args.live.length > 0 || args.how === 'one-provider'
        ? ''
        : ' Most models on the Hub, above all fine-tunes, quantised copies and base models, have no provider.';
    const guess = args.blind
      ? ' The Hub could not be read in this run, so it was asked for chat: a model that is made for another task is refused in the same words.'
      : '';
    return `${saw}${down}${elsewhere}${python}${guess}${most}`;
  },
  notThis: () =>
    'A suffix cannot unlock a model, and a new token, a paid plan or an older client cannot help.',
  fixes(c) {
    const { args } = c;
    const unsure = !args.known && args.how === 'router';
    const slip = !args.known && (args.how === 'client' || args.how === 'one-provider');
    const one = args.how === 'one-provider' && args.live.length === 0;
    return [
      ...(sameTask(c) ? instead(c, args.model) : []),
      ...(one
        ? [
            fix("Name no provider, or 'auto': the client then takes one that serves the model."),
            fix('See who serves it.', { commands: [checkCommand(args.model)] }),
          ]
        : []),
      ...(args.live.length > 0
        ? [fix(`Call it without ${args.provider ?? 'a fixed provider'}, or name ${list(args.live)} instead.`)]
        : []),
      ...(slip ? [fix('Compare the id with the page of the model: upper and lower case count here.')] : []),
      ...(args.live.length === 0
        ? [fix('Choose a model that a provider serves.', { links: [LINKS.servedModels] })]
        : []),
      ...(unsure
        ? [
            fix(
              'If its page on the Hub names a provider, look whether that one is switched off in your settings.',
              { links: [LINKS.providers] },
            ),
          ]
        : []),
      ...(args.live.length === 0
        ? [
            fix('If it must be this model, run it on an endpoint of your own or locally.', {
              links: [LINKS.endpoints],
            }),
          ]
        : []),
    ];
  },
  verify: ({ args, models }) => (models.length > 1 ? checkAgain(models) : checkCommand(args.model)),
  page: {
    meaning:
      'The model exists, but no inference provider serves it for this task, or the one that the call names does not. Providers choose which models they serve; of the models on the Hub it is a small part, and it changes within days.',
    evidence:
      'The provider list of the model on the Hub is empty; or the router answers 400 model_not_supported ("not supported by any provider you have enabled", "is not a chat model"); or a provider path answers 400 "Model not supported by provider ..."; or /hf-inference/models/{model} answers a plain 404; or a client finds no provider: "No Inference Provider available", StopIteration. "We have not been able to find inference provider information" says it of the one provider that the call names.',
    mistakenFor:
      'A missing permission, an outage, a wrong URL, a fault of the Python client, a model that is no chat model: the router says "is not a chat model" of true chat models with an empty list too. When a provider is listed and the router still refuses, it is switched off in the account.',
    repair:
      'Choose a model from the list of served models, or call the model without a fixed provider. hf-doctor check <model> shows who serves it now. Fine-tunes and private models need an Inference Endpoint or a local server.',
    links: [LINKS.servedModels, LINKS.providers, LINKS.endpoints],
  },
});

/** One replacement can stand for all of them only when all do the same. */
function sameTask({ models, evidence }: Case<Unserved>): boolean {
  return new Set(models.map((m) => evidence.catalog.models[m]?.task)).size <= 1;
}
