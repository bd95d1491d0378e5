import type { Evidence } from '../../types/evidence.js';
import type { Observation } from '../../types/observation.js';
import { cellRule, fix } from '../define.js';
import { says } from '../match.js';
import { checkAgain, servedBy } from '../serving.js';
import { LINKS, list } from '../words.js';

interface Args {
  pin: string;
  /** `invented`: no such suffix; `unplaced`: this route takes none; `not-served`: others serve the model. */
  why: 'invented' | 'unplaced' | 'not-served';
  others: string[] | null;
}

/** Policies of the router: they name no provider. */
const POLICIES = ['fastest', 'cheapest', 'preferred'];
/** Words of other products, or of no product; `openai` is a client's word for a key of one's own. */
const INVENTED = ['pro', 'enterprise', 'auto', 'openai', 'free', 'latest', 'serverless', 'nitro', 'floor'];

const REFUSED =
  /not supported (?:by|for|on) provider|not supported by any provider|model_not_supported|provider.{0,60}not (?:supported|available|found)/i;
const BY_NAME = /not supported (?:by|for) provider ['"`]?([a-z][a-z0-9-]{1,40})/i;
/** A suffix that reached a look-up of the Hub: in the path, or in the words of a client. */
const IN_PATH = /\/models\/[\w.-]{1,96}\/[\w.-]{1,96}(?::|%3A)([a-z][a-z0-9-]{0,40})(?:$|\/)/i;
const IN_WORDS =
  /(?:provider mapping for model|repo id must|repository not found).{0,200}?[/'" ][\w.-]{1,96}\/[\w.-]{1,96}:([a-z][a-z0-9-]{0,40})\b/is;

function unplaced(o: Observation): string | null {
  const inPath = o.surface === 'router' ? null : IN_PATH.exec(o.path ?? '')?.[1];
  const inWords = IN_WORDS.exec(o.body.message ?? '')?.[1] ?? IN_WORDS.exec(o.body.excerpt)?.[1];
  const elsewhere = ['provider', 'hf-inference', 'hub'].includes(o.surface) ? o.suffix : null;
  return inPath ?? inWords ?? elsewhere ?? null;
}

/** The provider that was pinned, by suffix, by path, or in the words of the refusal. */
function pinOf(o: Observation): string | null {
  if (o.suffix) return o.suffix;
  if (o.surface === 'provider' && o.provider) return o.provider;
  const named = (BY_NAME.exec(o.body.message ?? '') ?? BY_NAME.exec(o.body.excerpt))?.[1] ?? null;
  // Without a catalogue, a refusal of hf-inference mostly means that nobody serves the model there.
  return named === 'hf-inference' ? null : named;
}

function why(o: Observation, e: Evidence): Omit<Args, 'others'> | null {
  const lost = unplaced(o);
  if (lost) return { pin: lost, why: 'unplaced' };
  const pin = pinOf(o);
  if (!pin || POLICIES.includes(pin)) return null;
  const known = e.catalog.providers;
  if (o.suffix && (known.length > 0 ? !known.includes(pin) : INVENTED.includes(pin)))
    return { pin, why: 'invented' };
  return says(o, REFUSED) ? { pin, why: 'not-served' } : null;
}

export const wrongProviderSuffix = cellRule<Args>({
  id: 'wrong-provider-suffix',
  blame: 'code',
  severity: 'error',
  lastVerified: '2026-11-21',
  corrects: 'No suffix unlocks a model: it only pins one provider, and there is no ":pro" or ":enterprise".',
  match(o, e) {
    if (o.surface === 'other' || o.surface === 'legacy' || o.surface === 'dedicated') return null;
    if (o.status !== null && ![400, 401, 404, 422].includes(o.status)) return null;
    if (o.error !== null) return null;
    const found = why(o, e);
    // A 401 is the token's, except on the Hub: there an id that cannot exist is answered so.
    if (!found || (o.status === 401 && !(o.surface === 'hub' && found.why === 'unplaced'))) return null;
    const others = o.model === null ? null : servedBy(o.model, o.task, e);
    if (found.why === 'not-served' && others && (others.length === 0 || others.includes(found.pin)))
      return null;
    // A name that nobody here knows may be a provider of tomorrow.
    const settled = found.why === 'not-served' ? others !== null : found.why === 'unplaced' || INVENTED.includes(found.pin);
    const proven = e.run.live && settled;
    const explicit = o.suffix !== null || found.why === 'unplaced';
    return {
      confidence: proven ? 'certain' : explicit ? 'likely' : 'possible',
      subject: `${o.model ?? 'model'}:${found.pin}`,
      args: { ...found, others },
    };
  },
  title({ args, models }) {
    const model = models[0] ?? 'this model';
    if (args.why === 'invented') return `":${args.pin}" is no suffix of the router`;
    if (args.why === 'unplaced') return `The suffix ":${args.pin}" was sent to a route that takes none`;
    return `${args.pin} does not serve ${model}`;
  },
  explanation({ args, models }) {
    const model = models[0] ?? 'the model';
    const others =
      args.others && args.others.length > 0
        ? ` ${list(args.others)} ${args.others.length > 1 ? 'serve' : 'serves'} ${model} today.`
        : '';
    const said = {
      invented: `The router knows the name of a provider, or fastest, cheapest and preferred. Anything else after the colon is refused.`,
      unplaced:
        'A suffix works in the model field of https://router.huggingface.co/v1 only. Provider paths, /hf-inference/ and look-ups on the Hub take the bare id and answer as if the model did not exist.',
      'not-served': 'The call pins this provider, and a pin has no failover: other providers are not asked.',
    }[args.why];
    return `${said}${others}`;
  },
  notThis: () => 'A new token or a paid plan cannot help: the name after the model decides here.',
  fixes: ({ args, models, client }) => [
    args.why === 'not-served'
      ? fix(
          'Leave out the suffix or the provider argument: the router then chooses one that serves the model.',
        )
      : fix('Send the bare model id, without the colon and what follows.'),
    ...(args.why === 'unplaced' && client !== 'node' && client !== 'curl'
      ? [
          fix(
            'huggingface_hub before 1.0 takes no suffix, and a provider= argument excludes one. Upgrade, or name the provider once.',
            { commands: ['pip install -U huggingface_hub'] },
          ),
        ]
      : []),
    ...(args.others === null
      ? [
          fix('See who serves the model today.', {
            commands: [checkAgain(models)],
            links: [LINKS.servedModels],
          }),
        ]
      : []),
  ],
  verify: ({ models }) => checkAgain(models),
  page: {
    meaning:
      'The model id carries a suffix, or the call a provider, that cannot answer for this model while others can, or the suffix went to a route that does not read suffixes.',
    evidence:
      'The mapping of the model in this run, the refusal of the router (400, "not supported by provider X"), or a look-up whose path still holds the colon.',
    mistakenFor:
      'A model that nobody serves, a missing permission, a plan that must be paid. ":hf-inference" is no cure: hf-inference serves hardly any chat model today.',
    repair:
      'Use the bare id on https://router.huggingface.co/v1. Pin a provider only when the mapping of the model lists it as live.',
    links: [LINKS.servedModels, LINKS.docs],
  },
});
